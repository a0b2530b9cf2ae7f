from __future__ import annotations

import asyncio
import time
from typing import Any

from limelight.runtime.outbox import Outbox
from limelight.server import sse
from limelight.wire import messages
from tests.server.harness import messages_of


class Reader:
    """What one reader of an event stream was sent, piece by piece."""

    def __init__(self, outbox: Outbox) -> None:
        stream = sse.EventStream(outbox, heartbeat_s=10, root="", after=None)
        self.pieces: list[list[str]] = []
        self.task = asyncio.ensure_future(self.read(stream))

    async def read(self, stream: sse.EventStream) -> None:
        if not await stream.begin(self.send):
            await stream.write(self.send)

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            return
        self.pieces.append([told["msg"] for told in messages_of(message["body"].decode())])


def done(event_id: str) -> messages.ProcessCompleted:
    return messages.ProcessCompleted(event_id, messages.Output(data=["x"]), success=True)


def started(outbox: Outbox, event_id: str = "a") -> None:
    outbox.expect(event_id)
    outbox.publish(messages.Estimation(event_id, 0, 1))
    outbox.publish(messages.ProcessStarts(event_id))


async def test_a_quick_result_travels_with_the_news_before_it() -> None:
    outbox = Outbox(time.monotonic)
    started(outbox)
    reader = Reader(outbox)
    await asyncio.sleep(0)
    assert reader.pieces == []
    outbox.publish(done("a"))
    await reader.task
    assert reader.pieces == [["estimation", "process_starts", "process_completed", "close_stream"]]


async def test_news_does_not_wait_for_a_slow_result() -> None:
    outbox = Outbox(time.monotonic)
    started(outbox)
    reader = Reader(outbox)
    await asyncio.sleep(0.1)
    assert reader.pieces == [["estimation", "process_starts"]]
    outbox.publish(done("a"))
    await reader.task
    assert reader.pieces[1:] == [["process_completed", "close_stream"]]


async def test_what_is_no_such_news_is_not_held_back() -> None:
    outbox = Outbox(time.monotonic)
    started(outbox)
    reader = Reader(outbox)
    await asyncio.sleep(0)
    outbox.publish(messages.Log("a", "hello", "info"))
    before_s = time.monotonic()
    while not reader.pieces and time.monotonic() < before_s + 5:
        await asyncio.sleep(0)
    assert reader.pieces == [["estimation", "process_starts", "log"]]
    outbox.publish(done("a"))
    await reader.task


async def test_a_server_that_stops_says_the_news_it_held_back() -> None:
    outbox = Outbox(time.monotonic)
    started(outbox)
    reader = Reader(outbox)
    await asyncio.sleep(0)
    outbox.close()
    await reader.task
    assert reader.pieces == [["estimation", "process_starts", "close_stream"]]
