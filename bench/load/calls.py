"""Sessions that call a trivial function through the queue, again and again."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Any

from bench.load.connection import Http, Socket, connect, get, play, post

__all__ = ["run"]

_DONE = b'"process_completed"'
_RIGHT = b"Hello Ann!"


class _Tally:
    """What counts: calls that ended in the span."""

    def __init__(self) -> None:
        self.is_counting = False
        self.is_over = False
        self.latencies_s: list[float] = []
        self.lost = 0

    def add(self, latency_s: float) -> None:
        """A call ended."""
        if self.is_counting:
            self.latencies_s.append(latency_s)

    def lose(self) -> None:
        """A connection ended that should not."""
        self.lost += 1


class _Client(Http):
    """Joins the queue, reads the event stream to its end, and joins again, as the official clients
    do when one call follows the other.
    """

    def __init__(self, port: int, fn_index: int, tally: _Tally) -> None:
        super().__init__()
        session = secrets.token_hex(16)
        body = {"data": ["Ann"], "fn_index": fn_index, "session_hash": session}
        self._join = post(port, "/gradio_api/queue/join", json.dumps(body).encode())
        self._listen = get(port, f"/gradio_api/queue/data?session_hash={session}")
        self._tally = tally
        self._is_joining = False
        self._is_waiting = False
        self._began_s = 0.0

    def begin(self) -> None:
        """Call."""
        self._is_joining = self._is_waiting = True
        self._began_s = time.perf_counter()
        self.ask(self._join)

    def on_body(self, is_whole: bool) -> None:
        if self._is_joining:
            if is_whole:
                assert self.status == 200, (self.status, bytes(self.body))
                self._is_joining = False
                self.ask(self._listen)
            return
        if self._is_waiting and _DONE in self.body:
            self._is_waiting = False
            self._tally.add(time.perf_counter() - self._began_s)
        if is_whole:
            assert not self._is_waiting, bytes(self.body)
            assert _RIGHT in self.body, bytes(self.body)
            if not self._tally.is_over:
                self.begin()

    def on_lost(self) -> None:
        self._tally.lose()


class _Page(Socket):
    """The same over the page's WebSocket."""

    def __init__(self, port: int, fn_index: int, tally: _Tally) -> None:
        super().__init__(port, f"/gradio_api/ws?session_hash={secrets.token_hex(16)}&after=0")
        self._fn_index = fn_index
        self._tally = tally
        self._ref = 0
        self._began_s = 0.0

    def begin(self) -> None:
        """Call."""
        self._ref += 1
        self._began_s = time.perf_counter()
        self.send(
            b'{"op":"join","ref":%d,"key":"%s","body":{"data":["Ann"],"fn_index":%d,'
            b'"event_data":null,"trigger_id":null}}'
            % (self._ref, secrets.token_hex(16).encode(), self._fn_index)
        )

    def on_text(self, text: bytes) -> None:
        assert b'"error":{' not in text, text
        if _DONE in text:
            assert _RIGHT in text, text
            self._tally.add(time.perf_counter() - self._began_s)
            if not self._tally.is_over:
                self.begin()

    def on_lost(self) -> None:
        self._tally.lose()


async def _play(
    port: int, fn_index: int, count: int, warm_s: float, span_s: float, way: str
) -> dict[str, Any]:
    tally = _Tally()
    make = _Page if way == "page" else _Client
    clients = [await connect(port, lambda: make(port, fn_index, tally)) for _ in range(count)]
    if way == "page":
        await asyncio.sleep(0.5)  # greeted
    for client in clients:
        client.begin()
    await asyncio.sleep(warm_s)
    tally.is_counting = True
    began_s = time.perf_counter(), time.process_time()
    await asyncio.sleep(span_s)
    tally.is_counting = False
    taken_s = time.perf_counter() - began_s[0]
    used_s = time.process_time() - began_s[1]
    tally.is_over = True
    assert tally.lost == 0, f"{tally.lost} connections were lost"
    for client in clients:
        client.close()
    return {"latencies_s": tally.latencies_s, "span_s": taken_s, "busy": used_s / taken_s}


def run(
    port: int, *, fn_index: int, count: int, warm_s: float, span_s: float, way: str
) -> dict[str, Any]:
    """Calls per second are the number of latencies by the span.

    Args:
        port: The server's.
        fn_index: Of a function that greets.
        count: Sessions.
        warm_s: Seconds until counting begins.
        span_s: Seconds of counting.
        way: `client` or `page`.
    """
    return play(_play(port, fn_index, count, warm_s, span_s, way))
