from __future__ import annotations

from typing import Any

import pytest

import limelight as gr
from limelight.core.updates import is_skip, is_update, per_output
from limelight.errors import ValueRejected

SKIP = {"__type__": "update"}


def listener(outputs: int) -> Any:
    with gr.Blocks() as demo:
        blocks = [gr.Textbox(label=f"Out {n}") for n in range(outputs)]
        gr.Button().click(lambda: None, None, blocks)
    return demo.graph_.listener(0)


def test_an_update_holds_the_props_that_were_given() -> None:
    assert gr.update() == gr.skip() == SKIP
    assert gr.update(visible=False, value=None, label="a") == {
        "__type__": "update",
        "visible": False,
        "value": None,
        "label": "a",
    }
    assert gr.update("id", ["a"]) == {
        "__type__": "update",
        "elem_id": "id",
        "elem_classes": ["a"],
    }


def test_updates_are_told_from_values() -> None:
    assert is_update(gr.update(value=1))
    assert not is_update({"value": 1})
    assert is_skip(gr.skip())
    assert not is_skip(gr.update(value=1))


@pytest.mark.parametrize(
    ("outputs", "returned", "expected"),
    [
        (0, "ignored", []),
        (1, "a", ["a"]),
        (1, ["a", "b"], [["a", "b"]]),
        (1, ("a",), ["a"]),
        (1, ("a", "b"), [("a", "b")]),
        (1, {"a": 1}, [{"a": 1}]),
        (2, ("a", "b"), ["a", "b"]),
        (2, ["a", "b"], ["a", "b"]),
        (2, gr.skip(), [SKIP, SKIP]),
        (2, (gr.skip(), "b"), [SKIP, "b"]),
    ],
)
def test_each_output_gets_its_value(outputs: int, returned: Any, expected: list[Any]) -> None:
    assert per_output(listener(outputs), returned) == expected


def test_a_dictionary_by_block_leaves_the_others_alone() -> None:
    made = listener(2)
    assert per_output(made, {made.outputs[1]: "b"}) == [SKIP, "b"]
    with pytest.raises(
        ValueRejected, match=r"a value for <Button>, which is not among its outputs"
    ):
        per_output(made, {gr.Button(render=False): "c"})


@pytest.mark.parametrize("returned", ["a", ("a",), None])
def test_too_few_values_name_the_outputs(returned: Any) -> None:
    with pytest.raises(ValueRejected, match=r"returned 1 values; its 2 outputs need 2: .*'Out 1'"):
        per_output(listener(2), returned)


def test_surplus_values_are_told() -> None:
    with pytest.warns(UserWarning, match="returned 3 values for 2 outputs; the rest is ignored"):
        assert per_output(listener(2), ("a", "b", "c")) == ["a", "b"]
