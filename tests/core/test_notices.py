from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path

KINDS: list[Any] = [gr.Info, gr.Warning, gr.Success]


@pytest.mark.parametrize("show", KINDS)
async def test_a_notice_reaches_the_page_of_its_call(tmp_path: Path, show: Any) -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()

        def work(text: str) -> str:
            show()
            show("Mind the gap", None, False, "Oh")
            return text

        box.submit(work, box, box, api_name="work")
    messages = await Harness(demo, tmp_path).call("work", "x")
    logs = [m for m in messages if m["msg"] == "log"]
    level, name = show.__name__.lower(), show.__name__
    text = {"Success": "Success."}.get(name, f"{name} issued.")
    assert [(m["log"], m["level"], m["duration"], m["visible"], m["title"]) for m in logs] == [
        (text, level, 10, True, name),
        ("Mind the gap", level, None, False, "Oh"),
    ]


@pytest.mark.parametrize("show", KINDS)
def test_outside_a_call_a_notice_is_logged(show: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        show("hello", title="T")
    assert "T: hello" in caplog.text


async def test_an_error_says_how_it_is_shown(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()

        def fail(_: str) -> str:
            raise gr.Error("No", duration=None, visible=False, title="Oh", print_exception=False)

        box.submit(fail, box, box, api_name="fail")
    error = await Harness(demo, tmp_path).error("fail", "x")
    assert error == {"error": "No", "duration": None, "visible": False, "title": "Oh"}
