"""Number: a field for a number."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.component import Component

__all__ = ["Number"]


class Number(FormComponent["float | None", "float | None"], tag="number"):
    """A field for a number; empty is None."""

    value: float | Callable[..., float | None] | None = prop(default=None, kw_only=False)
    """The number at first; None leaves the field empty."""
    placeholder: str | None = None
    """Shown while it is empty."""
    buttons: list[Component[Any, Any]] | None = None
    """Button blocks of your own, shown at its corner."""
    precision: int | None = None
    """Decimal places; 0 gives an int, None leaves the number as it is."""
    minimum: float | None = None
    """Smallest number allowed; None is no limit."""
    maximum: float | None = None
    """Largest number allowed; None is no limit."""
    step: float = 1
    """What the arrow keys add and take away."""

    change = events.change
    input = events.input
    submit = events.submit
    focus = events.focus
    blur = events.blur

    def setup(self) -> None:
        self.buttons = list(self.buttons or [])
        super().setup()

    def check(self) -> None:
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            raise PropError(
                f"Number() was given minimum={self.minimum!r} and maximum={self.maximum!r}; "
                "expected maximum to be the larger one."
            )

    def preprocess(self, payload: float | None) -> float | None:
        """The number, rounded to `precision`; None if the field is empty.

        With `precision=0` the payload 2.6 gives 3. Halves go to the even neighbour.

        Raises:
            PayloadError: it is not a finite number, or it lies outside the bounds.
        """
        if payload is None:
            return None
        if isinstance(payload, bool) or not isinstance(payload, (int, float)):
            raise PayloadError(f"{self!r} got {payload!r}; expected a number or null.")
        if not math.isfinite(payload):
            raise PayloadError(f"{self!r} got {payload!r}; expected a finite number.")
        # These two reach readers, who typed the number; they know the field by sight.
        if self.minimum is not None and payload < self.minimum:
            raise PayloadError(f"Value {payload!r} is less than minimum value {self.minimum!r}.")
        if self.maximum is not None and payload > self.maximum:
            raise PayloadError(f"Value {payload!r} is greater than maximum value {self.maximum!r}.")
        return _rounded(payload, self.precision)

    def postprocess(self, value: Any) -> float | None:
        """The number to show, rounded to `precision`; None, NaN and infinities empty the field.

        Takes all that is a number to Python, such as numpy scalars and `Decimal`, and its text.

        Raises:
            ValueRejected: it is not a number.
        """
        if value is None:
            return None
        number = value if type(value) in (int, float) else self._as_number(value)
        return _rounded(number, self.precision) if math.isfinite(number) else None

    def _as_number(self, value: Any) -> float:
        if hasattr(value, "__index__"):  # booleans and numpy's integers keep their exact value
            return int(value)
        if isinstance(value, str) and value.strip().lstrip("+-").isdecimal():
            return int(value)
        try:
            return float(value)
        except (TypeError, ValueError) as error:
            raise ValueRejected(
                f"{self!r} cannot show {value!r}; expected a number or None."
            ) from error

    def api_info(self) -> dict[str, Any]:
        return {"type": "integer" if self.precision == 0 else "number"}

    def example_payload(self) -> Any:
        return 3

    def example_value(self) -> Any:
        return 3

    def read_from_flag(self, payload: str) -> Any:
        return json.loads(payload) if payload else None


def _rounded(number: float, precision: int | None) -> float:
    if precision is None:
        return number
    return round(number) if precision == 0 else round(number, precision)
