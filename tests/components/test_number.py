"""Number: props, conversions and refusals."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from limelight.components.number.number import Number
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Number).parameters
    expected = {
        "value": None,
        "placeholder": None,
        "min_width": 160,
        "buttons": None,
        "precision": None,
        "minimum": None,
        "maximum": None,
        "step": 1,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(Number.events) == ["change", "input", "submit", "focus", "blur"]


def test_props_on_the_wire() -> None:
    assert Number(label="area").wire_props() == {
        "buttons": [],
        "step": 1,
        "min_width": 160,
        "label": "area",
        "show_label": True,
        "container": True,
        "preserved_by_key": ["value"],
        "visible": True,
        "elem_classes": [],
        "name": "number",
        "_selectable": False,
    }


@pytest.mark.parametrize(
    ("precision", "payload", "value"),
    [(None, 2.5, 2.5), (None, 3, 3), (0, 2.6, 3), (1, 2.55, 2.5), (-1, 9, 10), (0, None, None)],
)
def test_functions_get_the_rounded_number(
    precision: int | None, payload: float | None, value: float | None
) -> None:
    got = Number(precision=precision).preprocess(payload)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize("payload", ["3", True, [1], float("nan"), float("inf")])
def test_a_payload_that_is_no_number_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match=r"expected a (finite )?number"):
        Number().preprocess(payload)


def test_numbers_outside_the_bounds_are_refused() -> None:
    number = Number(minimum=1, maximum=5)
    assert number.preprocess(5) == 5
    with pytest.raises(PayloadError, match="less than minimum value 1"):
        number.preprocess(0)
    with pytest.raises(PayloadError, match="greater than maximum value 5"):
        number.preprocess(9)


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        (3, 3),
        (2.5, 2.5),
        (None, None),
        (True, 1),
        ("3", 3),
        ("2.5", 2.5),
        (Decimal("2.5"), 2.5),
        (np.float32(2.5), 2.5),
        (np.int64(3), 3),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_the_page_gets_a_plain_number(value: Any, payload: float | None) -> None:
    got = Number().postprocess(value)
    assert got == payload
    assert type(got) is type(payload)


@pytest.mark.parametrize("value", ["x", [1], {}])
def test_a_value_that_is_no_number_is_rejected(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a number or None"):
        Number().postprocess(value)


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(PropError, match="expected maximum to be the larger one"):
        Number(minimum=5, maximum=1).check()


def test_what_the_api_says() -> None:
    assert Number().api_info() == {"type": "number"}
    assert Number(precision=0).api_info() == {"type": "integer"}
    assert (Number().example_payload(), Number().example_value()) == (3, 3)


def test_flagged_numbers_are_read_again() -> None:
    number = Number()
    assert [number.read_from_flag(number.flag(value)) for value in (3.5, 3, None)] == [3.5, 3, None]
    assert number.read_from_flag("") is None
