"""Runs of pydantic-ai as trails: what `agent.run_stream_events` gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from limelight.chat.trail import Trail
from limelight.core.question import plain
from limelight.integrations.following import Texts, follow, from_json, member

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable, Callable

    from limelight.chat.trail import Step

__all__ = ["Events", "events"]

_OUTPUT_TOOL = "final_result"


def events(stream: Any, trail: Trail | None = None) -> Any:
    """The trail as events come: for
    `async for trail in pydantic_ai.events(agent.run_stream_events(…))`.

    Args:
        stream: What `agent.run_stream_events(...)` gives, entered with `async with` or not; or
            what `node.stream(...)` gives for a node of `agent.iter(...)`.
        trail: What is written into; a new one if None.
    """
    trail = trail or Trail()
    return follow(stream, Events(trail).take, trail)


class Events:
    """Takes the events of one run.

    Args:
        trail: What is written into.
        inside: The step that the run belongs to; None if it is the whole answer.
        author: The agent's name, where several speak.
        avatar: Path or URL of its picture.
    """

    def __init__(
        self,
        trail: Trail,
        *,
        inside: Step | None = None,
        author: str | None = None,
        avatar: str | None = None,
    ) -> None:
        self.trail = trail
        self.inside = inside
        self.tools: dict[str, Step] = {}
        """Tool calls by their id."""
        self._author = author, avatar
        self._texts = Texts(trail)
        self._responses = 0
        self._arguments: dict[int, tuple[str, str]] = {}
        """Id and arguments so far of the tool call that is the part of that index."""
        self._is_said = False

    def read(self, stream: Any) -> Any:
        """The trail as events of the run come; as `events`, and agents can be put inside."""
        return follow(stream, self.take, self.trail)

    def handler(
        self, tool_call_id: str | None, author: str | None = None, avatar: str | None = None
    ) -> Callable[[Any, AsyncIterable[Any]], Awaitable[None]]:
        """The `event_stream_handler` for an agent that a tool of this one runs: what it does is
        shown inside the tool's step.

        Args:
            tool_call_id: Of the call, which is `ctx.tool_call_id` in the tool.
            author: The agent's name.
            avatar: Path or URL of its picture.
        """
        inside = self.tools.get(tool_call_id or "")
        if inside is not None:
            inside.kind = "agent"
        inner = Events(self.trail, inside=inside, author=author, avatar=avatar)

        async def handle(context: Any, stream: AsyncIterable[Any]) -> None:
            _ = context
            async for event in stream:
                inner.take(event)

        return handle

    def take(self, event: Any) -> None:
        """Write one event; of those that are not known nothing is shown."""
        take = getattr(self, f"_{member(event, 'event_kind')}", None)
        if take is None:
            return
        author, avatar = self._author
        if author is None:
            take(event)
            return
        with self.trail.by(author, avatar):
            take(event)

    def _part_start(self, event: Any) -> None:
        if event.index == 0:
            self._responses += 1
        self._arguments.pop(event.index, None)
        part: Any = event.part
        kind = str(part.part_kind)
        if kind == "text":
            self._say(event.index, part.content)
        elif kind == "thinking":
            self._texts.think(self._name(event.index), part.content, self.inside)
        elif kind.endswith("tool-call") and not part.tool_name.startswith(_OUTPUT_TOOL):
            given: Any = part.args or ""
            self._arguments[event.index] = (
                part.tool_call_id,
                given if isinstance(given, str) else "",
            )
            self._call(part)
        elif kind.endswith("tool-return"):
            self._return(part)

    def _part_delta(self, event: Any) -> None:
        delta: Any = event.delta
        kind = str(delta.part_delta_kind)
        if kind == "text":
            self._say(event.index, delta.content_delta)
        elif kind == "thinking":
            self._texts.think(self._name(event.index), delta.content_delta or "", self.inside)
        elif kind == "tool_call" and event.index in self._arguments:
            call_id, arguments = self._arguments[event.index]
            if isinstance(delta.args_delta, str):
                arguments += delta.args_delta
                self._arguments[event.index] = call_id, arguments
                self.tools[call_id].input = from_json(arguments)

    def _part_end(self, event: Any) -> None:
        self._texts.end_thought(self._name(event.index))

    def _function_tool_call(self, event: Any) -> None:
        self._call(event.part)

    def _function_tool_result(self, event: Any) -> None:
        self._return(member(event, "part") or member(event, "result"))

    def _agent_run_result(self, event: Any) -> None:
        output: Any = event.result.output
        if not isinstance(output, str):
            written = json.dumps(_data(output), indent=2, ensure_ascii=False)
            self._texts.say("output", f"```json\n{written}\n```", self.inside)
        elif not self._is_said:
            self._texts.say("output", output, self.inside)
        usage: Any = event.result.usage
        usage = usage() if callable(usage) else usage
        response = member(event.result, "response")
        told = {
            "model": member(response, "model_name"),
            "input_tokens": member(usage, "input_tokens"),
            "output_tokens": member(usage, "output_tokens"),
        }
        self.trail.put(usage={name: value for name, value in told.items() if value is not None})

    def _name(self, index: int) -> tuple[int, int]:
        """Of a part of the run: indexes begin anew with each response."""
        return self._responses, index

    def _say(self, index: int, text: str) -> None:
        self._is_said = self._is_said or bool(text)
        self._texts.say(self._name(index), text, self.inside)

    def _call(self, part: Any) -> None:
        step = self.tools.get(part.tool_call_id)
        if step is None:
            step = self.trail.step(part.tool_name, kind="tool", parent=self.inside)
            self.tools[part.tool_call_id] = step
        if part.args:
            step.input = from_json(part.args) if isinstance(part.args, str) else part.args

    def _return(self, part: Any) -> None:
        step = self.tools.get(part.tool_call_id)
        if step is None:
            return
        content = _data(part.content)
        has_failed = part.part_kind == "retry-prompt" or (
            member(part, "outcome", "success") != "success"
        )
        if has_failed:
            step.end(error=content if isinstance(content, str) else json.dumps(content))
        else:
            step.end(content)


def _data(value: Any) -> Any:
    """A value as JSON: outputs are models of pydantic, data classes or plain values."""
    from pydantic_core import PydanticSerializationError, to_jsonable_python

    try:
        return to_jsonable_python(value)
    except PydanticSerializationError:
        return plain(value)
