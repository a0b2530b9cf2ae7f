"""Connections of clients, HTTP/1.1 and WebSocket, on bare sockets: so cheap that a generator is
never what a measured server waits for.

They understand what the measured servers answer, not all that the protocols allow.
"""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from typing import Any

__all__ = ["Http", "Socket", "connect", "get", "pieces", "play", "post"]

R = TypeVar("R")
T = TypeVar("T", bound=asyncio.Protocol)

_HEADERS = (
    "Host: 127.0.0.1:{port}\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n"
    "Connection: keep-alive\r\nUser-Agent: bench\r\nX-Gradio-User: api\r\n"
)


def get(port: int, path: str) -> bytes:
    """A request for a resource."""
    return f"GET {path} HTTP/1.1\r\n{_HEADERS.format(port=port)}\r\n".encode()


def post(port: int, path: str, body: bytes) -> bytes:
    """A request with JSON."""
    head = (
        f"POST {path} HTTP/1.1\r\n{_HEADERS.format(port=port)}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def pieces(body: bytes) -> Iterator[bytes]:
    """The parts of a body in chunked coding."""
    at = 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end], 16)
        if size == 0:
            return
        yield body[end + 2 : end + 2 + size]
        at = end + size + 4


class _Counting(asyncio.Protocol):
    """A connection that counts its bytes."""

    def __init__(self) -> None:
        self.received_bytes = 0
        self.sent_bytes = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        _ = exc
        was_open, self._transport = self._transport is not None, None
        if was_open:
            self.on_lost()

    def on_lost(self) -> None:
        """The server closed the connection."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        assert self._transport is not None, "the server closed a connection"
        self.sent_bytes += len(data)
        self._transport.write(data)

    def close(self) -> None:
        """End the connection."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()


class Http(_Counting):
    """A keep-alive connection that asks one thing after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.status = 0
        """Of the answer that arrives."""
        self.body = bytearray()
        """What of the answer's body has arrived, in its transfer coding."""
        self._is_headed = False
        self._length = 0

    def ask(self, request: bytes) -> None:
        """Send a request; the answer before it is forgotten."""
        self.body.clear()
        self._is_headed = False
        self.write(request)

    def data_received(self, data: bytes) -> None:
        self.received_bytes += len(data)
        body = self.body
        body += data
        if not self._is_headed:
            end = body.find(b"\r\n\r\n")
            if end < 0:
                return
            self._read_head(bytes(body[:end]).lower())
            del body[: end + 4]
        if self._length >= 0:
            is_whole = len(body) >= self._length
        else:
            is_whole = body.endswith(b"\r\n0\r\n\r\n") or body == b"0\r\n\r\n"
        self.on_body(is_whole)

    def _read_head(self, head: bytes) -> None:
        self._is_headed = True
        self.status = int(head[9:12])
        at = head.find(b"\r\ncontent-length:")
        self._length = int(head[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else -1

    def on_body(self, is_whole: bool) -> None:
        """More of an answer arrived."""
        raise NotImplementedError


class Socket(_Counting):
    """A WebSocket, as the page of an app opens it."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__()
        self._port = port
        self._path = path
        self._is_open = False
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        key = base64.b64encode(os.urandom(16)).decode()
        self.write(
            f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Connection: Upgrade\r\nUpgrade: websocket\r\nUser-Agent: bench\r\n"
            f"Origin: http://127.0.0.1:{self._port}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def send(self, data: bytes, opcode: int = 1) -> None:
        """Send a frame: a text unless said otherwise. Masked with zeros, which costs no time."""
        size = len(data)
        if size < 126:
            head = bytes((0x80 | opcode, 0x80 | size))
        else:
            head = bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2, "big")
        self.write(head + b"\0\0\0\0" + data)

    def leave(self) -> None:
        """Close as a page does that is left."""
        if self._transport is not None:
            self.send((1001).to_bytes(2, "big"), opcode=8)
            self.close()

    def data_received(self, data: bytes) -> None:
        self.received_bytes += len(data)
        buffer = self._buffer
        buffer += data
        if not self._is_open:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            assert buffer.startswith(b"HTTP/1.1 101"), bytes(buffer[:end])
            self._is_open = True
            del buffer[: end + 4]
        at = 0
        while (found := _frame(buffer, at)) is not None:
            opcode, begin, at = found
            content = bytes(buffer[begin:at])
            if opcode == 1:
                self.on_text(content)
            elif opcode == 9 and self._transport is not None:
                self.send(content, opcode=10)
        if at:
            del buffer[:at]

    def on_text(self, text: bytes) -> None:
        """A frame of text arrived."""
        raise NotImplementedError


def _frame(buffer: bytearray, at: int) -> tuple[int, int, int] | None:
    """Kind, begin and end of the frame at a place; None while it is not whole."""
    have = len(buffer) - at
    if have < 2:
        return None
    size, begin = buffer[at + 1], at + 2
    if size >= 126:
        width = 2 if size == 126 else 8
        if have < 2 + width:
            return None
        size, begin = int.from_bytes(buffer[begin : begin + width], "big"), begin + width
    end = begin + size
    return (buffer[at] & 15, begin, end) if end <= len(buffer) else None


async def connect(port: int, make: Callable[[], T]) -> T:
    """A new connection."""
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(make, "127.0.0.1", port)
    return made


def play(clients: Coroutine[Any, Any, R]) -> R:
    """Runs clients. The first one that is not served as it expects ends the process."""

    async def watched() -> R:
        asyncio.get_running_loop().set_exception_handler(_fail)
        return await clients

    return asyncio.run(watched())


def _fail(_: object, context: dict[str, Any]) -> None:
    print(f"bench: a client failed: {context.get('exception')!r}", file=sys.stderr, flush=True)
    os._exit(1)
