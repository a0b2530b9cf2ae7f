"""Readers that take their time: what is not sent yet stays where it can be joined."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import limelight as gr
from limelight.runtime.deltas import apply
from limelight.server.sse import FRAME_BYTES
from tests.server.harness import events_of, fn_index, in_process, make_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from starlette.applications import Starlette

    from limelight.runtime.sessions import Session

SESSION = "s1"
STEPS = 3000


def make_demo() -> gr.Blocks:
    async def grow(n: float) -> AsyncIterator[str]:
        text = ""
        for number in range(int(n)):
            text += f"word {number} " + "x" * 50
            yield text
            if number % 100 == 0:
                await asyncio.sleep(0)

    async def large(n: float) -> AsyncIterator[str]:
        for number in range(int(n)):
            yield f"{number}" * 50_000

    with gr.Blocks() as demo:
        n, out = gr.Number(), gr.Textbox()
        button = gr.Button()
        button.click(grow, n, out, api_name="grow")
        button.click(large, n, out, api_name="large")
    return demo


class Line:
    """A connection whose far end takes one piece after the other."""

    def __init__(self, app: Starlette, path: str, kind: str = "http") -> None:
        self.app = app
        self.pieces: list[bytes] = []
        self.is_taking = asyncio.Event()
        self._begun = False
        self._kind = kind
        route, _, query = path.partition("?")
        self._scope: dict[str, Any] = {
            "type": kind,
            "method": "GET",
            "path": route,
            "raw_path": route.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"testserver")],
            "scheme": "http" if kind == "http" else "ws",
            "server": ("testserver", 80),
            "client": ("203.0.113.7", 1234),
            "http_version": "1.1",
            "state": {},
        }

    async def run(self) -> None:
        await self.app(self._scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        if not self._begun:
            self._begun = True
            if self._kind == "websocket":
                return {"type": "websocket.connect"}
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.Event().wait()
        raise AssertionError

    async def _send(self, message: Any) -> None:
        piece = message.get("body") or (message.get("text") or "").encode()
        if not piece:
            return
        self.pieces.append(piece)
        await self.is_taking.wait()


async def join(client: httpx.AsyncClient, app: Starlette, name: str, n: int) -> Session:
    body = {"data": [n], "fn_index": fn_index(app, name), "session_hash": SESSION}
    await client.post("/gradio_api/queue/join", json=body)
    session: Session = app.state.site.runtime.session(SESSION, None)
    return session


async def completed(session: Session) -> None:
    async with asyncio.timeout(10):
        while session.outbox.unfinished:
            await asyncio.sleep(0.005)


def value_of(messages: list[dict[str, Any]]) -> tuple[Any, Any]:
    """The values that the edits lead to, and those of the result."""
    values: Any = None
    for message in messages:
        if message["msg"] == "process_generating":
            data = message["output"]["data"]
            if values is None:
                values = data
            else:
                pairs = zip(values, data, strict=True)
                values = [apply(old, edits) for old, edits in pairs]
        elif message["msg"] == "process_completed":
            return values, message["output"]["data"]
    raise AssertionError(messages)


async def test_an_event_stream_waits_for_its_reader_and_joins_what_waits() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        session = await join(client, app, "grow", STEPS)
        line = Line(app, f"/gradio_api/queue/data?session_hash={SESSION}")
        reading = asyncio.create_task(line.run())
        await completed(session)
        assert len(line.pieces) == 1  # nothing is pushed into a line that is full
        line.is_taking.set()
        await reading
    messages = [
        json.loads(block.removeprefix("data: "))
        for block in b"".join(line.pieces).decode().split("\n\n")
        if block
    ]
    values, result = value_of(messages)
    assert values == result
    assert len(messages) < 1000
    assert all(len(piece) < FRAME_BYTES + 300_000 for piece in line.pieces)
    assert messages[-1]["msg"] == "close_stream"


async def test_a_socket_waits_for_its_reader_and_joins_what_waits() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        session = await join(client, app, "grow", STEPS)
        line = Line(app, f"/gradio_api/ws?session_hash={SESSION}&after=0", "websocket")
        reading = asyncio.create_task(line.run())
        await completed(session)
        assert len(line.pieces) == 1
        line.is_taking.set()
        async with asyncio.timeout(10):
            while b"process_completed" not in line.pieces[-1]:
                await asyncio.sleep(0.005)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    lines = [json.loads(one) for piece in line.pieces for one in piece.decode().split("\n")]
    numbers = [one[0] for one in lines if isinstance(one, list)]
    assert numbers == sorted(set(numbers))
    values, result = value_of([one[1] for one in lines if isinstance(one, list)])
    assert values == result


async def test_a_frame_holds_a_quarter_of_a_megabyte_at_most_or_one_message() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        session = await join(client, app, "large", 40)
        await completed(session)
        line = Line(app, f"/gradio_api/ws?session_hash={SESSION}&after=0", "websocket")
        line.is_taking.set()
        reading = asyncio.create_task(line.run())
        async with asyncio.timeout(10):
            while not line.pieces or b"process_completed" not in line.pieces[-1]:
                await asyncio.sleep(0.005)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    assert len(line.pieces) > 5
    assert max(map(len, line.pieces)) < FRAME_BYTES + 10_000


async def test_a_late_reader_of_a_call_leaves_out_what_is_gone() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        session = await join(client, app, "grow", 50)
        await completed(session)
        (event,) = {e.event_id for e in session.outbox.after(0)}
        session.outbox.delivered = 5
        app.state.site.runtime.store.put("calls", event, SESSION)
        session.outbox._keep_s = 0  # pyright: ignore[reportPrivateUsage]
        session.outbox.expect("other")
        await asyncio.sleep(0.01)
        await join(client, app, "grow", 1)
        answer = await client.get(f"/gradio_api/call/grow/{event}")
        events = events_of(answer.text)
    assert [kind for kind, _ in events] == ["complete"]
    assert events[0][1][0].startswith("word 0 ")


async def test_full_values_are_sent_piece_by_piece() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        body = {"data": [1000]}
        event = (await client.post("/gradio_api/call/grow", json=body)).json()["event_id"]
        session = app.state.site.runtime.session(event, None)
        await completed(session)
        line = Line(app, f"/gradio_api/call/grow/{event}")
        line.is_taking.set()
        await line.run()
    sizes = list(map(len, line.pieces))
    assert sum(sizes) > 4 * FRAME_BYTES
    assert max(sizes) < 2 * FRAME_BYTES
