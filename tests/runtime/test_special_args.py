from __future__ import annotations

from typing import TYPE_CHECKING, Any

import limelight as gr
from limelight.core.request import Request
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


class Profile:
    """Marks an argument as a logged-in user's profile."""

    special_argument = "profile"


def app(fn: Any, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(fn, box, box, api_name="run", **options)
    return demo


async def test_arguments_of_the_runtime_stand_anywhere(tmp_path: Path) -> None:
    def ask(
        request: gr.Request,
        text: str,
        user_agent: gr.Header,
        *,
        bar: gr.Progress,
        data: gr.EventData | None = None,
    ) -> str:
        bar(0.5)
        key = data.key if data is not None else None
        return f"{text} {user_agent} {request.session_hash} {key}"

    harness = Harness(app(ask), tmp_path)
    harness.request = Request(headers={"User-Agent": "Firefox"})
    messages = await harness.call("run", "a", event_data={"key": "k"})
    assert messages[-1]["output"]["data"] == ["a Firefox s k"]
    assert "progress" in {m["msg"] for m in messages}


async def test_the_event_knows_what_fired_it(tmp_path: Path) -> None:
    def ask(text: str, data: gr.EventData) -> str:
        return type(data.target).__name__

    demo = app(ask)
    (box,) = demo.graph_.listeners[0].inputs
    harness = Harness(demo, tmp_path)
    assert await harness.value("run", "a", trigger_id=box.block_id) == "Textbox"
    assert await harness.value("run", "a", trigger_id=999) == "NoneType"


async def test_an_event_without_what_it_needs_fails_the_call(tmp_path: Path) -> None:
    def ask(text: str, data: gr.SelectData) -> str:
        return str(data.index)

    error = await Harness(app(ask), tmp_path).error("run", "a", event_data={})
    assert "SelectData needs the member 'index'" in error["error"]


async def test_a_profile_needs_a_log_in_unless_it_is_optional(tmp_path: Path) -> None:
    def needs(text: str, profile: Any) -> str:
        return text

    def may(text: str, profile: Any) -> str:
        return str(profile)

    needs.__annotations__["profile"] = Profile
    may.__annotations__["profile"] = Profile | None
    assert (await Harness(app(needs), tmp_path).error("run", "a"))["title"] == "Log-in needed"
    assert await Harness(app(may), tmp_path).value("run", "a") == "None"


async def test_an_argument_behind_a_missing_default_is_passed_by_name(tmp_path: Path) -> None:
    def ask(text: str, depth: int = 2, request: gr.Request | None = None) -> str:
        return f"{text} {depth} {request is not None}"

    assert await Harness(app(ask), tmp_path).value("run", "a") == "a 2 True"


async def test_inputs_can_be_passed_by_name(tmp_path: Path) -> None:
    def ask(text: str, *, depth: float) -> str:
        return f"{text} {depth}"

    with gr.Blocks() as demo:
        box, number = gr.Textbox(), gr.Number()
        box.submit(ask, box, box, inputs_kwargs={"depth": number})
    assert await Harness(demo, tmp_path).value(0, "a", 3) == "a 3"
