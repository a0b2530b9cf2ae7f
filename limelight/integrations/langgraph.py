"""What LangGraph's `graph.stream` and `graph.astream` give, as trails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.chat.trail import Trail
from limelight.core.narrow import is_listing, is_object
from limelight.integrations.following import follow, member
from limelight.integrations.langchain import Messages, agent_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.chat.trail import Step

__all__ = ["Mode", "Parts", "parts"]

Mode = Literal["messages", "updates", "values", "custom", "tasks", "checkpoints", "debug"]
_MODES = ("messages", "updates", "values", "custom", "tasks", "checkpoints", "debug")


def parts(
    stream: Any,
    trail: Trail | None = None,
    *,
    stream_mode: Mode = "messages",
    custom: Callable[[Any, Trail], object] | None = None,
) -> Any:
    """The trail as a graph runs: for `for trail in langgraph.parts(graph.stream(…))`. Graphs inside
    the graph speak by the names of their nodes.

    Args:
        stream: What `graph.stream` or `graph.astream` gives, with any stream modes, with
            `subgraphs=True` or not, in either version.
        trail: What is written into; a new one if None.
        stream_mode: The one that `stream` was called with, if it was no list of several.
        custom: What is done with data of the mode `"custom"`, which nodes write; a text becomes
            the log of the tool that runs, if None.
    """
    trail = trail or Trail()
    return follow(stream, Parts(trail, stream_mode=stream_mode, custom=custom).take, trail)


class Parts:
    """Takes the parts of one run's stream.

    Args:
        trail: What is written into.
        stream_mode: That of parts which do not tell it.
        custom: What is done with data that nodes write.
    """

    def __init__(
        self,
        trail: Trail,
        *,
        stream_mode: Mode = "messages",
        custom: Callable[[Any, Trail], object] | None = None,
    ) -> None:
        self.trail = trail
        self._mode: str = stream_mode
        self._custom = custom
        self._messages = Messages(trail, says_inside=False)
        self._tasks: dict[str, Step] = {}
        self._has_begun = False

    def take(self, part: Any) -> None:
        """Write one part; of modes that are not known nothing is shown."""
        places, mode, data = self._split(part)
        take = getattr(self, f"_take_{mode}", None)
        if take is not None:
            take(data, places)

    def _split(self, part: Any) -> tuple[tuple[str, ...], str, Any]:
        """Where it happens, its mode and what it tells, in whichever form it comes."""
        if is_object(part) and {"type", "ns", "data"} <= part.keys():
            return tuple(part["ns"]), part["type"], part["data"]
        rest: list[Any] = [*part] if is_listing(part) else [part]
        places: tuple[str, ...] = ()
        if len(rest) > 1 and isinstance(rest[0], tuple):
            places = tuple(rest.pop(0))
        if len(rest) > 1 and isinstance(rest[0], str) and rest[0] in _MODES:
            return places, rest[0], rest[1]
        # A message and its metadata are a pair that tells no mode.
        whole: Any = rest if len(rest) > 1 else rest.pop()
        return places, self._mode, whole

    def _take_messages(self, data: Any, places: tuple[str, ...]) -> None:
        message, metadata = data
        self._messages.take(message, agent_of(metadata), self._inside(places))

    def _take_updates(self, data: Any, places: tuple[str, ...]) -> None:
        for node, update in data.items():
            if node == "__interrupt__":
                for one in update:
                    step = self.trail.step("Interrupt", kind="handoff")
                    step.end(member(one, "value", one))
                continue
            for message in _answers(_messages_of(update)):
                self._messages.take(message, _agent_at(places), self._inside(places))

    def _take_values(self, data: Any, places: tuple[str, ...]) -> None:
        if not self._has_begun and not places:
            # The first one is what the graph was given, which was said before.
            self._has_begun = True
            for message in _messages_of(data):
                self._messages.skip(message)
            return
        for message in _messages_of(data):
            self._messages.take(message, _agent_at(places), self._inside(places))

    def _take_custom(self, data: Any, places: tuple[str, ...]) -> None:
        _ = places
        if self._custom is not None:
            self._custom(data, self.trail)
        elif isinstance(data, str):
            running = [step for step in self._messages.tools.values() if not step.is_done]
            if running:
                running[-1].log = data

    def _take_tasks(self, data: Any, places: tuple[str, ...]) -> None:
        task = str(data["id"])
        if task not in self._tasks:
            inside = self._inside(places)
            self._tasks[task] = self.trail.step(str(data["name"]), kind="agent", parent=inside)
        if "result" in data or "error" in data:
            self._tasks[task].end(error=data.get("error"))

    def _inside(self, places: tuple[str, ...]) -> Step | None:
        """The innermost node that it happens in, if nodes are told."""
        tasks = [place.partition(":")[2] for place in places]
        return next((self._tasks[task] for task in reversed(tasks) if task in self._tasks), None)


def _agent_at(places: tuple[str, ...]) -> str | None:
    return agent_of({"langgraph_checkpoint_ns": "|".join([*places, ""])})


def _messages_of(state: Any) -> list[Any]:
    """The messages of a state, or of a change to it, which may be several."""
    if is_listing(state):
        return [message for one in state for message in _messages_of(one)]
    found: Any = member(state, "messages", [])
    return [*found] if is_listing(found) else [found]


def _answers(messages: list[Any]) -> list[Any]:
    """Those that answer: a graph inside the graph gives back what it was asked, too."""
    asked = [n for n, one in enumerate(messages) if member(one, "type") == "human"]
    return messages[asked[-1] + 1 :] if asked else messages
