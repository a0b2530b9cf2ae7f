"""The traits of widgets: which ones the page shares, their JSON and its schema; copies of widgets.

Imports `traitlets` and `ipywidgets` inside functions only: they are optional.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, cast

from limelight.core.binary import pack, unpack
from limelight.core.narrow import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = [
    "code_files",
    "copy_widget",
    "from_page",
    "is_shared",
    "is_widget",
    "page_state",
    "put_buffers",
    "schema",
]

_OF_JUPYTER = frozenset((
    "_anywidget_id", "_css", "_dom_classes", "_esm", "_model_module", "_model_module_version",
    "_model_name", "_view_count", "_view_module", "_view_module_version", "_view_name", "comm",
    "layout", "log", "style", "tabbable", "tooltip",
))  # fmt: skip
"""Traits that every widget has, and that only Jupyter's page needs."""


def is_shared(name: str) -> bool:
    """Whether a synchronised trait is the widget's own, and so the page's, too."""
    return name not in _OF_JUPYTER


def is_widget(value: object) -> bool:
    """Whether it is a widget that brings its own browser half."""
    return hasattr(value, "_esm") and hasattr(value, "get_state") and hasattr(value, "keys")


def code_files(widget: Any) -> dict[str, Path]:
    """The files that anywidget read `_esm` and `_css` of a widget's class from."""
    found: dict[str, Path] = {}
    for kind in ("_esm", "_css"):
        given = (cls.__dict__.get(kind) for cls in type(widget).__mro__)
        contents = next((one for one in given if hasattr(one, "_path")), None)
        if contents is not None and getattr(widget, kind, None) == str(contents):
            found[kind] = contents._path
    return found


def page_state(widget: Any, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The shared traits as JSON; all, or those named."""
    wanted = [n for n in widget.keys if is_shared(n) and (names is None or n in names)]
    state: dict[str, Any] = pack(widget.get_state(wanted)) if wanted else {}
    return state


def from_page(value: Any, trait: Any = None) -> Any:
    """A packed value as the widget expects it from Jupyter: memoryviews; bytes for `Bytes`."""
    value = unpack(value)
    if isinstance(value, bytes):
        is_bytes = any(cls.__name__ in ("Bytes", "CBytes") for cls in type(trait).__mro__)
        return value if is_bytes else memoryview(value)
    if is_object(value):
        return {key: from_page(inner) for key, inner in value.items()}
    if is_array(value):
        return [from_page(inner) for inner in value]
    return value


def put_buffers(state: Any, paths: list[list[Any]], buffers: list[Any]) -> dict[str, Any]:
    """The state with buffers put back at their paths; changes nothing that it was given."""
    made: dict[str, Any] = dict(state)
    for path, buffer in zip(paths, buffers, strict=True):
        place: Any = made
        for key in path[:-1]:
            place[key] = copy.copy(place[key])
            place = place[key]
        place[path[-1]] = buffer
    return made


def copy_widget(widget: Any) -> Any:
    """A widget like the one given, for another session: same values, observers and handlers.

    Its constructor does not run again. What cannot be copied, such as a database, is shared.
    """
    from traitlets import EventHandler

    kind: Any = widget.__class__
    made: Any = kind.__new__(kind)
    memo: dict[int, Any] = {id(widget): made}

    def own(value: Any) -> Any:
        try:
            return copy.deepcopy(value, memo)
        except Exception:  # locks, connections, open files: whatever an author keeps there
            return value

    notifiers = widget._trait_notifiers
    attributes = cast("dict[str, Any]", widget.__dict__)
    for name, value in attributes.items():
        if not (name.startswith("_trait_") or name.endswith("_lock")):
            made.__dict__[name] = own(value)
    made._model_id = None
    skipped = {"comm", "layout", "style", "log", "_msg_callbacks", "_display_callbacks"}
    for name, value in widget._trait_values.items():
        if name not in skipped:
            made._trait_values[name] = own(value)
    for name, kinds in notifiers.items():
        for event, handlers in kinds.items():
            for handler in handlers:
                if not isinstance(handler, EventHandler):  # those come with the class
                    made.observe(own(handler), names=name, type=event)
    for callback in widget._msg_callbacks.callbacks:
        made.on_msg(own(callback))
    return made


_KINDS = {
    "Unicode": "string",
    "Enum": "string",
    "Bool": "boolean",
    "Int": "integer",
    "Float": "number",
    "Container": "array",
    "Dict": "object",
}


def schema(widget: Any) -> dict[str, Any]:
    """JSON schema of the shared traits."""
    properties: dict[str, Any] = {}
    traits = widget.traits()
    for name in widget.keys:
        if not is_shared(name):
            continue
        kinds = [cls.__name__ for cls in type(traits[name]).__mro__]
        kind = next((_KINDS[k] for k in kinds if k in _KINDS), None)
        described: dict[str, Any] = (
            {} if kind is None or traits[name].allow_none else {"type": kind}
        )
        if "Enum" in kinds:
            described = {"enum": list(traits[name].values or [])}
        if kind == "array":
            described["items"] = {}
        help_text = traits[name].help or traits[name].metadata.get("help")
        if help_text:
            described["description"] = str(help_text)
        properties[name] = described
    return {"type": "object", "properties": properties}
