"""Runs functions for examples: outside the queue, in a session that ends with the run.

Keeps nothing; `limelight.app.examples` does.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

from limelight.core.component import is_component
from limelight.core.context import current_reporter
from limelight.core.filedata import FileData
from limelight.core.filetree import handle_in, walk_files
from limelight.core.request import Request
from limelight.core.stow import stow
from limelight.errors import FileAccessError
from limelight.runtime.job import Job
from limelight.runtime.outbox import Outbox
from limelight.runtime.sessions import Session
from limelight.wire.requests import Join

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from limelight.core.context import Reporter
    from limelight.core.files import FileCache
    from limelight.core.listener import Listener
    from limelight.runtime.worker import Worker

__all__ = ["Rehearsal"]


class _Understudy(Job):
    """A call of nobody, whose messages go to the call that it is run for, if there is one."""

    listener_of: Reporter | None = None

    def log(
        self, message: str, *, level: str, duration: float | None, visible: bool, title: str
    ) -> None:
        """Show a toast."""
        if self.listener_of is not None:
            self.listener_of.log(
                message, level=level, duration=duration, visible=visible, title=title
            )

    def progress(self, units: list[dict[str, Any]]) -> None:
        """Show how far the function is."""
        if self.listener_of is not None:
            self.listener_of.progress(units)


class Rehearsal:
    """Runs functions for examples.

    Args:
        worker: Runs them.
        files: Where their files are.
        clock: Seconds; only differences matter.
    """

    def __init__(self, worker: Worker, files: FileCache, clock: Callable[[], float]) -> None:
        self._worker = worker
        self._files = files
        self._clock = clock

    def vouch(self, path: str) -> None:
        """Let functions return a file, wherever it lies."""
        self._files.adopt(path, None, trusted=True)

    async def perform(self, listener: Listener, values: list[Any]) -> AsyncGenerator[list[Any]]:
        """The payloads of each step of a function, one per output; files are `FileData`."""
        session = Session(secrets.token_hex(16), None, Outbox(self._clock))
        payloads = await asyncio.to_thread(self._payloads, listener, values)
        request = Request(session_hash=session.hash)
        job = _Understudy(secrets.token_hex(16), listener, session, Join(data=payloads), request)
        job.listener_of = current_reporter.get()
        try:
            if listener.batch:
                job.join = Join(data=[[payload] for payload in payloads])
                columns = await self._worker.run_batched(job)
                yield self._local([column[0] for column in columns])
                return
            async for encoded, _ in self._worker.steps(job):
                yield self._local(encoded.data)
        finally:
            if job.call is not None and job.call.is_busy:
                await job.call.close()
            self._worker.forget(session)

    def _payloads(self, listener: Listener, values: list[Any]) -> list[Any]:
        payloads: list[Any] = []
        for block, value in zip(listener.inputs, values, strict=True):
            payload = value
            if is_component(block) and not block.is_stateful:
                payload = stow(block.postprocess(value), self._files, None, trusted=True)[0]
            payloads.append(payload)
        return payloads

    def _local(self, payloads: list[Any]) -> list[Any]:
        return [walk_files(payload, self._file) for payload in payloads]

    def _file(self, given: dict[str, Any]) -> Any:
        try:
            stored = self._files.resolve(handle_in(given.get("path") or "") or "", None)
        except FileAccessError:
            return given  # an address, or data in the URL
        return FileData.from_dict({**given, "path": str(stored.path), "url": None})
