"""An app in somebody else's server: started with it, and stopped so that no accepted call is lost.

Such a server closes its port and waits for open connections before it tells its applications. So
its signals are caught first, where that is possible. What `launch()` serves does without this.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Coroutine
    from types import FrameType

    from limelight.server.site import Site

__all__ = ["serving"]


@asynccontextmanager
async def serving(site: Site) -> AsyncGenerator[None]:
    """Start an app; at the end finish its calls and stop it."""
    await site.start()
    signals = _Signals(site) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    finally:
        if signals is not None:
            signals.restore()
        if signals is None or not signals.is_hurried:
            await site.drain(has_readers=False)
        await site.close()


class _Signals:
    """The first SIGTERM is passed on when all calls are finished, a second signal at once."""

    def __init__(self, site: Site) -> None:
        self.is_hurried = False
        """Whether somebody pressed Ctrl+C."""
        self._site = site
        self._loop = asyncio.get_running_loop()
        self._is_ending = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._before: dict[int, Any] = {}
        for number, handler in (
            (signal.SIGTERM, self._terminate),
            (signal.SIGINT, self._interrupt),
        ):
            before = signal.getsignal(number)
            if callable(before):  # else nobody waits for it, and nobody would stop the server
                self._before[number] = before
                signal.signal(number, handler)

    def restore(self) -> None:
        """Give the signals back."""
        for number, before in self._before.items():
            with suppress(ValueError):
                signal.signal(number, before)

    def _terminate(self, number: int, frame: FrameType | None) -> None:
        if self._is_ending:
            self._pass_on(number, frame)
            return
        self._is_ending = True
        self._spawn(self._finish(number))

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._is_ending = self.is_hurried = True
        self._spawn(self._site.close())  # or the server would wait for open streams
        self._pass_on(number, frame)

    async def _finish(self, number: int) -> None:
        try:
            await self._site.drain()
            await self._site.close()
        finally:
            self._pass_on(number, None)

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        self._before[number](number, frame)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        def start() -> None:
            task = self._loop.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self._loop.call_soon_threadsafe(start)
