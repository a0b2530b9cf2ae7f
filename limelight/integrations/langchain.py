"""Events of LangChain and LangGraph as trails: what `astream_events(version="v2")` gives."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from limelight.chat.trail import Trail
from limelight.core.narrow import is_listing, is_object
from limelight.integrations.following import Texts, Tokens, follow, from_json, member, text_of

if TYPE_CHECKING:
    from limelight.chat.trail import Step

__all__ = ["Events", "Messages", "agent_of", "events"]


def events(stream: Any, trail: Trail | None = None) -> Any:
    """The trail as events come: for `async for trail in langchain.events(agent.astream_events(…))`.

    Args:
        stream: What `astream_events(..., version="v2")` gives.
        trail: What is written into; a new one if None.
    """
    trail = trail or Trail()
    return follow(stream, Events(trail).take, trail)


def agent_of(metadata: Any) -> str | None:
    """Which of several agents speaks: the graph inside the graph, by the name of its node."""
    named = member(metadata, "lc_agent_name")
    if named:
        return str(named)
    places = str(member(metadata, "langgraph_checkpoint_ns", "")).split("|")
    outer = [name for name in (place.split(":")[0] for place in places[:-1]) if name != "tools"]
    return outer[-1] if outer else None


class Events:
    """Takes the events of one run.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self._tools: dict[str, Step] = {}
        self._messages = Messages(trail)

    def take(self, event: Any) -> None:
        """Write one event; of those that are not known nothing is shown."""
        kind, data = member(event, "event"), member(event, "data", {})
        run = str(member(event, "run_id"))
        with _by(self.trail, agent_of(member(event, "metadata"))):
            if kind == "on_chat_model_stream":
                self._messages.say(run, member(data, "chunk"), self._outer(event))
            elif kind == "on_chat_model_end":
                output: Any = member(data, "output")
                self._messages.say_once(run, output, self._outer(event))
            elif kind == "on_tool_start":
                name = str(member(event, "name", "tool"))
                self._tools[run] = self.trail.step(
                    name, kind="tool", input=member(data, "input"), parent=self._outer(event)
                )
            elif kind in ("on_tool_end", "on_tool_error") and run in self._tools:
                _end(self._tools.pop(run), member(data, "output"), member(data, "error"))

    def _outer(self, event: Any) -> Step | None:
        """The tool that it happens in: an agent may be the tool of another."""
        parents: list[Any] = member(event, "parent_ids", [])
        return next(
            (self._tools[str(one)] for one in reversed(parents) if str(one) in self._tools), None
        )


class Messages:
    """Takes messages of models and tools, whole or in chunks.

    Args:
        trail: What is written into.
        says_inside: Whether what is said inside a step is part of it, and not of the answer.
    """

    def __init__(self, trail: Trail, *, says_inside: bool = True) -> None:
        self.trail = trail
        self._says_inside = says_inside
        self.tools: dict[str, Step] = {}
        """Tool calls by their id."""
        self._texts = Texts(trail)
        self._tokens = Tokens(trail)
        self._seen: set[str] = set()
        self._arguments: dict[tuple[str, Any], tuple[str, str]] = {}
        """Id and arguments so far of a call, by the message and its place in it."""

    def skip(self, message: Any) -> None:
        """It was said before this run."""
        self._seen.add(str(member(message, "id")))

    def take(self, message: Any, author: str | None = None, inside: Step | None = None) -> None:
        """Write a message, or a chunk of one, that LangGraph gives; what was streamed is not said
        again when it comes as a whole.
        """
        kind, name = str(member(message, "type", "")), str(member(message, "id"))
        author = author or (member(message, "name") if kind == "ai" else None)
        with _by(self.trail, author):
            if kind == "AIMessageChunk":
                self.say(name, message, inside)
                self.call(name, message, inside)
            elif name in self._seen:
                return
            elif kind == "ai":
                self.say_once(name, message, inside)
                for call in member(message, "tool_calls", []):
                    self._begin(call["id"], call["name"], inside).input = call["args"]
            elif kind == "tool":
                self._seen.add(name)
                self._end(message)

    def say(self, name: str, message: Any, inside: Step | None = None) -> None:
        """Write a chunk's text, thought and tokens."""
        self._seen.add(name)
        content: Any = member(message, "content", "")
        thought = _thought(content) or member(
            member(message, "additional_kwargs"), "reasoning_content", ""
        )
        self._texts.think(name, thought, inside)
        self._texts.say(name, text_of(content), inside if self._says_inside else None)
        if member(message, "chunk_position") == "last":
            self._texts.end_thought(name)
        self._count(message)

    def say_once(self, name: str, message: Any, inside: Step | None = None) -> None:
        """Write a whole message, of which nothing is said again that was streamed."""
        if name not in self._seen:
            self.say(name, message, inside)
        self._texts.end_thought(name)

    def call(self, name: str, chunk: Any, inside: Step | None = None) -> None:
        """Write a chunk's pieces of tool calls."""
        for piece in member(chunk, "tool_call_chunks", []):
            self._texts.end_thought(name)
            place = name, piece["index"]
            if piece.get("id"):
                self._begin(piece["id"], piece.get("name") or "tool", inside)
                self._arguments[place] = piece["id"], ""
            if place in self._arguments and piece.get("args"):
                call, arguments = self._arguments[place]
                arguments += piece["args"]
                self._arguments[place] = call, arguments
                self.tools[call].input = from_json(arguments)

    def _begin(self, call: str, name: str, inside: Step | None) -> Step:
        if call not in self.tools:
            self.tools[call] = self.trail.step(name, kind="tool", parent=inside)
        return self.tools[call]

    def _end(self, message: Any) -> None:
        step = self.tools.get(str(member(message, "tool_call_id")))
        if step is not None:
            _end(step, message, None)

    def _count(self, message: Any) -> None:
        model = member(member(message, "response_metadata"), "model_name")
        self._tokens.add(member(message, "usage_metadata"), model)


def _end(step: Step, output: Any, error: Any) -> None:
    content: Any = member(output, "content", output)
    if member(output, "status") == "error":
        step.end(error=content)
    else:
        step.end(content, error)


def _thought(content: Any) -> str:
    """What the parts of a message say that are thoughts."""
    found: list[str] = []
    for part in content if is_listing(content) else ():
        if is_object(part) and part.get("type") in ("reasoning", "thinking"):
            summary: list[Any] = part.get("summary") or []
            found.append(str(part.get("reasoning") or part.get("thinking") or ""))
            found.extend(str(member(one, "text", "")) for one in summary)
    return "".join(found)


def _by(trail: Trail, author: Any) -> contextlib.AbstractContextManager[None]:
    return trail.by(str(author)) if author else contextlib.nullcontext()
