"""Switch: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.switch.switch import Switch
from limelight.errors import PayloadError


def test_defaults_are_those_of_a_form_control() -> None:
    parameters = inspect.signature(Switch).parameters
    expected = {"value": False, "buttons": None, "min_width": 160, "container": True}
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["value"]
    assert list(Switch.events) == ["change", "input", "select"]


@pytest.mark.parametrize(("payload", "value"), [(True, True), (False, False), (None, False)])
def test_functions_get_a_boolean(payload: Any, value: bool) -> None:
    assert Switch().preprocess(payload) is value


@pytest.mark.parametrize("payload", ["true", 1, 0, [], {"on": True}])
def test_what_is_no_boolean_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected true or false"):
        Switch().preprocess(payload)


@pytest.mark.parametrize(("value", "payload"), [(True, True), (None, False), (0, False), (2, True)])
def test_the_page_gets_the_truth_of_the_value(value: Any, payload: bool) -> None:
    assert Switch().postprocess(value) is payload


def test_a_function_gives_the_first_value() -> None:
    assert Switch(lambda: True).initial_value is True


def test_what_the_api_says() -> None:
    switch = Switch()
    assert switch.api_info() == {"type": "boolean"}
    assert (switch.example_payload(), switch.example_value()) == (True, True)
