"""Generators from the function to what a reader makes of their messages."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import TYPE_CHECKING, Any

from PIL import Image

import limelight as gr
from limelight.core.component import Component
from limelight.runtime.deltas import apply
from limelight.wire.codec import encode
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import pytest

    from limelight.runtime.outbox import Outbox


class Slate(Component[Any, Any], tag="slate"):
    """Shows what it is given, and counts how often it was asked."""

    value: Any = None

    def postprocess(self, value: Any) -> Any:
        self.__dict__["asked"] = self.asked + 1
        return value

    @property
    def asked(self) -> int:
        count: int = self.__dict__.get("asked", 0)
        return count


def app(fn: Callable[..., Any], outputs: int = 1, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        slates = [Slate() for _ in range(outputs)]
        gr.Button().click(fn, None, slates, api_name="go", **options)
    return demo


class Reader:
    """A page that reads a few messages now and then."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.at = 0
        self.values: list[Any] | None = None
        self.is_done = False
        self.read_bytes = 0

    def read(self, most_bytes: int) -> None:
        for entry in self.outbox.after(self.at, most_bytes):
            self.at = entry.seq
            self.read_bytes += len(entry.data)
            message = json.loads(entry.data)
            if entry.kind == "process_generating":
                data = message["output"]["data"]
                if self.values is not None:
                    pairs = zip(self.values, data, strict=True)
                    data = [apply(old, edits) for old, edits in pairs]
                self.values = data
            elif entry.kind == "process_completed":
                assert self.values is not None
                assert encode(self.values) == encode(message["output"]["data"])
                self.is_done = True


async def grow() -> AsyncIterator[Any]:
    text, rows = "", []
    for number in range(3000):
        text += f"word {number} "
        rows.append({"n": number, "text": f"line {number}"})
        yield text, rows
        if number % 50 == 0:
            await asyncio.sleep(0)


async def test_a_slow_reader_costs_bounded_memory_and_ends_up_with_the_same(tmp_path: Path) -> None:
    harness = Harness(app(grow, 2), tmp_path, max_outbox_messages=400, max_outbox_bytes=1 << 20)
    event = await harness.join("go")
    session = harness.runtime.session("s", None)
    assert session is not None
    outbox, slow = session.outbox, Reader(session.outbox)
    most = 0
    while event in outbox.unfinished:
        slow.read(2000)
        most = max(most, len(outbox))
        await asyncio.sleep(0.01)
    while not slow.is_done:
        slow.read(2000)
    assert most <= 401
    assert outbox.size_bytes < 1 << 20
    assert outbox.last_seq > 3000
    assert slow.values is not None
    assert len(slow.values[1]) == 3000


async def test_what_is_sent_grows_with_what_is_new(tmp_path: Path) -> None:
    harness = Harness(app(grow, 2), tmp_path)
    event = await harness.join("go")
    messages = await harness.until(event, "process_completed")
    session = harness.runtime.session("s", None)
    assert session is not None
    full = len(encode(messages[-1]["output"]["data"]))
    sent = sum(len(encode(m["output"]["data"])) for m in messages if "output" in m)
    steps = [m for m in messages if m["msg"] == "process_generating"]
    assert sent < 2 * full + 100 * len(steps)


async def test_a_list_that_is_yielded_again_is_compared_with_what_was_sent(tmp_path: Path) -> None:
    def fill() -> Iterator[Any]:
        rows: list[Any] = []
        for number in range(3):
            rows.append([number])
            yield rows
        rows[0].append("x")
        yield rows

    messages = await Harness(app(fill), tmp_path).call("go")
    steps = [m["output"]["data"][0] for m in messages if m["msg"] == "process_generating"]
    assert steps == [
        [[0]],
        [["add", [1], [1]]],
        [["add", [2], [2]]],
        [["add", [0, 1], "x"]],
    ]
    assert messages[-1]["output"]["data"] == [[[0, "x"], [1], [2]]]


async def test_an_output_that_stays_as_it_is_is_not_converted_again(tmp_path: Path) -> None:
    def run() -> Iterator[Any]:
        caption, rows = ("a", 1), [1]
        for number in range(5):
            yield caption, number, rows

    demo = app(run, 3)
    messages = await Harness(demo, tmp_path).call("go")
    slates = [b for b in demo.graph_.blocks.values() if isinstance(b, Slate)]
    assert [slate.asked for slate in slates] == [1, 5, 5]  # who knows what became of the list
    assert messages[3]["output"]["data"] == [[], [["replace", [], 1]], []]


async def test_a_file_that_is_written_anew_is_shown_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    name = str(folder / "plot.png")

    def run() -> Iterator[Any]:
        for color in ("red", "blue"):
            Image.new("RGB", (2, 2), color).save(name)
            yield name

    with gr.Blocks() as demo:
        gr.Button().click(run, None, gr.Image(), api_name="go")
    messages = await Harness(demo, tmp_path / "cache").call("go")
    assert messages[-1]["success"], messages[-1]
    edits = messages[3]["output"]["data"][0]
    assert [edit[1] for edit in edits] == [["path"], ["url"]]


async def test_a_generator_past_its_time_limit_ends_with_its_last_value(tmp_path: Path) -> None:
    closed = threading.Event()

    def count() -> Iterator[int]:
        try:
            for number in range(100_000):
                time.sleep(0.01)
                yield number
        finally:
            closed.set()

    messages = await Harness(app(count, time_limit=0.1), tmp_path).call("go")
    steps = [m for m in messages if m["msg"] == "process_generating"]
    assert 1 <= len(steps) <= 11
    assert messages[-1]["success"] is True
    assert messages[-1]["output"]["data"] == [len(steps) - 1]
    assert await asyncio.to_thread(closed.wait, 5)


async def test_a_function_past_its_time_limit_is_not_cut(tmp_path: Path) -> None:
    async def nap() -> str:
        await asyncio.sleep(0.05)
        return "slept"

    assert await Harness(app(nap, time_limit=0.01), tmp_path).value("go") == "slept"


async def test_a_reader_that_begins_in_the_middle_finds_the_last_values(tmp_path: Path) -> None:
    go = asyncio.Event()

    async def run(progress: gr.Progress = gr.Progress()) -> AsyncIterator[Any]:  # noqa: B008
        yield ["a"]
        yield ["a", "b"]
        progress(0.5)
        await go.wait()

    harness = Harness(app(run), tmp_path)
    event = await harness.join("go")
    await harness.until(event, "progress")
    session = harness.runtime.session("s", None)
    assert session is not None
    job = session.jobs[event]
    assert job.latest is not None
    assert job.latest.data == [["a", "b"]]
    assert job.latest_progress is not None
    assert job.latest_progress[0].progress == 0.5
    go.set()
    await harness.until(event, "process_completed")
