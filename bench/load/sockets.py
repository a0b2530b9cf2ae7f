"""Pages that are open and do nothing, until this process's input ends."""

from __future__ import annotations

import asyncio
import secrets
import sys
from typing import Any

from bench.load.connection import Http, Socket, connect, get, play

__all__ = ["run"]

_AT_A_TIME = 50


class _Page(Socket):
    """An open WebSocket."""

    def __init__(self, port: int) -> None:
        super().__init__(port, f"/gradio_api/ws?session_hash={secrets.token_hex(16)}&after=0")
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def begin(self) -> None:
        """Nothing more is needed."""

    def on_text(self, text: bytes) -> None:
        _ = text
        if not self.greeted.done():
            self.greeted.set_result(None)


class _Heartbeat(Http):
    """The open stream by which a client or page shows that it is there."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._request = get(port, f"/gradio_api/heartbeat/{secrets.token_hex(16)}")
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def begin(self) -> None:
        """Ask for it."""
        self.ask(self._request)

    def on_body(self, is_whole: bool) -> None:
        _ = is_whole
        if not self.greeted.done():
            assert self.status == 200, self.status
            self.greeted.set_result(None)
        self.body.clear()


async def _play(port: int, count: int, way: str) -> None:
    left = iter(range(count))
    clients: list[_Page | _Heartbeat] = []

    async def come() -> None:
        for _ in left:
            client = await connect(port, lambda: (_Page if way == "page" else _Heartbeat)(port))
            clients.append(client)
            client.begin()
            await asyncio.wait_for(client.greeted, 60)

    await asyncio.gather(*(come() for _ in range(_AT_A_TIME)))
    print(len(clients), flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, sys.stdin.read)
    for client in clients:
        client.close()


def run(port: int, *, count: int, way: str) -> dict[str, Any]:
    """Prints a line when all are open.

    Args:
        port: The server's.
        count: Pages.
        way: `page` for the WebSocket, `client` for the heartbeat.
    """
    play(_play(port, count, way))
    return {}
