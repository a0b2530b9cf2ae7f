"""uvicorn's WebSocket connection, without what an idle one needs not: pages are open for hours and
do nothing, and many of them at once.

Knows nothing of what is said over it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

__all__ = ["Connection"]

_NOBODY: deque[asyncio.Future[Any]] = deque()


class _Inbox(asyncio.Queue[Any]):
    """A queue with one reader, that takes up room only while something is in it."""

    def __init__(self) -> None:  # the base class makes what is not needed here
        self._messages: deque[Any] | None = None
        self._reader: asyncio.Future[Any] | None = None

    def put_nowait(self, item: Any) -> None:
        reader, self._reader = self._reader, None
        if reader is not None and not reader.done():
            reader.set_result(item)
        else:
            self._messages = self._messages or deque()
            self._messages.append(item)

    def empty(self) -> bool:
        return not self._messages

    def qsize(self) -> int:
        return len(self._messages or ())

    def get(self) -> Any:
        """What is there, or what comes next: a future and no coroutine, which is larger."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._messages:
            future.set_result(self._messages.popleft())
        else:
            self._messages = None
            self._reader = future
        return future


class _Flag(asyncio.Event):
    """An event that takes up room for those who wait only while some do."""

    def __init__(self) -> None:  # the base class makes what is not needed here
        self._value = False
        self._waiters = _NOBODY

    async def wait(self) -> Any:
        if self._value:
            return True
        if self._waiters is _NOBODY:
            self._waiters = deque()
        return await super().wait()


class Connection(WebSocketsSansIOProtocol):
    """One open WebSocket."""

    # Attributes of the base class: it has more than the interpreter keeps in the object itself.
    __slots__ = (
        "app",
        "app_state",
        "asgi_version",
        "client",
        "close_sent",
        "close_timeout",
        "close_timer",
        "config",
        "conn",
        "connections",
        "curr_msg_data_type",
        "default_headers",
        "disconnected",
        "frames",
        "handshake_complete",
        "handshake_initiated",
        "initial_response",
        "last_ping_rtt",
        "logger",
        "loop",
        "pending_ping_payload",
        "ping_interval",
        "ping_sent_at",
        "ping_timeout",
        "ping_timer",
        "pong_timer",
        "queue",
        "read_paused",
        "request",
        "response",
        "root_path",
        "scheme",
        "scope",
        "server",
        "tasks",
        "transport",
        "writable",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = _Inbox()
        self.writable = _Flag()
        self.writable.set()

    def start_keepalive(self) -> None:
        """The handshake is over; what it was made of is not looked at again."""
        del self.request, self.response
        super().start_keepalive()
