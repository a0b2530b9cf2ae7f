"""The ordered, numbered messages of one session. `publish` never blocks, a reader never misses.

A message is encoded when it is first read. What nobody has read yet may be joined with what comes
after it: of a generator that is faster than its reader the last steps wait as one message, and of
a progress bar only the newest state does. So a slow or absent reader costs bounded memory, and
what it ends up with is the same. Knows nothing of how messages travel.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

from limelight.core.narrow import is_listing, is_object
from limelight.runtime.deltas import merge
from limelight.wire import messages
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from limelight.wire.messages import Message

__all__ = ["Entry", "Outbox"]

MOST_UNREAD = 256
"""Steps of one call that wait for a reader one by one; later ones are joined."""

MOST_UNREAD_BYTES = 1 << 20
"""The same in bytes."""

_MANY_EDITS = 256
"""Joined edits of one output from which on its whole value is sent instead."""

_ENVELOPE_BYTES = 256
"""About what a message weighs besides its values."""

_EDIT_BYTES = 48
"""About what an edit weighs besides its value."""

_SAMPLE = 32
"""Items that are looked at to guess how much a long list weighs."""

_SURE = 4
"""How many times the limits results of calls may take up that nobody has read."""


_NONE: OrderedDict[int, Entry] = OrderedDict()
"""The messages of a session that was told nothing yet; never added to."""


class Entry:
    """One message that was published."""

    __slots__ = (
        "_data",
        "_message",
        "brief",
        "event_id",
        "full",
        "has_files",
        "is_full",
        "kind",
        "published_s",
        "seq",
        "size_bytes",
        "step",
    )

    def __init__(
        self,
        seq: int,
        message: Message,
        *,
        has_files: bool,
        published_s: float,
        is_full: bool = True,
    ) -> None:
        self.seq = seq
        """Place in the session's log, from 1. Numbers of joined messages are left out."""
        self.event_id: str | None = message.event_id
        self.kind: str = type(message).__struct_config__.tag  # type: ignore[assignment]  # every message has one
        """The message's `msg`."""
        self.has_files = has_files
        """Whether file objects are inside, whose relative URLs some readers need absolute."""
        self.published_s = published_s
        """When, on the runtime's clock."""
        self.is_full = is_full
        """Whether it can be understood without the one before; edits cannot."""
        self.full: list[Any] | None = None
        """Of the newest unread step: the values that the edits lead to."""
        self.size_bytes = _weigh(message, is_full=is_full)
        """About how many bytes it takes up."""
        self.brief: Message | None = None
        """Of a result that is the value of the last step: the same without the values."""
        self.step: Entry | None = None
        """That step."""
        self._message: Message | None = message
        self._data: bytes | None = None

    @property
    def data(self) -> bytes:
        """The message as JSON."""
        if self._data is None:
            self._data = encode(self._message)
            self._message = self.full = None
        return self._data

    @property
    def message(self) -> Message | None:
        """The message; None once it was encoded."""
        return self._message

    def replace(self, message: Message) -> None:
        """Put another message in its place, which nobody has read."""
        self._message = message
        self.size_bytes = _weigh(message, is_full=self.is_full)


