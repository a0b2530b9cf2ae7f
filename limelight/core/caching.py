"""`cache` and `Cache`: results that are computed once.

Both work inside and outside of apps. Answering a call from a cache without running it is the work
of `limelight.runtime.cache`.
"""

from __future__ import annotations

import functools
import inspect
import secrets
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from limelight.core.context import current_reporter
from limelight.core.fingerprint import NotNameable, fingerprint
from limelight.core.payloads import EventData
from limelight.core.progress import Progress
from limelight.core.request import Request
from limelight.core.shelf import Shelf, copied
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from limelight.core.listener import Listener
    from limelight.core.shelf import Kept, Name

    Function = TypeVar("Function", bound=Callable[..., Any])

__all__ = ["Cache", "CacheScope", "CachedFunction", "cache", "cached_function", "keeps_per_session"]

_SHELVES = "__limelight_shelves__"


class CacheScope:
    """One session's part of the caches that keep values per session."""

    def __init__(self) -> None:
        self.number = secrets.randbits(63)
        self._lock = threading.Lock()
        self._shelves: list[Shelf] = []

    def number_on(self, shelf: Shelf) -> int:
        """What values of this session are named by, on a shelf that is cleared with it."""
        with self._lock:
            if not any(known is shelf for known in self._shelves):
                self._shelves.append(shelf)
        return self.number

    def clear(self) -> None:
        """Forget what this session has in any cache."""
        with self._lock:
            shelves, self._shelves = self._shelves, []
        for shelf in shelves:
            shelf.clear_scope(self.number)


def _scope_on(shelf: Shelf, *, per_session: bool, scope: CacheScope | None = None) -> int | None:
    reporter = current_reporter.get()
    if scope is None and reporter is not None:
        scope = reporter.cache_scope
    return scope.number_on(shelf) if per_session and scope is not None else None


def _note_hit() -> None:
    reporter = current_reporter.get()
    if reporter is not None:
        reporter.note_cache_hit()


class Cache:
    """Values that a function keeps for its next calls, under keys of its own.

    Make one in your module, or give it as the default of an argument:
    `def answer(prompt, kept=gr.Cache(per_session=True))`. Keys are compared by content, so that
    lists, arrays and images can be keys. Any thread may use it. What `get` gives is a copy.

    Args:
        max_size: Most values; the one used longest ago goes first. 0 is no limit.
        max_memory: Most memory of all values together, as bytes or as a text such as `"512MB"`. A
            value that is larger than that is not kept. None is no limit.
        per_session: Whether each session sees only its own values; they go when the session ends.
            The limits hold for all sessions together.
        ttl: Seconds that a value is good for; None is for ever.
    """

    special_argument: ClassVar[str] = "cache"  # see core/function.py

    def __init__(
        self,
        *,
        max_size: int = 128,
        max_memory: str | int | None = None,
        per_session: bool = False,
        ttl: float | None = None,
    ) -> None:
        self.per_session = per_session
        self._shelf = Shelf(max_size=max_size, max_memory=max_memory, ttl_s=ttl)

    def _name(self, key: Any) -> Name:
        return _scope_on(self._shelf, per_session=self.per_session), fingerprint(key)

    def get(self, key: Any) -> dict[str, Any] | None:
        """The values that were kept under a key, by name; None if there are none.

        Raises:
            NotNameable: the key has no content that could be compared.
        """
        kept = self._shelf.get(self._name(key))
        if kept is None:
            return None
        _note_hit()
        values: dict[str, Any] = copied(kept.value)
        return values

    def set(self, key: Any, **data: Any) -> None:
        """Keep values under a key, instead of those that are there.

        Raises:
            NotNameable: the key has no content that could be compared.
        """
        self._shelf.put(self._name(key), copied(data), copied(key))

    def _own(self) -> list[Kept]:
        scope = _scope_on(self._shelf, per_session=self.per_session)
        return [k for name, k in self._shelf.all() if scope is None or name[0] == scope]

    def keys(self) -> list[Any]:
        """The keys, the one used longest ago first; of this session only, if `per_session`."""
        return [copied(kept.key) for kept in self._own()]

    def clear(self) -> None:
        """Forget all values; of this session only, if `per_session`."""
        scope = _scope_on(self._shelf, per_session=self.per_session)
        if scope is None:
            self._shelf.clear()
        else:
            self._shelf.clear_scope(scope)

    def __len__(self) -> int:
        return len(self._own())


# ---- results of functions -----------------------------------------------------------------------

_TOOLS = (Progress, Cache)
"""Arguments that a result does not depend on."""


