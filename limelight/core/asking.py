"""Choices that a function of the author's gives when it is asked, and which of them a session was
offered.

Knows nothing of the components that offer them.
"""

from __future__ import annotations

import inspect
import itertools
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from limelight.core.choices import normalise
from limelight.core.function import facts_of
from limelight.core.narrow import is_object
from limelight.errors import PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.request import Request

__all__ = ["Found", "Offered", "Source", "pairs_of", "then"]

_MOST_KEPT = 10_000


class Source:
    """A function that gives choices for what it is asked: `fn(asked)`, which may also take the
    keyword `limit`, and a `Request`.

    Raises:
        PropError: it cannot be called like this.
    """

    def __init__(self, fn: Callable[..., Any], owner: str) -> None:
        self.fn = fn
        facts = facts_of(fn)
        parameters = _parameters(fn)
        self._takes_limit = "limit" in parameters
        self._request = next((s.name for s in facts.special if s.kind == "request"), None)
        plain = [name for name in facts.parameters if name != "limit"]
        others = [s.name for s in facts.special if s.kind != "request"]
        is_fit = (bool(plain) or facts.takes_any) and not others
        if not is_fit or facts.is_generator or facts.required - ("limit" in facts.parameters) > 1:
            raise PropError(
                f"{owner} was given choices={fn!r:.80}; expected a function of one argument, "
                "which may also take limit and a Request, and returns a list."
            )

    def ask(self, asked: Any, request: Request | None, limit: int) -> Any:
        """What the function returns; to be awaited if it is asynchronous. It may take its time."""
        more: dict[str, Any] = {"limit": limit} if self._takes_limit else {}
        if self._request is not None:
            more[self._request] = request
        return self.fn(asked, **more)


def _parameters(fn: Callable[..., Any]) -> frozenset[str]:
    try:
        return frozenset(inspect.signature(fn).parameters)
    except (TypeError, ValueError):
        return frozenset()


def then(result: Any, go_on: Callable[[Any], Any]) -> Any:
    """`go_on(result)`; to be awaited if the result is."""
    if not inspect.isawaitable(result):
        return go_on(result)

    async def wait() -> Any:
        made = go_on(await result)
        return await made if inspect.isawaitable(made) else made

    return wait()


class Found(NamedTuple):
    """The choices that were found."""

    pairs: list[tuple[str, Any]]
    has_more: bool
    """Whether there are others, which a narrower query finds."""


def pairs_of(result: Any, limit: int, owner: object) -> Found:
    """The first choices of what a function returned.

    Raises:
        ValueRejected: it is no list of values or of pairs.
    """
    if not isinstance(result, (str, bytes)) and not is_object(result):
        try:
            pairs = normalise(itertools.islice(result, limit + 1))
        except (TypeError, PropError):
            pass
        else:
            return Found(pairs[:limit], len(pairs) > limit)
    raise ValueRejected(
        f"The choices function of {owner!r} returned {type(result).__name__} {result!r:.80}; "
        "expected a list of values or of (text, value) pairs."
    )


class Offered:
    """What one session was offered, newest last; the oldest is forgotten when it is too much."""

    def __init__(self) -> None:
        self._texts: dict[tuple[bool, Any], Any] = {}
        self._source: Any = None
        self._lock = threading.Lock()

    def serve(self, source: object) -> None:
        """Forget what another function offered."""
        if source is not self._source:
            self._source = source
            self.close()

    def close(self) -> None:
        """Forget everything; called at the session's end."""
        with self._lock:
            self._texts.clear()

    def note(self, text: Any, value: Any) -> None:
        """The value was offered with this text."""
        key = isinstance(value, bool), value
        try:
            hash(key)
        except TypeError:
            return
        with self._lock:
            self._texts.pop(key, None)
            self._texts[key] = text
            if len(self._texts) > _MOST_KEPT:
                del self._texts[next(iter(self._texts))]

    def text(self, value: Any) -> Any:
        """The text that the value was offered with; None if it was not. It counts as new again."""
        key = isinstance(value, bool), value
        with self._lock:
            try:
                text = self._texts.pop(key, None)
            except TypeError:
                return None
            if text is not None:
                self._texts[key] = text
            return text
