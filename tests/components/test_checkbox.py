"""Checkbox: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.checkbox.checkbox import Checkbox
from limelight.errors import PayloadError


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Checkbox).parameters
    assert parameters["value"].default is False
    assert parameters["min_width"].default == 160
    assert parameters["buttons"].default is None
    assert list(Checkbox.events) == ["change", "input", "select"]


def test_props_on_the_wire() -> None:
    assert Checkbox().wire_props() == {
        "buttons": [],
        "min_width": 160,
        "show_label": True,
        "container": True,
        "preserved_by_key": ["value"],
        "visible": True,
        "elem_classes": [],
        "name": "checkbox",
        "_selectable": False,
    }


@pytest.mark.parametrize(
    ("payload", "value"), [(True, True), (False, False), (None, None), (1, True), (0, False)]
)
def test_functions_get_a_boolean(payload: Any, value: bool | None) -> None:
    assert Checkbox().preprocess(payload) is value


@pytest.mark.parametrize("payload", ["x", [], 2])
def test_a_payload_that_is_no_boolean_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected true or false"):
        Checkbox().preprocess(payload)


@pytest.mark.parametrize(
    ("value", "payload"), [(True, True), (None, False), (1, True), ("", False)]
)
def test_the_page_gets_a_boolean(value: Any, payload: bool) -> None:
    assert Checkbox().postprocess(value) is payload


def test_what_the_api_says() -> None:
    assert Checkbox().api_info() == {"type": "boolean"}
    assert (Checkbox().example_payload(), Checkbox().example_value()) == (True, True)
