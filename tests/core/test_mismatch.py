from __future__ import annotations

import time
from typing import Any, Literal, NotRequired, TypedDict

import pytest

from limelight.core.filedata import FileData
from limelight.core.mismatch import mismatch
from limelight.core.schema import schema_of


class Point(TypedDict):
    x: int
    name: NotRequired[str]


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Any, object()),
        (None, None),
        (str, "a"),
        (int, 1),
        (int, 2.0),
        (float, 1),
        (bool, False),
        (bytes, "YQ=="),
        (dict, {"a": [None]}),
        (dict[str, int], {"a": 1}),
        (list, [1, "a"]),
        (list[float], [1, 2.5]),
        (tuple[int, ...], [1, 2]),
        (tuple[int, str], [1, "a"]),
        (set[str], ["a"]),
        (Literal["a", 1], 1),
        (str | None, None),
        (int | str, "a"),
        (Point, {"x": 1, "further": [1]}),
        (Point, {"x": 1, "name": "a"}),
        (FileData, FileData(path="a")),
        (list[FileData], [FileData(path="a")]),
    ],
)
def test_what_fits(hint: Any, value: Any) -> None:
    assert mismatch(schema_of(hint), value) is None


@pytest.mark.parametrize(
    ("hint", "value", "text"),
    [
        (None, 1, "expected null, got 1"),
        (str, 1, "expected a text, got 1"),
        (int, "1", "expected a whole number, got '1'"),
        (int, 2.5, "expected a whole number, got 2.5"),
        (int, True, "expected a whole number, got True"),
        (float, True, "expected a number, got True"),
        (bool, 1, "expected true or false, got 1"),
        (dict, [], "expected an object, got []"),
        (dict[str, int], {"a": "b"}, "expected a whole number at a, got 'b'"),
        (list[int], "abc", "expected a list, got 'abc'"),
        (list[dict[str, int]], [{}, {"a": None}], "expected a whole number at [1].a, got None"),
        (tuple[int, str], [1], "expected a list of 2, got [1]"),
        (tuple[int, str], [1, 2], "expected a text at [1], got 2"),
        (Literal["a", 1], True, "expected one of 'a', 1, got True"),
        (Literal["a"], "b", "expected one of 'a', got 'b'"),
        (int | None, "a", "expected null or a whole number, got 'a'"),
        (list[int] | None, ["a"], "expected a whole number at [0], got 'a'"),
        (Literal["a"] | None, "b", "expected null or another value, got 'b'"),
        (Point, {"name": "a"}, "expected an object with 'x', got {'name': 'a'}"),
        (Point, {"x": 1, "name": 2}, "expected a text at name, got 2"),
        (int, FileData(path="/secret"), "expected a whole number, got a file"),
        (int, "x" * 99, f"expected a whole number, got '{'x' * 56}..."),
    ],
)
def test_what_does_not_fit_is_named(hint: Any, value: Any, text: str) -> None:
    assert mismatch(schema_of(hint), value) == text


def test_deep_and_long_values_are_cheap() -> None:
    deep: Any = []
    schema: dict[str, Any] = {}
    for _ in range(5000):
        deep = [deep]
    for _ in range(500):
        schema = {"type": "array", "items": schema}
    began_s = time.perf_counter()
    assert mismatch(schema, deep) is None
    assert mismatch(schema_of(list[int]), [1] * 1_000_000 + ["a"]) is None
    assert time.perf_counter() - began_s < 1
