"""A model's server on this machine, over HTTP: tells a script, chunk by chunk."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

__all__ = ["ModelServer", "Says", "chunk"]

USAGE = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}
# Libraries keep clients, and those their connections, for longer than a test lasts.
_LAST = {"connection": "close"}
_USED = {"input_tokens": 5, "output_tokens": 2, "total_tokens": 7,
         "input_tokens_details": {"cached_tokens": 0},
         "output_tokens_details": {"reasoning_tokens": 0}}  # fmt: skip


def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """A chunk of a streamed completion."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "tiny",
            "choices": [choice]}  # fmt: skip


class Says:
    """What the model answers to one request, in whichever API it is asked.

    Args:
        text: What it says, in two pieces if it is streamed.
        thought: What it thinks before.
        calls: Tools that it calls: name and arguments.
    """

    numbers = iter(range(1, 1 << 30))

    def __init__(self, text: str = "", *calls: tuple[str, Any], thought: str = "") -> None:
        self.text = text
        self.thought = thought
        self.number = next(Says.numbers)
        self.calls = [
            (f"call_{self.number}_{n}", name, json.dumps(given))
            for n, (name, given) in enumerate(calls)
        ]

    def chunks(self) -> Iterator[dict[str, Any]]:
        """Of a chat completion."""
        ident = {"id": f"chatcmpl-{self.number}"}
        yield {**chunk(role="assistant", content=""), **ident}
        for piece in _halves(self.thought):
            yield {**chunk(reasoning_content=piece), **ident}
        for piece in _halves(self.text):
            yield {**chunk(content=piece), **ident}
        for n, (call, name, arguments) in enumerate(self.calls):
            first = {"index": n, "id": call, "type": "function",
                     "function": {"name": name, "arguments": ""}}  # fmt: skip
            yield {**chunk(tool_calls=[first]), **ident}
            for piece in _halves(arguments):
                rest = {"index": n, "function": {"arguments": piece}}
                yield {**chunk(tool_calls=[rest]), **ident}
        yield {**chunk("tool_calls" if self.calls else "stop"), **ident}
        yield {**chunk(), **ident, "choices": [], "usage": USAGE}

    def completion(self) -> dict[str, Any]:
        """The same at once."""
        calls = [{"id": call, "type": "function", "function": {"name": name, "arguments": given}}
                 for call, name, given in self.calls]  # fmt: skip
        message = {"role": "assistant", "content": self.text or None, "tool_calls": calls or None,
                   "reasoning_content": self.thought or None}  # fmt: skip
        choice = {"index": 0, "message": message,
                  "finish_reason": "tool_calls" if calls else "stop"}  # fmt: skip
        return {"id": f"chatcmpl-{self.number}", "object": "chat.completion", "created": 1,
                "model": "tiny", "choices": [choice], "usage": USAGE}  # fmt: skip

    def events(self) -> Iterator[dict[str, Any]]:
        """Of a response."""
        numbers = iter(range(1 << 30))

        def event(kind: str, **members: Any) -> dict[str, Any]:
            return {"type": f"response.{kind}", "sequence_number": next(numbers), **members}

        yield event("created", response=self._response("in_progress", []))
        done: list[dict[str, Any]] = []
        for item, pieces in self._items():
            place = {"item_id": item["id"], "output_index": len(done)}
            yield event("output_item.added", output_index=len(done),
                        item={**item, **_EMPTY[item["type"]], "status": "in_progress"})  # fmt: skip
            yield from (event(kind, **place, **members) for kind, members in pieces)
            yield event("output_item.done", output_index=len(done), item=item)
            done.append(item)
        yield event("completed", response=self._response("completed", done))

    def _items(self) -> Iterator[tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]]:
        """The items of a response, each with the events that tell it."""
        if self.thought:
            pieces = [("reasoning_summary_text.delta", {"summary_index": 0, "delta": piece})
                      for piece in _halves(self.thought)]  # fmt: skip
            part = {"type": "summary_text", "text": self.thought}
            added = ("reasoning_summary_part.added",
                     {"summary_index": 0, "part": {**part, "text": ""}})  # fmt: skip
            yield ({"type": "reasoning", "id": f"rs_{self.number}", "summary": [part]},
                   [added, *pieces])  # fmt: skip
        if self.text:
            content = {"type": "output_text", "text": self.text, "annotations": [], "logprobs": []}
            opening = ("content_part.added", {"content_index": 0, "part": {**content, "text": ""}})
            texts = [("output_text.delta", {"content_index": 0, "delta": piece, "logprobs": []})
                     for piece in _halves(self.text)]  # fmt: skip
            yield ({"type": "message", "id": f"msg_{self.number}", "role": "assistant",
                    "status": "completed", "content": [content]}, [opening, *texts])  # fmt: skip
        for call, name, arguments in self.calls:
            deltas = [("function_call_arguments.delta", {"delta": piece})
                      for piece in _halves(arguments)]  # fmt: skip
            yield ({"type": "function_call", "id": f"fc_{call}", "call_id": call, "name": name,
                    "arguments": arguments, "status": "completed"}, deltas)  # fmt: skip

    def _response(self, status: str, output: list[Any]) -> dict[str, Any]:
        return {"id": f"resp_{self.number}", "object": "response", "created_at": 1,
                "model": "tiny", "status": status, "output": output, "parallel_tool_calls": True,
                "tool_choice": "auto", "tools": [], "error": None,
                "usage": _USED if status == "completed" else None}  # fmt: skip


_EMPTY: dict[str, dict[str, Any]] = {
    "reasoning": {"summary": []},
    "message": {"content": []},
    "function_call": {"arguments": ""},
}


def _halves(text: str) -> list[str]:
    middle = len(text) // 2
    return [piece for piece in (text[:middle], text[middle:]) if piece]


class ModelServer:
    """Each request is answered with the next script; a context.

    Args:
        scripts: What `Says` makes; lists of chunks or events; a whole answer; bytes; a status with
            a body to refuse; or a function from the request to one of these.
    """

    def __init__(self, *scripts: Any) -> None:
        self.scripts = list(scripts)
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.is_cut = threading.Event()
        routes = [
            Route("/v1/chat/completions", self._answer, methods=["POST"]),
            Route("/v1/responses", self._answer, methods=["POST"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off")
        self._server = uvicorn.Server(config)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1/"
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._server.serve([self._socket])), daemon=True
        )

    async def _answer(self, request: Request) -> Response:
        asked = await request.json()
        self.asked.append(asked)
        self.tokens.append(request.headers.get("authorization"))
        script = self.scripts.pop(0)
        if callable(script):
            script = script(asked)
        if isinstance(script, Says):
            if request.url.path.endswith("responses"):
                script = script.events()
            else:
                script = script.chunks() if asked.get("stream") else script.completion()
        if isinstance(script, tuple):
            return JSONResponse(script[1], script[0], headers=_LAST)
        if isinstance(script, dict):
            return JSONResponse(script, headers=_LAST)
        if isinstance(script, bytes):
            return Response(script, headers=_LAST)
        told = self._told(script, request)
        return StreamingResponse(told, media_type="text/event-stream", headers=_LAST)

    async def _told(self, script: Any, request: Request) -> AsyncIterator[str]:
        for one in script:
            if await request.is_disconnected():
                self.is_cut.set()
                return
            name = f"event: {one['type']}\n" if "type" in one else ""
            yield f"{name}data: {json.dumps(one)}\n\n"
        yield "data: [DONE]\n\n"

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Clients keep their connections open, and nothing else is to be waited for.
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()
        self._socket.close()
