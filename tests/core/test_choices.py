"""Choices: normalising what authors write and checking what requests carry."""

from __future__ import annotations

import time
from typing import Any

import pytest

from limelight.core.choices import check, check_all, index_of, normalise, values
from limelight.errors import PayloadError, PropError


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, []),
        (["a", ("B", 2)], [("a", "a"), ("B", 2)]),
        ([["x", "y"]], [("x", "y")]),
        ([1, 2.5, True, None], [("1", 1), ("2.5", 2.5), ("True", True), ("None", None)]),
        (range(2), [("0", 0), ("1", 1)]),
        ({"a": 1}, [("a", "a")]),
        ([(1, 2)], [("1", 2)]),
    ],
)
def test_choices_become_pairs(given: Any, expected: list[tuple[str, Any]]) -> None:
    assert normalise(given) == expected


def test_a_tuple_that_is_no_pair_is_refused() -> None:
    with pytest.raises(PropError, match=r"\('a', 1, 2\) has 3 parts; expected a value or a"):
        normalise([("a", 1, 2)])


def test_something_that_holds_no_choices_is_refused() -> None:
    with pytest.raises(PropError, match="choices=3 was given; expected a list"):
        normalise(3)  # type: ignore[arg-type]  # what an author may write


def test_values_are_found_by_position() -> None:
    choices = normalise(["a", ("B", 2), ("L", ["x"])])
    assert [index_of(choices, value) for value in ("a", 2, 2.0, ["x"], "B", "2")] == [
        0,
        1,
        1,
        2,
        None,
        None,
    ]
    assert values(choices) == ["a", 2, ["x"]]


def test_true_is_not_one() -> None:
    assert index_of(normalise([1, True]), True) == 1
    assert check_all(normalise([1, True]), [True, 1], owner="x") == [1, 0]
    assert index_of(normalise([1]), True) is None


def test_a_value_that_is_no_choice_is_refused() -> None:
    with pytest.raises(PayloadError, match=r"'zz', which is not in the list of choices: \['a'\]"):
        check(normalise(["a"]), "zz", owner="Radio")
    with pytest.raises(PayloadError, match=r"got \['zz'\], which is not"):
        check_all(normalise(["a"]), [["zz"]], owner="Radio")


def test_the_error_does_not_list_thousands_of_choices() -> None:
    with pytest.raises(PayloadError, match="and 9980 more"):
        check(normalise(range(10_000)), "zz", owner="Radio")


def test_values_that_cannot_be_hashed_are_found() -> None:
    assert check_all(normalise([("L", ["x"]), "a"]), ["a", ["x"]], owner="x") == [1, 0]


def test_ten_thousand_of_ten_thousand_take_linear_time() -> None:
    choices = normalise(range(10_000))
    started = time.perf_counter()
    assert check_all(choices, list(range(9_999, -1, -1)), owner="x")[0] == 9_999
    assert time.perf_counter() - started < 1
