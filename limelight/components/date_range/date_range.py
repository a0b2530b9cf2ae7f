"""DateRange: two days, or two moments, and what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.core import events, moment
from limelight.core.component import FormComponent
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DateRange"]

_KINDS = ("string", "datetime", "timestamp")
_ENDS = 2


class DateRange(FormComponent["list[str] | None", Any], tag="daterange"):
    """A start and an end, picked from a calendar of two months or typed.

    The reader may also type `now - 7d` and the like, which are counted anew in each call.
    """

    value: Sequence[Any] | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """Range shown first, `(start, end)`: each a text, a date, a datetime or seconds since 1970 in
    UTC; no range if None. `("now - 7d", "now")` goes along with the clock."""
    include_time: bool = False
    """Whether the ends are moments of a day; only days if not, and the last one belongs to it."""
    min: float | str | date | datetime | None = None
    """Earliest start, as in `value`; any if None. `"now"` is allowed."""
    max: float | str | date | datetime | None = None
    """Latest end, as in `value`; any if None."""
    presets: Sequence[tuple[str, Sequence[Any]]] | None = None
    """Ranges offered beside the calendar: `("Last week", ("now - 7d", "now"))`; none if None."""
    type: Literal["string", "datetime", "timestamp"] = "string"
    """What a function gets: two texts, datetimes, or seconds since 1970 in UTC as float."""
    timezone: str | None = None
    """Zone that its clock stands in, as `"Europe/Berlin"`; the one of the server if None."""
    min_width: int | None = 240
    """Pixels it needs; in a Row it wraps to the next line when there is less."""

    change = events.change
    input = events.input
    submit = events.submit
    focus = events.focus
    blur = events.blur

    def setup(self) -> None:
        check_among(self, type=_KINDS)
        _ = self._zone  # an unknown one is told where it is given, not in the first call
        self.min = self._bound("min")
        self.max = self._bound("max")
        if self.presets is not None:
            self.presets = [self._preset(given) for given in self.presets]
        super().setup()

    def check(self) -> None:
        super().check()
        low, high = self._limits()
        if low is not None and high is not None and low > high:
            raise PropError(
                f"DateRange() was given min={self.min!r} and max={self.max!r}; expected max to "
                "be the later one."
            )

    @property
    def _zone(self) -> tzinfo | None:
        return moment.zone_of(self.timezone, "DateRange")

    def _now(self) -> datetime:
        return datetime.now(self._zone)

    def _text(self, value: object) -> str:
        return moment.read(value, self._zone, include_time=self.include_time)

    def _bound(self, name: str) -> str | None:
        value = getattr(self, name)
        if value is None:
            return None
        try:
            return self._text(value)
        except (ValueError, OverflowError, OSError) as problem:
            raise PropError(
                f"DateRange() was given {name}={value!r:.100}; expected a moment as "
                f"'2024-01-02', a date, a datetime, or seconds since 1970 ({problem})."
            ) from None

    def _preset(self, given: object) -> tuple[str, list[str]]:
        try:
            label, ends = cast("Any", given)
            pair = self._pair(ends)
        except (ValueError, TypeError, OverflowError, OSError) as problem:
            raise PropError(
                f"DateRange() was given the preset {given!r:.200}; expected a label and a range, "
                f"as ('Last week', ('now - 7d', 'now')) ({problem})."
            ) from None
        return str(label), pair

    def _pair(self, value: object) -> list[str]:
        """Two texts, the earlier first.

        Raises:
            ValueError: it is something else.
        """
        if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
            raise ValueError(f"it is a {type(value).__name__}")
        ends = cast("Sequence[object]", value)
        if len(ends) != _ENDS:
            raise ValueError(f"it has {len(ends)} parts")
        texts = [self._text(end) for end in ends]
        _in_order(*self._moments(texts))
        return texts

    def _moments(self, texts: Sequence[str]) -> tuple[datetime, datetime]:
        now = self._now()  # once, so that ("now", "now") is one moment
        first, last = (self._moment(text, now) for text in texts)
        return first, last

    def _moment(self, text: str, now: datetime) -> datetime:
        found = moment.parse(text, self._zone, now)
        if self.include_time:
            return found
        return found.replace(hour=0, minute=0, second=0, microsecond=0)

    def _limits(self) -> tuple[datetime | None, datetime | None]:
        """`min` and `max`, which are texts since `setup`, as they are now."""
        now = self._now()
        low, high = (
            None if text is None else self._moment(str(text), now) for text in (self.min, self.max)
        )
        return low, high

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: Any) -> tuple[Any, Any] | None:
        """Start and end as `type` says; None for no range. `now` is the time of the call.

        `["2024-01-02", "2024-01-31"]` becomes `("2024-01-02", "2024-01-31")`; with datetimes, both
        at midnight unless `include_time`.

        Raises:
            PayloadError: it is no range, its start is later than its end, or it goes beyond `min`
                or `max`.
        """
        if payload is None:
            return None
        if (
            not isinstance(payload, (list, tuple))
            or len(cast("Sequence[object]", payload)) != _ENDS
            or not all(isinstance(end, str) for end in cast("Sequence[object]", payload))
        ):
            raise PayloadError(
                f"{self!r} got {payload!r:.200}; expected two moments as text, start and end, or "
                "None."
            )
        texts = cast("Sequence[str]", payload)
        if not any(text.strip() for text in texts):
            return None
        try:
            first, last = self._moments(texts)
            _in_order(first, last)
            self._bounds(first, last)
            return self._typed(first), self._typed(last)
        except (ValueError, OverflowError, OSError) as problem:
            raise PayloadError(f"{self!r} got {payload!r:.200}; {problem}.") from None

    def _bounds(self, first: datetime, last: datetime) -> None:
        low, high = self._limits()
        if low is not None and first < low:
            raise ValueError(f"its start is earlier than min={self.min!r}")
        if high is not None and last > high:
            raise ValueError(f"its end is later than max={self.max!r}")

    def _typed(self, found: datetime) -> Any:
        if self.type == "datetime":
            return found
        if self.type == "timestamp":
            return found.timestamp()
        return moment.write(found, include_time=self.include_time)

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: Any) -> list[str] | None:
        """Start and end as the page shows them, on the clock of `timezone`; none for None.

        `(date(2024, 1, 2), date(2024, 1, 31))` becomes `["2024-01-02", "2024-01-31"]`.
        `("now - 7d", "now")` stays, and is counted anew in each call.

        Raises:
            ValueRejected: it is no range, or its start is later than its end.
        """
        if value is None:
            return None
        try:
            return self._pair(value)
        except (ValueError, OverflowError, OSError) as problem:
            raise ValueRejected(
                f"{self!r} was given {value!r:.200}; expected a start and an end, as "
                f"('2024-01-02', '2024-01-31') ({problem}). Return None for no range."
            ) from None

    # ---- description ---------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "minItems": _ENDS, "maxItems": _ENDS}

    def example_payload(self) -> list[str]:
        if self.include_time:
            return ["2020-10-01 05:20:15", "2020-10-08 05:20:15"]
        return ["2020-10-01", "2020-10-08"]

    def example_value(self) -> list[str]:
        return self.example_payload()


def _in_order(first: datetime, last: datetime) -> None:
    if first > last:
        raise ValueError("its start is later than its end")
