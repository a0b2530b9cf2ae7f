"""Times of a day as a reader types them: `9`, `9:30`, `09:30:15`, `9.30 pm`.

Each pattern reads a text from left to right once, and longer texts are not looked at: the time
taken grows with the length at most. Knows nothing of dates, zones and components.
"""

# NOTE: the same grammar as in components/time_/daytime.ts.

from __future__ import annotations

import re
from datetime import time

__all__ = ["parse", "write"]

_LONGEST = 32
"""Characters; the longest time has fewer."""
_TIME = re.compile(
    r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?)?(?: ?([ap])\.?(?:m\.?)?)?", re.IGNORECASE | re.ASCII
)
_NOON = 12


def parse(text: str) -> time:
    """The time that a text names.

    `"9:30"` is half past nine in the morning, as is `"9:30 am"`; `"9:30 pm"` in the evening.

    Raises:
        ValueError: it names none; the message says what was expected.
    """
    tidy = "" if len(text) > _LONGEST else " ".join(text.split())
    found = _TIME.fullmatch(tidy)
    if found is None:
        raise ValueError("expected a time as '09:30', '09:30:15' or '9:30 pm'")
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    if found[4] is not None:
        if not 1 <= hour <= _NOON:
            raise ValueError("expected an hour from 1 to 12 before 'am' or 'pm'")
        hour = hour % _NOON + (_NOON if found[4] in "pP" else 0)
    return time(hour, minute, second)


def write(moment: time, *, seconds: bool) -> str:
    """`09:30`; with seconds if they are wanted or are not zero."""
    return moment.isoformat("seconds" if seconds or moment.second else "minutes")
