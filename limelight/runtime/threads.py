"""`run_blocking`: the only place that runs user code in a thread."""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from limelight.errors import LimelightError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

__all__ = ["Threads"]


class _Task(NamedTuple):
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    context: Context
    fn: Callable[..., Any]
    args: tuple[Any, ...]


class Threads:
    """A bounded pool. In a browser (emscripten), where no threads are, calls run in place.

    Its threads are daemons: a function that never ends does not keep the program from ending. All
    bookkeeping is done on the event loop, so handing over costs no lock of ours.

    Args:
        most: Most threads.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._unfinished = 0
        """Functions that run or wait for a thread."""
        self._is_closed = False

    def run_blocking(
        self, context: Context, fn: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Start `fn(*args)` in a thread and in `context`; await the result.

        Raises:
            RuntimeError: the pool is closed.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        if sys.platform == "emscripten":
            try:
                future.set_result(context.run(fn, *args))
            except Exception as problem:
                future.set_exception(problem)
            return future
        if self._is_closed:
            raise RuntimeError("The server has stopped; no function is started any more.")
        self._unfinished += 1
        self._tasks.put(_Task(loop, future, context, fn, args))
        if self._unfinished > len(self._threads) < self.most:
            self._add_thread()
        return future

    def _add_thread(self) -> None:
        name = f"limelight_{len(self._threads)}"
        thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            loop, future, context, fn, args = task
            result: Any = None
            problem: BaseException | None = None
            try:
                result = context.run(fn, *args)
            except BaseException as raised:  # told to whoever awaits the result
                problem = _tellable(raised)
            try:
                loop.call_soon_threadsafe(self._tell, future, result, problem)
            except RuntimeError:  # the loop is closed: the server stopped, nobody awaits it
                return
            # Nothing may keep what a function returned alive until the next one comes.
            del task, loop, future, context, fn, args, result, problem

    def _tell(
        self, future: asyncio.Future[Any], result: Any, problem: BaseException | None
    ) -> None:
        self._unfinished -= 1
        if future.done():  # cancelled
            return
        if problem is None:
            future.set_result(result)
        else:
            future.set_exception(problem)

    def close(self) -> None:
        """Take no more work; running functions are left to end by themselves."""
        self._is_closed = True
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                break
            if task is not None and not task.loop.is_closed():
                task.future.cancel()
        for _ in self._threads:
            self._tasks.put(None)


def _tellable(problem: BaseException) -> BaseException:
    """What a future can carry: these three would stop the event loop, or confuse it."""
    if isinstance(problem, (SystemExit, KeyboardInterrupt, StopIteration)):
        told = LimelightError(
            f"The function raised {problem!r}; expected a result, or an exception such as "
            "gr.Error. It ends nothing but the call here."
        )
        told.__cause__ = problem
        return told
    return problem
