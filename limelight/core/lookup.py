"""Components by name: string shortcuts such as "text", and tags.

Imports a component only when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from limelight import catalog
from limelight.core.block import Block
from limelight.core.props import closest
from limelight.errors import PropError

__all__ = ["class_of_shortcut", "class_of_tag", "component", "get_component_instance"]


def class_of_tag(tag: str) -> type[Block]:
    """The main class drawn by a tag."""
    name = catalog.TAGS.get(tag)
    if name is None:
        raise PropError(f"No block is drawn by {tag!r}.{closest(tag, catalog.TAGS)}")
    return cast("type[Block]", getattr(import_module(catalog.NAMES[name]), name))


def class_of_shortcut(shortcut: str) -> type[Block]:
    """The component that a string shortcut means: its class name in lower case without `_`.

    Raises:
        PropError: no component has this name.
    """
    wanted = shortcut.lower().replace("_", "")
    for name, module in catalog.NAMES.items():
        if name.lower() == wanted and module.startswith("limelight.components."):
            found = getattr(import_module(module), name)
            if isinstance(found, type) and issubclass(found, Block):
                return found
    known = [n.lower() for n, m in catalog.NAMES.items() if m.startswith("limelight.components.")]
    raise PropError(f"No component is called {shortcut!r}.{closest(wanted, known)}")


def component(cls_name: str | dict[str, Any] | Block, render: bool = False) -> Any:
    """A component from a shortcut, a dictionary with `name` and props, or itself.

    Args:
        cls_name: What names it.
        render: Whether it is placed into the open container.
    """
    if isinstance(cls_name, Block):
        return cls_name
    if isinstance(cls_name, str):
        return cast("Any", class_of_shortcut(cls_name))(render=render)
    props = dict(cls_name)
    name = props.pop("name", None) or props.pop("__type__", None)
    if not isinstance(name, str):
        raise PropError(f"{cls_name!r} names no component; expected a 'name' among its members.")
    return cast("Any", class_of_shortcut(name))(**{**props, "render": render})


def get_component_instance(
    comp: str | dict[str, Any] | Block, render: bool = False, unrender: bool = False
) -> Block:
    """A component from a shortcut, a dictionary or a component.

    Args:
        comp: What names it.
        render: Whether it is placed into the open container.
        unrender: Whether it is taken off the page if it is on it.
    """
    made: Block = component(comp, render=render)
    if unrender and made.is_placed:
        made.unrender()
    elif render and not made.is_placed:
        made.render()
    return made
