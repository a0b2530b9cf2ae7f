"""Time: a time of the day, typed or chosen from a list."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import daytime, events
from limelight.core.component import FormComponent
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Time"]

_KINDS = ("string", "time", "seconds")
_HOUR_S = 3600
_MINUTE_S = 60
_DAY_S = 24 * _HOUR_S


class Time(FormComponent[str | None, Any], tag="time"):
    """A field for a time of the day.

    It shows twelve or twenty-four hours, as the reader's language does; what is sent always has
    twenty-four.
    """

    value: str | time | float | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """Time shown first: `"09:30"`, `"9:30 pm"`, a time, or seconds since midnight; none if None."""
    step: int = 60
    """Seconds by which arrow keys go, and at least those between times of the list. Less than a
    minute, or no whole minutes, shows seconds as well."""
    min: str | time | float | None = None
    """Earliest time, as in `value`; midnight if None."""
    max: str | time | float | None = None
    """Latest time, as in `value`; the end of the day if None."""
    type: Literal["string", "time", "seconds"] = "string"
    """What a function gets: `"09:30"`, a `datetime.time`, or seconds since midnight as int."""

    change = events.change
    input = events.input
    submit = events.submit
    focus = events.focus
    blur = events.blur

    def setup(self) -> None:
        check_among(self, type=_KINDS)
        step: object = self.step
        if isinstance(step, bool) or not isinstance(step, int) or not 1 <= step <= _DAY_S // 2:
            raise PropError(
                f"Time() was given step={step!r:.100}; expected seconds, from 1 to {_DAY_S // 2}."
            )
        self.min = self._bound("min")
        self.max = self._bound("max")
        super().setup()

    def check(self) -> None:
        super().check()
        low, high = self._bounds()
        if low > high:
            raise PropError(
                f"Time() was given min={self.min!r} and max={self.max!r}; expected max to be the "
                "later one."
            )

    def _bound(self, name: str) -> str | None:
        value = getattr(self, name)
        if value is None:
            return None
        try:
            return self._text(_time(value))
        except ValueError as problem:
            raise PropError(
                f"Time() was given {name}={value!r:.100}; expected '09:30', a time, or seconds "
                f"since midnight ({problem})."
            ) from None

    def _bounds(self) -> tuple[time, time]:
        low = daytime.parse(str(self.min)) if self.min is not None else time.min
        high = daytime.parse(str(self.max)) if self.max is not None else time.max
        return low, high

    def _text(self, found: time) -> str:
        return daytime.write(found, seconds=self.step % _MINUTE_S != 0)

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: str | None) -> str | time | int | None:
        """The time as `type` says; None for an empty field.

        `"09:30"` stays `"09:30"`, or becomes `time(9, 30)` or 34200.

        Raises:
            PayloadError: it is no time, or outside `min` and `max`.
        """
        if payload is None:
            return None
        given: object = payload
        if not isinstance(given, str):
            raise PayloadError(f"{self!r} got {given!r:.100}; expected a time as text.")
        if not given.strip():
            return None
        try:
            found = daytime.parse(given)
        except ValueError as problem:
            raise PayloadError(f"{self!r} got {given!r:.100}; {problem}.") from None
        low, high = self._bounds()
        if not low <= found <= high:
            raise PayloadError(
                f"{self!r} got {given!r}; expected a time from {self.min or '00:00'} to "
                f"{self.max or '23:59'}."
            )
        if self.type == "time":
            return found
        if self.type == "seconds":
            return found.hour * _HOUR_S + found.minute * _MINUTE_S + found.second
        return self._text(found)

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: str | time | datetime | float | None) -> str | None:
        """The time as `"HH:MM"`, with seconds where `step` or the time itself has some.

        `time(9, 30)` becomes `"09:30"`, as do 34200 and `"9:30 am"`. None empties the field.

        Raises:
            ValueRejected: it is no time.
        """
        if value is None or value == "":
            return None
        try:
            return self._text(_time(value))
        except ValueError as problem:
            raise ValueRejected(
                f"{self!r} was given {value!r:.100}; expected '09:30', a time, or seconds since "
                f"midnight ({problem}). Return None for an empty field."
            ) from None

    # ---- description ---------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> str:
        return self.min or "09:30"  # type: ignore[return-value]  # a text since setup()

    def example_value(self) -> str:
        return self.example_payload()


def _time(value: object) -> time:
    """The time that an author or a function means.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, str):
        return daytime.parse(value)
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.replace(microsecond=0, tzinfo=None)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"it is a {type(value).__name__}")
    if not 0 <= value < _DAY_S:
        raise ValueError("a day has 86400 seconds")
    hours, rest = divmod(int(value), _HOUR_S)
    return time(hours, *divmod(rest, _MINUTE_S))