class Outbox:
    """The messages of one session.

    Args:
        clock: Seconds; only differences matter.
        keep_s: How long a delivered message can be read again.
        most: Most messages that are kept.
        most_bytes: Most bytes that they take up, about. The newest is kept whatever its size.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        keep_s: float = 60,
        most: int = 10_000,
        most_bytes: int = 32 << 20,
    ) -> None:
        self._clock = clock
        self._keep_s = keep_s
        self._most = most
        self._most_bytes = most_bytes
        self._entries: OrderedDict[int, Entry] = _NONE
        self._bytes = 0
        self._lost = 0
        self._handed = 0
        self._slack = 1.0
        self._steps: dict[str, list[Entry]] = {}
        """Per call the newest steps that nobody has read, oldest first."""
        self._progress: dict[str, Entry] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._unfinished: dict[str, None] = {}
        self._on_news: list[Callable[[str], None]] = []
        self.last_seq = 0
        """Number of the newest message."""
        self.delivered = 0
        """Number up to which a reader that does not count itself was served."""
        self.is_closed = False
        self.joins_steps = False
        """Whether steps are joined as soon as one waits: a page shows only the last of them."""

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def first_seq(self) -> int:
        """Number from which on nothing is missing."""
        return self._lost + 1

    @property
    def size_bytes(self) -> int:
        """About how many bytes the messages take up."""
        return self._bytes

    @property
    def unfinished(self) -> frozenset[str]:
        """Event ids of the calls that have not completed."""
        return frozenset(self._unfinished)

    def expect(self, event_id: str) -> None:
        """A call was accepted: the log is not idle until it completes."""
        self._unfinished[event_id] = None

    def knows(self, event_id: str) -> bool:
        """Whether a call has not completed, or messages of it are kept."""
        return event_id in self._unfinished or any(
            entry.event_id == event_id for entry in self._entries.values()
        )

    # ---- in ----------------------------------------------------------------------------------

    def publish(
        self,
        message: Message,
        *,
        has_files: bool = False,
        full: list[Any] | None = None,
        brief: Message | None = None,
    ) -> Entry:
        """Append a message and wake the readers.

        Args:
            message: What to say. It and its values must not be changed afterwards.
            has_files: Whether file objects are inside.
            full: Of a generator's step: the values that its edits lead to.
            brief: Of a generator's result, if it is the value of its last step: what a reader gets
                who has that.
        """
        self.last_seq += 1
        if isinstance(message, messages.ProcessGenerating):
            entry = self._publish_step(message, full or message.output.data, has_files)
        else:
            entry = self._append(message, has_files)
            if isinstance(message, messages.Progress):
                self._forget_progress(message.event_id)
                self._progress[message.event_id] = entry
            elif isinstance(message, messages.ProcessCompleted):
                self._unfinished.pop(message.event_id, None)
                self._progress.pop(message.event_id, None)
                steps = self._steps.pop(message.event_id, None)
                if steps and message.success:  # else the values are all that it leaves
                    steps[-1].full = None
                    if brief is not None:
                        entry.brief, entry.step = brief, steps[-1]
        self._trim()
        self._wake(entry.kind)
        return entry

    def _append(self, message: Message, has_files: bool, *, is_full: bool = True) -> Entry:
        entry = Entry(
            self.last_seq,
            message,
            has_files=has_files,
            published_s=self._clock(),
            is_full=is_full,
        )
        if self._entries is _NONE:
            self._entries = OrderedDict[int, Entry]()
        self._entries[entry.seq] = entry
        self._bytes += entry.size_bytes
        return entry

    def _publish_step(
        self, message: messages.ProcessGenerating, full: list[Any], has_files: bool
    ) -> Entry:
        steps = self._unread_steps(message.event_id)
        if steps and steps[-1].seq not in self._entries:  # it was dropped: no edits lead on from it
            steps.clear()
            message = _whole(message, full)
        if steps:
            last = steps[-1]
            is_time = self.joins_steps or _is_much(steps)
            if last.full is not None and is_time and _supersedes(full, last.full):
                return self._join(last, message, full, has_files)
            last.full = None
        entry = self._append(message, has_files, is_full=full is message.output.data)
        entry.full = full
        steps.append(entry)
        return entry

    def _unread_steps(self, event_id: str) -> list[Entry]:
        """The steps of a call that may be joined. A list that is ours to append to."""
        steps = self._steps.get(event_id)
        if not steps or steps[-1].seq <= self._handed:
            steps = self._steps[event_id] = []
        elif steps[0].seq <= self._handed:
            steps = self._steps[event_id] = [s for s in steps if s.seq > self._handed]
        return steps

    def _join(
        self, last: Entry, message: messages.ProcessGenerating, full: list[Any], has_files: bool
    ) -> Entry:
        """Let a waiting step lead to what a later one leads to, and take its number."""
        before = last.message
        assert isinstance(before, messages.ProcessGenerating)  # noqa: S101  # nobody has read it
        del self._entries[last.seq]
        self._bytes -= last.size_bytes
        last.replace(_joined(before, message, full, is_full=last.is_full))
        last.full = full
        last.seq, last.published_s = self.last_seq, self._clock()
        last.has_files = last.has_files or has_files
        self._entries[last.seq] = last
        self._bytes += last.size_bytes
        return last

    def _forget_progress(self, event_id: str) -> None:
        last = self._progress.get(event_id)
        if last is not None and last.seq > self._handed:
            self._remove(last)

    def close(self) -> None:
        """No more messages come; readers are woken."""
        self.is_closed = True
        self._wake("")

    def _wake(self, kind: str) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            _wake(future)
        for tell in self._on_news:
            tell(kind)

    # ---- bounds ------------------------------------------------------------------------------

    def _remove(self, entry: Entry, *, is_lost: bool = False) -> None:
        if self._entries.pop(entry.seq, None) is not None:
            self._bytes -= entry.size_bytes
            if is_lost:
                self._lost = max(self._lost, entry.seq)

    def _trim(self) -> None:
        while self._entries:
            first = next(iter(self._entries.values()))
            if first.seq > self.delivered or first.published_s >= self._clock() - self._keep_s:
                break
            self._remove(first, is_lost=True)
        if self._is_over(self._slack):
            self._make_room()
            # What cannot be dropped yet is not looked at again for each message.
            self._slack = self._slack * 1.1 if self._is_over(1) else 1

    def _is_over(self, times: float) -> bool:
        return len(self._entries) > 1 and (
            len(self._entries) > self._most * times or self._bytes > self._most_bytes * times
        )

    def _make_room(self) -> None:
        """Drop what is missed least, and a little more, so that this is not done for each message.

        What was delivered; what was read; steps that others replace; news without a result; at
        last results that nobody came for.
        """
        for upto in (self.delivered, self._handed):
            self._drop_while_over(e for e in list(self._entries.values()) if e.seq <= upto)
        if self._is_over(0.75):
            self._join_all()
        keep = ("process_completed", "process_generating")
        self._drop_while_over(e for e in list(self._entries.values()) if e.kind not in keep)
        if self._is_over(_SURE):
            self._drop_while_over(iter(list(self._entries.values())))

    def _drop_while_over(self, candidates: Iterable[Entry]) -> None:
        for entry in candidates:
            if not self._is_over(0.75):
                return
            if entry.seq != self.last_seq:
                self._remove(entry, is_lost=True)

    def _join_all(self) -> None:
        """One step for each call at most: of the last values, or none if a result has them."""
        steps: dict[str, list[Entry]] = {}
        for entry in list(self._entries.values()):
            if entry.seq <= self._handed or entry.event_id is None:
                continue
            if entry.kind == "process_generating":
                steps.setdefault(entry.event_id, []).append(entry)
            elif isinstance(entry.message, messages.ProcessCompleted) and entry.message.success:
                for step in steps.pop(entry.event_id, ()):
                    self._remove(step)
        for event_id, found in steps.items():
            self._join_found(event_id, found)

    def _join_found(self, event_id: str, found: list[Entry]) -> None:
        last = found[-1]
        message = last.message
        if len(found) < 2 or last.full is None:
            return
        assert isinstance(message, messages.ProcessGenerating)  # noqa: S101  # as its kind says
        is_full = found[0].is_full
        changed: set[int] = set()
        for entry in found:
            step = entry.message
            if isinstance(step, messages.ProcessGenerating):
                changed.update(step.output.changed_state_ids)
            last.has_files = last.has_files or entry.has_files
            if entry is not last:
                self._remove(entry)
        message = _whole(message, last.full)
        message.output.changed_state_ids = sorted(changed)
        if is_full:
            message.output.data = list(last.full)
        self._bytes -= last.size_bytes
        last.is_full = is_full
        last.replace(message)
        self._bytes += last.size_bytes
        if event_id in self._steps:
            self._steps[event_id] = [last]

    # ---- out ---------------------------------------------------------------------------------

    def settle(self) -> int:
        """Number of the newest message; it and those before it stay as they are from now on.

        For a reader that begins behind it.
        """
        self._handed = self.last_seq
        return self.last_seq

    def holds(self, seq: int) -> bool:
        """Whether everything behind `seq` can still be read."""
        return self.first_seq - 1 <= seq <= self.last_seq

    def after(self, seq: int, most_bytes: int | None = None) -> list[Entry]:
        """The messages behind `seq` that are there now.

        Args:
            seq: Number of the last message that the reader has.
            most_bytes: Where to stop; one message is given at least. What is left can still be
                joined with what comes.
        """
        found: list[Entry] = []
        for entry in reversed(self._entries.values()):
            if entry.seq <= seq:
                break
            found.append(entry)
        found.reverse()
        self._handed = max(self._handed, min(seq, self.last_seq))
        if most_bytes is not None:
            found = _up_to(found, most_bytes)
        if found:
            self._handed = max(self._handed, found[-1].seq)
        return found

    def subscribe(self, tell: Callable[[str], None]) -> None:
        """Have something called at once with the `msg` of each message, and with nothing in it
        when no more will come.
        """
        self._on_news = [*self._on_news, tell]

    def unsubscribe(self, tell: Callable[[str], None]) -> None:
        """Have it called no more."""
        self._on_news = [other for other in self._on_news if other != tell]

    async def wait(
        self, after: int, timeout_s: float | None = None, most_bytes: int | None = None
    ) -> list[Entry]:
        """The messages behind `after`; waits for the first one, at most `timeout_s` seconds.

        Args:
            after: Number of the last message that the reader has.
            timeout_s: None waits as long as it takes.
            most_bytes: As of `after()`.
        """
        found = self.after(after, most_bytes)
        if found or self.is_closed:
            return found
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting.append(future)
        # A timer and no `wait_for`: this is done for every message that a reader waited for.
        timer = loop.call_later(timeout_s, _wake, future) if timeout_s is not None else None
        try:
            await future
        finally:
            if timer is not None:
                timer.cancel()
            if future in self._waiting:
                self._waiting.remove(future)
        return self.after(after, most_bytes)

    def is_idle(self, at: int) -> bool:
        """Whether no call is unfinished and nothing is newer than `at`."""
        return not self._unfinished and at >= self.last_seq


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _up_to(entries: list[Entry], most_bytes: int) -> list[Entry]:
    left = most_bytes
    for count, entry in enumerate(entries):
        left -= entry.size_bytes
        if left < 0 and count > 0:
            return entries[:count]
    return entries


def _is_much(steps: list[Entry]) -> bool:
    return len(steps) >= MOST_UNREAD or sum(s.size_bytes for s in steps) > MOST_UNREAD_BYTES


def _joined(
    first: messages.ProcessGenerating,
    second: messages.ProcessGenerating,
    full: list[Any],
    *,
    is_full: bool,
) -> messages.ProcessGenerating:
    """A step that does what two do one after the other."""
    a, b = first.output, second.output
    data = full
    if not is_full:
        data = [
            _shorter(merge(old, new), value)
            for old, new, value in zip(a.data, b.data, full, strict=True)
        ]
    output = messages.Output(
        data=data,
        is_generating=b.is_generating,
        duration=a.duration + b.duration,
        average_duration=b.average_duration,
        render_config=b.render_config or a.render_config,
        changed_state_ids=list(dict.fromkeys([*a.changed_state_ids, *b.changed_state_ids])),
        used_cache=b.used_cache,
    )
    return messages.ProcessGenerating(second.event_id, output, time_limit=second.time_limit)


def _whole(message: messages.ProcessGenerating, full: list[Any]) -> messages.ProcessGenerating:
    """A step that leads to its values from any others."""
    output = msgspec.structs.replace(message.output, data=[[["replace", [], v]] for v in full])
    return msgspec.structs.replace(message, output=output)


def _shorter(edits: list[Any], value: Any) -> list[Any]:
    """The edits, or one that replaces everything if they are many."""
    return [["replace", [], value]] if len(edits) > _MANY_EDITS else edits


def _supersedes(new: list[Any], old: list[Any]) -> bool:
    """Whether a page that was never shown `old` looks the same when it is shown `new`."""
    return all(map(_covers, new, old))


def _covers(new: Any, old: Any) -> bool:
    if new is old:
        return True
    if not is_object(old) or "__type__" not in old:
        return not is_object(new) or "__type__" not in new or "value" in new
    if not is_object(new) or "__type__" not in new:
        return old.keys() <= {"__type__", "value"}
    return old.keys() <= new.keys()


def _weigh(message: Message, *, is_full: bool) -> int:
    if isinstance(message, messages.ProcessGenerating):
        if is_full:
            return _ENVELOPE_BYTES + _weight(message.output.data)
        edits = [edit for edits in message.output.data for edit in edits]
        return _ENVELOPE_BYTES + _EDIT_BYTES * len(edits) + sum(_weight(edit[2]) for edit in edits)
    if isinstance(message, messages.ProcessStreaming):
        return _ENVELOPE_BYTES + _weight(message.output.data)
    if isinstance(message, messages.ProcessCompleted):
        output = message.output
        return _ENVELOPE_BYTES + _weight(output if is_object(output) else output.data)
    return _ENVELOPE_BYTES + (len(message.log) if isinstance(message, messages.Log) else 0)


def _weight(value: Any) -> int:
    """About how many bytes plain data takes up; long lists are guessed from some of their items."""
    if isinstance(value, str):
        return len(value) + 8
    if isinstance(value, (int, float)):
        return 8
    if is_object(value):
        return 8 + sum(len(key) + 8 + _weight(inner) for key, inner in value.items())
    if is_listing(value):
        if len(value) <= _SAMPLE:
            return 8 + sum(map(_weight, value))
        step = len(value) // _SAMPLE
        return 8 + sum(map(_weight, value[::step])) * step
    return 8
