from __future__ import annotations

import asyncio
import contextvars
import sys
import threading

import pytest

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
