"""SegmentedControl and Pills: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.segmented_control.segmented_control import Pills, SegmentedControl
from limelight.errors import PayloadError, PropError

CHOICES: list[str | int | float | tuple[str, str | int | float]] = ["a", ("B", 2)]


def test_defaults_are_those_of_a_form_control() -> None:
    parameters = inspect.signature(SegmentedControl).parameters
    expected = {
        "choices": None,
        "value": None,
        "multiple": False,
        "type": "value",
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["choices"]
    assert list(SegmentedControl.events) == ["change", "input", "select"]


def test_pills_are_one_with_several() -> None:
    pills = Pills(CHOICES)
    assert inspect.signature(Pills).parameters["multiple"].default is True
    assert (pills.tag, pills.multiple) == ("segmentedcontrol", True)
    assert pills.wire_props()["choices"] == [("a", "a"), ("B", 2)]


@pytest.mark.parametrize(
    ("type_", "payload", "value"),
    [("value", 2, 2), ("value", "a", "a"), ("index", 2, 1), ("index", None, None)],
)
def test_functions_get_the_value_or_its_position(type_: Any, payload: Any, value: Any) -> None:
    assert SegmentedControl(CHOICES, type=type_).preprocess(payload) == value


@pytest.mark.parametrize(
    ("type_", "payload", "value"),
    [("value", [2, "a"], [2, "a"]), ("index", [2], [1]), ("value", None, []), ("index", [], [])],
)
def test_functions_get_lists_of_several(type_: Any, payload: Any, value: Any) -> None:
    assert Pills(CHOICES, type=type_).preprocess(payload) == value


@pytest.mark.parametrize("payload", ["B", "2", True, ["a"], {"a": 1}])
def test_a_value_that_is_no_choice_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match=r"not in the list of choices: \['a', 2\]"):
        SegmentedControl(CHOICES).preprocess(payload)


def test_one_of_several_that_is_no_choice_is_refused() -> None:
    with pytest.raises(PayloadError, match=r"got 'z', which is not in the list of choices"):
        Pills(CHOICES).preprocess(["a", "z"])
    with pytest.raises(PayloadError, match="expected a list of the picked choices' values"):
        Pills(CHOICES).preprocess("a")


@pytest.mark.parametrize("value", ["a", 2, None, "zz"])
def test_the_page_gets_the_value(value: Any) -> None:
    assert SegmentedControl(CHOICES).postprocess(value) == value


@pytest.mark.parametrize(
    ("value", "payload"), [("a", ["a"]), (None, []), (("a", 2), ["a", 2]), ([], [])]
)
def test_the_page_gets_a_list_of_several(value: Any, payload: Any) -> None:
    assert Pills(CHOICES).postprocess(value) == payload


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(PropError, match=r"Pills\(\) was given type='bad'; expected 'value' or"):
        Pills(CHOICES, type="bad")  # type: ignore[arg-type]  # what an author may write


def test_what_the_api_says() -> None:
    one = {"enum": ["a", 2], "type": "string"}
    assert SegmentedControl(CHOICES).api_info() == one
    assert Pills(CHOICES).api_info() == {"items": one, "type": "array"}
    assert SegmentedControl(CHOICES).example_payload() == "a"
    assert Pills(CHOICES).example_value() == ["a"]
    assert Pills().example_payload() is None
