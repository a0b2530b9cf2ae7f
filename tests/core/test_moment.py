"""Moments: what is counted from now, and what no calendar has."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from limelight.core import moment

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("now", timedelta()),
        ("NOW-5m", timedelta(minutes=-5)),
        ("now - 3d", timedelta(days=-3)),
        ("now  +  2 h", timedelta(hours=2)),
        ("now - 1w", timedelta(weeks=-1)),
        ("now - 90s", timedelta(seconds=-90)),
    ],
)
def test_moments_are_counted_from_now(text: str, moved: timedelta) -> None:
    assert moment.parse(text, UTC, now=NOON) == NOON + moved
    assert moment.is_relative(text)


def test_a_clock_without_zone_gives_a_moment_without() -> None:
    assert moment.parse("2024-01-02 03:04:05.678", None) == datetime(2024, 1, 2, 3, 4, 5, 678000)
    assert moment.parse("2024-01-02T03:04:05Z", None).tzinfo is None


@pytest.mark.parametrize("text", ["now - 999999999w", "0001-01-01 00:00:00 +05:00"])
def test_a_moment_beyond_the_calendar_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="years 1 to 9999"):
        moment.parse(text, UTC)


@pytest.mark.parametrize("text", ["now" + " " * 100_000 + "x", "0" * 100_000, "now -" * 20_000])
def test_a_long_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ValueError, match="expected a moment"):
        moment.parse(text, UTC)
    assert time.perf_counter() - started < 0.1
