"""`run_blocking`: the only place that runs user code in a thread."""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
from typing import TYPE_CHECKING, Any

from limelight.errors import LimelightError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

__all__ = ["InThread", "Threads"]


class InThread:
    """A function that a thread runs, or is about to run."""

    __slots__ = ("_end", "args", "context", "fn", "loop", "result")

    def __init__(self, context: Context, fn: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.loop = asyncio.get_running_loop()
        self.result: asyncio.Future[Any] = self.loop.create_future()
        """What it returns. To cancel it is to wait no more; the function goes on."""
        self.context = context
        self.fn = fn
        self.args = args
        self._end: asyncio.Future[None] | None = None

    def end(self) -> None:
        """It has ended, or never begins."""
        self.fn, self.args = _nothing, ()
        if self._end is not None and not self._end.done():
            self._end.set_result(None)

    async def ended(self) -> None:
        """Wait until no thread runs it, also when nobody wants its result."""
        if self.fn is not _nothing:
            self._end = self._end or self.loop.create_future()
            await asyncio.shield(self._end)


def _nothing() -> None:
    """What is left of a function that has ended: it must not keep alive what it was given."""


class Threads:
    """A bounded pool. In a browser (emscripten), where no threads are, calls run in place.

    Its threads are daemons: a function that never ends does not keep the program from ending. All
    bookkeeping is done on the event loop, so handing over costs no lock of ours.

    Args:
        most: Most threads.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._tasks: queue.SimpleQueue[InThread | None] = queue.SimpleQueue()
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
        return self.start(context, fn, *args).result

    def start(self, context: Context, fn: Callable[..., Any], *args: Any) -> InThread:
        """The same, for who has to know when the thread is free again, too.

        Raises:
            RuntimeError: the pool is closed.
        """
        task = InThread(context, fn, args)
        if sys.platform == "emscripten":
            try:
                task.result.set_result(context.run(fn, *args))
            except Exception as problem:
                task.result.set_exception(problem)
            task.end()
            return task
        if self._is_closed:
            raise RuntimeError("The server has stopped; no function is started any more.")
        self._unfinished += 1
        self._tasks.put(task)
        if self._unfinished > len(self._threads) < self.most:
            self._add_thread()
        return task

    def lend(self) -> None:
        """A thread waits for a person: one more may work meanwhile."""
        self.most += 1

    def take_back(self) -> None:
        """It works again. Those that are there already stay."""
        self.most -= 1

    def _add_thread(self) -> None:
        name = f"limelight_{len(self._threads)}"
        thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            result: Any = None
            problem: BaseException | None = None
            try:
                result = task.context.run(task.fn, *task.args)
            except BaseException as raised:  # told to whoever awaits the result
                problem = _tellable(raised)
            try:
                task.loop.call_soon_threadsafe(self._tell, task, result, problem)
            except RuntimeError:  # the loop is closed: the server stopped, nobody awaits it
                return
            # Nothing may keep what a function returned alive until the next one comes.
            del task, result, problem

    def _tell(self, task: InThread, result: Any, problem: BaseException | None) -> None:
        self._unfinished -= 1
        task.end()
        if task.result.done():  # cancelled
            return
        if problem is None:
            task.result.set_result(result)
        else:
            task.result.set_exception(problem)

    def close(self) -> None:
        """Take no more work; running functions are left to end by themselves."""
        self._is_closed = True
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                break
            if task is not None and not task.loop.is_closed():
                task.result.cancel()
                task.end()
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
