"""Loops of `tqdm` as progress of the running call, for `Progress(track_tqdm=True)`.

The methods of `tqdm` are wrapped once, and do what they always did outside of such a call.
"""

from __future__ import annotations

import functools
import importlib.util
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

from limelight.core.progress import TrackedIterable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from limelight.core.progress import Progress

__all__ = ["follow"]

_followed: ContextVar[Progress | None] = ContextVar("followed_progress", default=None)
_BAR = "_limelight_bar"
"""Attribute of a `tqdm` object: who shows it, and as what."""
_COUNTS = "_limelight_counts"
"""Attribute of a `tqdm` object that is looped over: every step is shown by the loop."""


def follow(progress: Progress | None) -> None:
    """Show loops of `tqdm` through `progress` from now on in this context, and in those copied of
    it; None shows them nowhere.
    """
    if progress is not None:
        _wrap()
        _followed.set(progress)
    elif _followed.get() is not None:
        _followed.set(None)


def _wrap() -> None:
    if importlib.util.find_spec("tqdm") is None:
        return
    from importlib import import_module

    bar_class = cast("Any", import_module("tqdm.std")).tqdm
    if getattr(bar_class, "is_wrapped_by_limelight", False):
        return
    bar_class.is_wrapped_by_limelight = True
    bar_class.__init__ = _opening(bar_class.__init__)
    bar_class.__iter__ = _iterating(bar_class.__iter__)
    bar_class.update = _updating(bar_class.update)
    bar_class.close = _closing(bar_class.close)


def _show(bar: Any, index: float) -> None:
    """Show where a `tqdm` object is."""
    progress, shown = bar.__dict__[_BAR]
    shown.index = index
    shown.length = bar.total
    shown.desc = (bar.desc or "").removesuffix(": ") or None
    progress.track(shown)


def _attach(bar: Any) -> bool:
    """Whether a `tqdm` object is shown by the running call."""
    if _BAR in bar.__dict__:
        return True
    progress = _followed.get()
    if progress is None or bar.disable:
        return False
    shown = TrackedIterable(None, bar.n, bar.total, None, bar.unit, bar)
    bar.__dict__[_BAR] = (progress, shown)
    return True


def _opening(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if self.iterable is None and _followed.get() is not None and _attach(self):
            _show(self, self.n)

    return __init__


def _iterating(original: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    @functools.wraps(original)
    def __iter__(self: Any) -> Iterator[Any]:
        if _followed.get() is None or not _attach(self):
            yield from original(self)
            return
        done = self.n
        progress, _ = self.__dict__[_BAR]
        # The loop calls `update` now and then, and counts on its own until then.
        self.__dict__[_COUNTS] = True
        try:
            _show(self, done)
            for item in original(self):
                yield item
                done += 1
                if _BAR in self.__dict__:  # closed at the end of the loop
                    _show(self, done)
        finally:
            progress.close(self)

    return __iter__


def _updating(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def update(self: Any, n: float | None = 1) -> Any:
        result = original(self, n)
        if _BAR in self.__dict__ and _COUNTS not in self.__dict__:
            _show(self, self.n)
        return result

    return update


def _closing(original: Callable[[Any], None]) -> Callable[[Any], None]:
    @functools.wraps(original)
    def close(self: Any) -> None:
        original(self)
        found = self.__dict__.pop(_BAR, None)
        if found is not None:
            found[0].close(self)

    return close
