from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.errors import PayloadError
from limelight.runtime.inputs import complete, free_payloads, holds_files, texts_in
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path

    from limelight.core.listener import Listener


def listener() -> Listener:
    with gr.Blocks() as demo:
        name, count = gr.Textbox(label="Name"), gr.State(0)
        pick = gr.Dropdown(["a", "b"])
        free = gr.Dropdown(["a"], allow_custom_value=True)
        gr.Button().click(lambda *values: None, [name, count, pick, free])
    return demo.graph_.listeners[0]


def test_state_may_be_left_out_and_surplus_is_cut() -> None:
    made = listener()
    assert complete(made, ["x", None, "a", "b", "more"]) == ["x", None, "a", "b"]
    assert complete(made, ["x", "a", "b"]) == ["x", None, "a", "b"]
    with pytest.raises(PayloadError, match=r"got 2 inputs; it takes 4: <Textbox #\d+ 'Name'>"):
        complete(made, ["x", "a"])


def test_texts_that_a_caller_chose_are_collected() -> None:
    made = listener()
    assert free_payloads(made, ["x", None, "a", "b"]) == ["x", None, "b"]
    found: set[str] = set()
    texts_in({"a": ["x", {"b": "y"}, 3], "c": "", "d": "z" * 5000}, found)
    assert found == {"x", "y"}


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"a": [{"path": "x"}]}, True),
        ([{"url": "x"}, "path"], False),
        ("path", False),
    ],
)
def test_payloads_with_files_are_found(value: Any, answer: bool) -> None:
    assert holds_files(value) is answer


async def test_without_preprocessing_a_function_gets_what_was_sent(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        slider, out = gr.Slider(0, 10), gr.JSON()
        gr.Button().click(lambda x: {"got": x}, slider, out, preprocess=False)
    assert await Harness(demo, tmp_path).value(0, "anything") == {"got": "anything"}


async def test_a_set_of_inputs_comes_as_a_dictionary_by_block(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        a, b, out = gr.Textbox(), gr.Textbox(), gr.Textbox()
        gr.Button().click(lambda values: values[a] + values[b], {b, a}, out)
    assert await Harness(demo, tmp_path).value(0, "1", "2") == "12"


async def test_an_upload_is_read_where_it_is_and_keeps_its_name(tmp_path: Path) -> None:
    def read(path: str) -> str:
        with open(path) as file:
            return f"{path.rpartition('/')[2]}: {file.read()}"

    with gr.Blocks() as demo:
        file, out = gr.File(), gr.Textbox()
        file.upload(read, file, out)
    harness = Harness(demo, tmp_path)
    stored = harness.files.store_bytes(b"hello", "a.txt", None)
    wire = harness.files.file_data(stored)
    assert await harness.value(0, wire) == "a.txt: hello"
    error = await harness.error(0, {**wire, "path": "/etc/passwd"})
    assert "passwd" in error["error"]


async def test_a_block_without_value_is_passed_what_was_sent(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        tab, out = gr.Tab(), gr.Textbox()
        gr.Button().click(lambda x: str(x), tab, out)
    assert await Harness(demo, tmp_path).value(0, 7) == "7"
