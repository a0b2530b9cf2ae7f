from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image

from limelight.core.filedata import FileData
from limelight.core.fingerprint import NotNameable, code_fingerprint, fingerprint


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Number(enum.IntFlag):
    ONE = 1
    TWO = 2


@dataclasses.dataclass
class Point:
    x: int
    y: Any


class Pair(NamedTuple):
    a: int
    b: Any


class Plain:
    def __init__(self, x: int) -> None:
        self.x = x


class Text(str):
    __slots__ = ("note",)


red = Image.new("RGB", (2, 2), "red")


@pytest.mark.parametrize(
    "make",
    [
        lambda: None,
        lambda: "text \ud800",
        lambda: b"bytes",
        lambda: {"a": [1, (2.5, True)], "b": {3, "x"}},
        lambda: Point(1, [Point(2, None)]),
        lambda: Plain(1),
        lambda: Pair(1, [2]),
        lambda: Color.RED,
        lambda: Number.ONE | Number.TWO,
        lambda: datetime.datetime(2024, 1, 2),
        lambda: np.arange(6).reshape(2, 3),
        lambda: np.array(["a", {"b": 1}], dtype=object),
        lambda: np.float32(1.5),
        lambda: Image.new("RGB", (2, 2), "red"),
        lambda: Image.new("P", (2, 2)),
        lambda: FileData(path="/tmp/x", orig_name="x"),
        lambda: Path("/nowhere/at/all"),
        lambda: Text("text"),
        lambda: OrderedDict(a=1),
        lambda: len,
    ],
)
def test_equal_contents_have_equal_names(make: Any) -> None:
    assert fingerprint(make()) == fingerprint(make())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        ("1", 1),
        ("ab", b"ab"),
        ([1], (1,)),
        (["ab", "c"], ["a", "bc"]),
        ([[1], 2], [1, [2]]),
        ({"a": 1}, {"a": 2}),
        ({1}, frozenset({1})),
        (Point(1, 2), Point(2, 1)),
        (Point(1, 2), {"x": 1, "y": 2}),
        (Plain(1), Plain(2)),
        (Color.RED, Color.BLUE),
        (Text("a"), "a"),
        (np.zeros(2), np.zeros(2, "float32")),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.zeros(2), [0.0, 0.0]),
        (red, Image.new("RGB", (2, 2), "blue")),
        (red, Image.new("RGBA", (2, 2), "red")),
        (None, "None"),
        (float("nan"), 0.0),
    ],
)
def test_other_contents_have_other_names(one: Any, other: Any) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_the_order_of_pairs_and_members_does_not_matter() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"x", "y", "z"}) == fingerprint({"z", "y", "x"})


def test_tables_are_compared_by_their_cells() -> None:
    pd = pytest.importorskip("pandas")
    one = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    assert fingerprint(one) == fingerprint(one.copy())
    assert fingerprint(one) != fingerprint(one.rename(columns={"a": "c"}))
    assert fingerprint(one) != fingerprint(one.assign(a=[1, 3]))
    assert fingerprint(one) != fingerprint(one.set_index("b"))


def test_a_path_changes_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    missing = fingerprint(path)
    path.write_text("x")
    first = fingerprint(path)
    path.write_text("longer")
    assert len({missing, first, fingerprint(path)}) == 3


def test_what_has_no_content_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    for value, text in (
        (threading.Lock(), "a _thread.lock has no content to compare"),
        (lambda: None, "has no content"),
        ([{"a": threading.Lock()}], "has no content"),
        (loop, "contains itself"),
    ):
        with pytest.raises(NotNameable, match=text):
            fingerprint(value)


def test_a_function_is_named_by_its_code() -> None:
    def first(x: int, y: int = 1) -> int:
        return x + y

    before = code_fingerprint(first)

    def second(x: int, y: int = 1) -> int:
        return x - y

    assert before != code_fingerprint(second)
    first.__defaults__ = (2,)
    assert before != code_fingerprint(first)
    assert code_fingerprint(functools.partial(first, 1)) != code_fingerprint(
        functools.partial(first, 2)
    )

    class Model:
        def __init__(self, weight: Any) -> None:
            self.weight = weight

        def __call__(self, x: int) -> int:
            return x

        def method(self, x: int) -> int:
            return x

    assert code_fingerprint(Model(1)) == code_fingerprint(Model(2))  # local: it has no content
    assert code_fingerprint(Model(1).method) != code_fingerprint(Model(1))
    assert code_fingerprint(len) != code_fingerprint(print)
    assert code_fingerprint(str) != code_fingerprint(int)
