"""RangeSlider: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from limelight.components.range_slider.range_slider import RangeSlider
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_those_of_the_slider() -> None:
    parameters = inspect.signature(RangeSlider).parameters
    expected = {
        "minimum": 0,
        "maximum": 100,
        "value": None,
        "step": None,
        "min_distance": 0,
        "precision": None,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["minimum", "maximum", "value"]
    assert list(RangeSlider.events) == ["change", "input", "release"]


@pytest.mark.parametrize(("minimum", "maximum", "step"), [(0, 100, 1), (0, 1, 0.01), (0, 0, 1)])
def test_the_step_follows_from_the_range(minimum: float, maximum: float, step: float) -> None:
    assert RangeSlider(minimum, maximum).step == pytest.approx(step)


@pytest.mark.parametrize(
    ("precision", "value"), [(None, (1.26, 5.04)), (0, (1, 5)), (1, (1.3, 5.0))]
)
def test_functions_get_the_rounded_pair(precision: int | None, value: Any) -> None:
    assert RangeSlider(precision=precision).preprocess([1.26, 5.04]) == value


@pytest.mark.parametrize(
    "payload",
    [None, 5, "25", [1], [1, 2, 3], ["1", 2], [True, 2], [1, None], [float("nan"), 2], {"a": 1}],
)
def test_what_is_no_pair_of_numbers_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected two numbers, the low and the high one"):
        RangeSlider().preprocess(payload)


@pytest.mark.parametrize("payload", [[-1, 5], [5, 101], [6, 5]])
def test_a_pair_outside_the_range_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="two numbers from 0 to 100, the lower one first"):
        RangeSlider().preprocess(payload)


def test_ends_that_are_too_close_are_refused() -> None:
    slider = RangeSlider(0, 1, min_distance=0.3)
    assert slider.preprocess([0.1, 0.4]) == (0.1, 0.4)  # 0.30000000000000004 apart, or less
    with pytest.raises(PayloadError, match=r"at least 0\.3 apart"):
        slider.preprocess([0.1, 0.3])


@pytest.mark.parametrize(
    ("value", "payload"),
    [((3, 4), [3, 4]), ([3, 3], [3, 3]), (None, [2, 10]), (np.array([2.5, 3]), [2.5, 3.0])],
)
def test_the_page_gets_a_list(value: Any, payload: list[float]) -> None:
    assert RangeSlider(2, 10).postprocess(value) == payload


@pytest.mark.parametrize("value", [5, "ab", (1,), (4, 3), {"low": 1}])
def test_a_value_that_is_no_pair_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="Return a pair, or None for the whole range"):
        RangeSlider().postprocess(value)


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(PropError, match="expected maximum to be the larger one"):
        RangeSlider(5, 1).check()


@pytest.mark.parametrize("distance", [-1, 11])
def test_a_distance_that_does_not_fit_is_refused(distance: float) -> None:
    with pytest.raises(PropError, match="expected a number from 0 to 10, the length of its range"):
        RangeSlider(0, 10, min_distance=distance).check()


def test_what_the_api_says() -> None:
    slider = RangeSlider(1, 5)
    assert slider.api_info() == {
        "type": "array",
        "items": {"type": "number"},
        "minItems": 2,
        "maxItems": 2,
    }
    assert (slider.example_payload(), slider.example_value()) == ([1, 5], (1, 5))
