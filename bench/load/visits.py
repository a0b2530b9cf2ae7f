"""Sessions that come, call once, and go: some at a time, until all have been there."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from bench.load.connection import Http, Socket, connect, get, play, post

__all__ = ["run"]

_AT_A_TIME = 20
_DONE = b'"process_completed"'


class _Visitor(Http):
    """Asks one thing after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._answered: asyncio.Future[bytes] | None = None

    async def answer(self, request: bytes, *, begun: bool = False) -> bytes:
        """The whole answer's body, or what has arrived of it first."""
        self._is_begun_enough = begun
        self._answered = asyncio.get_running_loop().create_future()
        self.ask(request)
        return await asyncio.wait_for(self._answered, 60)

    def on_body(self, is_whole: bool) -> None:
        answered = self._answered
        if answered is not None and not answered.done() and (is_whole or self._is_begun_enough):
            assert self.status == 200, (self.status, bytes(self.body))
            answered.set_result(bytes(self.body))


class _Page(Socket):
    """One call over the page's WebSocket."""

    def __init__(self, port: int, session: str) -> None:
        super().__init__(port, f"/gradio_api/ws?session_hash={session}&after=0")
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def on_text(self, text: bytes) -> None:
        if not self.greeted.done():
            self.greeted.set_result(None)
        if _DONE in text:
            assert b'"success":true' in text, text
            self.done.set_result(None)


async def _call(port: int, session: str, fn_index: int) -> None:
    body = {"data": ["Ann"], "fn_index": fn_index, "session_hash": session}
    client = await connect(port, _Visitor)
    await client.answer(post(port, "/gradio_api/queue/join", json.dumps(body).encode()))
    stream = await client.answer(get(port, f"/gradio_api/queue/data?session_hash={session}"))
    assert _DONE in stream, stream
    client.close()


async def _as_client(port: int, session: str, fn_index: int, *, stays: bool) -> None:
    """Without staying, a second connection is the sign of life, and its end that of the
    session.
    """
    if stays:
        await _call(port, session, fn_index)
        return
    life = await connect(port, _Visitor)
    await life.answer(get(port, f"/gradio_api/heartbeat/{session}"), begun=True)
    await _call(port, session, fn_index)
    life.close()


async def _as_page(port: int, session: str, fn_index: int) -> None:
    page = await connect(port, lambda: _Page(port, session))
    await asyncio.wait_for(page.greeted, 60)
    body = {"data": ["Ann"], "fn_index": fn_index}
    frame = {"op": "join", "ref": 1, "key": secrets.token_hex(16), "body": body}
    page.send(json.dumps(frame).encode())
    await asyncio.wait_for(page.done, 60)
    page.leave()


async def _play(port: int, fn_index: int, count: int, way: str, *, stays: bool) -> dict[str, Any]:
    left = iter(range(count))

    async def visit() -> None:
        for _ in left:
            session = secrets.token_hex(16)
            if way == "page":
                await _as_page(port, session, fn_index)
            else:
                await _as_client(port, session, fn_index, stays=stays)

    await asyncio.gather(*(visit() for _ in range(_AT_A_TIME)))
    return {}


def run(port: int, *, fn_index: int, count: int, way: str, stays: bool) -> dict[str, Any]:
    """Returns when all have been there.

    Args:
        port: The server's.
        fn_index: Of a function that greets.
        count: Sessions.
        way: `client` or `page`.
        stays: Whether the server is not told that the session is over. Of clients only.
    """
    return play(_play(port, fn_index, count, way, stays=stays))
