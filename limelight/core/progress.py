"""`Progress`: how far a running function is. Speaks through the running call's reporter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import TYPE_CHECKING, Any

from limelight.core.context import current_reporter

if TYPE_CHECKING:
    from limelight.core.context import Reporter

__all__ = ["Progress", "TrackedIterable"]


class TrackedIterable:
    """One loop that is being watched."""

    def __init__(
        self,
        iterable: Iterable[Any] | None,
        index: int | float | None,
        length: int | float | None,
        desc: str | None,
        unit: str | None,
        _tqdm: Any = None,
        progress: float | None = None,
    ) -> None:
        self.iterable = iterable
        self.index = index
        self.length = length
        self.desc = desc
        self.unit = unit
        self.tqdm = _tqdm
        """The `tqdm` object that it stands for."""
        self.progress = progress

    def unit_dict(self) -> dict[str, Any]:
        """The bar on the wire."""
        return {
            "index": self.index,
            "length": self.length,
            "unit": self.unit,
            "progress": self.progress,
            "desc": self.desc,
        }


class Progress(Iterable[Any]):
    """How far a function is: the default of an argument, called with a fraction or a pair.

    Args:
        track_tqdm: Whether loops of `tqdm` inside the function are shown, too.
    """

    def __init__(self, track_tqdm: bool = False) -> None:
        self.track_tqdm = track_tqdm
        self.iterables: list[TrackedIterable] = []
        self._reporter: Reporter | None = None

    def speak_through(self, reporter: Reporter) -> None:
        """Tell this call, also from threads that the function starts."""
        self._reporter = reporter

    def __len__(self) -> int:
        length = self.iterables[-1].length if self.iterables else None
        return int(length) if length is not None else 0

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if not self.iterables:
            raise StopIteration
        current = self.iterables[-1]
        iterator: Any = current.iterable
        try:
            value = next(iterator)
        except StopIteration:
            self.iterables.pop()
            self._report()
            raise
        current.index = (current.index or 0) + 1
        self._report()
        return value

    def _report(self, extra: TrackedIterable | None = None) -> None:
        reporter = self._reporter or current_reporter.get()
        if reporter is not None:
            units = [t.unit_dict() for t in self.iterables]
            reporter.progress([*units, extra.unit_dict()] if extra else units)

    def __call__(
        self,
        progress: float | tuple[int, int | None] | None,
        desc: str | None = None,
        total: int | float | None = None,
        unit: str = "steps",
        _tqdm: Any = None,
    ) -> float | tuple[int, int | None] | None:
        """Show a state: a fraction 0 to 1, a pair (done, total), or None for "unknown"."""
        if isinstance(progress, tuple):
            index, length = progress
            state = TrackedIterable(
                None, index, length if length is not None else total, desc, unit, _tqdm
            )
        else:
            state = TrackedIterable(None, None, total, desc, unit, _tqdm, progress)
        self._report(state)
        return progress

    def tqdm(
        self,
        iterable: Iterable[Any] | None,
        desc: str | None = None,
        total: int | float | None = None,
        unit: str = "steps",
        _tqdm: Any = None,
    ) -> Iterator[Any] | Progress:
        """Loop over `iterable` and show how far the loop is; nested loops show nested bars."""
        if iterable is None:
            self.iterables.append(TrackedIterable(None, 0, total, desc, unit, _tqdm))
            return self
        length = total
        if length is None:
            length = len(iterable) if isinstance(iterable, Sized) else None
        return self._loop(iterable, TrackedIterable(None, 0, length, desc, unit, _tqdm))

    def _loop(self, iterable: Iterable[Any], bar: TrackedIterable) -> Iterator[Any]:
        self.iterables.append(bar)
        self._report()
        try:
            for value in iterable:
                yield value
                bar.index = (bar.index or 0) + 1
                self._report()
        finally:
            if bar in self.iterables:
                self.iterables.remove(bar)

    def track(self, bar: TrackedIterable) -> None:
        """Show a bar, or its new state, inside those that are shown already."""
        if bar not in self.iterables:
            self.iterables.append(bar)
        self._report()

    def update(self, n: int | float = 1) -> None:
        """Advance the innermost loop that was opened without an iterable."""
        if self.iterables:
            bar = self.iterables[-1]
            bar.index = (bar.index or 0) + n
            self._report()

    def close(self, _tqdm: Any) -> None:
        """End the loop of a `tqdm` object."""
        self.iterables = [t for t in self.iterables if t.tqdm is not _tqdm]
        self._report()
