"""Moments as a reader types them: `2024-01-02 03:04:05`, near forms of it, `now`, `now - 3d`;
and as functions give them.

Each pattern reads a text from left to right once, and longer texts are not looked at: the time
taken grows with the length at most. Knows nothing of components.
"""

# NOTE: the same grammar as in web/src/ui/dates/moment.ts.

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from limelight.errors import PropError

if TYPE_CHECKING:
    from datetime import tzinfo

__all__ = ["is_relative", "parse", "read", "write", "zone_of"]

_LONGEST = 64
"""Characters; the longest moment has fewer."""
_NOW = re.compile(r"now(?: ?([-+]) ?(\d{1,9}) ?([smhdw]))?", re.IGNORECASE)
_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?"
    r"(?: ?(?:(Z)|([-+])(\d{2}):?(\d{2})))?)?",
    re.IGNORECASE | re.ASCII,
)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def is_relative(text: str) -> bool:
    """Whether it is a moment counted from now."""
    return _NOW.fullmatch(_tidy(text)) is not None


def parse(text: str, zone: tzinfo | None, now: datetime | None = None) -> datetime:
    """The moment that a text names.

    Args:
        text: `2024-01-02 03:04:05`; without time or seconds, with `T`, with fractions of a second,
            with `Z` or an offset from UTC; or `now`, `now - 5m`, with s, m, h, d or w.
        zone: Where the clock stands that the text was read from; this computer's if None.
        now: What `now` means; the present if None.

    Returns:
        In the zone; without one when it is None.

    Raises:
        ValueError: it names none; the message says what was expected.
    """
    tidy = _tidy(text)
    if found := _NOW.fullmatch(tidy):
        sign, count, unit = found.groups()
        moment = now if now is not None else datetime.now(zone)
        if count is None:
            return moment
        try:
            by = timedelta(**{_UNITS[unit.lower()]: int(count)})
            return moment - by if sign == "-" else moment + by
        except OverflowError:
            raise ValueError("expected a moment in the years 1 to 9999") from None
    if found := _MOMENT.fullmatch(tidy):
        return _moment(found, zone)
    raise ValueError("expected a moment as '2024-01-02 03:04:05', 'now' or 'now - 5m'")


def zone_of(name: str | None, owner: str) -> tzinfo | None:
    """The zone of the IANA database with this name; None, this computer's, for None.

    Raises:
        PropError: there is none; the message says that it was given to `owner`.
    """
    if name is None:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError):
        raise PropError(
            f"{owner}() was given timezone={name!r:.100}; expected a name of the IANA database, "
            "such as 'Europe/Berlin' or 'UTC'. Where the computer has none, install the package "
            "tzdata."
        ) from None


def read(value: object, zone: tzinfo | None, *, include_time: bool) -> str:
    """What a function or an author gave, as text on the clock of the zone.

    Args:
        value: Seconds since 1970 in UTC, a datetime, a date or a text. One that counts from now
            stays as it is.
        zone: Of the clock; this computer's if None.
        include_time: Whether the time of the day is written.

    Raises:
        ValueError: it is no moment; the message says what was expected.
        OverflowError, OSError: the system's clock does not go so far.
    """
    if isinstance(value, str):
        if is_relative(value):
            return value
        return write(parse(value, zone), include_time=include_time)
    return write(_datetime(value, zone), include_time=include_time)


def write(moment: datetime, *, include_time: bool) -> str:
    """`2024-01-02 03:04:05`, or the day alone."""
    # Not by strftime, which writes the year 33 as "33" on some systems.
    if include_time:
        return moment.replace(tzinfo=None).isoformat(" ", "seconds")
    return moment.date().isoformat()


def _datetime(value: object, zone: tzinfo | None) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"it is a {type(value).__name__}")
    return datetime.fromtimestamp(value, zone)


def _tidy(text: str) -> str:
    return "" if len(text) > _LONGEST else " ".join(text.split())


def _moment(found: re.Match[str], zone: tzinfo | None) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    fraction, utc, sign, hours, minutes = found.groups()[6:]
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    naive = datetime(year, month, day, hour, minute, second, microsecond)
    if utc is None and sign is None:
        return naive.replace(tzinfo=zone)
    offset = UTC if utc else _offset(sign, int(hours), int(minutes))
    try:
        there = naive.replace(tzinfo=offset).astimezone(zone)
    except (OverflowError, OSError):
        raise ValueError("expected a moment in the years 1 to 9999") from None
    return there if zone is not None else there.replace(tzinfo=None)


def _offset(sign: str, hours: int, minutes: int) -> tzinfo:
    if hours > 23 or minutes > 59:
        raise ValueError("expected an offset from UTC of less than a day")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if sign == "-" else ahead)
