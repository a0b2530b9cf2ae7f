from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.errors import PropError
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


def same(text: str) -> str:
    return text


async def test_a_click_fills_the_inputs_with_their_props(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        name, times = gr.Textbox(label="Name"), gr.Number()
        made = gr.Examples([["Ada", 2], ["Bob"]], [name, times])
    harness = Harness(demo, tmp_path)
    load = demo.graph_.listeners[0].id
    first = (await harness.call(load, 1))[-1]["output"]["data"]
    assert [update["value"] for update in first] == ["Bob", None]
    assert first[0]["label"] == "Name"
    nothing = (await harness.call(load, None))[-1]["output"]["data"]
    assert nothing == [{"__type__": "update"}] * 2
    assert (made.dataset.label, made.load_input_event is not None) == ("Examples", True)


async def test_a_click_may_run_the_function_afterwards(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        name, out = gr.Textbox(), gr.Textbox()
        gr.Examples(["Ada"], name, out, same, run_on_click=True, label="Try")
    load, run = demo.graph_.listeners.values()
    assert (run.trigger_after, run.inputs, run.outputs) == (load, [name], [out])
    assert load.queue is False
    harness = Harness(demo, tmp_path)
    assert (await harness.value(load.id, 0))["value"] == "Ada"
    assert (await harness.value(load.id, None)) == {"__type__": "update"}


def test_columns_that_are_empty_everywhere_are_not_shown() -> None:
    with gr.Blocks():
        a, b, c = gr.Textbox(), gr.Textbox(), gr.Textbox()
        made = gr.Examples([["x", None, "z"], ["y", None]], [a, b, c])
        chosen = gr.Examples([["x", "y", "z"]], [a, b, c], visible_columns=[2])
    assert made.columns == [a, c]
    assert chosen.columns == [c]


@pytest.mark.parametrize(
    ("examples", "width", "rows"),
    [
        (["a", "b"], 1, [["a"], ["b"]]),
        ([["a"], ["b"]], 1, [["a"], ["b"]]),
        ([["a", "b"]], 1, [[["a", "b"]]]),
        ([["a", "b"]], 2, [["a", "b"]]),
    ],
)
def test_rows_are_given_in_several_ways(examples: Any, width: int, rows: list[Any]) -> None:
    with gr.Blocks():
        inputs: list[Any] = [gr.Textbox() for _ in range(width)]
        assert gr.Examples(examples, inputs).examples == rows


def test_rows_can_stand_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / ".hidden").write_text("h")
    with gr.Blocks():
        file, name = gr.File(), gr.Textbox()
        assert gr.Examples(str(tmp_path), file).examples == [[str(tmp_path / "a.txt")]]
        with pytest.raises(PropError, match=r"has no log\.csv, which rows of 2 inputs need"):
            gr.Examples(str(tmp_path), [file, name])
        (tmp_path / "log.csv").write_text("file,name,more\na.txt,Ada,x\n,Bob,y\n")
        assert gr.Examples(str(tmp_path), [file, name]).examples == [
            [str(tmp_path / "a.txt"), "Ada"],
            ["", "Bob"],
        ]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"examples": []}, None),
        ({"examples": 5}, "examples=5; expected a list of rows"),
        ({"examples": ["a", "b"], "inputs": 2}, "the row 'a' for 2 inputs"),
        ({"examples": [["a", "b"], ["c"]], "inputs": 2}, None),
        ({"examples": ["a", "b"], "example_labels": ["A"]}, "1 example_labels for 2 rows"),
        ({"examples": ["a"], "visible_columns": [1]}, r"visible_columns=\[1\]"),
        ({"examples": ["a"], "cache_examples": "lazy"}, "cache_examples='lazy'"),
        ({"examples": ["a"], "cache_mode": "soon"}, "cache_mode='soon'"),
        ({"examples": ["a"], "cache_examples": True}, "cache_examples=True without fn"),
        ({"examples": ["a"], "cache_examples": True, "fn": same}, "True without outputs"),
        ({"examples": "/nowhere"}, "'/nowhere', which is not a folder"),
        ({"examples": ["a"], "run_on_click": True}, "run_on_click=True without fn"),
    ],
)
def test_what_does_not_fit_is_named(given: dict[str, Any], text: str | None) -> None:
    with gr.Blocks():
        boxes = [gr.Textbox() for _ in range(given.pop("inputs", 1))]
        if text is None:
            gr.Examples(inputs=boxes, **given)
            return
        with pytest.raises(PropError, match=text):
            gr.Examples(inputs=boxes, **given)


def test_surplus_values_of_a_row_are_left_out() -> None:
    with gr.Blocks():
        boxes: list[Any] = [gr.Textbox(), gr.Textbox()]
        with pytest.warns(UserWarning, match="3 values for 2 inputs; the rest is left out"):
            assert gr.Examples([["a", "b", "c"]], boxes).examples == [["a", "b"]]


def test_rows_made_outside_an_app_are_placed_later() -> None:
    box = gr.Textbox()
    with pytest.warns(UserWarning, match="outside an app"):
        made = gr.Examples(["a"], box)
    assert made.load_input_event is None
    with gr.Blocks() as demo:
        box.render()
        made.create()
    demo.graph_.complete()
    assert made.dataset.is_placed
    assert len(demo.graph_.listeners) == 1
