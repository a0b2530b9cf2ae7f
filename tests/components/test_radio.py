"""Radio: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.radio.radio import Radio
from limelight.errors import PayloadError, PropError

CHOICES: list[str | int | float | tuple[str, str | int | float]] = ["a", ("B", 2)]


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Radio).parameters
    expected = {
        "choices": None,
        "value": None,
        "type": "value",
        "min_width": 160,
        "rtl": False,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["choices"]
    assert list(Radio.events) == ["select", "change", "input"]


def test_props_on_the_wire() -> None:
    assert Radio(["a", "b"], label="r").wire_props() == {
        "choices": [("a", "a"), ("b", "b")],
        "type": "value",
        "rtl": False,
        "buttons": [],
        "min_width": 160,
        "label": "r",
        "show_label": True,
        "container": True,
        "preserved_by_key": ["value"],
        "visible": True,
        "elem_classes": [],
        "name": "radio",
        "_selectable": False,
    }


@pytest.mark.parametrize(
    ("type_", "payload", "value"),
    [("value", 2, 2), ("value", "a", "a"), ("index", 2, 1), ("index", None, None)],
)
def test_functions_get_the_value_or_its_position(type_: Any, payload: Any, value: Any) -> None:
    assert Radio(CHOICES, type=type_).preprocess(payload) == value


@pytest.mark.parametrize("payload", ["B", "2", True, ["a"], {"a": 1}])
def test_a_value_that_is_no_choice_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match=r"not in the list of choices: \['a', 2, 1\]"):
        Radio([*CHOICES, 1]).preprocess(payload)


@pytest.mark.parametrize("value", ["a", 2, None, "zz"])
def test_the_page_gets_the_value(value: Any) -> None:
    assert Radio(CHOICES).postprocess(value) == value


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(PropError, match="type='bad'; expected 'value' or 'index'"):
        Radio(CHOICES, type="bad")  # type: ignore[arg-type]  # what an author may write


def test_what_the_api_says() -> None:
    radio = Radio(CHOICES)
    assert radio.api_info() == {"enum": ["a", 2], "type": "string"}
    assert (radio.example_payload(), radio.example_value()) == ("a", "a")
    assert Radio().example_payload() is None
