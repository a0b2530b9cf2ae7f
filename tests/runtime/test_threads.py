from __future__ import annotations

import asyncio
import contextvars
import sys
import threading

import pytest

from limelight.errors import LimelightError
from limelight.runtime.threads import Threads


async def test_functions_run_in_threads_of_a_bounded_pool() -> None:
    threads = Threads(1)
    context = contextvars.copy_context()
    names = await asyncio.gather(
        *(threads.run_blocking(context, lambda: threading.current_thread().name) for _ in range(3))
    )
    threads.close()
    assert set(names) == {"limelight_0"}
    threads.close()


async def test_where_no_threads_are_functions_run_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    threads = Threads(1)
    context = contextvars.copy_context()
    main = threading.current_thread()
    assert await threads.run_blocking(context, threading.current_thread) is main
    with pytest.raises(ZeroDivisionError):
        await threads.run_blocking(context, lambda: 1 / 0)
    threads.close()


async def test_threads_are_made_as_they_are_needed() -> None:
    threads = Threads(3)
    context = contextvars.copy_context
    for _ in range(3):
        await threads.run_blocking(context(), int)
    assert len(threads._threads) == 1
    barrier = threading.Barrier(3)
    await asyncio.gather(*(threads.run_blocking(context(), barrier.wait, 5) for _ in range(3)))
    assert len(threads._threads) == 3
    threads.close()


@pytest.mark.parametrize("problem", [SystemExit(3), KeyboardInterrupt(), StopIteration()])
async def test_what_would_stop_the_loop_only_fails_the_call(problem: BaseException) -> None:
    def fail() -> None:
        raise problem

    threads = Threads(1)
    with pytest.raises(LimelightError, match=type(problem).__name__):
        await threads.run_blocking(contextvars.copy_context(), fail)
    threads.close()


async def test_closing_cancels_what_has_not_begun_and_waits_for_nothing() -> None:
    threads = Threads(1)
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        end.wait(5)

    running = threads.run_blocking(contextvars.copy_context(), work)
    queued = threads.run_blocking(contextvars.copy_context(), work)
    await asyncio.to_thread(begun.wait, 5)
    threads.close()
    assert queued.cancelled()
    assert not running.done()
    with pytest.raises(RuntimeError, match="has stopped"):
        threads.run_blocking(contextvars.copy_context(), work)
    end.set()
    await running
    assert all(thread.daemon for thread in threads._threads)


async def test_who_waits_no_more_for_a_result_can_still_wait_for_the_end() -> None:
    threads = Threads(1)
    gate = threading.Event()
    running = threads.start(contextvars.copy_context(), gate.wait, 5)
    running.result.cancel()
    ending = asyncio.ensure_future(running.ended())
    await asyncio.sleep(0)
    assert not ending.done()
    gate.set()
    await ending
    await running.ended()
    threads.close()
