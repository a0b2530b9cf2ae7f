"""CPU time of the server for one queued call that does next to nothing, without a browser."""

from __future__ import annotations

import http.client
import json
import secrets
from typing import TYPE_CHECKING

from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant
    from bench.processes import Server

__all__ = ["measure"]

_WARM_UP = 30
_EVENTS = 300


def _call(connection: http.client.HTTPConnection, fn_index: int, session: str) -> None:
    body = json.dumps({"data": ["Ann"], "fn_index": fn_index, "session_hash": session})
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/gradio_api/queue/join", body, headers)
    joined = connection.getresponse()
    joined.read()
    assert joined.status == 200, joined.status
    connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
    stream = connection.getresponse().read()
    assert b"Hello Ann!" in stream, stream


def _per_event_s(server: Server) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    fn_index = server.fn_index("greet")
    session = secrets.token_hex(6)
    for _ in range(_WARM_UP):
        _call(connection, fn_index, session)
    began_s = server.cpu_s()
    for _ in range(_EVENTS):
        _call(connection, fn_index, session)
    taken_s = server.cpu_s() - began_s
    connection.close()
    return taken_s / _EVENTS


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Join and event stream over HTTP, one call after the other, by a client in another process."""
    row = Row("one queued event, CPU of the server", "ms", most_ratio=1 / 8, digits=3)
    for _ in range(rounds):
        for one in contestants:
            if one.name != "nicegui":  # speaks another protocol
                with serving(one) as server:
                    row.add(one.name, _per_event_s(server) * 1e3)
    return [row]
