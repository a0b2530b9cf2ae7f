"""`CacheScope`: whose values a cache keeps apart, and how it tells that one was used."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING
from weakref import WeakSet

from limelight.core.context import current_reporter

if TYPE_CHECKING:
    from limelight.core.shelf import Shelf

__all__ = ["CacheScope", "note_hit", "scope_on"]


class CacheScope:
    """One session's part of the caches that keep values per session."""

    __slots__ = ("_lock", "_shelves", "number")

    def __init__(self) -> None:
        self.number = secrets.randbits(63)
        self._lock = threading.Lock()
        # Weak, as a function that is made in each call has a shelf of its own each time.
        self._shelves: WeakSet[Shelf] | None = None  # most sessions never have any

    def number_on(self, shelf: Shelf) -> int:
        """What values of this session are named by, on a shelf that is cleared with it."""
        with self._lock:
            if self._shelves is None:
                self._shelves = WeakSet()
            self._shelves.add(shelf)
        return self.number

    def clear(self) -> None:
        """Forget what this session has in any cache."""
        with self._lock:
            shelves, self._shelves = list(self._shelves or ()), None
        for shelf in shelves:
            shelf.clear_scope(self.number)


def scope_on(shelf: Shelf, *, per_session: bool, scope: CacheScope | None = None) -> int | None:
    """The number that names are marked with on a shelf: of the session given, or of the running
    call's; None for what belongs to all.
    """
    reporter = current_reporter.get()
    if scope is None and reporter is not None:
        scope = reporter.cache_scope
    return scope.number_on(shelf) if per_session and scope is not None else None


def note_hit() -> None:
    """Tell the running call that part of its result came from a cache."""
    reporter = current_reporter.get()
    if reporter is not None:
        reporter.note_cache_hit()
