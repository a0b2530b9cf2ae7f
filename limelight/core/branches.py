"""Choices inside choices: what authors write, as one shape, and what is found in it.

Knows nothing of the components that offer them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.choices import normalise
from limelight.core.narrow import is_listing, is_object
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Tree", "nodes_of"]

_DEEPEST = 100
_MEMBERS = frozenset(("label", "value", "children"))


def nodes_of(choices: Any, *, depth: int = 0) -> list[dict[str, Any]]:
    """Nodes with `label`, `value`, and `children` if there are any, for choices as authors write
    them.

    `{"Fruit": ["Apple", ("Pear", 2)]}` has one node with two leaves inside. `children` is a list,
    or True for those that are asked for later.

    Raises:
        PropError: something is neither a value, a pair, a node nor a dictionary of branches.
    """
    if depth > _DEEPEST:
        raise PropError(f"choices are nested deeper than {_DEEPEST} levels; expected fewer.")
    if choices is None:
        return []
    if is_object(choices):
        return [_node(str(key), key, inside, depth) for key, inside in choices.items()]
    if not is_listing(choices):
        raise PropError(
            f"choices={choices!r:.80} was given; expected a dictionary of branches, or a list of "
            "values, (text, value) pairs and nodes with label, value and children."
        )
    nodes: list[dict[str, Any]] = []
    for item in choices:
        if not is_object(item):
            ((text, value),) = normalise([item])
            nodes.append(_node(str(text), value, None, depth))
        elif item.keys() <= _MEMBERS and ("label" in item or "value" in item):
            value = item.get("value", item.get("label"))
            nodes.append(_node(str(item.get("label", value)), value, item.get("children"), depth))
        else:
            nodes += nodes_of(item, depth=depth)
    return nodes


def _node(label: str, value: Any, inside: Any, depth: int) -> dict[str, Any]:
    if not isinstance(value, (str, int, float, bool)):
        raise PropError(f"The choice {value!r:.80} was given; expected a text or a number.")
    node: dict[str, Any] = {"label": label, "value": value}
    children = True if inside is True else nodes_of(inside or None, depth=depth + 1)
    if children:
        node["children"] = children
    return node


class Tree:
    """All nodes by their values.

    Raises:
        PropError: two nodes have the same value.
    """

    def __init__(self, nodes: list[dict[str, Any]]) -> None:
        self._nodes: dict[tuple[bool, Any], dict[str, Any]] = {}
        for node in _walk(nodes):
            key = _key(node["value"])
            if key in self._nodes:
                raise PropError(
                    f"choices hold the value {node['value']!r} twice; expected each once. Give one "
                    "of them a value of its own: (text, value)."
                )
            if node.get("children") is True:
                raise PropError(
                    f"The choice {node['label']!r} has children=True; expected a list, as only "
                    "a function as choices can be asked for them later."
                )
            self._nodes[key] = node

    def find(self, value: Any) -> dict[str, Any] | None:
        """The node with this value; None if there is none."""
        try:
            return self._nodes.get(_key(value))
        except TypeError:
            return None

    def values(self, *, leaves_only: bool = False) -> list[Any]:
        """All values, in order."""
        nodes = self._nodes.values()
        return [n["value"] for n in nodes if not (leaves_only and "children" in n)]

    def leaves(self, values: list[Any]) -> list[Any]:
        """The values of the leaves in and below the nodes with these values, each once."""
        found: dict[tuple[bool, Any], Any] = {}
        for value in values:
            for node in _walk([self._nodes[_key(value)]]):
                if "children" not in node:
                    found[_key(node["value"])] = node["value"]
        return [*found.values()]


def _key(value: Any) -> tuple[bool, Any]:
    return isinstance(value, bool), value


def _walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        children = node.get("children")
        if is_listing(children):
            yield from _walk([*children])
