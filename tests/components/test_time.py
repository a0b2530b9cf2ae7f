"""Time: props, conversions and refusals."""

from __future__ import annotations

import inspect
from datetime import datetime, time
from typing import Any

import pytest

from limelight.components.time_.time_ import Time
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Time).parameters
    expected = {"value": None, "step": 60, "min": None, "max": None, "type": "string"}
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    assert list(Time.events) == ["change", "input", "submit", "focus", "blur"]


def test_the_page_gets_what_it_draws() -> None:
    props = Time(min=3600, max=time(17, 30), step=900).wire_props()
    assert {name: props[name] for name in ("min", "max", "step")} == {
        "min": "01:00",
        "max": "17:30",
        "step": 900,
    }


@pytest.mark.parametrize(
    ("props", "text"),
    [
        ({"type": "text"}, "type='text'"),
        ({"step": 0}, "step=0"),
        ({"step": True}, "step=True"),
        ({"step": 90_000}, "step=90000"),
        ({"min": "noon"}, "min='noon'"),
        ({"max": 90_000}, "max=90000"),
        ({"min": "17:00", "max": "9:00"}, "max to be the later one"),
    ],
)
def test_odd_props_are_refused(props: dict[str, Any], text: str) -> None:
    with pytest.raises(PropError, match=text):
        Time(**props).check()


@pytest.mark.parametrize(
    ("props", "payload", "value"),
    [
        ({}, "09:30", "09:30"),
        ({}, "9:30 pm", "21:30"),
        ({}, "09:30:15", "09:30:15"),
        ({"step": 15}, "09:30", "09:30:00"),
        ({"type": "time"}, "09:30", time(9, 30)),
        ({"type": "seconds"}, "09:30:15", 34215),
        ({"min": "09:00", "max": "09:30"}, "09:30", "09:30"),
        ({}, None, None),
        ({}, " ", None),
    ],
)
def test_a_function_gets_what_was_asked_for(
    props: dict[str, Any], payload: str | None, value: object
) -> None:
    assert Time(**props).preprocess(payload) == value


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (9, "expected a time as text"),
        (["09:30"], "expected a time as text"),
        ("half past", "expected a time as '09:30'"),
        ("08:59", "expected a time from 09:00 to 17:00"),
        ("17:00:01", "expected a time from 09:00 to 17:00"),
    ],
)
def test_a_crafted_payload_is_refused(payload: Any, text: str) -> None:
    with pytest.raises(PayloadError, match=text):
        Time(min="09:00", max="17:00").preprocess(payload)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("9:30 am", "09:30"),
        (time(9, 30, 15, 999), "09:30:15"),
        (datetime(2024, 1, 2, 9, 30), "09:30"),
        (34200, "09:30"),
        (34200.5, "09:30"),
        (None, None),
        ("", None),
    ],
)
def test_a_function_gives_any_time(value: Any, shown: str | None) -> None:
    assert Time().postprocess(value) == shown


@pytest.mark.parametrize("value", ["soon", 86_400, -1, True, [9, 30]])
def test_what_is_no_time_is_named(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected '09:30'"):
        Time().postprocess(value)


def test_its_example_is_a_payload() -> None:
    component = Time(min="10:00")
    assert component.preprocess(component.example_payload()) == "10:00"
    assert component.api_info() == {"type": "string"}
