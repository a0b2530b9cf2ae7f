"""Streams of OpenAI-compatible servers as trails: objects of `openai`, or their JSON."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from limelight.chat.trail import Trail
from limelight.integrations.following import follow, from_json, member

if TYPE_CHECKING:
    from limelight.chat.trail import Step

__all__ = ["ChatCompletions", "Responses", "chat", "responses"]


def chat(stream: Any, trail: Trail | None = None) -> Any:
    """The trail as a stream of chat completions grows: text, reasoning, tool calls and usage.

    Args:
        stream: What `client.chat.completions.create(..., stream=True)` gives, or dictionaries.
        trail: What is written into; a new one if None.
    """
    trail = trail or Trail()
    return follow(stream, ChatCompletions(trail).take, trail)


def responses(stream: Any, trail: Trail | None = None) -> Any:
    """The trail as events of the Responses API come.

    Args:
        stream: What `client.responses.create(..., stream=True)` gives, or dictionaries.
        trail: What is written into; a new one if None.
    """
    trail = trail or Trail()
    return follow(stream, Responses(trail).take, trail)


class ChatCompletions:
    """Takes the chunks of one completion.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.calls: dict[int, dict[str, Any]] = {}
        """Tool calls by their index: `id`, `name`, `arguments` (text) and `step`, which is to be
        ended by who runs the tool."""
        self.finish_reason: str | None = None
        self._thought: Step | None = None
        self._began_s = time.monotonic()
        self._first_s: float | None = None

    def take(self, chunk: Any) -> None:
        """Write one chunk."""
        usage = member(chunk, "usage")
        if usage is not None:
            self._use(chunk, usage)
        for choice in member(chunk, "choices", [])[:1]:
            delta: Any = member(choice, "delta") or member(choice, "message") or {}
            thought = member(delta, "reasoning_content") or member(delta, "reasoning")
            text = member(delta, "content")
            if self._first_s is None and (thought or text):
                self._first_s = time.monotonic() - self._began_s
            if isinstance(thought, str) and thought:
                self._thought = self._thought or self.trail.step("Reasoning")
                self._thought.say(thought)
            if isinstance(text, str) and text:
                self._end_thought()
                self.trail.say(text)
            for call in member(delta, "tool_calls", []):
                self._end_thought()
                self._call(call)
            self.finish_reason = member(choice, "finish_reason") or self.finish_reason
            if self.finish_reason:
                self._end_thought()

    def _end_thought(self) -> None:
        if self._thought is not None:
            self._thought.end()
            self._thought = None

    def _call(self, delta: Any) -> None:
        index = member(delta, "index", len(self.calls))
        function: Any = member(delta, "function") or {}
        made = self.calls.get(index)
        if made is None:
            name = member(function, "name", "tool")
            step = self.trail.step(name, kind="tool")
            made = self.calls[index] = {"id": None, "name": name, "arguments": "", "step": step}
        made["id"] = member(delta, "id") or made["id"]
        made["arguments"] += member(function, "arguments", "")
        made["step"].input = from_json(made["arguments"]) if made["arguments"] else None

    def _use(self, chunk: Any, usage: Any) -> None:
        told = {
            "model": member(chunk, "model"),
            "input_tokens": member(usage, "prompt_tokens"),
            "output_tokens": member(usage, "completion_tokens"),
            "seconds": round(time.monotonic() - self._began_s - (self._first_s or 0), 3),
            "first_token_s": None if self._first_s is None else round(self._first_s, 3),
        }
        self.trail.put(usage={name: value for name, value in told.items() if value is not None})


class Responses:
    """Takes the events of one response.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.steps: dict[str, Step] = {}
        """Reasoning and tool calls by the id of their item."""
        self._arguments: dict[str, str] = {}
        self._sources: list[dict[str, Any]] = []

    def take(self, event: Any) -> None:
        """Write one event; of those that are not known nothing is shown."""
        kind = str(member(event, "type", ""))
        item_id = str(member(event, "item_id", ""))
        delta = member(event, "delta", "")
        if kind == "response.output_text.delta":
            self.trail.say(delta)
        elif kind in (
            "response.reasoning_summary_text.delta",
            "response.reasoning_text.delta",
        ):
            self._step(item_id, "Reasoning", "thought").say(delta)
        elif kind == "response.function_call_arguments.delta":
            self._arguments[item_id] = self._arguments.get(item_id, "") + delta
            self._step(item_id, "tool", "tool").input = from_json(self._arguments[item_id])
        elif kind == "response.output_item.added":
            self._begin(member(event, "item") or {})
        elif kind == "response.output_item.done":
            self._end(member(event, "item") or {})
        elif kind == "response.output_text.annotation.added":
            self._cite(member(event, "annotation") or {})
        elif kind in ("response.completed", "response.incomplete", "response.failed"):
            self._complete(member(event, "response") or {})
        elif kind == "error":
            raise RuntimeError(str(member(event, "message", "The model's server failed.")))

    def _step(self, item_id: str, title: str, kind: Any) -> Step:
        if item_id not in self.steps:
            self.steps[item_id] = self.trail.step(title, kind=kind)
        return self.steps[item_id]

    def _begin(self, item: Any) -> None:
        kind = str(member(item, "type", ""))
        if kind.endswith("_call"):
            title = str(member(item, "name", kind.removesuffix("_call").replace("_", " ")))
            self._step(str(member(item, "id", "")), title, "tool")

    def _end(self, item: Any) -> None:
        step = self.steps.get(str(member(item, "id", "")))
        if step is not None and member(item, "type") != "function_call":
            step.end()  # a function is called by the author, who ends its step

    def _cite(self, annotation: Any) -> None:
        if member(annotation, "url"):
            found = {"title": member(annotation, "title", ""), "url": member(annotation, "url")}
            if found not in self._sources:
                self._sources.append(found)
                self.trail.put(sources=list(self._sources))

    def _complete(self, response: Any) -> None:
        usage = member(response, "usage")
        if usage is not None:
            told = {
                "model": member(response, "model"),
                "input_tokens": member(usage, "input_tokens"),
                "output_tokens": member(usage, "output_tokens"),
            }
            self.trail.put(usage={name: value for name, value in told.items() if value is not None})
        problem = member(response, "error")
        if problem is not None:
            raise RuntimeError(str(member(problem, "message", problem)))
