from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import limelight as gr
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


def app(fn: Any, output: Any, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        made = output()
        gr.Button().click(fn, None, made, api_name="run", **options)
        made.change(lambda: None)
    return demo


async def test_an_update_is_normalised_like_the_constructor(tmp_path: Path) -> None:
    demo = app(lambda: gr.update(choices=["x"], value="x", label=None), gr.Dropdown)
    assert await Harness(demo, tmp_path).value("run") == {
        "__type__": "update",
        "choices": [["x", "x"]],
        "value": "x",
        "label": None,
    }


async def test_a_component_is_an_update_of_what_it_was_given(tmp_path: Path) -> None:
    demo = app(lambda: gr.Textbox("hi", lines=3), gr.Textbox)
    assert await Harness(demo, tmp_path).value("run") == {
        "__type__": "update",
        "value": "hi",
        "lines": 3,
    }


async def test_a_container_can_be_updated(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        with gr.Row() as row:
            gr.Markdown()
        gr.Button().click(lambda: gr.Row(visible=False), None, row, api_name="run")
        gr.Button().click(lambda: gr.update(visible="hidden"), None, row, api_name="hide")
        gr.Button().click(lambda: "as it is", None, row, api_name="raw")
    harness = Harness(demo, tmp_path)
    assert await harness.value("run") == {"__type__": "update", "visible": False}
    assert await harness.value("hide") == {"__type__": "update", "visible": "hidden"}
    assert await harness.value("raw") == "as it is"


async def test_without_postprocessing_the_page_gets_what_was_returned(tmp_path: Path) -> None:
    demo = app(lambda: {"any": "thing"}, gr.Textbox, postprocess=False)
    assert await Harness(demo, tmp_path).value("run") == {"any": "thing"}


async def test_a_value_that_cannot_be_shown_names_its_output(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError("no text")

        def __repr__(self) -> str:
            return "b" * 200

    error = await Harness(app(Broken, gr.Textbox), tmp_path, show_error=True).error("run")
    assert "output 1 (<Textbox #" in error["error"]
    assert f"cannot show Broken {'b' * 117}... (RuntimeError: no text)" in error["error"]
    assert "failed" in caplog.text


LOCK = threading.Lock()


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        (1, 2, True),
        (1, 1, False),
        ([1], [1], False),
        (np.zeros(2), np.zeros(2), False),
        (np.zeros(2), np.ones(2), True),
        (None, LOCK, True),
    ],
)
async def test_a_state_that_changed_is_told(
    tmp_path: Path, old: Any, new: Any, is_told: bool
) -> None:
    with gr.Blocks() as demo:
        state, plain = gr.State(old), gr.State(old)
        gr.Button().click(lambda: (new, new), None, [state, plain], api_name="run")
        state.change(lambda: None)
    last = (await Harness(demo, tmp_path).call("run"))[-1]
    assert last["output"]["changed_state_ids"] == ([state.block_id] if is_told else [])
    assert last["output"]["data"] == [None, None]


async def test_a_state_that_was_changed_in_place_is_told_once(tmp_path: Path) -> None:
    def add(names: list[str], name: str) -> list[str]:
        names += [name] if name else []
        return names

    with gr.Blocks() as demo:
        state, box = gr.State([]), gr.Textbox()
        box.submit(add, [state, box], state, api_name="add")
        state.change(lambda: None)
    harness = Harness(demo, tmp_path)
    told = [
        bool((await harness.call("add", None, name))[-1]["output"]["changed_state_ids"])
        for name in ("a", "", "b", "")
    ]
    assert told == [True, False, True, False]


async def test_a_state_without_content_to_compare_is_compared_as_an_object(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        state = gr.State()
        gr.Button().click(lambda: LOCK, None, state, api_name="run")
        state.change(lambda: None)
    harness = Harness(demo, tmp_path)
    told = [(await harness.call("run"))[-1]["output"]["changed_state_ids"] for _ in range(2)]
    assert told == [[state.block_id], []]


async def test_a_state_can_be_updated_or_left_alone(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        state, out = gr.State("a"), gr.Textbox()
        gr.Button().click(lambda: gr.update(value="b"), None, state, api_name="set")
        gr.Button().click(lambda: gr.skip(), None, state, api_name="skip")
        gr.Button().click(lambda s: s, state, out, api_name="show")
    harness = Harness(demo, tmp_path)
    await harness.call("set")
    await harness.call("skip")
    assert await harness.value("show", None) == "b"


async def test_an_update_holds_for_later_calls_of_the_session_only(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        pick = gr.Radio(["a"], value="a")
        gr.Button().click(lambda: gr.Radio(choices=["b"]), None, pick, api_name="change")
        pick.change(lambda x: x, pick, pick, api_name="keep")
    harness = Harness(demo, tmp_path)
    await harness.call("change")
    assert await harness.value("keep", "b") == "b"
    assert "not in the list of choices" in (await harness.error("keep", "b", session="t"))["error"]
