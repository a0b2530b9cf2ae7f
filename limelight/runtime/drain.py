"""Stopping without losing anything: what was accepted is finished, and its results are read.

Takes no new calls meanwhile. Stops nothing itself; `Runtime.close` does that afterwards.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from limelight.errors import Error
from limelight.runtime.rejected import Rejected

if TYPE_CHECKING:
    from limelight.runtime.runtime import Runtime
    from limelight.runtime.sessions import Session

__all__ = ["NOT_FINISHED", "drain"]

NOT_FINISHED = "The server stopped before this finished. Run it again."

RETRY_AFTER_S = 5
"""When a refused caller may ask again: another process is usually there by then."""

READ_S = 5.0
"""Seconds after its last message that a session's reader is waited for: clients join first and
open their stream then.
"""

_LOOK_S = 0.02


async def drain(runtime: Runtime, *, timeout_s: float, has_readers: bool = True) -> None:
    """Finish accepted calls.

    Args:
        runtime: The app.
        timeout_s: Seconds that they get; those that take longer fail with a text that says so.
        has_readers: Whether clients can still reach the server to read their results.
    """
    runtime.admission.refusal = Rejected(
        503,
        "The server is shutting down and takes no new calls. Try again in a few seconds.",
        retry_after_s=RETRY_AFTER_S,
    )
    loop = asyncio.get_running_loop()
    until_s = loop.time() + timeout_s
    runtime.scheduler.release_batches()
    while (left_s := until_s - loop.time()) > 0:
        busy = [task for task in runtime.busy() if not task.done()]
        if not busy:
            break
        # What they finish may start others.
        await asyncio.wait(busy, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
    _fail_the_rest(runtime)
    until_s = max(until_s, loop.time() + 1)  # those that just failed are told, too
    # A moment for each look, a few seconds altogether, while the server ends: not worth a signal.
    while has_readers and loop.time() < until_s and _unread(runtime):
        await asyncio.sleep(_LOOK_S)


def _fail_the_rest(runtime: Runtime) -> None:
    problem = Error(NOT_FINISHED, title="Server stopped", print_exception=False)
    for session in runtime.sessions.all():
        for job in list(session.jobs.values()):
            runtime.worker.publish_failure(
                job, problem, after_values=job.latest is not None, outcome="stopped"
            )


def _unread(runtime: Runtime) -> bool:
    oldest_s = runtime.clock() - READ_S
    return any(_is_awaited(session, oldest_s) for session in runtime.sessions.all())


def _is_awaited(session: Session, oldest_s: float) -> bool:
    outbox = session.outbox
    if outbox.delivered >= outbox.last_seq:
        return False
    last = outbox.after(outbox.last_seq - 1)
    return bool(last) and last[-1].published_s >= oldest_s
