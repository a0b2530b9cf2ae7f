"""Textbox: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.textbox.attributes import InputHTMLAttributes
from limelight.components.textbox.textbox import Text, TextArea, Textbox
from limelight.errors import PayloadError, PropError


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Textbox).parameters
    expected = {
        "value": None,
        "type": "text",
        "lines": 1,
        "max_lines": None,
        "placeholder": None,
        "min_width": 160,
        "autofocus": False,
        "autoscroll": True,
        "text_align": None,
        "rtl": False,
        "buttons": None,
        "max_length": None,
        "submit_btn": False,
        "stop_btn": False,
        "html_attributes": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["value"]


def test_props_on_the_wire() -> None:
    assert Textbox(label="a").wire_props() == {
        "type": "text",
        "lines": 1,
        "autofocus": False,
        "autoscroll": True,
        "rtl": False,
        "buttons": [],
        "submit_btn": False,
        "stop_btn": False,
        "min_width": 160,
        "label": "a",
        "show_label": True,
        "container": True,
        "preserved_by_key": ["value"],
        "visible": True,
        "elem_classes": [],
        "name": "textbox",
        "_selectable": False,
    }


def test_events() -> None:
    names = ["change", "input", "select", "submit", "focus", "blur", "stop", "copy"]
    assert list(Textbox.events) == names


def test_text_is_textbox_and_text_area_is_a_high_one() -> None:
    assert Text is Textbox
    area = TextArea("a")
    assert (area.lines, area.max_lines, area.tag) == (7, 20, "textbox")
    assert area.wire_props()["name"] == "textbox"


@pytest.mark.parametrize(
    ("payload", "value"), [("a", "a"), (None, None), (3, "3"), (True, "True"), ("", "")]
)
def test_functions_get_text(payload: Any, value: str | None) -> None:
    assert Textbox().preprocess(payload) == value


@pytest.mark.parametrize("payload", [["a"], {"a": 1}])
def test_a_payload_that_is_no_text_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a text"):
        Textbox().preprocess(payload)


@pytest.mark.parametrize(
    ("value", "payload"), [("a", "a"), (3, "3"), (None, None), (["a"], "['a']")]
)
def test_the_page_gets_text(value: Any, payload: str | None) -> None:
    assert Textbox().postprocess(value) == payload


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(PropError, match="type='url'; expected 'text', 'password' or 'email'"):
        Textbox(type="url")  # type: ignore[arg-type]  # what an author may write


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(PropError, match="max_length=-1; expected 0 or more"):
        Textbox(max_length=-1)


def test_a_password_has_one_line() -> None:
    with pytest.warns(UserWarning, match="lines=3 is ignored"):
        assert Textbox(type="password", lines=3).lines == 1


def test_html_attributes_that_are_set_go_to_the_page() -> None:
    attributes = InputHTMLAttributes(autocorrect="off", tabindex=2)
    props = Textbox(html_attributes=attributes).wire_props()
    assert props["html_attributes"] == {"autocorrect": "off", "tabindex": 2}
    assert Textbox(html_attributes={"lang": "de"}).wire_props()["html_attributes"] == {"lang": "de"}


def test_what_the_api_says() -> None:
    box = Textbox()
    assert box.api_info() == {"type": "string"}
    assert (box.example_payload(), box.example_value()) == ("Hello!!", "Hello!!")
