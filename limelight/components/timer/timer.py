"""Timer: fires at regular intervals while the page is open."""

from __future__ import annotations

from typing import Any

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop

__all__ = ["Timer"]


class Timer(Component[float, float], tag="timer"):
    """Fires `tick` every `value` seconds while the page is open. Draws nothing."""

    value: float = prop(default=1, kw_only=False)
    """Seconds between two ticks."""
    active: bool = True
    """Whether it runs."""

    change = events.change
    tick = events.tick

    is_invisible = True

    def wire_props(self) -> dict[str, Any]:
        names = ("active", "name", "_selectable")
        return {name: value for name, value in super().wire_props().items() if name in names}

    def breaks_grouping(self) -> bool:
        """Whether it parts form controls that stand around it: no."""
        return False

    def api_info(self) -> dict[str, Any]:
        return {"type": "number"}

    def example_payload(self) -> float:
        return 1

    def example_value(self) -> float:
        return 1
