"""`cache` and `Cache`: results that are computed once.

Both work inside and outside of apps. Answering a call from a cache without running it is the work
of `limelight.runtime.cache`.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from limelight.core.cachedfunction import CachedFunction, Flight, cached_function
from limelight.core.cachescope import note_hit, scope_on
from limelight.core.fingerprint import fingerprint
from limelight.core.shelf import Shelf, copied
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from limelight.core.listener import Listener
    from limelight.core.shelf import Kept, Name

    Function = TypeVar("Function", bound=Callable[..., Any])

__all__ = ["Cache", "cache", "keeps_per_session"]

_SHELVES = "__limelight_shelves__"


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
        return scope_on(self._shelf, per_session=self.per_session), fingerprint(key)

    def get(self, key: Any) -> dict[str, Any] | None:
        """The values that were kept under a key, by name; None if there are none.

        Raises:
            NotNameable: the key has no content that could be compared.
        """
        kept = self._shelf.get(self._name(key))
        if kept is None:
            return None
        note_hit()
        values: dict[str, Any] = copied(kept.value)
        return values

    def set(self, key: Any, **data: Any) -> None:
        """Keep values under a key, instead of those that are there.

        Raises:
            NotNameable: the key has no content that could be compared.
        """
        self._shelf.put(self._name(key), copied(data), copied(key))

    def _own(self) -> list[Kept]:
        scope = scope_on(self._shelf, per_session=self.per_session)
        return [k for name, k in self._shelf.all() if scope is None or name[0] == scope]

    def keys(self) -> list[Any]:
        """The keys, the one used longest ago first; of this session only, if `per_session`."""
        return [copied(kept.key) for kept in self._own()]

    def clear(self) -> None:
        """Forget all values; of this session only, if `per_session`."""
        scope = scope_on(self._shelf, per_session=self.per_session)
        if scope is None:
            self._shelf.clear()
        else:
            self._shelf.clear_scope(scope)

    def __len__(self) -> int:
        return len(self._own())


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
) -> tuple[Shelf, dict[Name, Flight]]:
    """Where a function's results are: with the function, so that a second `gr.cache` finds them."""
    _, max_size, max_memory, _, ttl = options
    made = (Shelf(max_size=max_size, max_memory=max_memory, ttl_s=ttl), dict[Any, Flight]())
    owner: Any = getattr(function, "__func__", function)
    if not inspect.isfunction(owner):
        return made
    shelves: dict[Any, tuple[Shelf, dict[Any, Flight]]]
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
