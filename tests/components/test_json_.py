"""JSON: conversions and refusals."""

from __future__ import annotations

from typing import Any

import pytest

from limelight.components.json_.json_ import JSON, Json
from limelight.core.filedata import FileData
from limelight.errors import ValueRejected


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        ({"a": [1, None]}, {"a": [1, None]}),
        ("[1,2]", [1, 2]),
        ((1, 2), [1, 2]),
        (5, 5),
        (None, None),
    ],
)
def test_the_page_gets_plain_json(value: Any, payload: Any) -> None:
    assert JSON().postprocess(value) == payload


def test_files_stay_files() -> None:
    file = FileData.from_bytes(b"a", "a.txt")
    assert JSON().postprocess(file) is file
    assert JSON().postprocess([file, "{", (1, None)]) == [file, "{", [1, None]]


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(ValueRejected, match="not JSON"):
        JSON().postprocess("nope")


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(ValueRejected, match="contains itself"):
        JSON().postprocess(loop)


def test_functions_get_what_the_page_sends() -> None:
    assert JSON().preprocess({"a": 1}) == {"a": 1}
    assert JSON().read_from_flag(JSON().flag({"a": 1})) == {"a": 1}


def test_the_wire_has_its_props() -> None:
    props = JSON({"a": 1}, label="J").wire_props()
    expected = {"open": False, "show_indices": False, "max_height": 500, "buttons": ["copy"]}
    assert {name: props[name] for name in expected} == expected
    assert "height" not in props
    assert Json is JSON
