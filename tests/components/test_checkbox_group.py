"""CheckboxGroup: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from limelight.components.checkbox_group.checkbox_group import CheckboxGroup
from limelight.errors import PayloadError, PropError

CHOICES: list[str | int | float | tuple[str, str | int | float]] = ["a", ("B", 2)]


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(CheckboxGroup).parameters
    expected = {
        "choices": None,
        "value": None,
        "type": "value",
        "show_select_all": False,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["choices"]
    assert list(CheckboxGroup.events) == ["change", "input", "select"]


def test_props_on_the_wire() -> None:
    assert CheckboxGroup(CHOICES, label="g").wire_props() == {
        "choices": [("a", "a"), ("B", 2)],
        "type": "value",
        "show_select_all": False,
        "buttons": [],
        "min_width": 160,
        "label": "g",
        "show_label": True,
        "container": True,
        "preserved_by_key": ["value"],
        "visible": True,
        "elem_classes": [],
        "name": "checkboxgroup",
        "_selectable": False,
    }


def test_functions_get_values_or_positions() -> None:
    assert CheckboxGroup(CHOICES).preprocess(["a", 2]) == ["a", 2]
    assert CheckboxGroup(CHOICES, type="index").preprocess([2]) == [1]
    assert CheckboxGroup(CHOICES).preprocess(None) == []


def test_choices_that_a_session_changed_count() -> None:
    group = CheckboxGroup(CHOICES)
    group.choices = [["c", "c"]]  # type: ignore[list-item]  # as they come from the wire
    assert group.preprocess(["c"]) == ["c"]


@pytest.mark.parametrize("payload", [["zz"], ["B"], [True], [["a"]]])
def test_a_value_that_is_no_choice_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="not in the list of choices"):
        CheckboxGroup([*CHOICES, 1]).preprocess(payload)


@pytest.mark.parametrize("payload", ["a", 2, {"a": 1}])
def test_a_payload_that_is_no_list_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a list"):
        CheckboxGroup(CHOICES).preprocess(payload)


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        (["a"], ["a"]),
        ("a", ["a"]),
        (None, []),
        (("a", 2), ["a", 2]),
        (2, [2]),
        (np.array([1, 2]), [1, 2]),
        (np.int64(3), [3]),
    ],
)
def test_the_page_gets_a_list(value: Any, payload: list[Any]) -> None:
    assert CheckboxGroup(CHOICES).postprocess(value) == payload


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(PropError, match="type='bad'; expected 'value' or 'index'"):
        CheckboxGroup(CHOICES, type="bad")  # type: ignore[arg-type]  # what an author may write


def test_what_the_api_says() -> None:
    group = CheckboxGroup(CHOICES)
    assert group.api_info() == {"items": {"enum": ["a", 2], "type": "string"}, "type": "array"}
    assert (group.example_payload(), group.example_value()) == (["a"], ["a"])
    assert CheckboxGroup().example_payload() is None
