"""DateTime: props, conversions and refusals."""

from __future__ import annotations

import inspect
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from limelight.components.date_time.date_time import DateTime
from limelight.errors import PayloadError, PropError, ValueRejected

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(DateTime).parameters
    expected = {
        "value": None,
        "include_time": True,
        "type": "timestamp",
        "timezone": None,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    assert list(DateTime.events) == ["change", "submit"]


def test_the_page_gets_what_it_draws() -> None:
    props = DateTime(timezone="UTC", label="When").wire_props()
    wanted = {"include_time": True, "type": "timestamp", "timezone": "UTC", "buttons": []}
    assert {name: props[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("props", "text"),
    [({"type": "date"}, "type='date'"), ({"timezone": "Mars/Base"}, "timezone='Mars/Base'")],
)
def test_odd_props_are_refused(props: dict[str, Any], text: str) -> None:
    with pytest.raises(PropError, match=text):
        DateTime(**props)


@pytest.mark.parametrize("zone", ["../etc/passwd", "/etc/localtime", "Europe", "x" * 5000, "\0"])
def test_a_zone_is_no_path(zone: str) -> None:
    with pytest.raises(PropError, match="IANA database"):
        DateTime(timezone=zone)


@pytest.mark.parametrize(
    ("props", "payload", "value"),
    [
        ({"timezone": "UTC"}, "2024-01-02 03:04:05", 1704164645.0),
        ({"timezone": "US/Eastern"}, "2024-01-02 03:04:05", 1704182645.0),
        ({"timezone": "UTC"}, "2024-01-02", 1704153600.0),
        ({"timezone": "UTC"}, "2024-01-02T03:04:05Z", 1704164645.0),
        ({"timezone": "UTC"}, "2024-01-02 03:04:05 +02:00", 1704157445.0),
        ({"type": "datetime"}, "2024-01-02 03:04", datetime(2024, 1, 2, 3, 4)),
        (
            {"type": "datetime", "timezone": "UTC"},
            "2024-01-02 03:04:05",
            datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        ),
        ({"type": "string"}, "2024-01-02 03:04:05", "2024-01-02 03:04:05"),
        ({"type": "string"}, " 2024-1-2T3:04 ", "2024-01-02 03:04:00"),
        ({"type": "string", "include_time": False}, "2024-01-02", "2024-01-02"),
        ({"type": "string", "include_time": False}, "2024-01-02 03:04:05", "2024-01-02"),
        ({"type": "string"}, "0033-01-02 00:00:00", "0033-01-02 00:00:00"),
        ({}, "", None),
        ({}, "  ", None),
        ({}, None, None),
    ],
)
def test_a_function_gets_the_moment(props: dict[str, Any], payload: Any, value: Any) -> None:
    assert DateTime(**props).preprocess(payload) == value


def test_now_is_the_time_of_the_call() -> None:
    block = DateTime()
    now = block.preprocess("now")
    earlier = block.preprocess("now - 3d")
    assert isinstance(now, float)
    assert isinstance(earlier, float)
    assert abs(now - time.time()) < 5
    assert abs(now - earlier - 3 * 86400) <= 3605  # an hour more or less when clocks are changed


@pytest.mark.parametrize(
    "payload",
    [
        "hello",
        "2024-13-01 00:00:00",
        "2024-02-30",
        "2023-02-29",
        "2024-01-02 24:00:00",
        "2024-01-02 03:60:00",
        "2024-01-02 03:04:05 +99:00",
        "0000-01-01",
        "now - 3y",
        "now -",
        "now - 999999999w",
        "now & 3d",
        "٢٠٢٤-01-02",
        5,
        ["now"],
        {},
    ],
)
def test_what_is_no_moment_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match=r"moment|month|day|hour|minute|year|offset"):
        DateTime(timezone="UTC").preprocess(payload)


@pytest.mark.parametrize(
    "text",
    [
        "now" + " " * 100_000,
        "now -" + " " * 100_000 + "d",
        "1" * 100_000,
        "2024-01-02 " + "0" * 100_000,
        " " * 100_000 + "x",
        "2024-01-02 03:04:05." + "9" * 100_000,
    ],
)
def test_a_long_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(PayloadError):
        DateTime().preprocess(text)
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize(
    ("props", "value", "payload"),
    [
        ({"timezone": "UTC"}, 0.0, "1970-01-01 00:00:00"),
        ({"timezone": "US/Eastern"}, 1.5, "1969-12-31 19:00:01"),
        ({"timezone": "UTC", "include_time": False}, 0, "1970-01-01"),
        ({}, datetime(2024, 1, 2, 3, 4, 5), "2024-01-02 03:04:05"),
        ({"timezone": "US/Eastern"}, NOON, "2024-03-01 07:00:00"),
        (
            {"timezone": "UTC"},
            datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=1))),
            "2024-01-01 23:00:00",
        ),
        ({}, date(2024, 1, 2), "2024-01-02 00:00:00"),
        ({}, "2024-01-02 03:04:05", "2024-01-02 03:04:05"),
        ({"include_time": False}, "2024-01-02", "2024-01-02"),
        ({}, "now - 3d", "now - 3d"),
        ({}, "", None),
        ({}, None, None),
    ],
)
def test_the_page_gets_a_text(props: dict[str, Any], value: Any, payload: Any) -> None:
    assert DateTime(**props).postprocess(value) == payload


@pytest.mark.parametrize("value", ["hello", True, [], 1e30, float("nan"), object(), "2024-02-30"])
def test_unusable_results_are_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected seconds since 1970"):
        DateTime().postprocess(value)


def test_the_api_describes_it() -> None:
    block = DateTime()
    example = "2020-10-01 05:20:15"
    described = (block.api_info(), block.example_payload(), block.example_value())
    assert described == ({"type": "string"}, example, example)
