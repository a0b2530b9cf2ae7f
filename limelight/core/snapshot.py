"""A component as the page showed it when a listener was called. Knows nothing of sessions."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_object

if TYPE_CHECKING:
    from limelight.core.component import Component

__all__ = ["Snapshot"]

_CONSTANTS = (str, int, float, bool, bytes, type(None))


class Snapshot(SimpleNamespace):
    """What a function gets for an argument that is annotated with a component's class.

    Its attributes are the component's props by their names, `value` among them. A function may
    set them and return the object for an output: what it has set is changed on the page.
    """

    __slots__ = ("_before", "_before_more", "_more")

    def __init__(self, block: Component[Any, Any], shown: dict[str, Any], value: Any) -> None:
        """Describe a block.

        Args:
            block: As the session sees it.
            shown: Its props as the page has them; names that the block does not have are left out.
            value: As the function gets it.
        """
        props: dict[str, Any] = {n: None for n, p in type(block).prop_table.items() if p.wire}
        props.update(copy.deepcopy(block.wire_props()))
        props.update({name: shown[name] for name in props if name in shown})
        self._more = more = type(block).takes_more or ""
        own: dict[str, Any] = {}
        if more:
            sent = shown.get(more)
            own = {**copy.deepcopy(getattr(block, more)), **(sent if is_object(sent) else {})}
            props = {**{n: v for n, v in own.items() if n.isidentifier()}, **props, more: own}
        props["value"] = value
        super().__init__(**{n: v for n, v in props.items() if not n.startswith("__")})
        self._before_more = copy.deepcopy(own)
        self._before: dict[str, Any] = {
            n: v if n == "value" else copy.deepcopy(v) for n, v in vars(self).items()
        }

    def changes(self) -> dict[str, Any]:
        """The props that differ from what the page showed."""
        now = vars(self)
        more = now.get(self._more)
        changed: dict[str, Any] = {}
        if is_object(more):
            changed = _differing(more, self._before_more)
        rest = {n: v for n, v in now.items() if n not in (self._more, "value")}
        changed.update(_differing(rest, self._before))
        if "value" in now:
            value, before = now["value"], self._before["value"]
            # What can be changed in place may have been.
            if value is not before or not isinstance(value, _CONSTANTS):
                changed["value"] = value
        return changed


def _differing(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in now.items() if n not in before or before[n] != v}
