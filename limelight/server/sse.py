"""Event streams: a session's messages as bytes, with heartbeats, until nobody listens or nothing
is left to say.

The framing is exactly what the official clients read: `data: {json}` and an empty line.
Numbers (`id:`) are written only for a reader that counts, which is our own page.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from limelight.server.told import Told
from limelight.server.urls import absolute_files
from limelight.wire import messages
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from starlette.types import Receive, Send

    from limelight.runtime.outbox import Entry, Outbox

__all__ = [
    "CAN_WAIT",
    "CLOSE",
    "FRAME_BYTES",
    "HEARTBEAT",
    "PATIENCE_S",
    "STEP_S",
    "EventStream",
    "begin",
    "frame",
    "frames",
    "until_gone",
]

FRAME_BYTES = 256 * 1024
"""Messages that are sent at a time; what is left can still be joined when the reader is slow."""

STEP_S = 0.016
"""How long a reader is left alone after a step of a generator, so that the steps of a fast one
travel together: a screen shows 60 pictures a second, and each sending costs as much as many steps.
"""

PATIENCE_S = 0.002
"""How long the news that a call waits or starts is held back, so that a quick result travels with
it: a reader takes longer to receive three pieces than one.
"""

CAN_WAIT = frozenset(("estimation", "process_starts"))
"""The `msg` of such news."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    # A proxy that collects an answer before passing it on would hold back every message.
    (b"x-accel-buffering", b"no"),
]


def frame(message: messages.Message) -> bytes:
    """One message that stands in no log."""
    return b"data: " + encode(message) + b"\n\n"


CLOSE = frame(messages.CloseStream())
HEARTBEAT = frame(messages.Heartbeat())


def frames(
    entries: Iterable[Entry], root: str, *, is_counting: bool, told: Told | None = None
) -> bytes:
    """Messages of a log in one piece.

    Args:
        entries: The messages.
        root: Put before the relative addresses of files; empty to leave them.
        is_counting: Whether each message is preceded by its number.
        told: What the reader was told before.
    """
    parts: list[bytes] = []
    for entry in entries:
        if is_counting:
            parts.append(b"id: %d\n" % entry.seq)
        data = entry.data if told is None else told.data(entry)
        if entry.has_files and root:
            data = absolute_files(data, root)
        parts += (b"data: ", data, b"\n\n")
    return b"".join(parts)


async def begin(send: Send) -> None:
    """Start the answer."""
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})


@asynccontextmanager
async def until_gone(
    receive: Receive, stopping: asyncio.Event | None = None
) -> AsyncGenerator[None]:
    """Runs its body until the client goes away, or the server stops; then the body is left quietly.

    Args:
        receive: Tells that the client goes away.
        stopping: Tells that the server stops; None when the body ends by itself then.
    """
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # a request is always handled by a task
    has_ended = False

    def end(_: object) -> None:
        nonlocal has_ended
        if not has_ended:
            has_ended = True
            task.cancel()

    watchers: list[asyncio.Future[Any]] = [asyncio.ensure_future(_gone(receive))]
    if stopping is not None:
        watchers.append(asyncio.ensure_future(stopping.wait()))
    for watcher in watchers:
        watcher.add_done_callback(end)
    try:
        yield
        if has_ended:  # the cancellation is on its way and must not hit what comes after
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        if not has_ended or task.uncancel() > 0:
            raise
    finally:
        has_ended = True
        for watcher in watchers:
            watcher.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class EventStream:
    """A session's messages to one reader.

    Args:
        outbox: The log.
        heartbeat_s: Seconds of silence until a sign of life.
        root: Put before the relative addresses of files.
        after: Number of the last message that the reader has; None for one that does not count,
            which goes on where such readers were served last.
        is_held: Whether it goes on while no call runs: the reader waits for signs of blocks.
        keeps_values: Whether the reader keeps the values of steps.
    """

    def __init__(
        self,
        outbox: Outbox,
        *,
        heartbeat_s: float,
        root: str,
        after: int | None,
        is_held: bool = False,
        keeps_values: bool = False,
    ) -> None:
        self._outbox = outbox
        self._told = Told(outbox, keeps_values=keeps_values)
        self._heartbeat_s = heartbeat_s
        self._root = root
        self._is_counting = after is not None
        self._is_held = is_held
        self._at = outbox.delivered if after is None else after
        outbox.joins_steps = self._is_counting  # a page; other programs want each step

    async def begin(self, send: Send) -> bool:
        """Begin the answer with what there is to say by now; whether that was all.

        The head of the answer is not sent before, so that it travels with the first messages.
        """
        entries = await self._next()
        await begin(send)
        if self._is_held and not entries:  # the reader shall know that it is connected
            await send({"type": "http.response.body", "body": HEARTBEAT, "more_body": True})
        return await self._say(entries, send)

    async def write(self, send: Send) -> None:
        """Send messages until the session is idle; the last is `close_stream`."""
        is_over = False
        while not is_over:
            is_over = await self._say(await self._next(), send)
            outbox = self._outbox
            if (
                not is_over
                and not await outbox.wait(self._at, self._heartbeat_s, FRAME_BYTES)
                and not outbox.is_closed
            ):
                await send({"type": "http.response.body", "body": HEARTBEAT, "more_body": True})

    async def _say(self, entries: list[Entry], send: Send) -> bool:
        """Send messages, and `close_stream` if they are the last; whether they were."""
        outbox = self._outbox
        has_failed = outbox.is_closed and _cut_at_failure(entries)
        body = b""
        if entries:
            body = frames(entries, self._root, is_counting=self._is_counting, told=self._told)
            self._at = entries[-1].seq
            # Before sending: what is sent counts as delivered even if the reader is gone by then.
            outbox.delivered = max(outbox.delivered, self._at)
        is_over = outbox.is_closed and (has_failed or self._at >= outbox.last_seq)
        if is_over or (not self._is_held and outbox.is_idle(self._at)):
            await send({"type": "http.response.body", "body": body if has_failed else body + CLOSE})
            return True
        if body:
            await send({"type": "http.response.body", "body": body, "more_body": True})
            if entries[-1].kind == "process_generating":
                await asyncio.sleep(STEP_S)
        return False

    async def _next(self) -> list[Entry]:
        """What there is to say; news that can wait is held back for what follows it."""
        outbox = self._outbox
        self._told.check(self._at)
        entries = outbox.after(self._at, FRAME_BYTES)
        if entries and _can_all_wait(entries):
            loop = asyncio.get_running_loop()
            left_s, until_s = PATIENCE_S, loop.time() + PATIENCE_S
            while left_s > 0 and not outbox.is_closed and _can_all_wait(entries):
                entries += await outbox.wait(entries[-1].seq, left_s, FRAME_BYTES)
                left_s = until_s - loop.time()
        return entries


def _can_all_wait(entries: list[Entry]) -> bool:
    return all(entry.kind in CAN_WAIT for entry in entries)


def _cut_at_failure(entries: list[Entry]) -> bool:
    """Drop what was published while the server was stopping already; whether the stream ends
    with its failure.
    """
    for position, entry in enumerate(entries, start=1):
        if entry.kind == "unexpected_error":
            del entries[position:]
            return True
    return False
