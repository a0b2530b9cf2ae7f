"""ColorPicker: props, conversions and refusals."""

from __future__ import annotations

import inspect
import time
from typing import Any

import pytest

from limelight.components.color_picker.color_picker import ColorPicker
from limelight.errors import PayloadError, ValueRejected


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(ColorPicker).parameters
    expected = {"value": None, "container": True, "min_width": 160, "alpha": False}
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    events = ["change", "input", "release", "submit", "focus", "blur"]
    assert list(ColorPicker.events) == events


def test_the_page_gets_what_it_draws() -> None:
    props = ColorPicker("#fff", label="Wall").wire_props()
    assert props["name"] == "colorpicker"
    assert props["alpha"] is False
    assert "value" not in props


@pytest.mark.parametrize(
    "color",
    [
        None,
        "#ff0000",
        "#F00",
        "#ff000080",
        "rgb(255, 0, 0)",
        "rgba(255, 0, 0, 0.5)",
        "hsl(0deg 100% 50% / 50%)",
        "tomato",
    ],
)
def test_colours_come_and_go_as_they_are(color: str | None) -> None:
    assert ColorPicker().preprocess(color) == color
    assert ColorPicker().postprocess(color) == color


@pytest.mark.parametrize(
    "odd", ["", "#12", "#12345", "url(evil)", "red;x:y", "rgb(<b>)", 5, ["#fff"], {}, "r" * 101]
)
def test_what_is_no_colour_is_refused(odd: Any) -> None:
    with pytest.raises(PayloadError, match="expected a colour as '#rrggbb'"):
        ColorPicker().preprocess(odd)
    with pytest.raises(ValueRejected, match="Return None for no colour"):
        ColorPicker().postprocess(odd)


def test_a_long_text_takes_no_time() -> None:
    started = time.perf_counter()
    with pytest.raises(PayloadError):
        ColorPicker().preprocess("rgb(" + "1" * 100_000)
    assert time.perf_counter() - started < 0.5


def test_the_api_describes_it() -> None:
    block = ColorPicker()
    described = (block.api_info(), block.example_payload(), block.example_value())
    assert described == ({"type": "string"}, "#000000", "#000000")
