"""`CachedFunction`: a function whose results are kept, and computed once for equal calls.

`limelight.core.caching` makes them; a shelf keeps the results.
"""

from __future__ import annotations

import inspect
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import TYPE_CHECKING, Any

from limelight.core.cachescope import note_hit, scope_on
from limelight.core.fingerprint import NotNameable, fingerprint
from limelight.core.payloads import EventData
from limelight.core.progress import Progress
from limelight.core.request import Request
from limelight.core.shelf import copied

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from limelight.core.cachescope import CacheScope
    from limelight.core.shelf import Kept, Name, Shelf

__all__ = ["CachedFunction", "Flight", "cached_function"]


class Flight:
    """One computation that others wait for."""

    def __init__(self, owner: object) -> None:
        from concurrent.futures import Future

        self.owner = owner
        self.result: Future[tuple[bool, Any]] = Future()
        """Whether it can be shared, and the value."""
        self.result.set_running_or_notify_cancel()  # so that a waiter that is cancelled ends alone


def _is_once(value: Any) -> bool:
    """Whether a value can be used only once, so that it cannot be kept."""
    return isinstance(value, (Iterator, AsyncIterator, Awaitable))


def _is_tool(value: Any) -> bool:
    """Whether a result does not depend on an argument: progress bars, and caches themselves."""
    return isinstance(value, Progress) or getattr(value, "special_argument", None) == "cache"


def _content(value: Any) -> Any:
    """What of an argument the result may depend on."""
    if isinstance(value, Request):
        facts = {k: v for k, v in vars(value).items() if k not in ("request", "is_cancelled")}
        return {**facts, "headers": dict(value.headers), "client": value.client and value.client[0]}
    if isinstance(value, EventData):
        target = value.target
        members = {k: v for k, v in vars(value).items() if k != "target"}
        return [members, None if target is None or target.graph is None else target.block_id]
    return value


