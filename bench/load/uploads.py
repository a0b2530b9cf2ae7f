"""An upload that is made up as it is sent, and somebody else who asks a small thing meanwhile."""

from __future__ import annotations

import os
import socket
import threading
import time
from typing import Any

from bench.load.connection import get

__all__ = ["run"]

_PIECE_BYTES = 256 * 1024
_PERIOD_S = 0.02
_BOUNDARY = b"----bench5c7d"
_HEAD = (
    b"--"
    + _BOUNDARY
    + b'\r\nContent-Disposition: form-data; name="files"; filename="large.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n"
)
_TAIL = b"\r\n--" + _BOUNDARY + b"--\r\n"


class _Upload(threading.Thread):
    """Sends the body. A thread will do: while it sends, it holds nothing up."""

    def __init__(self, port: int, size_bytes: int) -> None:
        super().__init__()
        self._port = port
        self._size_bytes = size_bytes
        self.is_over = threading.Event()
        self.answer = b""

    def run(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=300) as connection:
                length = len(_HEAD) + self._size_bytes + len(_TAIL)
                connection.sendall(
                    b"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                    b"Content-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n"
                    % (self._port, _BOUNDARY, length)
                )
                connection.sendall(_HEAD)
                piece = memoryview(os.urandom(_PIECE_BYTES))
                left = self._size_bytes
                while left:
                    part = piece[: min(left, _PIECE_BYTES)]
                    connection.sendall(part)
                    left -= len(part)
                connection.sendall(_TAIL)
                self.answer = connection.recv(4096)
        finally:
            self.is_over.set()


def _ask(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    answer = connection.recv(65536)
    assert b" 200 " in answer[:20], answer
    while b"app_id" not in answer:
        answer += connection.recv(65536)


def run(port: int, *, size_bytes: int) -> dict[str, Any]:
    """The small question is due every 20 ms. One that is due while another is unanswered counts
    from when it was due: a server that does nothing for a second lets many wait.

    Args:
        port: The server's.
        size_bytes: Of the file.
    """
    waits_s: list[float] = []
    request = get(port, "/gradio_api/app_id")
    with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(20):
            _ask(connection, request)
        upload = _Upload(port, size_bytes)
        began_s = time.perf_counter()
        upload.start()
        due_s = began_s + _PERIOD_S
        while not upload.is_over.wait(max(0, due_s - time.perf_counter())):
            asked_s = max(due_s, time.perf_counter())
            _ask(connection, request)
            answered_s = time.perf_counter()
            waits_s.append(answered_s - asked_s)
            due_s += _PERIOD_S
            while due_s < answered_s:
                waits_s.append(answered_s - due_s)
                due_s += _PERIOD_S
        taken_s = time.perf_counter() - began_s
    assert b" 200 " in upload.answer[:20], upload.answer
    return {"waits_s": waits_s, "span_s": taken_s}
