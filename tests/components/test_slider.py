"""Slider: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.slider.slider import Slider
from limelight.errors import PayloadError, PropError


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Slider).parameters
    expected = {
        "minimum": 0,
        "maximum": 100,
        "value": None,
        "step": None,
        "precision": None,
        "min_width": 160,
        "randomize": False,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["minimum", "maximum", "value"]
    assert list(Slider.events) == ["change", "input", "release"]


@pytest.mark.parametrize(
    ("minimum", "maximum", "step"), [(0, 100, 1), (0, 1, 0.01), (0, 10, 0.1), (0, 5000, 10)]
)
def test_the_step_follows_from_the_range(minimum: float, maximum: float, step: float) -> None:
    assert Slider(minimum, maximum).step == pytest.approx(step)


@pytest.mark.parametrize(
    ("precision", "payload", "value"), [(None, 5, 5), (0, 5.4, 5), (1, 5.44, 5.4)]
)
def test_functions_get_the_rounded_number(
    precision: int | None, payload: float, value: float
) -> None:
    assert Slider(precision=precision).preprocess(payload) == value


@pytest.mark.parametrize("payload", [101, -1, "5", None, True])
def test_a_payload_outside_the_range_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a number"):
        Slider().preprocess(payload)


@pytest.mark.parametrize(("value", "payload"), [(5, 5), (None, 2)])
def test_the_page_gets_a_number(value: Any, payload: float) -> None:
    assert Slider(2, 10).postprocess(value) == payload


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(PropError, match="expected maximum to be the larger one"):
        Slider(5, 1).check()


def test_a_random_start_is_drawn_for_each_page() -> None:
    slider = Slider(2, 4, step=1, randomize=True)
    assert slider.load_fn is not None
    assert all(slider.load_fn() in (2, 3, 4) for _ in range(20))


def test_what_the_api_says() -> None:
    assert Slider(1, 5).api_info() == {"type": "number"}
    assert (Slider(1, 5).example_payload(), Slider(1, 5).example_value()) == (1, 1)
