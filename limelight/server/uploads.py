"""How far running uploads are, by the name that the page gave them. Holds numbers only, no
bytes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["Progress", "Uploads"]


class Progress:
    """One upload: bytes per file that nobody was told of yet."""

    def __init__(self) -> None:
        self.untold: dict[str, int] = {}
        self.is_done = False
        self.changed = asyncio.Event()

    def add(self, name: str, size: int) -> None:
        """More bytes of a file arrived."""
        self.untold[name] = self.untold.get(name, 0) + size
        self.changed.set()

    def end(self) -> None:
        """Nothing more will arrive."""
        self.is_done = True
        self.changed.set()


class Uploads:
    """Running uploads by name, and readers that wait for one to begin."""

    def __init__(self) -> None:
        self._running: dict[str, Progress] = {}
        self._awaited: dict[str, list[asyncio.Future[Progress]]] = {}
        self._ended: deque[str] = deque(maxlen=256)
        """Names of the latest uploads that are over, for readers who come late."""

    @contextmanager
    def follow(self, name: str | None) -> Generator[Callable[[str, int], None] | None]:
        """What to call for bytes that arrived, while an upload runs; None for one without name."""
        if not name or name in self._running:
            yield None
            return
        progress = self._running[name] = Progress()
        for future in self._awaited.pop(name, ()):
            if not future.done():
                future.set_result(progress)
        try:
            yield progress.add
        finally:
            progress.end()
            del self._running[name]
            self._ended.append(name)

    async def find(self, name: str, timeout_s: float) -> Progress | None:
        """The upload, as soon as it begins; None if it does not in time."""
        found = self._running.get(name)
        if found is not None:
            return found
        if name in self._ended:
            over = Progress()
            over.end()
            return over
        future: asyncio.Future[Progress] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(name, []).append(future)
        try:
            return await asyncio.wait_for(future, timeout_s)
        except TimeoutError:
            return None
        finally:
            waiting = self._awaited.get(name, [])
            if future in waiting:
                waiting.remove(future)
                if not waiting:
                    del self._awaited[name]
