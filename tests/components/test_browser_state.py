from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("payload", "value"), [(None, {"a": [1]}), (6, 6), ([], []), (False, False), ("", "")]
)
def test_without_a_stored_value_the_function_gets_the_default(payload: Any, value: Any) -> None:
    state = gr.BrowserState({"a": [1]})
    got = state.preprocess(payload)
    assert got == value
    if payload is None:
        got["a"].append(2)
        assert state.preprocess(None) == {"a": [1]}


def test_the_page_gets_where_and_how_it_is_stored_and_no_value() -> None:
    fixed = gr.BrowserState(5, storage_key="k", secret="s")
    assert fixed.wire_props() == {
        "default_value": 5,
        "storage_key": "k",
        "secret": "s",
        "name": "browserstate",
        "_selectable": False,
    }
    with gr.Blocks() as demo:
        gr.BrowserState(5, storage_key="k", secret="s")
    assert "value" not in demo.get_config_file()["components"][0]["props"]
    made = [gr.BrowserState() for _ in range(2)]
    assert len({x.storage_key for x in made} | {x.secret for x in made}) == 4


async def test_its_value_travels_as_plain_json(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        state = gr.BrowserState({"n": 0})
        state.change(lambda kept: {"n": kept["n"] + 1}, state, state, api_name="count")
    harness = Harness(demo, tmp_path)
    assert await harness.value("count", {"n": 4}) == {"n": 5}
    assert await harness.value("count", None) == {"n": 1}


def test_it_does_not_part_a_form() -> None:
    with gr.Blocks() as demo:
        gr.Textbox()
        gr.BrowserState()
        gr.Textbox()
    layout = demo.get_config_file()["layout"]["children"]
    assert len(layout[0]["children"]) == 2
