"""Reading a stream of a framework's events into a trail, whether it is one to await or not."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_listing, is_number, is_object

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from limelight.chat.trail import Step, Trail

__all__ = ["Texts", "Tokens", "follow", "from_json", "member", "text_of"]


def follow(events: Any, take: Callable[[Any], None], trail: Trail) -> Any:
    """The trail after each event; to be awaited step by step if the events are.

    What reads no more closes the stream of events, and so the connection behind it.
    """
    if hasattr(events, "__aenter__") and not hasattr(events, "__anext__"):
        return _entered(events, take, trail)
    read: Any = _awaited if hasattr(events, "__aiter__") else _plain
    return read(events, take, trail)


def _plain(events: Any, take: Callable[[Any], None], trail: Trail) -> Iterator[Trail]:
    try:
        for event in events:
            take(event)
            yield trail
    finally:
        with contextlib.suppress(AttributeError):
            events.close()


async def _awaited(events: Any, take: Callable[[Any], None], trail: Trail) -> AsyncIterator[Trail]:
    try:
        async for event in events:
            take(event)
            yield trail
    finally:
        close = getattr(events, "aclose", None) or getattr(events, "close", None)
        if close is not None:
            await close()


async def _entered(events: Any, take: Callable[[Any], None], trail: Trail) -> AsyncIterator[Trail]:
    """Of a context that gives the events; it closes them itself."""
    async with events as given:
        async for event in given:
            take(event)
            yield trail


def member(given: Any, name: str, default: Any = None) -> Any:
    """A member of an object or a dictionary: libraries give the one, raw streams the other."""
    found: Any = given.get(name) if is_object(given) else getattr(given, name, None)
    return default if found is None else found


def from_json(text: str) -> Any:
    """What a text of JSON says; the text itself, while it is not complete."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def text_of(content: Any) -> str:
    """The text of a message's content: a text, or parts of which some are texts."""
    if isinstance(content, str):
        return content
    parts: list[Any] = [*content] if is_listing(content) else []
    return "".join(
        str(part.get("text", "")) if is_object(part) else part
        for part in parts
        if isinstance(part, str) or is_object(part)
    )


class Tokens:
    """What the requests of a run took together, as the trail's usage.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._sums = {"input_tokens": 0, "output_tokens": 0}

    def add(self, usage: Any, model: Any = None) -> None:
        """Add one request: an object or dictionary with `input_tokens` and `output_tokens`."""
        if usage is None:
            return
        for name in self._sums:
            count: Any = member(usage, name, 0)
            self._sums[name] += int(count) if is_number(count) else 0
        named = {"model": str(model)} if model else {}
        self._trail.put(usage={**named, **self._sums})


class Texts:
    """Texts and thoughts that grow at the same time, each known by a name.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._said: dict[Any, Any] = {}
        self._thoughts: dict[Any, Step] = {}

    def say(self, name: Any, text: str, inside: Step | None = None) -> None:
        """Add to a text of the answer, or of a step, which ends the thought before it."""
        if not text:
            return
        self.end_thought(name)
        if name not in self._said:
            self._said[name] = self._trail.part() if inside is None else inside
            if inside is not None and inside.text:
                inside.say("\n\n")
        self._said[name].say(text)

    def think(self, name: Any, text: str, inside: Step | None = None) -> None:
        """Add to a thought."""
        if not text:
            return
        if name not in self._thoughts or self._thoughts[name].is_done:
            self._thoughts[name] = self._trail.step("Reasoning", parent=inside)
        self._thoughts[name].say(text)

    def end_thought(self, name: Any) -> None:
        """The thought of that name is over, if there is one."""
        if name in self._thoughts:
            self._thoughts[name].end()
