from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from PIL import Image

import limelight as gr
from limelight.core.shelf import Shelf, bytes_in, copied, size_of
from limelight.errors import PropError


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (None, None),
        (0, 0),
        (100, 100),
        ("10", 10),
        ("10b", 10),
        ("2kb", 2048),
        ("1.5 MB", 1572864),
        ("512mb", 512 << 20),
        ("2GB", 2 << 30),
        ("1g", 1 << 30),
    ],
)
def test_limits_are_bytes_or_texts(given: Any, size: int | None) -> None:
    assert bytes_in(given) == size


@pytest.mark.parametrize(
    "wrong", [{"max_memory": "much"}, {"max_memory": -1}, {"max_memory": "1 mile"},
              {"max_size": None}, {"max_size": "3"}, {"ttl_s": 0}, {"ttl_s": -1}],
)  # fmt: skip
def test_limits_that_are_none_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(PropError, match=r"A cache was given (max_memory|max_size|ttl)="):
        Shelf(**wrong)


def test_the_value_used_longest_ago_goes_first() -> None:
    shelf = Shelf(max_size=2)
    for name in (b"a", b"b"):
        shelf.put((None, name), name)
    assert shelf.get((None, b"a")) is not None
    shelf.put((None, b"c"), b"c")
    assert [name for (_, name), _ in shelf.all()] == [b"a", b"c"]


def test_no_limit_is_no_limit() -> None:
    shelf = Shelf(max_size=0)
    for number in range(1000):
        shelf.put((None, str(number).encode()), number)
    assert len(shelf) == 1000


def test_memory_is_bounded_and_counted() -> None:
    shelf = Shelf(max_size=0, max_memory="100kb")
    for number in range(200):
        assert shelf.put((None, str(number).encode()), "x" * 5000)
        assert shelf.size_bytes <= 100 << 10
    assert 15 <= len(shelf) <= 20
    assert not shelf.put((None, b"big"), "x" * (200 << 10))
    assert 15 <= len(shelf) <= 20
    shelf.put((None, b"199"), "y")
    shelf.clear()
    assert (shelf.size_bytes, len(shelf)) == (0, 0)


def test_values_grow_old() -> None:
    now = [0.0]
    shelf = Shelf(ttl_s=10, clock=lambda: now[0])
    shelf.put((None, b"a"), 1)
    now[0] = 5
    shelf.put((None, b"b"), 2)
    assert shelf.get((None, b"a")) is not None
    now[0] = 10
    assert shelf.get((None, b"a")) is None
    assert len(shelf) == 1
    now[0] = 20
    assert len(shelf) == 0


def test_a_scope_is_forgotten_alone() -> None:
    shelf = Shelf()
    for scope in (None, 1, 2):
        shelf.put((scope, b"a"), scope)
    shelf.clear_scope(1)
    assert [name[0] for name, _ in shelf.all()] == [None, 2]


@pytest.mark.parametrize(
    ("value", "least"),
    [
        ("x" * 5000, 5000),
        (b"x" * 5000, 5000),
        ([["x" * 5000]], 5000),
        ({"a": ("x" * 5000,)}, 5000),
        (np.zeros(1000), 8000),
        (Image.new("RGB", (100, 100)), 30000),
        (type("Thing", (), {})(), 10),
    ],
)
def test_sizes_count_what_is_inside(value: Any, least: int) -> None:
    assert least <= size_of(value) < least * 1.3 + 1000


def test_sizes_of_tables_and_loops() -> None:
    pd = pytest.importorskip("pandas")
    assert size_of(pd.DataFrame({"a": ["x" * 1000] * 10})) > 10000
    loop: list[Any] = ["x" * 5000]
    loop.append(loop)
    assert 5000 < size_of(loop) < 6000


def test_a_copy_can_be_changed() -> None:
    value: dict[str, Any] = {"a": [1, {"b": np.zeros(2)}], "t": ([],)}
    made = copied(value)
    made["a"][1]["b"][0] = 5
    made["a"].append(2)
    made["t"][0].append(1)
    assert (value["a"][1]["b"][0], len(value["a"]), value["t"]) == (0, 2, ([],))
    picture = Image.new("RGB", (2, 2))
    other = copied(picture)
    other.putpixel((0, 0), (255, 0, 0))
    assert picture.getpixel((0, 0)) == (0, 0, 0)


def test_what_cannot_change_or_be_copied_is_shared() -> None:
    fixed = ("a", (1, None), frozenset({2}))
    assert copied(fixed) is fixed
    lock = threading.Lock()
    assert copied([lock])[0] is lock
    box = gr.Textbox()
    assert next(iter(copied({box: [1]}))) is box
    assert copied([box])[0] is box
