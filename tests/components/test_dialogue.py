"""Dialogue: props, conversions between lines and text, and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import limelight as gr
from limelight.errors import PayloadError, PropError, ValueRejected

HI = [{"speaker": "A", "text": "hi"}, {"speaker": "B", "text": "yo"}]


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(gr.Dialogue).parameters
    expected = {
        "value": None,
        "type": "text",
        "speakers": None,
        "formatter": None,
        "unformatter": None,
        "tags": None,
        "separator": "\n",
        "color_map": None,
        "label": "Dialogue",
        "info": "Type colon (:) in the dialogue line to see the available tags",
        "min_width": 160,
        "autoscroll": True,
        "max_lines": None,
        "buttons": None,
        "submit_btn": False,
        "ui_mode": "both",
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(gr.Dialogue.events) == ["change", "input", "submit"]


def test_the_page_gets_what_it_draws() -> None:
    props = gr.Dialogue(speakers=["A"], formatter=lambda s, t: s + t).wire_props()
    assert props == {
        "type": "text",
        "speakers": ["A"],
        "tags": [],
        "separator": "\n",
        "label": "Dialogue",
        "show_label": True,
        "container": True,
        "min_width": 160,
        "visible": True,
        "autofocus": False,
        "autoscroll": True,
        "elem_classes": [],
        "buttons": [],
        "submit_btn": False,
        "ui_mode": "both",
        "name": "dialogue",
        "preserved_by_key": ["value"],
        "_selectable": False,
        "server_fns": ["format", "unformat"],
    }


def test_the_usual_hint_is_shown_only_when_there_are_tags() -> None:
    assert "info" not in gr.Dialogue().wire_props()
    assert "colon" in gr.Dialogue(tags=["(sighs)"]).wire_props()["info"]
    assert gr.Dialogue(info="Mine.").wire_props()["info"] == "Mine."


def test_functions_get_text_or_lines() -> None:
    text, lines = gr.Dialogue(speakers=["A", "B"]), gr.Dialogue(type="list", speakers=["A", "B"])
    assert text.preprocess(HI) == "[A] hi\n[B] yo"
    assert text.preprocess("free") == "free"
    assert lines.preprocess(HI) == HI
    assert lines.preprocess("[A] hi\n[B] yo") == HI
    assert text.preprocess(None) is lines.preprocess(None) is None


def test_authors_have_their_own_text() -> None:
    field = gr.Dialogue(
        type="list",
        speakers=["A", "B"],
        separator=" | ",
        formatter=lambda speaker, text: f"{speaker}: {text}",
        unformatter=lambda line, speaker: {
            "speaker": line.partition(": ")[0] if ": " in line else speaker,
            "text": line.rpartition(": ")[2],
        },
    )
    assert field.format(HI) == "A: hi | B: yo"
    assert field.unformat({"text": "A: hi | B: yo"}) == HI
    assert field.preprocess("B: x | y") == [
        {"speaker": "B", "text": "x"},
        {"speaker": "B", "text": "y"},
    ]


def test_a_line_that_names_nobody_goes_on_with_the_last_speaker() -> None:
    field = gr.Dialogue(speakers=["A", "B"])
    assert field.unformat({"text": "one\n\n[B] two\nthree"}) == [
        {"speaker": "A", "text": "one"},
        {"speaker": "B", "text": "two"},
        {"speaker": "B", "text": "three"},
    ]
    assert field.unformat({"text": ""}) == []


def test_the_page_gets_lines_or_text() -> None:
    field = gr.Dialogue()
    assert field.postprocess(HI) == HI
    assert field.postprocess("[A] hi") == "[A] hi"
    assert field.postprocess(None) is None
    assert field.as_example(HI) == "[A] hi\n[B] yo"
    assert (field.as_example("x"), field.as_example(None)) == ("x", "")


@pytest.mark.parametrize("value", [3, {"speaker": "A"}, [{"speaker": "A"}], ["a"], [HI]])
def test_anything_else_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a text, or a list of dictionaries"):
        gr.Dialogue().postprocess(value)
    with pytest.raises(PayloadError, match="expected a text, or lines"):
        gr.Dialogue().preprocess(value)
    with pytest.raises(PayloadError, match="expected lines"):
        gr.Dialogue().format(value)


@pytest.mark.parametrize("payload", [None, 3, {}, {"text": 3}, ["x"]])
def test_only_a_text_is_read(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a text"):
        gr.Dialogue().unformat(payload)


def test_more_lines_than_allowed_are_refused() -> None:
    assert gr.Dialogue(max_lines=2).preprocess(HI) == "[A] hi\n[B] yo"
    with pytest.raises(PayloadError, match="got 2 lines; expected 1"):
        gr.Dialogue(max_lines=1).preprocess(HI)


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"type": "dict"}, "type='dict'; expected 'list' or 'text'"),
        ({"ui_mode": "both ways"}, "ui_mode='both ways'; expected 'dialogue', 'text' or 'both'"),
        ({"max_lines": 0}, "max_lines=0; expected 1 or more"),
    ],
)
def test_wrong_props_are_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(PropError, match=message):
        gr.Dialogue(**props)


def test_the_schema_is_lines_or_text() -> None:
    info = gr.Dialogue().api_info()
    assert [kind["type"] for kind in info["anyOf"]] == ["array", "string"]
    assert gr.Dialogue().postprocess(gr.Dialogue().example_payload()) is not None
