"""`run_blocking`: the only place that runs user code in a thread."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ThreadPoolExecutor
    from contextvars import Context

__all__ = ["Threads"]


class Threads:
    """A bounded pool. In a browser (emscripten), where no threads are, calls run in place."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._pool: ThreadPoolExecutor | None = None

    def run_blocking(
        self, context: Context, fn: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Start `fn(*args)` in a thread and in `context`; await the result."""
        loop = asyncio.get_running_loop()
        if sys.platform == "emscripten":
            future: asyncio.Future[Any] = loop.create_future()
            try:
                future.set_result(context.run(fn, *args))
            except Exception as problem:
                future.set_exception(problem)
            return future
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(self.most, thread_name_prefix="limelight")
        return loop.run_in_executor(self._pool, lambda: context.run(fn, *args))

    def close(self) -> None:
        """Take no more work; running functions are left to end by themselves."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
