"""Reading a stream of a framework's events into a trail, whether it is one to await or not."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_object

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from limelight.chat.trail import Trail

__all__ = ["follow", "member"]


def follow(events: Any, take: Callable[[Any], None], trail: Trail) -> Any:
    """The trail after each event; to be awaited step by step if the events are.

    What reads no more closes the stream of events, and so the connection behind it.
    """
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


def member(given: Any, name: str, default: Any = None) -> Any:
    """A member of an object or a dictionary: libraries give the one, raw streams the other."""
    found: Any = given.get(name) if is_object(given) else getattr(given, name, None)
    return default if found is None else found
