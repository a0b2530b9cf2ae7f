"""SegmentedControl: pick among a few choices that stand side by side."""

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

__all__ = ["Pills", "SegmentedControl"]

_TYPES = ("value", "index")


class SegmentedControl(FormComponent[Any, Any], tag="segmentedcontrol"):
    """One of a few choices, side by side in one bar; with `multiple`, any number of them.

    For two to five short choices, such as views of the same thing.
    """

    choices: Sequence[str | int | float | tuple[str, str | int | float]] | None = prop(
        default=None, kw_only=False
    )
    """What can be picked: values, or pairs of shown text and value."""
    value: str | int | float | Sequence[str | int | float] | Callable[..., Any] | None = prop(
        default=None
    )
    """Value of the choice that is picked at first, a list of them with `multiple`; None is none."""
    multiple: bool = False
    """Whether any number of choices can be picked; drawn apart, with a list as value."""
    type: Literal["value", "index"] = "value"
    """Whether the function gets the values or the positions of the picked choices."""
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

    def preprocess(self, payload: Any) -> Any:
        """The picked value, or its position with `type="index"`; None if nothing is picked.

        With `multiple` a list of them, which is empty if nothing is picked.

        Raises:
            PayloadError: a value is not among the choices, or `multiple` got no list.
        """
        pairs = options.normalise(self.choices)
        if not self.multiple:
            if payload is None:
                return None
            position = options.check(pairs, payload, owner=self)
            return position if self.type == "index" else pairs[position][1]
        if payload is None:
            return []
        if not isinstance(payload, (list, tuple)):
            raise PayloadError(
                f"{self!r} got {payload!r}; expected a list of the picked choices' values."
            )
        positions = options.check_all(pairs, [*payload], owner=self)
        return positions if self.type == "index" else [pairs[i][1] for i in positions]

    def postprocess(self, value: Any) -> Any:
        """The value to show picked, as it is; None picks nothing.

        With `multiple` a list; a single value stands for a list of it: `"a"` gives `["a"]`.
        """
        if not self.multiple:
            return value
        if value is None:
            return []
        return [*value] if isinstance(value, (list, tuple, set, frozenset)) else [value]

    def api_info(self) -> dict[str, Any]:
        one = {"enum": options.values(options.normalise(self.choices)), "type": "string"}
        return {"items": one, "type": "array"} if self.multiple else one

    def example_payload(self) -> Any:
        pairs = options.normalise(self.choices)
        if not pairs:
            return None
        return [pairs[0][1]] if self.multiple else pairs[0][1]

    def example_value(self) -> Any:
        return self.example_payload()


class Pills(SegmentedControl):
    """Any number of a few choices, side by side: a `SegmentedControl` with `multiple`."""

    multiple: bool = True
    """Whether any number of choices can be picked; drawn apart, with a list as value."""
