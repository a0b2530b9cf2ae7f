"""CheckboxGroup: pick any number of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import choices as options
from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.component import Component

__all__ = ["CheckboxGroup", "Checkboxgroup"]

_TYPES = ("value", "index")


class CheckboxGroup(
    FormComponent["list[str | int | float]", "list[str | int | float] | list[int]"],
    tag="checkboxgroup",
):
    """Boxes to tick, one for each choice."""

    choices: Sequence[str | int | float | tuple[str, str | int | float]] | None = prop(
        default=None, kw_only=False
    )
    """What can be ticked: values, or pairs of shown text and value."""
    value: Sequence[str | float | int] | str | float | int | Callable[..., Any] | None = prop(
        default=None
    )
    """Values of the choices that are ticked at first; none if None."""
    type: Literal["value", "index"] = "value"
    """Whether the function gets the values or the positions of the ticked choices."""
    show_select_all: bool = False
    """Whether a box in front of the label ticks all choices or none."""
    buttons: list[Component[Any, Any]] | None = None
    """Button blocks of your own, shown at its corner."""

    change = events.change
    input = events.input
    select = events.select

    def setup(self) -> None:
        check_among(self, type=_TYPES)
        self.choices = options.normalise(self.choices)
        self.buttons = list(self.buttons or [])
        super().setup()

    def preprocess(self, payload: Any) -> list[str | int | float] | list[int]:
        """The ticked values, or their positions with `type="index"`; None is none of them.

        Raises:
            PayloadError: it is not a list, or a value is not among the choices.
        """
        if payload is None:
            return []
        if not isinstance(payload, (list, tuple)):
            raise PayloadError(
                f"{self!r} got {payload!r}; expected a list of the ticked choices' values."
            )
        pairs = options.normalise(self.choices)
        positions = options.check_all(pairs, [*payload], owner=self)
        return positions if self.type == "index" else [pairs[i][1] for i in positions]

    def postprocess(self, value: Any) -> list[str | int | float]:
        """The values to show ticked; a single one stands for a list of it, None for none.

        Example: `"a"` gives `["a"]`.
        """
        if value is None:
            return []
        if isinstance(value, (list, tuple, set, frozenset)):
            return [*value]
        if hasattr(value, "tolist"):  # arrays and columns of tables
            listed: Any = value.tolist()
            return self.postprocess(listed)
        return [value]

    def api_info(self) -> dict[str, Any]:
        allowed = options.values(options.normalise(self.choices))
        return {"items": {"enum": allowed, "type": "string"}, "type": "array"}

    def example_payload(self) -> Any:
        pairs = options.normalise(self.choices)
        return [pairs[0][1]] if pairs else None

    def example_value(self) -> Any:
        return self.example_payload()


Checkboxgroup = CheckboxGroup
