"""uvicorn's HTTP connection, whose answers leave in as few pieces as possible.

It writes the head of an answer and each part of its body by itself, and each sending costs both
ends more than making what is sent. Knows nothing of what is answered.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Protocol
else:  # that, or its like in Python where httptools is not installed
    from uvicorn.protocols.http.auto import AutoHTTPProtocol as _Protocol

__all__ = ["Exchange", "OnePiece"]

_MOST_BYTES = 64 * 1024
"""What is held at most; more is no small piece any more, and the reader may be a slow one."""

_READ_BYTES = 64 * 1024
"""What is read at a time. For asyncio's 256 KiB the C library asks the system for memory, and gives
it back, with each request.
"""


class OnePiece(asyncio.Transport):
    """A transport that sends what is written in one turn of the loop in one piece, at its end."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self.whole = transport
        """The one that sends."""
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []
        self._held_bytes = 0

    def write(self, data: Any) -> None:
        """Hold a piece, and send it soon with those that follow."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes > _MOST_BYTES:
            self._send()

    def _send(self) -> None:
        if self._held:
            held, self._held, self._held_bytes = self._held, [], 0
            self.whole.write(held[0] if len(held) == 1 else b"".join(held))

    def close(self) -> None:
        """Send what is held, then close."""
        self._send()
        self.whole.close()

    def abort(self) -> None:
        """Close at once."""
        self._held, self._held_bytes = [], 0
        self.whole.abort()

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self.whole.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known of the connection."""
        return self.whole.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take nothing more from the client for now."""
        self.whole.pause_reading()

    def resume_reading(self) -> None:
        """Go on."""
        self.whole.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Who is told what comes."""
        self.whole.set_protocol(protocol)


class Exchange(_Protocol):
    """One open HTTP connection."""

    def connection_made(  # type: ignore[override]  # TCP connections only, as in the base class
        self, transport: asyncio.Transport
    ) -> None:
        if hasattr(transport, "max_size"):  # asyncio's own transport over TCP
            setattr(transport, "max_size", _READ_BYTES)  # noqa: B010  # which types do not know
        super().connection_made(OnePiece(transport))

    def handle_websocket_upgrade(self, *args: Any) -> None:
        """A WebSocket takes over; its frames go out by themselves."""
        assert isinstance(self.transport, OnePiece)  # noqa: S101  # as above
        self.transport = self.transport.whole
        super().handle_websocket_upgrade(*args)
