"""`Sweeper`: deletes an app's old files now and then, while the app runs."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limelight.core.files import FileCache

__all__ = ["Sweeper"]

_log = logging.getLogger("limelight.files")

SHORTEST_S = 1.0
"""Seconds between two sweeps at least."""


class Sweeper:
    """What `Blocks(delete_cache=...)` asks for.

    Args:
        files: Where the files are.
        plan: Seconds between two sweeps, and age in seconds of what is deleted; None for never.
    """

    def __init__(self, files: FileCache, plan: tuple[float, float] | None) -> None:
        self._files = files
        self._plan = plan
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Sweep from now on."""
        if self._plan is not None and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._sweep(*self._plan))

    async def close(self) -> None:
        """Sweep no more; the files of this run go, however young."""
        if self._plan is None:
            return
        if self._task is not None:
            self._task.cancel()
            self._task = None
        await self._delete(0)

    async def _sweep(self, every_s: float, age_s: float) -> None:
        while True:
            await asyncio.sleep(max(every_s, SHORTEST_S))
            await self._delete(age_s)

    async def _delete(self, age_s: float) -> None:
        try:
            count = await asyncio.to_thread(self._files.delete_older, age_s)
        except OSError as problem:  # the next sweep tries again
            _log.warning("old files could not be deleted: %s", problem)
        else:
            if count:
                _log.info("deleted %d old files", count)
