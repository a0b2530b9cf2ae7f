"""Dropdown: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.dropdown.dropdown import DefaultValue, Dropdown
from limelight.errors import PayloadError, PropError

CHOICES: list[Any] = ["a", ("B", 2)]


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Dropdown).parameters
    expected = {
        "choices": None,
        "type": "value",
        "multiselect": None,
        "allow_custom_value": False,
        "max_choices": None,
        "num_choices_shown": 100,
        "filterable": True,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert repr(parameters["value"].default) == "DefaultValue(...)"
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["choices"]
    assert list(Dropdown.events) == ["change", "input", "select", "focus", "blur", "key_up"]


@pytest.mark.parametrize(
    ("props", "value"),
    [
        ({"choices": CHOICES}, "a"),
        ({"choices": CHOICES, "value": None}, None),
        ({"choices": CHOICES, "multiselect": True}, []),
        ({"choices": CHOICES, "value": lambda: 2}, 2),
        ({}, None),
    ],
)
def test_the_first_choice_is_picked_unless_several_can_be(
    props: dict[str, Any], value: Any
) -> None:
    assert Dropdown(**props).initial_value == value


def test_choices_become_pairs_on_the_wire() -> None:
    props = Dropdown(CHOICES).wire_props()
    assert props["choices"] == [("a", "a"), ("B", 2)]
    assert "multiselect" not in props
    assert props["buttons"] == []


@pytest.mark.parametrize(
    ("props", "payload", "value"),
    [
        ({}, 2, 2),
        ({"type": "index"}, 2, 1),
        ({}, None, None),
        ({"multiselect": True}, ["a", 2], ["a", 2]),
        ({"multiselect": True, "type": "index"}, ["a", 2], [0, 1]),
        ({"multiselect": True, "type": "index", "allow_custom_value": True}, ["zz"], [None]),
        ({"multiselect": True}, "a", ["a"]),
        ({"multiselect": True}, [], []),
        ({"allow_custom_value": True}, "zz", "zz"),
    ],
)
def test_functions_get_what_is_picked(props: dict[str, Any], payload: Any, value: Any) -> None:
    assert Dropdown(CHOICES, **props).preprocess(payload) == value


@pytest.mark.parametrize(
    ("props", "payload", "message"),
    [
        ({}, "zz", "not in the list of choices"),
        ({}, "2", "not in the list of choices"),
        ({}, ["a"], "expected one choice"),
        ({"multiselect": True}, ["a", "zz"], "not in the list of choices"),
        ({"multiselect": True, "max_choices": 1}, ["a", 2], "expected at most 1"),
        ({"allow_custom_value": True}, {"x": 1}, "expected one choice"),
        ({"multiselect": True, "allow_custom_value": True}, [{}], "expected a text or a number"),
    ],
)
def test_a_payload_that_is_no_choice_is_refused(
    props: dict[str, Any], payload: Any, message: str
) -> None:
    with pytest.raises(PayloadError, match=message):
        Dropdown(CHOICES, **props).preprocess(payload)


@pytest.mark.parametrize(
    ("props", "value", "payload"),
    [
        ({}, "a", "a"),
        ({}, 2, 2),
        ({}, None, None),
        ({"multiselect": True}, "a", ["a"]),
        ({"multiselect": True}, ("a", 2), ["a", 2]),
        ({"allow_custom_value": True}, "zz", "zz"),
    ],
)
def test_the_page_gets_the_value(props: dict[str, Any], value: Any, payload: Any) -> None:
    assert Dropdown(CHOICES, **props).postprocess(value) == payload


def test_a_returned_value_that_is_no_choice_is_shown_with_a_warning() -> None:
    with pytest.warns(UserWarning, match="not among its choices"):
        assert Dropdown(CHOICES).postprocess("zz") == "zz"


def test_the_api_names_the_choices() -> None:
    one = {"type": "string", "enum": ["a", 2]}
    assert Dropdown(CHOICES).api_info() == one
    assert Dropdown(CHOICES, multiselect=True).api_info() == {"type": "array", "items": one}
    assert Dropdown(CHOICES, multiselect=True).example_payload() == ["a"]
    assert Dropdown().example_payload() is None


def test_props_that_do_not_fit_together_are_told() -> None:
    with pytest.raises(PropError, match="expected 'value' or 'index'"):
        Dropdown(CHOICES, type="name")  # type: ignore[arg-type]  # what is tested
    with pytest.raises(PropError, match="3 parts"):
        Dropdown([("a", "b", "c")])  # type: ignore[list-item]  # what is tested
    with pytest.warns(UserWarning, match="needs typing"):
        assert Dropdown(CHOICES, allow_custom_value=True, filterable=False).filterable
    assert isinstance(DefaultValue(), DefaultValue)
