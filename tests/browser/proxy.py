"""`Proxy`: a TCP proxy in front of an app that a test can cut, take down and bring up again."""

from __future__ import annotations

import asyncio
import threading
from typing import Self

_REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Hands bytes on between a browser and a port of this machine; use it with `with`."""

    def __init__(self, port: int, *, blocks_sockets: bool = False) -> None:
        self._target = port
        self._blocks_sockets = blocks_sockets
        self._is_down = False
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.sockets_asked = 0
        """WebSockets that the browser has asked for."""
        self.url = ""
        """What the browser opens."""

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)
        self._loop.close()

    def cut(self) -> None:
        """Break every connection there is; new ones are taken."""
        done = threading.Event()

        def act() -> None:
            self._abort()
            done.set()

        self._loop.call_soon_threadsafe(act)
        done.wait(10)

    def down(self) -> None:
        """Break every connection there is, and each new one."""
        self._is_down = True
        self.cut()

    def up(self) -> None:
        """Take connections again."""
        self._is_down = False

    def _abort(self) -> None:
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        self._ready.set()
        await self._ended.wait()
        server.close()
        self._abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        try:
            await self._hand_on(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # cut, or the end of the test
        finally:
            writer.transport.abort()
            self._open.discard(writer)
            self._tasks.discard(task)

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_down:
            return
        first = await reader.read(65536)
        if b"upgrade: websocket" in first.lower():
            self.sockets_asked += 1
            if self._blocks_sockets:
                writer.write(_REFUSAL)
                await writer.drain()
                writer.close()
                return
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._open.add(inner_writer)
        inner_writer.write(first)
        pumps = [
            asyncio.ensure_future(_pump(reader, inner_writer)),
            asyncio.ensure_future(_pump(inner_reader, writer)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            inner_writer.transport.abort()
            self._open.discard(inner_writer)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