class _Flight:
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
        flights: dict[Name, _Flight],
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
            facts = {n: _content(v) for n, v in given.items() if not isinstance(v, _TOOLS)}
        try:
            what = fingerprint([facts, getattr(self.fn, "__self__", None)])
        except NotNameable as problem:
            self._warn(f"its result is not kept, as {problem}")
            return None
        return _scope_on(self._shelf, per_session=self.per_session, scope=scope), what

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

    def _claim(self, name: Name, owner: object) -> tuple[Kept | None, _Flight, bool]:
        """The kept result; else the computation to wait for, and whether it is the caller's own."""
        with self._lock:  # one step: a result that has just come is found, not computed again
            kept = self._shelf.get(name)
            flight = self._flights.get(name)
            if kept is not None or flight is not None:
                return kept, flight or _Flight(owner), False
            flight = self._flights[name] = _Flight(owner)
            return None, flight, True

    def _land(self, name: Name, flight: _Flight, value: Any) -> None:
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

    def _crash(self, name: Name, flight: _Flight, problem: BaseException) -> None:
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
                _note_hit()
                return copied(kept.value)
            if is_own:
                break
            if flight.owner == owner:  # it calls itself: waiting would be for ever
                return self.fn(*args, **kwargs)
            can_share, value = flight.result.result()
            if can_share:
                _note_hit()
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
                _note_hit()
                return copied(kept.value)
            if is_own:
                break
            if flight.owner is owner:
                return await self.fn(*args, **kwargs)
            can_share, value = await asyncio.wrap_future(flight.result)
            if can_share:
                _note_hit()
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
        _note_hit()
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


def keeps_per_session(listener: Listener) -> bool:
    """Whether a listener's function keeps values that belong to one session."""
    if listener.fn is None:
        return False
    found = cached_function(listener.fn)
    if found is not None and found[0].per_session:
        return True
    defaults = [special.default for special in listener.facts.special]
    return any(isinstance(given, Cache) and given.per_session for given in defaults)


@overload
def cache(
    fn: Function,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
    ttl: float | None = None,
) -> Function: ...
@overload
def cache(
    fn: None = None,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
    ttl: float | None = None,
) -> Callable[[Function], Function]: ...
def cache(
    fn: Callable[..., Any] | None = None,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
    ttl: float | None = None,
) -> Any:
    """Keep a function's results: a decorator, with or without arguments.

    Works for functions and generators, `async` or not; a generator's values are replayed in order.
    In an app, a call whose result is kept is answered at once, without a place in the queue.
    Also for a call in between: `gr.cache(fn)(*args)` keeps its results with `fn`.

    Arguments are compared by content. Calls with equal arguments at the same time compute once; a
    failure reaches all who waited for it, and is not kept. Results are copied, so that callers may
    change them.

    Args:
        fn: The function.
        key: Gets the arguments by name and gives what the result depends on, such as
            `lambda given: given["prompt"]`; all arguments if None.
        max_size: Most results; the one used longest ago goes first. 0 is no limit.
        max_memory: Most memory of all results together, as bytes or as a text such as `"512MB"`. A
            result that is larger than that is not kept. None is no limit.
        per_session: Whether each session has its own results; they go when the session ends. The
            limits hold for all sessions together.
        ttl: Seconds that a result is good for; None is for ever.
    """
    if fn is not None and not callable(fn):
        raise PropError(
            f"gr.cache() was given {fn!r}; expected a function. Write gr.cache(fn)(*args) instead "
            "of gr.cache(fn(*args))."
        )
    if key is not None and not callable(key):
        raise PropError(
            f"gr.cache() was given key={key!r}; expected a function of the arguments by name, such "
            'as lambda given: given["prompt"].'
        )
    Shelf(max_size=max_size, max_memory=max_memory, ttl_s=ttl)  # a wrong limit fails here

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        options = (getattr(key, "__code__", key), max_size, max_memory, per_session, ttl)
        shelf, flights = _kept_with(function, options)
        kept = CachedFunction(
            function, key=key, per_session=per_session, shelf=shelf, flights=flights
        )
        return _wrapped(kept)

    return decorate if fn is None else decorate(fn)


def _kept_with(
    function: Callable[..., Any], options: tuple[Any, ...]
) -> tuple[Shelf, dict[Name, _Flight]]:
    """Where a function's results are: with the function, so that a second `gr.cache` finds them."""
    _, max_size, max_memory, _, ttl = options
    made = (Shelf(max_size=max_size, max_memory=max_memory, ttl_s=ttl), dict[Any, _Flight]())
    owner: Any = getattr(function, "__func__", function)
    if not inspect.isfunction(owner):
        return made
    shelves: dict[Any, tuple[Shelf, dict[Any, _Flight]]]
    shelves = owner.__dict__.setdefault(_SHELVES, {})
    return shelves.setdefault(options, made)


def _wrapped(kept: CachedFunction) -> Callable[..., Any]:
    """A function of the same kind as the one behind it, so that others tell it by that."""
    fn = kept.fn
    made: Any
    if inspect.isasyncgenfunction(fn):

        async def made_async_generator(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            inner = kept.iterate_async(args, kwargs)
            try:
                async for value in inner:
                    yield value
            finally:
                await inner.aclose()  # type: ignore[attr-defined]  # an async generator

        made = made_async_generator
    elif inspect.isgeneratorfunction(fn):

        def made_generator(*args: Any, **kwargs: Any) -> Iterator[Any]:
            yield from kept.iterate(args, kwargs)

        made = made_generator
    elif inspect.iscoroutinefunction(fn):

        async def made_coroutine(*args: Any, **kwargs: Any) -> Any:
            return await kept.call_async(args, kwargs)

        made = made_coroutine
    else:

        def made_function(*args: Any, **kwargs: Any) -> Any:
            return kept.call(args, kwargs)

        made = made_function
    functools.update_wrapper(made, fn)
    made.__dict__.pop(_SHELVES, None)  # they are of the function behind
    made.cache = kept
    return made  # type: ignore[no-any-return]
