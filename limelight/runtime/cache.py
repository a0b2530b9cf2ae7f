"""Finds results that `gr.cache` keeps for calls that are about to join the queue.

Runs no function; `limelight.core.cachedfunction` keeps the results.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from limelight.core.cachedfunction import cached_function
from limelight.runtime import inputs, outputs, special_args
from limelight.runtime.worker import rows_of

if TYPE_CHECKING:
    from limelight.core.cachedfunction import CachedFunction
    from limelight.core.files import FileCache
    from limelight.core.listener import Listener
    from limelight.runtime.job import Job
    from limelight.runtime.outputs import Encoded

__all__ = ["kept_steps", "may_be_kept"]

_log = logging.getLogger("limelight.calls")


def may_be_kept(listener: Listener) -> bool:
    """Whether any result of a listener's function is kept."""
    found = cached_function(listener.fn)
    return found is not None and len(found[0]) > 0


async def kept_steps(job: Job, files: FileCache) -> list[Encoded] | None:
    """The values of a call whose result is kept, ready for the page; None if it has to run.

    What goes wrong on the way goes wrong again when it runs, and is told then.
    """
    found = cached_function(job.listener.fn)
    if found is None or not may_be_kept(job.listener):
        return None
    is_slow = any(getattr(block, "is_heavy", False) for block in job.listener.outputs)
    try:
        if is_slow or inputs.holds_files(job.join.data):  # files must not hold up the loop
            return await asyncio.to_thread(_steps, job, files, *found)
        return _steps(job, files, *found)
    except Exception:
        _log.debug("%s has to run", job.listener.api_name, exc_info=True)
        return None


def _steps(
    job: Job, files: FileCache, function: CachedFunction, first: list[Any]
) -> list[Encoded] | None:
    listener = job.listener
    data = inputs.complete(listener, job.join.data)
    values = inputs.decode(listener, job.session, data, files)
    if listener.batch:
        values = [[value] for value in values]
    args, kwargs = special_args.arguments(listener, values, job)
    kept = function.find([*first, *args], kwargs, job.session.caches)
    if kept is None:
        return None
    if listener.batch:
        width = len(listener.outputs)
        rows = [rows_of(value, width, 1)[0] for value in kept]
        kept = [row[0] if width == 1 else row for row in rows]
    texts: set[str] = set()
    inputs.texts_in(inputs.free_payloads(listener, data), texts)
    tainted = frozenset(texts)
    return [outputs.encode(listener, job.session, value, files, tainted) for value in kept]
