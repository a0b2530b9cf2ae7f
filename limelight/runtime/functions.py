"""Calls a user's function: in a thread or on the loop, a generator or not, one step per value."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, Any

from limelight.core.context import current_reporter, open_container, open_graph

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from limelight.core.context import Reporter
    from limelight.core.function import FunctionFacts
    from limelight.runtime.threads import InThread, Threads

__all__ = ["Call"]


_END: Any = object()


def _next(generator: Any) -> Any:
    return next(generator, _END)


async def _anext(generator: Any) -> Any:
    try:
        return await generator.__anext__()
    except StopAsyncIteration:
        return _END


class Call:
    """One run of a function."""

    def __init__(
        self,
        fn: Callable[..., Any],
        facts: FunctionFacts,
        threads: Threads,
        reporter: Reporter | None,
    ) -> None:
        self._fn = fn
        self._facts = facts
        self._threads = threads
        self._context = contextvars.copy_context()
        self._context.run(current_reporter.set, reporter)
        self._context.run(open_container.set, None)
        self._context.run(open_graph.set, None)
        self._generator: Any = None
        self._pending: InThread | None = None

    async def _in_thread(self, fn: Callable[..., Any], *args: Any) -> Any:
        self._pending = self._threads.start(self._context, fn, *args)
        result = await self._pending.result
        self._pending = None
        return result

    async def _on_loop(self, awaitable: Any) -> Any:
        task = asyncio.get_running_loop().create_task(awaitable, context=self._context)
        try:
            return await task
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def steps(self, args: list[Any], kwargs: dict[str, Any]) -> AsyncIterator[Any]:
        """The values that the function gives: one, or as many as it yields."""
        facts = self._facts
        if facts.is_generator and facts.is_async:
            self._generator = self._context.run(self._fn, *args, **kwargs)
            while (value := await self._on_loop(_anext(self._generator))) is not _END:
                yield value
        elif facts.is_generator:
            self._generator = self._context.run(self._fn, *args, **kwargs)
            while (value := await self._in_thread(_next, self._generator)) is not _END:
                yield value
        else:
            yield await self.value(args, kwargs)

    async def first(self, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """The first value that the function gives; None if it yields none."""
        async for value in self.steps(args, kwargs):
            return value
        return None

    async def value(self, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """The one value of a function that is no generator."""
        if self._facts.is_async:
            return await self._on_loop(self._fn(*args, **kwargs))
        value = await self._in_thread(lambda: self._fn(*args, **kwargs))
        if asyncio.iscoroutine(value):  # a lambda or partial around a coroutine function
            value = await self._on_loop(value)
        return value

    @property
    def is_busy(self) -> bool:
        """Whether a thread still works for it or a generator is open."""
        return self._pending is not None or self._generator is not None

    async def close(self) -> None:
        """End it: wait for a running step, then close the generator so that its `finally` runs."""
        pending, self._pending = self._pending, None
        if pending is not None:
            await pending.ended()
        generator, self._generator = self._generator, None
        if generator is None:
            return
        if self._facts.is_async:
            await self._on_loop(generator.aclose())
        else:
            await self._threads.run_blocking(self._context, generator.close)
