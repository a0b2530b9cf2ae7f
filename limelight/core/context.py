"""The only ambient state: which container is open, and which call is running."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from concurrent.futures import Future

    from limelight.core.cachescope import CacheScope
    from limelight.core.container import Container
    from limelight.core.graph import Graph
    from limelight.core.question import Place, Question

__all__ = ["Reporter", "current_reporter", "open_container", "open_graph"]


class Reporter(Protocol):
    """How a running function speaks to its caller; the runtime implements it."""

    def log(
        self, message: str, *, level: str, duration: float | None, visible: bool, title: str
    ) -> None:
        """Show a toast."""

    def progress(self, units: list[dict[str, Any]]) -> None:
        """Show how far the function is; each unit has index, length, unit, progress, desc."""

    def ask(self, question: Question, place: Place | None) -> Future[Any]:
        """Ask the caller; the answer is to be waited for.

        Raises:
            NoAnswer: nobody can be asked.
        """
        ...

    @property
    def is_cancelled(self) -> bool:
        """Whether the caller does not want the result any more."""
        ...

    @property
    def cache_scope(self) -> CacheScope:
        """The caller's part of the caches that keep values per session."""
        ...

    def stop(self, returned: Any) -> None:
        """End the call now, with this as the last value of its function."""

    def stop_waiting(self, listener_ids: Collection[int]) -> None:
        """End the calls of these listeners that the same session has in the queue."""

    def note_cache_hit(self) -> None:
        """Tell the caller that part of the result came from a cache."""


open_container: ContextVar[Container | None] = ContextVar("open_container", default=None)
"""Where a new block is placed; None outside every `with`."""

open_graph: ContextVar[Graph | None] = ContextVar("open_graph", default=None)
"""The app that is being built; listeners are added to it."""

current_reporter: ContextVar[Reporter | None] = ContextVar("current_reporter", default=None)
"""The running call's way to speak; None outside every call."""
