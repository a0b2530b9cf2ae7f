"""DateRange: props, conversions and refusals."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from limelight.components.date_range.date_range import DateRange
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(DateRange).parameters
    expected = {
        "value": None,
        "include_time": False,
        "min": None,
        "max": None,
        "presets": None,
        "type": "string",
        "timezone": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    assert list(DateRange.events) == ["change", "input", "submit", "focus", "blur"]


def test_the_page_gets_what_it_draws() -> None:
    props = DateRange(
        min=date(2024, 1, 1), max="now", presets=[("All", (date(2024, 1, 1), "now"))]
    ).wire_props()
    assert (props["min"], props["max"]) == ("2024-01-01", "now")
    assert [list(preset) for preset in props["presets"]] == [["All", ["2024-01-01", "now"]]]


@pytest.mark.parametrize(
    ("props", "text"),
    [
        ({"type": "date"}, "type='date'"),
        ({"timezone": "Mars/Base"}, r"DateRange\(\) was given timezone='Mars/Base'"),
        ({"min": "soon"}, "min='soon'"),
        ({"max": [1]}, r"max=\[1\]"),
        ({"min": "2024-02-01", "max": "2024-01-01"}, "max to be the later one"),
        ({"presets": ["Last week"]}, "the preset 'Last week'"),
        ({"presets": [("Odd", ("now", "now - 1d"))]}, "later than its end"),
        ({"presets": [("Odd", "now")]}, "it is a str"),
    ],
)
def test_odd_props_are_refused(props: dict[str, Any], text: str) -> None:
    with pytest.raises(PropError, match=text):
        DateRange(**props).check()


MOMENTS = ["2024-01-02 03:04:05", "2024-01-31 23:59:59"]


@pytest.mark.parametrize(
    ("props", "payload", "value"),
    [
        ({}, ["2024-01-02", "2024-01-31"], ("2024-01-02", "2024-01-31")),
        ({}, MOMENTS, ("2024-01-02", "2024-01-31")),
        ({}, ["2024-01-02", "2024-01-02"], ("2024-01-02", "2024-01-02")),
        ({"include_time": True}, MOMENTS, tuple(MOMENTS)),
        (
            {"type": "datetime"},
            ["2024-01-02", "2024-01-31"],
            (datetime(2024, 1, 2), datetime(2024, 1, 31)),
        ),
        (
            {"type": "datetime", "timezone": "UTC", "include_time": True},
            ["2024-01-02T03:04:05+02:00", "2024-01-31"],
            (datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC), datetime(2024, 1, 31, tzinfo=UTC)),
        ),
        (
            {"type": "timestamp", "timezone": "UTC"},
            ["1970-01-01", "1970-01-02"],
            (0.0, 86400.0),
        ),
        ({}, None, None),
        ({}, ["", " "], None),
    ],
)
def test_a_function_gets_what_was_asked_for(
    props: dict[str, Any], payload: Any, value: object
) -> None:
    assert DateRange(**props).preprocess(payload) == value


def test_what_counts_from_now_is_counted_in_each_call() -> None:
    range_ = DateRange(type="datetime", timezone="UTC", include_time=True, max="now")
    got = range_.preprocess(["now - 7d", "now"])
    assert got is not None
    assert got[1] - got[0] == timedelta(days=7)
    assert abs(datetime.now(UTC) - got[1]) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("2024-01-02", "expected two moments as text"),
        (["2024-01-02"], "expected two moments as text"),
        (["2024-01-02", None], "expected two moments as text"),
        (["2024-01-02", 5], "expected two moments as text"),
        (["2024-01-02", ""], "expected a moment as"),
        (["2024-01-02", "2024-02-30"], "day is out of range|must be in range"),
        (["2024-01-03", "2024-01-02"], "its start is later than its end"),
        (["2023-12-31", "2024-01-02"], "earlier than min='2024-01-01'"),
        (["2024-01-02", "2024-02-01"], "later than max='2024-01-31'"),
        (["2024-01-02", "now + 999999999w"], "years 1 to 9999"),
    ],
)
def test_a_crafted_payload_is_refused(payload: Any, text: str) -> None:
    with pytest.raises(PayloadError, match=text):
        DateRange(min="2024-01-01", max="2024-01-31").preprocess(payload)


@pytest.mark.parametrize(
    ("props", "value", "shown"),
    [
        ({}, (date(2024, 1, 2), date(2024, 1, 31)), ["2024-01-02", "2024-01-31"]),
        ({}, ["2024-1-2", datetime(2024, 1, 31, 5)], ["2024-01-02", "2024-01-31"]),
        ({"timezone": "UTC"}, (0, 86400.0), ["1970-01-01", "1970-01-02"]),
        ({}, ("now - 7d", "now"), ["now - 7d", "now"]),
        ({"include_time": True}, MOMENTS, MOMENTS),
        ({}, None, None),
    ],
)
def test_a_function_gives_any_range(
    props: dict[str, Any], value: Any, shown: list[str] | None
) -> None:
    assert DateRange(**props).postprocess(value) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("now", "it is a str"),
        ((1, 2, 3), "it has 3 parts"),
        (("2024-01-02", None), "it is a NoneType"),
        (("2024-01-03", "2024-01-02"), "later than its end"),
        ((True, 2), "it is a bool"),
    ],
)
def test_what_is_no_range_is_named(value: Any, text: str) -> None:
    with pytest.raises(ValueRejected, match=text):
        DateRange().postprocess(value)


@pytest.mark.parametrize("include_time", [True, False])
def test_its_example_is_a_payload(*, include_time: bool) -> None:
    component = DateRange(include_time=include_time)
    example = component.example_payload()
    assert component.preprocess(example) == tuple(example)
    assert component.api_info()["items"] == {"type": "string"}
