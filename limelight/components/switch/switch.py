"""Switch: turns something on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import prop
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.component import Component

__all__ = ["Switch"]


class Switch(FormComponent["bool | None", "bool"], tag="switch"):
    """Turns something on or off at once, with its label beside it.

    For what takes effect without a button to press; a Checkbox is for what is submitted later.
    """

    value: bool | Callable[..., bool | None] | None = prop(default=False, kw_only=False)
    """Whether it is on at first."""
    buttons: list[Component[Any, Any]] | None = None
    """Button blocks of your own, shown at its corner."""

    change = events.change
    input = events.input
    select = events.select

    def setup(self) -> None:
        self.buttons = list(self.buttons or [])
        super().setup()

    def preprocess(self, payload: Any) -> bool:
        """Whether it is on; None is off.

        Raises:
            PayloadError: it is not a boolean.
        """
        if payload is None:
            return False
        if not isinstance(payload, bool):
            raise PayloadError(f"{self!r} got {payload!r}; expected true or false.")
        return payload

    def postprocess(self, value: Any) -> bool:
        """Whether to show it on: the truth of `value`, so None and 0 turn it off."""
        return bool(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def example_payload(self) -> bool:
        return True

    def example_value(self) -> bool:
        return True
