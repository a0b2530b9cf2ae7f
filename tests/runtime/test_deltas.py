from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from limelight.runtime.deltas import advance, apply, diff, merge, own
from limelight.wire.codec import decode, encode

GOLDEN = Path(__file__).parents[1] / "golden"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False, width=16)
    | st.text("ab", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=9)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text("xy", max_size=2), inner, max_size=3)
    ),
    max_leaves=20,
)


def plain(value: Any) -> Any:
    return decode(encode(value))


@given(JSON, JSON)
def test_edits_turn_the_old_value_into_the_new_one(old: Any, new: Any) -> None:
    assert apply(plain(old), plain(diff(old, new))) == plain(new)


@given(JSON, JSON)
def test_what_is_kept_is_the_new_value_and_belongs_to_nobody_else(old: Any, new: Any) -> None:
    kept = own(old)
    as_before = copy.deepcopy(kept)
    edits, made = advance(kept, new)
    assert plain(made) == plain(new)
    assert kept == as_before
    assert (made is kept) == (not edits)
    for edit in edits:  # the edits' values are parts of what is kept, or copies
        apply(made, copy.deepcopy([["replace", [], edit[2]]]))
    assert plain(made) == plain(new)


@given(st.lists(JSON, min_size=3, max_size=6))
def test_merged_edits_do_what_they_do_one_after_the_other(values: list[Any]) -> None:
    kept = own(values[0])
    merged: list[Any] = []
    for value in values[1:]:
        edits, kept = advance(kept, value)
        merged = merge(merged, edits)
    assert apply(plain(values[0]), plain(merged)) == plain(values[-1])


def test_merging_joins_what_is_appended_and_forgets_what_is_replaced() -> None:
    assert merge([["append", ["a"], "x"]], [["append", ["a"], "y"]]) == [["append", ["a"], "xy"]]
    assert merge([["replace", ["a"], "x"]], [["append", ["a"], "y"]]) == [["replace", ["a"], "xy"]]
    assert merge([["add", [0], 1]], [["replace", [], 2]]) == [["replace", [], 2]]
    first = [["append", [], "x"]]
    merge(first, [["append", [], "y"]])
    assert first == [["append", [], "x"]]


def test_the_edits_of_shrinking_lists_count_from_the_shrunk_list() -> None:
    assert diff([1, 2, 3, 4], [1]) == [["delete", [1], None]] * 3


def test_numbers_that_are_equal_in_python_give_no_edit() -> None:
    assert diff([1, 1.0, {"a": True}], [True, 1, {"a": 1.0}]) == []


def test_a_list_that_is_changed_in_place_is_noticed() -> None:
    rows = [{"text": "a"}]
    kept = own(rows)
    rows[0]["text"] = "ab"
    rows.append({"text": "c"})
    edits, kept = advance(kept, rows)
    assert edits == [["append", [0, "text"], "b"], ["add", [1], {"text": "c"}]]
    rows[1]["text"] = "later"
    assert kept == [{"text": "ab"}, {"text": "c"}]
    assert edits[1][2] == {"text": "c"}


def test_names_that_are_no_text_are_what_json_makes_of_them() -> None:
    assert own({1: {None: 2}}) == plain({1: {None: 2}})
    assert diff({1: "a"}, {1: "ab"}) == [["append", ["1"], "b"]]


def test_values_of_libraries_are_compared_as_the_data_they_become() -> None:
    import numpy as np

    kept = own({"x": np.array([1, 2, 3])})
    assert kept == {"x": [1, 2, 3]}
    edits, kept = advance(kept, {"x": np.array([1, 2, 4])})
    assert edits == [["replace", ["x", 2], 4]]
    assert advance(kept, {"x": np.array([1, 2, 4])}) == ([], kept)
    rows = own([[1, 2], [3, 4]])
    assert advance(rows, [np.array([1, 2]), np.array([3, 5])])[0] == [["replace", [1, 1], 5]]


def test_a_list_that_changes_altogether_is_sent_whole() -> None:
    old, new = list(range(1000)), list(range(1, 1001))
    assert diff(old, new) == [["replace", [], new]]
    assert diff({"a": old}, {"a": [*new, 7]}) == [["replace", ["a"], [*new, 7]]]


def test_recorded_edits_are_those_that_the_same_values_give() -> None:
    recorded = json.loads((GOLDEN / "generator_diff.json").read_text())
    compared = 0
    for driver in recorded["drivers"].values():
        for exchange in driver["exchanges"]:
            kept: list[Any] | None = None
            for message in exchange["response"].get("sse", ()):
                said = message["data"]
                if not isinstance(said, dict) or said["msg"] != "process_generating":
                    continue
                data = said["output"]["data"]
                if kept is None:
                    kept = data
                    continue
                for number, edits in enumerate(data):
                    now = apply(copy.deepcopy(kept[number]), edits)
                    found, kept[number] = advance(kept[number], now)
                    assert found == edits, (number, edits)
                    compared += 1
    assert compared >= 60


def _seconds(count: int, step: Any) -> float:
    kept = own(step(0))
    began_s = time.perf_counter()
    for number in range(1, count):
        _, kept = advance(kept, step(number))
    return time.perf_counter() - began_s


def test_the_cost_of_a_step_is_that_of_what_changed() -> None:
    text = "abcdefghij" * 4000
    assert _seconds(2000, lambda n: text[: n * 10]) < 1
    rows = [{"role": "user", "content": f"line {n}"} for n in range(2000)]
    assert _seconds(2000, lambda n: rows[:n]) < 2
    words = [f"word {n}" for n in range(2000)]
    assert _seconds(2000, lambda n: words[:n]) < 1
