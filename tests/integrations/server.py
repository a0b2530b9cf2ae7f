"""A model's server on this machine: tells a script, chunk by chunk."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["ModelServer", "chunk"]


def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """A chunk of a streamed completion."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "tiny",
            "choices": [choice]}  # fmt: skip


class ModelServer:
    """Each request is answered with the next script; a context.

    Args:
        scripts: Lists of chunks, or a status with a body to refuse.
    """

    def __init__(self, *scripts: Any) -> None:
        self.scripts = list(scripts)
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.is_cut = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                outer.tokens.append(self.headers.get("authorization"))
                script = outer.scripts.pop(0)
                if isinstance(script, tuple):
                    self._send(script[0], json.dumps(script[1]).encode())
                elif isinstance(script, dict):
                    self._send(200, json.dumps(script).encode())
                else:
                    self._stream(script)

            def _send(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _stream(self, script: Any) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                try:
                    for one in script:
                        name = f"event: {one['type']}\n" if "type" in one else ""
                        self.wfile.write(f"{name}data: {json.dumps(one)}\n\n".encode())
                        self.wfile.flush()
                    self.wfile.write(b"data: [DONE]\n\n")
                except OSError:
                    outer.is_cut.set()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1/"

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
