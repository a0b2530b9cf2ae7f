"""`Expiry`: deadlines, with one timer for the nearest of them. Knows nothing of what expires."""

from __future__ import annotations

import asyncio
import heapq
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["Expiry"]

_SLACK = 64
"""So many cancelled deadlines, and as many as there are others, are not worth tidying up."""


class Expiry:
    """Calls what is due. Any thread may set a deadline; actions run on the loop.

    Args:
        clock: Seconds; only differences matter.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._due: dict[Hashable, tuple[float, Callable[[], None]]] = {}
        self._queued: dict[Hashable, float] = {}
        """When each key is looked at next; a deadline that moves back is found out then."""
        self._heap: list[tuple[float, int, Hashable]] = []
        self._count = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None

    def attach(self) -> None:
        """Use the running loop from now on, if there is one."""
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            return

    def set(self, key: Hashable, after_s: float, action: Callable[[], None]) -> None:
        """Call `action` after a while, in place of what was to be called for this key."""
        at_s = self._clock() + after_s
        with self._lock:
            self._due[key] = (at_s, action)
            if key in self._queued and self._queued[key] <= at_s:
                return
            self._queue(key, at_s)
        self._wake()

    def cancel(self, key: Hashable) -> None:
        """Call nothing for this key."""
        with self._lock:
            self._due.pop(key, None)
            if len(self._heap) > 2 * len(self._due) + _SLACK:
                self._compact()

    def close(self) -> None:
        """Call nothing any more."""
        with self._lock:
            self._due.clear()
            self._queued.clear()
            self._heap.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def __len__(self) -> int:
        return len(self._due)

    def _queue(self, key: Hashable, at_s: float) -> None:
        self._count += 1  # so that keys are never compared
        self._queued[key] = at_s
        heapq.heappush(self._heap, (at_s, self._count, key))

    def _compact(self) -> None:
        """Forget keys without a deadline, which would stay until it would have been due."""
        self._queued.clear()
        self._heap.clear()
        for key, (at_s, _) in self._due.items():
            self._queue(key, at_s)

    def _wake(self) -> None:
        self.attach()
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        try:
            is_here = asyncio.get_running_loop() is loop
        except RuntimeError:
            is_here = False
        if is_here:
            self._arm()
        else:
            loop.call_soon_threadsafe(self._arm)

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        with self._lock:
            next_s = self._heap[0][0] if self._heap else None
        if next_s is not None and self._loop is not None:
            self._timer = self._loop.call_later(max(0.0, next_s - self._clock()), self._ring)

    def _ring(self) -> None:
        self._timer = None
        now_s = self._clock()
        actions: list[Callable[[], None]] = []
        with self._lock:
            while self._heap and self._heap[0][0] <= now_s:
                at_s, _, key = heapq.heappop(self._heap)
                if self._queued.get(key) != at_s:
                    continue  # an earlier deadline took its place
                del self._queued[key]
                due = self._due.get(key)
                if due is None:
                    continue
                if due[0] > now_s:
                    self._queue(key, due[0])
                    continue
                del self._due[key]
                actions.append(due[1])
        for action in actions:
            action()
        self._arm()
