"""The ordered, numbered messages of one session. `publish` never blocks, a reader never misses.

Encodes each message once; knows nothing of how it travels.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from limelight.wire import messages
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.wire.messages import Message

__all__ = ["Entry", "Outbox"]


class Entry(NamedTuple):
    """One message that was published."""

    seq: int
    """Place in the session's log, from 1."""
    event_id: str | None
    kind: str
    """The message's `msg`."""
    data: bytes
    """The message as JSON."""
    has_files: bool
    """Whether file objects are inside, whose relative URLs some readers need absolute."""
    published_s: float
    """When, on the runtime's clock."""


class Outbox:
    """The messages of one session.

    Args:
        clock: Seconds; only differences matter.
        keep_s: How long a delivered message can be read again.
        most: Most messages that are kept; the oldest delivered ones go first.
    """

    def __init__(
        self, clock: Callable[[], float], *, keep_s: float = 60, most: int = 50_000
    ) -> None:
        self._clock = clock
        self._keep_s = keep_s
        self._most = most
        self._entries: deque[Entry] = deque()
        self._waiting: list[asyncio.Future[None]] = []
        self._unfinished: set[str] = set()
        self.last_seq = 0
        """Number of the newest message."""
        self.delivered = 0
        """Number up to which a reader that does not count itself was served."""
        self.is_closed = False

    @property
    def first_seq(self) -> int:
        """Number of the oldest message that can still be read."""
        return self._entries[0].seq if self._entries else self.last_seq + 1

    @property
    def unfinished(self) -> frozenset[str]:
        """Event ids of the calls that have not completed."""
        return frozenset(self._unfinished)

    def expect(self, event_id: str) -> None:
        """A call was accepted: the log is not idle until it completes."""
        self._unfinished.add(event_id)

    def publish(self, message: Message, *, has_files: bool = False) -> Entry:
        """Append a message and wake the readers."""
        kind: str = type(message).__struct_config__.tag  # type: ignore[assignment]  # every message has one
        self.last_seq += 1
        entry = Entry(
            self.last_seq, message.event_id, kind, encode(message), has_files, self._clock()
        )
        self._entries.append(entry)
        if isinstance(message, messages.ProcessCompleted):
            self._unfinished.discard(message.event_id)
        self._trim()
        self._wake()
        return entry

    def close(self) -> None:
        """No more messages come; readers are woken."""
        self.is_closed = True
        self._wake()

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def _trim(self) -> None:
        entries, oldest = self._entries, self._clock() - self._keep_s
        while entries and (
            len(entries) > self._most
            or (entries[0].seq <= self.delivered and entries[0].published_s < oldest)
        ):
            entries.popleft()

    def after(self, seq: int) -> list[Entry]:
        """The messages behind `seq` that are there now."""
        if seq >= self.last_seq:
            return []
        skip = max(0, seq + 1 - self.first_seq)
        entries = self._entries
        if skip == 0:
            return list(entries)
        return [entries[i] for i in range(skip, len(entries))]

    async def wait(self, after: int, timeout_s: float | None = None) -> list[Entry]:
        """The messages behind `after`; waits for the first one, at most `timeout_s` seconds."""
        found = self.after(after)
        if found or self.is_closed:
            return found
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            await asyncio.wait_for(future, timeout_s)
        except TimeoutError:
            return []
        finally:
            if future in self._waiting:
                self._waiting.remove(future)
        return self.after(after)

    def is_idle(self, at: int) -> bool:
        """Whether no call is unfinished and nothing is newer than `at`."""
        return not self._unfinished and at >= self.last_seq
