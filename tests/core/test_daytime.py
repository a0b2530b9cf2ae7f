"""Times of a day as text."""

from __future__ import annotations

import time as clock
from datetime import time

import pytest

from limelight.core import daytime


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09:30:15", time(9, 30, 15)),
        ("9.30", time(9, 30)),
        ("9:30 pm", time(21, 30)),
        ("12 am", time(0)),
        ("12:15 P.M.", time(12, 15)),
        ("  9:30   AM ", time(9, 30)),
        ("9p", time(21)),
    ],
)
def test_a_time_is_read(text: str, found: time) -> None:
    assert daytime.parse(text) == found


@pytest.mark.parametrize(
    "text", ["", "24:00", "9:60", "13 pm", "0 am", "9:3", "930", "now", "9:30:61", "٩:٣٠", "9:30\0"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|must be in"):
        daytime.parse(text)


@pytest.mark.parametrize("text", [" " * 1_000_000, "1" * 1_000_000, "9" + " " * 1_000_000 + "x"])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    started = clock.perf_counter()
    with pytest.raises(ValueError, match="expected"):
        daytime.parse(text)
    assert clock.perf_counter() - started < 0.5


def test_seconds_are_written_where_there_are_some() -> None:
    assert daytime.write(time(9, 30), seconds=False) == "09:30"
    assert daytime.write(time(9, 30, 1), seconds=False) == "09:30:01"
    assert daytime.write(time(9, 30), seconds=True) == "09:30:00"
