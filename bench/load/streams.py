"""Clients that all read a growing text at once, and check that nothing of it is missing.

While the text arrives it is only kept; it is read afterwards, so that reading costs no time.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import zlib
from typing import TYPE_CHECKING, Any

from bench.load.connection import Http, Socket, connect, get, pieces, play, post

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["run"]

_DONE = b'"process_completed"'
GZIP = b"\x1f\x8b"
"""How a body in gzip begins (RFC 1952, section 2.3.1)."""


class _Client(Http):
    """Reads the event stream."""

    def __init__(self, port: int, fn_index: int, increments: int) -> None:
        super().__init__()
        session = secrets.token_hex(16)
        body = {"data": [increments], "fn_index": fn_index, "session_hash": session}
        self._join = post(port, "/gradio_api/queue/join", json.dumps(body).encode())
        self._listen = get(port, f"/gradio_api/queue/data?session_hash={session}")
        self._is_joining = True
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def begin(self) -> None:
        """Call."""
        self.ask(self._join)

    def on_body(self, is_whole: bool) -> None:
        if is_whole and self._is_joining:
            assert self.status == 200, (self.status, bytes(self.body))
            self._is_joining = False
            self.ask(self._listen)
        elif is_whole:
            self.done.set_result(time.perf_counter())

    def on_lost(self) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the stream was cut"))

    def messages(self) -> Iterator[Any]:
        """What arrived."""
        body = b"".join(pieces(bytes(self.body)))
        if body.startswith(GZIP):
            body = zlib.decompress(body, zlib.MAX_WBITS | 16)
        for block in body.split(b"\n\n"):
            if block:
                yield json.loads(block.removeprefix(b"data: "))


class _Page(Socket):
    """Reads the page's WebSocket."""

    def __init__(self, port: int, fn_index: int, increments: int) -> None:
        super().__init__(port, f"/gradio_api/ws?session_hash={secrets.token_hex(16)}&after=0")
        self._call = {"data": [increments], "fn_index": fn_index}
        self._texts: list[bytes] = []
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def begin(self) -> None:
        """Call."""
        frame = {"op": "join", "ref": 1, "key": secrets.token_hex(16), "body": self._call}
        self.send(json.dumps(frame).encode())

    def on_text(self, text: bytes) -> None:
        self._texts.append(text)
        if _DONE in text:
            self.done.set_result(time.perf_counter())

    def on_lost(self) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the socket was cut"))

    def messages(self) -> Iterator[Any]:
        """What arrived."""
        for text in self._texts:
            for line in text.split(b"\n"):
                frame = json.loads(line)
                if isinstance(frame, list):
                    yield frame[1]


def _check(client: _Client | _Page, expected: str) -> int:
    """How many values arrived; the last is whole, by itself and put together from the edits."""
    text, count = "", 0
    for message in client.messages():
        kind = message["msg"]
        if kind == "process_generating":
            (given,) = message["output"]["data"]
            if count == 0:
                text = given
            else:
                for action, path, value in given:
                    assert path == [], path
                    text = text + value if action == "append" else value
            count += 1
        elif kind == "process_completed":
            assert message["success"], message
            assert message["output"]["data"] == [expected], "the final text is not whole"
            assert text == expected, "the text put together is not whole"
            return count
    raise AssertionError("the stream never completed")


async def _play(port: int, fn_index: int, count: int, increments: int, way: str) -> dict[str, Any]:
    make = _Page if way == "page" else _Client
    clients = [await connect(port, lambda: make(port, fn_index, increments)) for _ in range(count)]
    if way == "page":
        await asyncio.sleep(0.5)  # greeted
    began_s = time.perf_counter(), time.process_time()
    for client in clients:
        client.begin()
    ended_s = max(await asyncio.gather(*(client.done for client in clients)))
    used_s = time.process_time() - began_s[1]
    expected = "".join(f"w{number:04} " for number in range(increments))
    values = sum(_check(client, expected) for client in clients)
    taken_s = ended_s - began_s[0]
    return {
        "span_s": taken_s,
        "values": values,
        "wire_bytes": sum(one.received_bytes + one.sent_bytes for one in clients),
        "busy": used_s / taken_s,
    }


def run(port: int, *, fn_index: int, count: int, increments: int, way: str) -> dict[str, Any]:
    """All begin at once; the span ends when the last has everything.

    Args:
        port: The server's.
        fn_index: Of a function that writes so many words, each a `w`, a number in four digits and
            a blank, and yields the text after each.
        count: Clients.
        increments: Words.
        way: `client` or `page`.
    """
    return play(_play(port, fn_index, count, increments, way))
