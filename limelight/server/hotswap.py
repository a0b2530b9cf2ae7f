"""While an app is written: the browser halves of components reach open pages when their files
change, and the page's values stay.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from limelight.core.component import is_component
from limelight.errors import PropError
from limelight.wire import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from limelight.core.component import Component
    from limelight.server.site import Site

__all__ = ["HotSwap"]

_log = logging.getLogger("limelight")

_INTERVAL_S = 0.3


class HotSwap:
    """Looks at the files that `_esm` and `_css` name, and tells pages of new code.

    Args:
        site: The app.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._halves: list[tuple[Component, set[Path]]] = []
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        blocks = (block for block in self._site.graph.blocks.values() if is_component(block))
        files = [
            (block, {path.resolve() for path in block.code_files().values()}) for block in blocks
        ]
        self._halves = [half for half in files if half[1]]
        paths = set[Path]().union(*(paths for _, paths in self._halves))
        if place := self._site.options.environment.hot_files:
            Path(place).write_text("".join(f"{path}\n" for path in sorted(paths)), "utf-8")
        if paths and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._watch(paths))

    def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _watch(self, paths: set[Path]) -> None:
        before = _stamps(paths)
        while True:
            await asyncio.sleep(_INTERVAL_S)
            # An editor may take a file away for a moment, or empty it.
            now = before | _stamps(paths)
            changed = {path for path in paths if now.get(path) != before.get(path)}
            before = now
            if changed:
                self._swap(changed)

    def _swap(self, changed: set[Path]) -> None:
        self._site.refresh()
        for block, paths in self._halves:
            if paths.isdisjoint(changed):
                continue
            try:
                code = block.browser_code()
            except PropError as problem:
                _log.warning("%s", problem)
                continue
            news = {kind: one.url for kind, one in code.items()}
            sign = messages.ProcessStreaming(
                f"block-{block.block_id}", messages.Output(data=[news])
            )
            for session in self._site.runtime.sessions.all():
                if not session.outbox.is_closed:
                    session.outbox.publish(sign)
        names = ", ".join(sorted(path.name for path in changed))
        print(f"* {names} changed, swapped in open pages")  # for who runs --reload


def _stamps(paths: Iterable[Path]) -> dict[Path, int]:
    """Change times of those that have content."""
    found: dict[Path, int] = {}
    for path in paths:
        try:
            about = path.stat()
        except OSError:
            continue
        if about.st_size:
            found[path] = about.st_mtime_ns
    return found
