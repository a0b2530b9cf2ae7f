"""Radio: pick one of a few choices, all of them in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import choices as options
from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import check_among, prop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.component import Component

__all__ = ["Radio"]

_TYPES = ("value", "index")


class Radio(FormComponent["str | int | float | None", "str | int | float | None"], tag="radio"):
    """One of a few choices, all of them in sight."""

    choices: Sequence[str | int | float | tuple[str, str | int | float]] | None = prop(
        default=None, kw_only=False
    )
    """What can be picked: values, or pairs of shown text and value."""
    value: str | int | float | Callable[..., Any] | None = prop(default=None)
    """Value of the choice that is picked at first; none if None."""
    type: Literal["value", "index"] = "value"
    """Whether the function gets the value or the position of the picked choice."""
    rtl: bool = False
    """Whether texts and choices run from right to left."""
    buttons: list[Component[Any, Any]] | None = None
    """Button blocks of your own, shown at its corner."""

    select = events.select
    change = events.change
    input = events.input

    def setup(self) -> None:
        check_among(self, type=_TYPES)
        self.choices = options.normalise(self.choices)
        self.buttons = list(self.buttons or [])
        super().setup()

    def preprocess(self, payload: str | int | float | None) -> str | int | float | None:
        """The picked value, or its position with `type="index"`; None if nothing is picked.

        Raises:
            PayloadError: the value is not among the choices.
        """
        if payload is None:
            return None
        pairs = options.normalise(self.choices)
        position = options.check(pairs, payload, owner=self)
        value: str | int | float | None = pairs[position][1]
        return position if self.type == "index" else value

    def postprocess(self, value: str | int | float | None) -> str | int | float | None:
        """The value to show picked, as it is; None picks nothing."""
        return value

    def api_info(self) -> dict[str, Any]:
        return {"enum": options.values(options.normalise(self.choices)), "type": "string"}

    def example_payload(self) -> Any:
        pairs = options.normalise(self.choices)
        return pairs[0][1] if pairs else None

    def example_value(self) -> Any:
        return self.example_payload()