class CachedFunction:
    """A function whose results are kept; what `.cache` of a decorated function is."""

    def __init__(
        self,
        fn: Callable[..., Any],
        *,
        key: Callable[[dict[str, Any]], Any] | None,
        per_session: bool,
        shelf: Shelf,
        flights: dict[Name, Flight],
    ) -> None:
        self.fn = fn
        self.key = key
        self.per_session = per_session
        self.is_generator = inspect.isgeneratorfunction(fn) or inspect.isasyncgenfunction(fn)
        self._shelf = shelf
        self._flights = flights
        self._lock = threading.Lock()
        self._has_warned = False
        try:
            self._signature: inspect.Signature | None = inspect.signature(fn)
        except (TypeError, ValueError):  # some builtins have none
            self._signature = None

    def __len__(self) -> int:
        return len(self._shelf)

    def clear(self) -> None:
        """Forget all results."""
        self._shelf.clear()

    # ---- names -----------------------------------------------------------------------------------

    def name(
        self, args: Any, kwargs: dict[str, Any], scope: CacheScope | None = None
    ) -> Name | None:
        """What the result for these arguments is kept under; None if it cannot be kept."""
        given = self._by_name(args, kwargs)
        if given is None:
            return None  # they do not fit; the function itself says so
        if self.key is not None:
            facts = _content(self.key(given))
        else:
            facts = {n: _content(v) for n, v in given.items() if not _is_tool(v)}
        try:
            what = fingerprint([facts, getattr(self.fn, "__self__", None)])
        except NotNameable as problem:
            self._warn(f"its result is not kept, as {problem}")
            return None
        return scope_on(self._shelf, per_session=self.per_session, scope=scope), what

    def _by_name(self, args: Any, kwargs: dict[str, Any]) -> dict[str, Any] | None:
        if self._signature is None:
            return {"args": list(args), **kwargs}
        try:
            bound = self._signature.bind(*args, **kwargs)
        except TypeError:
            return None
        bound.apply_defaults()
        return dict(bound.arguments)

    def _warn(self, why: str) -> None:
        if self._has_warned:
            return
        self._has_warned = True
        name = getattr(self.fn, "__qualname__", repr(self.fn))
        warnings.warn(
            f"@gr.cache on {name}(): {why} Give key=…, a function of the arguments, to say what "
            "the result depends on.",
            UserWarning,
            stacklevel=3,
        )

    # ---- looking up --------------------------------------------------------------------------

    def find(self, args: Any, kwargs: dict[str, Any], scope: CacheScope) -> list[Any] | None:
        """The kept values of a call in a session, as copies: one, or all that were yielded."""
        name = self.name(args, kwargs, scope)
        kept = self._shelf.get(name) if name is not None else None
        if kept is None:
            return None
        value = copied(kept.value)
        return value if self.is_generator else [value]

    # ---- computing once --------------------------------------------------------------------------

    def _claim(self, name: Name, owner: object) -> tuple[Kept | None, Flight, bool]:
        """The kept result; else the computation to wait for, and whether it is the caller's own."""
        with self._lock:  # one step: a result that has just come is found, not computed again
            kept = self._shelf.get(name)
            flight = self._flights.get(name)
            if kept is not None or flight is not None:
                return kept, flight or Flight(owner), False
            flight = self._flights[name] = Flight(owner)
            return None, flight, True

    def _land(self, name: Name, flight: Flight, value: Any) -> None:
        """Keep a result, and give it to those who wait."""
        can_share = not _is_once(value)
        if can_share:
            value = copied(value)
        else:
            kind = type(value).__name__
            self._warn(f"its result is not kept, as a {kind} can be used only once.")
        with self._lock:
            if can_share:
                self._shelf.put(name, value)
            self._flights.pop(name, None)
        flight.result.set_result((can_share, value if can_share else None))

    def _crash(self, name: Name, flight: Flight, problem: BaseException) -> None:
        """A failure goes to all who wait; one that only ended its own caller does not."""
        with self._lock:
            self._flights.pop(name, None)
        if isinstance(problem, Exception):
            flight.result.set_exception(problem)
        else:
            flight.result.set_result((False, None))

    def call(self, args: Any, kwargs: dict[str, Any]) -> Any:
        """The result for these arguments; equal calls of other threads wait for one another."""
        name, owner = self.name(args, kwargs), threading.get_ident()
        if name is None:
            return self.fn(*args, **kwargs)
        while True:
            kept, flight, is_own = self._claim(name, owner)
            if kept is not None:
                note_hit()
                return copied(kept.value)
            if is_own:
                break
            if flight.owner == owner:  # it calls itself: waiting would be for ever
                return self.fn(*args, **kwargs)
            can_share, value = flight.result.result()
            if can_share:
                note_hit()
                return copied(value)
        try:
            value = self.fn(*args, **kwargs)
        except BaseException as problem:
            self._crash(name, flight, problem)
            raise
        self._land(name, flight, value)
        return value

    async def call_async(self, args: Any, kwargs: dict[str, Any]) -> Any:
        """The result for these arguments; equal calls of other tasks wait for one another."""
        import asyncio

        name, owner = self.name(args, kwargs), asyncio.current_task()
        if name is None:
            return await self.fn(*args, **kwargs)
        while True:
            kept, flight, is_own = self._claim(name, owner)
            if kept is not None:
                note_hit()
                return copied(kept.value)
            if is_own:
                break
            if flight.owner is owner:
                return await self.fn(*args, **kwargs)
            can_share, value = await asyncio.wrap_future(flight.result)
            if can_share:
                note_hit()
                return copied(value)
        try:
            value = await self.fn(*args, **kwargs)
        except BaseException as problem:
            self._crash(name, flight, problem)
            raise
        self._land(name, flight, value)
        return value

    # ---- generators: kept when they came to their end; they do not wait for one another ----------

    def _replay(self, name: Name | None) -> list[Any] | None:
        kept = self._shelf.get(name) if name is not None else None
        if kept is None:
            return None
        note_hit()
        values: list[Any] = kept.value
        return values

    def iterate(self, args: Any, kwargs: dict[str, Any]) -> Iterator[Any]:
        """The values that a generator yields, or has yielded before."""
        name = self.name(args, kwargs)
        values = self._replay(name)
        if values is not None:
            for value in values:
                yield copied(value)
            return
        made: list[Any] = []
        generator = self.fn(*args, **kwargs)
        try:
            for value in generator:
                made.append(copied(value))
                yield value
        finally:
            generator.close()
        if name is not None:
            self._shelf.put(name, made)

    async def iterate_async(self, args: Any, kwargs: dict[str, Any]) -> AsyncIterator[Any]:
        """The values that an async generator yields, or has yielded before."""
        name = self.name(args, kwargs)
        values = self._replay(name)
        if values is not None:
            for value in values:
                yield copied(value)
            return
        made: list[Any] = []
        generator = self.fn(*args, **kwargs)
        try:
            async for value in generator:
                made.append(copied(value))
                yield value
        finally:
            await generator.aclose()
        if name is not None:
            self._shelf.put(name, made)


def cached_function(fn: Any) -> tuple[CachedFunction, list[Any]] | None:
    """What a decorated function is behind its face, and the first arguments that it has already."""
    made = getattr(fn, "cache", None)
    if not isinstance(made, CachedFunction):
        return None
    return made, [fn.__self__] if inspect.ismethod(fn) else []
