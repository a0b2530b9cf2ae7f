"""Events of LangChain and LangGraph as trails: what `astream_events(version="v2")` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.chat.trail import Trail
from limelight.core.narrow import is_listing, is_object
from limelight.integrations.following import follow, member

if TYPE_CHECKING:
    from limelight.chat.trail import Step

__all__ = ["Events", "events"]


def events(stream: Any, trail: Trail | None = None) -> Any:
    """The trail as events come: for `async for trail in langchain.events(agent.astream_events(…))`.

    Args:
        stream: What `astream_events(..., version="v2")` gives.
        trail: What is written into; a new one if None.
    """
    trail = trail or Trail()
    return follow(stream, Events(trail).take, trail)


class Events:
    """Takes the events of one run.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self._tools: dict[str, Step] = {}

    def take(self, event: Any) -> None:
        """Write one event; of those that are not known nothing is shown."""
        kind, data = member(event, "event"), member(event, "data", {})
        run = str(member(event, "run_id"))
        if kind == "on_chat_model_stream":
            self.trail.say(_text(member(member(data, "chunk"), "content", "")))
        elif kind == "on_tool_start":
            name = str(member(event, "name", "tool"))
            outer = next(
                (self._tools[str(one)] for one in reversed(member(event, "parent_ids", []))
                 if str(one) in self._tools),
                None,
            )  # fmt: skip
            given = member(data, "input")
            self._tools[run] = self.trail.step(name, kind="tool", input=given, parent=outer)
        elif kind in ("on_tool_end", "on_tool_error") and run in self._tools:
            output: Any = member(data, "output")
            self._tools.pop(run).end(member(output, "content", output), member(data, "error"))


def _text(content: Any) -> str:
    """The text of a message's content: a text, or parts of which some are texts."""
    if isinstance(content, str):
        return content
    parts: list[Any] = [*content] if is_listing(content) else []
    return "".join(
        str(part.get("text", "")) if is_object(part) else part
        for part in parts
        if isinstance(part, str) or is_object(part)
    )
