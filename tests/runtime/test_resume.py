"""A reader that begins in the middle learns where each call stands, and misses nothing after."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import limelight as gr
from limelight.runtime import deltas
from limelight.runtime.resume import standing
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


def _told(harness: Harness, *event_ids: str) -> dict[str, list[dict[str, Any]]]:
    session = harness.runtime.session("s", None)
    assert session is not None
    found = standing(harness.runtime, session, event_ids)
    return {name: [json.loads(text) for text in told] for name, told in found.items()}


def _kinds(told: list[dict[str, Any]]) -> list[str]:
    return [message["msg"] for message in told]


async def test_a_running_generator_is_told_by_its_latest_values(tmp_path: Path) -> None:
    gate = asyncio.Event()

    async def count(progress: gr.Progress = gr.Progress()) -> AsyncIterator[str]:  # noqa: B008
        for number in range(5):
            progress(number / 5)
            yield "x" * number
        await gate.wait()
        yield "end"

    with gr.Blocks() as demo:
        gr.Button().click(count, None, gr.Textbox())
    harness = Harness(demo, tmp_path)
    event_id = await harness.join("count")
    while not (told := _told(harness, event_id)[event_id]) or "xxxx" not in str(told):
        await asyncio.sleep(0.01)
    assert _kinds(told) == ["process_starts", "progress", "process_generating"]
    assert told[-1]["output"]["data"] == ["xxxx"]  # in full, however many edits led to it

    session = harness.runtime.session("s", None)
    assert session is not None
    at = session.outbox.last_seq
    gate.set()
    value: Any = told[-1]["output"]["data"][0]
    done = False
    while not done:
        for entry in await session.outbox.wait(at, 5):
            at, message = entry.seq, json.loads(entry.data)
            if message["msg"] == "process_generating":
                value = deltas.apply(value, message["output"]["data"][0])
            done = message["msg"] == "process_completed"
    assert value == "end"


async def test_a_waiting_call_is_told_by_its_place_and_an_unknown_one_by_nothing(
    tmp_path: Path,
) -> None:
    gate = asyncio.Event()

    async def wait() -> None:
        await gate.wait()

    with gr.Blocks() as demo:
        gr.Button().click(wait)
    harness = Harness(demo, tmp_path)
    first, second = await harness.join("wait"), await harness.join("wait")
    await asyncio.sleep(0.01)
    told = _told(harness, first, second, "unknown")
    assert _kinds(told[first]) == ["process_starts"]
    assert _kinds(told[second]) == ["estimation"]
    assert told["unknown"] == []
    gate.set()
    await harness.until(second, "process_completed")


async def test_an_ended_call_is_told_with_all_that_it_gave(tmp_path: Path) -> None:
    async def fail() -> AsyncIterator[str]:
        yield "kept"
        raise gr.Error("no more")

    with gr.Blocks() as demo:
        gr.Button().click(fail, None, gr.Textbox())
    harness = Harness(demo, tmp_path)
    messages = await harness.call("fail")
    event_id = messages[0]["event_id"]
    told = _told(harness, event_id)[event_id]
    assert _kinds(told)[-2:] == ["process_generating", "process_completed"]
    assert told[-2]["output"]["data"] == ["kept"]
    assert told[-1]["output"]["error"] == "no more"
