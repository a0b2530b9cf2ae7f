"""JSONEditor: conversions without loss, schemas, refusals."""

from __future__ import annotations

import inspect
import math
from typing import Any

import numpy as np
import pytest

from limelight.components.json_editor.json_editor import JSONEditor
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults() -> None:
    parameters = inspect.signature(JSONEditor).parameters
    expected = {
        "value": None,
        "schema": None,
        "modes": ("tree", "text"),
        "height": None,
        "max_height": 500,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(JSONEditor.events) == ["change", "input"]
    assert (JSONEditor().buttons, JSONEditor().modes) == (["copy"], ["tree", "text"])


@pytest.mark.parametrize(
    "value",
    [
        {"big": 2**70, "float": 1.0, "exp": 1e300, "nested": [[], {}, None, True, "é\n"]},
        {"b": 1, "a": 2, "": 3, "__proto__": 4},
        [math.inf, -math.inf],
        "\ud800",
        0,
        False,
    ],
)
def test_values_come_back_as_they_were(value: Any) -> None:
    editor = JSONEditor()
    text = editor.postprocess(value if not isinstance(value, str) else f'"{value}"')
    assert text is not None
    text.encode()
    back = editor.preprocess(text)
    assert back == value
    assert repr(back) == repr(value)


def test_what_is_no_number_comes_back() -> None:
    assert JSONEditor().postprocess(float("nan")) == "NaN"
    assert math.isnan(JSONEditor().preprocess("[NaN]")[0])


def test_other_values() -> None:
    editor = JSONEditor()
    assert (editor.postprocess(None), editor.preprocess(None)) == (None, None)
    assert editor.postprocess('{"a":1}') == '{\n  "a": 1\n}'
    assert editor.preprocess(editor.postprocess(np.arange(3))) == [0, 1, 2]
    assert editor.preprocess(editor.postprocess({"n": np.float32(0.5)})) == {"n": 0.5}
    assert editor.preprocess({"sent": ["by a client"]}) == {"sent": ["by a client"]}


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ("{", "line 1 column 2"),
        ("hello", "line 1 column 1"),
        ('{"a": 1, "a": 2}', "the name 'a' occurs twice"),
        ("[" * 101 + "]" * 101, "more than 100 levels"),
        ("[" * 1_000_000, "more than 100 levels"),
        ("9" * 10_000, "Exceeds the limit"),
    ],
)
def test_crafted_payloads_are_refused(payload: Any, told: str) -> None:
    with pytest.raises(PayloadError, match=told):
        JSONEditor().preprocess(payload)


def test_brackets_inside_texts_are_no_levels() -> None:
    assert JSONEditor().preprocess('["' + "[" * 500 + '\\"["]') == ["[" * 500 + '"[']


def test_values_that_are_no_json_are_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    deep: Any = []
    for _ in range(150):
        deep = [deep]
    for value in ("no json", {(1, 2): 3}, loop, deep, {1: "a", "1": "b"}):
        with pytest.raises(ValueRejected, match="or JSON text"):
            JSONEditor().postprocess(value)


SCHEMA = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5},
        "age": {"type": "integer", "minimum": 0, "maximum": 150},
        "kind": {"enum": ["a", 1, None]},
        "on": {"const": True},
        "tags": {"type": ["array", "null"], "items": {"type": "string"}, "maxItems": 2},
        "rate": {"type": "number", "description": "a share"},
    },
}


@pytest.mark.parametrize(
    "value",
    [
        {"name": "Ada"},
        {"name": "Ada", "age": 36.0, "kind": None, "tags": None, "rate": 1},
        {"name": "Ada", "tags": ["x", "y"], "on": True, "kind": 1.0},
    ],
)
def test_values_that_meet_the_schema(value: Any) -> None:
    assert JSONEditor(schema=SCHEMA).preprocess(value) == value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([], "the value to be of type object"),
        ({}, "the value to have 'name'"),
        ({"name": ""}, "'name' of the value to be at least 1 characters"),
        ({"name": "Augusta"}, "at most 5 characters"),
        ({"name": "Ada", "age": -1}, "'age' of the value to be at least 0"),
        ({"name": "Ada", "age": 1.5}, "of type integer"),
        ({"name": "Ada", "age": True}, "of type integer"),
        ({"name": "Ada", "age": 2**80}, "at most 150"),
        ({"name": "Ada", "kind": "b"}, "one of 'a', 1, None"),
        ({"name": "Ada", "kind": True}, "one of 'a', 1, None"),
        ({"name": "Ada", "on": 1}, "one of True"),
        ({"name": "Ada", "tags": ["x", 5]}, "item 1 of 'tags' of the value to be of type string"),
        ({"name": "Ada", "tags": ["x", "y", "z"]}, "at most 2 items"),
        ({"name": "Ada", "other": 1}, "the value to have no 'other'"),
    ],
)
def test_values_that_do_not_are_refused(value: Any, told: str) -> None:
    with pytest.raises(PayloadError, match=told):
        JSONEditor(schema=SCHEMA).preprocess(value)


def test_what_a_schema_says_in_vain_is_refused() -> None:
    with pytest.raises(PropError, match="the keyword 'pattern', which it does not check"):
        JSONEditor(schema={"properties": {"a": {"items": {"pattern": "x"}}}})
    with pytest.raises(PropError, match="expected one or both of 'tree' and 'text'"):
        JSONEditor(modes=["code"])  # type: ignore[list-item]  # pyright: ignore


def test_what_the_api_says() -> None:
    editor = JSONEditor()
    assert editor.api_info()["type"] == "string"
    assert editor.api_info_as_input()["type"] == {}
    assert editor.preprocess(editor.example_payload()) == editor.example_value()
