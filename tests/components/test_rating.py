"""Rating: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from limelight.components.rating.rating import Rating
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_those_of_a_form_control() -> None:
    parameters = inspect.signature(Rating).parameters
    expected = {
        "value": None,
        "maximum": 5,
        "allow_half": False,
        "clearable": True,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["value"]
    assert list(Rating.events) == ["change", "input", "clear"]


@pytest.mark.parametrize(
    ("halves", "payload", "value"),
    [(False, 3, 3), (False, 4.3, 4), (False, 2.5, 3), (True, 2.5, 2.5), (True, 4.3, 4.5)],
)
def test_functions_get_whole_or_half_stars(halves: bool, payload: float, value: float) -> None:
    got = Rating(allow_half=halves).preprocess(payload)
    assert (got, type(got)) == (value, float if halves else int)


def test_no_rating_is_none() -> None:
    assert Rating().preprocess(None) is None
    assert Rating().postprocess(None) is None


@pytest.mark.parametrize("payload", [-1, 6, "3", True, [3], float("nan")])
def test_a_payload_outside_the_stars_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a number from 0 to 5, or null"):
        Rating().preprocess(payload)


@pytest.mark.parametrize("value", [0, 3, 4.3, np.float32(2.5), np.int64(2)])
def test_the_page_gets_any_part_of_the_stars(value: Any) -> None:
    payload = Rating().postprocess(value)
    assert payload == value
    assert type(payload) in (int, float)


@pytest.mark.parametrize("value", [-1, 5.1, "3", True, [3], float("inf")])
def test_a_value_outside_the_stars_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a number from 0 to 5, or None"):
        Rating().postprocess(value)


@pytest.mark.parametrize("maximum", [0, -1, 21])
def test_too_few_or_many_stars_are_refused(maximum: int) -> None:
    with pytest.raises(PropError, match="expected a number of stars from 1 to 20"):
        Rating(maximum=maximum).check()


def test_what_the_api_says() -> None:
    rating = Rating(maximum=3)
    assert rating.api_info() == {"type": "number", "minimum": 0, "maximum": 3}
    assert (rating.example_payload(), rating.example_value()) == (3, 3)
