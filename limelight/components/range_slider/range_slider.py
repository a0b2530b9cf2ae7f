"""RangeSlider: pick a part of a range, from a low to a high number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["RangeSlider"]

_ENDS = 2


class RangeSlider(FormComponent["list[float]", "tuple[float, float]"], tag="rangeslider"):
    """Two handles on a line from `minimum` to `maximum`, with a number field for each."""

    minimum: float = prop(default=0, kw_only=False)
    """Left end of the line."""
    maximum: float = prop(default=100, kw_only=False)
    """Right end of the line; above `minimum`."""
    value: Sequence[float] | Callable[..., Sequence[float] | None] | None = prop(
        default=None, kw_only=False
    )
    """Where the handles start, `(low, high)`; `(minimum, maximum)` if None."""
    step: float | None = None
    """Distance between neighbouring values; chosen from the range if None."""
    min_distance: float = 0
    """How far the handles stay apart, in the units of `minimum`."""
    precision: int | None = None
    """Decimal places that the function gets; 0 gives ints, None leaves the numbers as they are."""
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
        super().setup()

    def check(self) -> None:
        if self.maximum < self.minimum:
            raise PropError(
                f"RangeSlider() was given minimum={self.minimum!r} and maximum={self.maximum!r}; "
                "expected maximum to be the larger one."
            )
        if not 0 <= self.min_distance <= self.maximum - self.minimum:
            raise PropError(
                f"RangeSlider() was given min_distance={self.min_distance!r}; expected a number "
                f"from 0 to {self.maximum - self.minimum!r}, the length of its range."
            )

    def _natural_step(self) -> float:
        """About a hundred positions: 1 for the range 0 to 100, 0.01 for 0 to 1."""
        span = self.maximum - self.minimum
        if span <= 0:
            return 1
        power = math.floor(math.log10(span / 100))
        return float(10**power) if power < 0 else int(10**power)

    def preprocess(self, payload: Any) -> tuple[float, float]:
        """The numbers shown, `(low, high)`, rounded to `precision`.

        Raises:
            PayloadError: they are not two numbers, lie outside the bounds, are the wrong way
                round or closer than `min_distance`.
        """
        pair = _pair(payload)
        if pair is None:
            raise PayloadError(
                f"{self!r} got {payload!r}; expected two numbers, the low and the high one."
            )
        low, high = pair
        if not self.minimum <= low <= high <= self.maximum:
            raise PayloadError(
                f"{self!r} got {payload!r}; expected two numbers from {self.minimum!r} to "
                f"{self.maximum!r}, the lower one first."
            )
        gap = high - low
        if gap < self.min_distance and not math.isclose(gap, self.min_distance, rel_tol=1e-6):
            raise PayloadError(
                f"{self!r} got {payload!r}; expected numbers that are at least "
                f"{self.min_distance!r} apart."
            )
        return _rounded(low, self.precision), _rounded(high, self.precision)

    def postprocess(self, value: Any) -> list[float]:
        """The numbers to show, `[low, high]`; the whole range for None.

        Example: `(2.5, 5)` gives `[2.5, 5]`.

        Raises:
            ValueRejected: it is not two numbers, the lower one first.
        """
        if value is None:
            return [self.minimum, self.maximum]
        listed: Any = value.tolist() if hasattr(value, "tolist") else value
        pair = _pair(listed)
        if pair is None or pair[0] > pair[1]:
            raise ValueRejected(
                f"{self!r} cannot show {value!r}; expected two numbers (low, high), the lower one "
                "first. Return a pair, or None for the whole range."
            )
        return [_rounded(number, self.precision) for number in pair]

    def api_info(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "number"}, "minItems": _ENDS, "maxItems": _ENDS}

    def example_payload(self) -> list[float]:
        return [self.minimum, self.maximum]

    def example_value(self) -> tuple[float, float]:
        return self.minimum, self.maximum


def _pair(value: Any) -> tuple[float, float] | None:
    """Two finite numbers, or None if it is anything else."""
    if not isinstance(value, (list, tuple)):
        return None
    ends = cast("Sequence[Any]", value)
    if len(ends) != _ENDS or not all(_is_number(end) for end in ends):
        return None
    return ends[0], ends[1]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _rounded(value: float, precision: int | None) -> float:
    if precision is None:
        return value
    return round(value) if precision == 0 else round(value, precision)
