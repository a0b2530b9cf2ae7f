"""Checkbox: a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import prop
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.component import Component

__all__ = ["Checkbox"]


class Checkbox(FormComponent["bool | None", "bool | None"], tag="checkbox"):
    """A box to tick, with its label beside it."""

    value: bool | Callable[..., bool | None] | None = prop(default=False, kw_only=False)
    """Whether it is ticked at first."""
    buttons: list[Component[Any, Any]] | None = None
    """Button blocks of your own, shown at its corner."""

    change = events.change
    input = events.input
    select = events.select

    def setup(self) -> None:
        self.buttons = list(self.buttons or [])
        super().setup()

    def preprocess(self, payload: Any) -> bool | None:
        """Whether it is ticked; None stays None.

        Raises:
            PayloadError: it is not a boolean; 0 and 1 are taken as such.
        """
        if payload is None or isinstance(payload, bool):
            return payload
        if isinstance(payload, (int, float)) and payload in (0, 1):
            return bool(payload)
        raise PayloadError(f"{self!r} got {payload!r}; expected true or false.")

    def postprocess(self, value: Any) -> bool:
        """Whether to show it ticked: the truth of `value`, so None and 0 untick it."""
        return bool(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def example_payload(self) -> Any:
        return True

    def example_value(self) -> Any:
        return True
