"""Slider: pick a number between two bounds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Slider"]


class Slider(FormComponent[float, float], tag="slider"):
    """A handle on a line from `minimum` to `maximum`, with a number field beside it."""

    minimum: float = prop(default=0, kw_only=False)
    """Left end."""
    maximum: float = prop(default=100, kw_only=False)
    """Right end; above `minimum`."""
    value: float | Callable[..., float] | None = prop(default=None, kw_only=False)
    """Where the handle starts, in the units of `minimum`; `minimum` if None."""
    step: float | None = None
    """Distance between neighbouring values; chosen from the range if None."""
    precision: int | None = None
    """Decimal places that the function gets; 0 gives an int, None leaves the number as it is."""
    randomize: bool = prop(default=False, wire=False)
    """Whether each load of the page starts at a random value."""
    buttons: list[Literal["reset"]] | None = None
    """Icon buttons: `"reset"` goes back to the first value; all of them if None."""

    change = events.change
    input = events.input
    release = events.release

    def setup(self) -> None:
        if self.step is None:
            self.step = self._natural_step()
        if self.buttons is None:
            self.buttons = ["reset"]
        if self.randomize:
            self.value = self._random_value
        super().setup()

    def check(self) -> None:
        if self.maximum < self.minimum:
            raise PropError(
                f"Slider() was given minimum={self.minimum!r} and maximum={self.maximum!r}; "
                "expected maximum to be the larger one."
            )

    def _natural_step(self) -> float:
        """About a hundred positions: 1 for the range 0 to 100, 0.01 for 0 to 1."""
        span = self.maximum - self.minimum
        if span <= 0:
            return 1
        power = math.floor(math.log10(span / 100))
        return float(10**power) if power < 0 else int(10**power)

    def _random_value(self) -> float:
        import random

        step = self.step or 1
        return self.minimum + random.randint(0, int((self.maximum - self.minimum) / step)) * step

    def preprocess(self, payload: float) -> float:
        """The number shown, rounded to `precision`.

        Raises:
            PayloadError: it lies outside the bounds.
        """
        if isinstance(payload, bool) or not isinstance(payload, (int, float)):
            raise PayloadError(f"{self!r} got {payload!r}; expected a number.")
        if not self.minimum <= payload <= self.maximum:
            raise PayloadError(
                f"{self!r} got {payload!r}; expected a number from {self.minimum!r} to "
                f"{self.maximum!r}."
            )
        return _rounded(payload, self.precision)

    def postprocess(self, value: float | None) -> float:
        """The number to show; `minimum` for None."""
        return self.minimum if value is None else _rounded(value, self.precision)

    def api_info(self) -> dict[str, Any]:
        return {"type": "number"}

    def example_payload(self) -> float:
        return self.minimum

    def example_value(self) -> float:
        return self.minimum

    def read_from_flag(self, payload: Any) -> float:
        return float(payload)


def _rounded(value: float, precision: int | None) -> float:
    if precision is None:
        return value
    return round(value) if precision == 0 else round(value, precision)
