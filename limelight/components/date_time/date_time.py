"""DateTime: a day, or a moment of a day, picked from a calendar or typed."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events, moment
from limelight.core.component import FormComponent
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.block import Block

__all__ = ["DateTime"]

_KINDS = ("timestamp", "datetime", "string")


class DateTime(FormComponent[str | None, Any], tag="datetime"):
    """A field for a moment, with a calendar. The reader may also type `now - 3d` and the like."""

    value: float | str | datetime | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """Moment shown first: seconds since 1970 in UTC, `"2024-01-02 03:04:05"`, or a datetime."""
    include_time: bool = True
    """Whether it is a moment of a day; only the day if not."""
    type: Literal["timestamp", "datetime", "string"] = "timestamp"
    """What a function gets: seconds since 1970 in UTC as float, a datetime, or a text."""
    timezone: str | None = None
    """Zone that its clock stands in, as `"Europe/Berlin"`; the one of the server if None."""
    buttons: list[Block] | None = None
    """Buttons of your own, shown small in the corner; none if None."""

    change = events.change
    submit = events.submit

    def setup(self) -> None:
        check_among(self, type=_KINDS)
        self.buttons = list(self.buttons or [])
        _ = self._zone  # an unknown one is told where it is given, not in the first call
        super().setup()

    @property
    def _zone(self) -> tzinfo | None:
        return moment.zone_of(self.timezone, "DateTime")

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: str | None) -> float | str | datetime | None:
        """The moment as `type` says; None for an empty field. `now` is the time of the call.

        `"2024-01-02 03:04:05"` becomes 1704164645.0 in UTC; a datetime, with a zone if there is
        `timezone`; or `"2024-01-02 03:04:05"`, without the time unless `include_time`.

        Raises:
            PayloadError: it is no moment.
        """
        if payload is None:
            return None
        given: object = payload
        if not isinstance(given, str):
            raise PayloadError(f"{self!r} got {given!r:.100}; expected a moment as text.")
        if not given.strip():
            return None
        try:
            found = self.get_datetime_from_str(given)
            if self.type == "timestamp":
                return found.timestamp()
        except (ValueError, OverflowError, OSError) as problem:
            raise PayloadError(f"{self!r} got {given!r:.100}; {problem}.") from None
        if self.type == "datetime":
            return found
        return moment.write(found, include_time=self.include_time)

    def get_datetime_from_str(self, date: str) -> datetime:
        """The moment that a text names, in `timezone`; at midnight unless `include_time`.

        Raises:
            ValueError: it names none.
        """
        found = moment.parse(date, self._zone)
        if self.include_time or moment.is_relative(date):
            return found
        return found.replace(hour=0, minute=0, second=0, microsecond=0)

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: float | datetime | date | str | None) -> str | None:
        """The moment as the page shows it, on the clock of `timezone`; none for None.

        `0.0` becomes `"1970-01-01 00:00:00"` in UTC, or `"1970-01-01"` without `include_time`.
        `"now - 3d"` stays, and is counted anew in each call.

        Raises:
            ValueRejected: it is no moment.
        """
        if value is None or value == "":
            return None
        try:
            return moment.read(value, self._zone, include_time=self.include_time)
        except (ValueError, OverflowError, OSError) as problem:
            raise ValueRejected(
                f"{self!r} was given {value!r:.100}; expected seconds since 1970, a datetime or "
                f"a text as '2024-01-02 03:04:05' ({problem}). Return None for an empty field."
            ) from None

    # ---- description ---------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> str:
        return "2020-10-01 05:20:15"

    def example_value(self) -> str:
        return "2020-10-01 05:20:15"
