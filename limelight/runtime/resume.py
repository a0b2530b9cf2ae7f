"""What a reader that begins in the middle has to know: where each call stands now.

A page that was loaded again, or that was away for longer than the log reaches back, reads this and
then goes on from the newest message. Publishes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.stow import Stower
from limelight.wire import messages
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from limelight.runtime.job import Job
    from limelight.runtime.outbox import Entry
    from limelight.runtime.runtime import Runtime
    from limelight.runtime.sessions import Session

__all__ = ["MOST_CALLS", "standing", "updates"]

MOST_CALLS = 256
"""Calls that are looked up at a time."""


def standing(
    runtime: Runtime, session: Session, event_ids: Iterable[str]
) -> dict[str, list[bytes]]:
    """The messages, as JSON, that bring a new reader of some calls up to the newest message.

    A call that is not known, or whose result is not kept any more, has none.
    """
    found: dict[str, list[bytes]] = {}
    told: dict[str | None, list[Entry]] = {}
    for entry in session.outbox.after(0):
        told.setdefault(entry.event_id, []).append(entry)
    for event_id in list(dict.fromkeys(event_ids))[:MOST_CALLS]:
        job = session.jobs.get(event_id)
        entries = told.get(event_id, [])
        if job is None or job.is_done:
            found[event_id] = _ended(entries)
        elif job.started_s is None:  # its place in the queue
            found[event_id] = [entry.data for entry in entries[-1:]]
        else:
            found[event_id] = [encode(message) for message in _running(runtime, job)]
    return found


def updates(runtime: Runtime, session: Session) -> dict[str, dict[str, Any]]:
    """The props that functions changed in a session: an update per block, without values."""
    stower = Stower(runtime.files, session.identity, frozenset(), trusted=False)
    found: dict[str, dict[str, Any]] = {}
    for block_id, attributes in session.changed.items():
        block = runtime.graph.block(block_id)
        if block is None:
            continue
        wire = session.effective(block).wire_props()
        names = [
            name
            for name, prop in type(block).prop_table.items()
            if prop.attribute in attributes and (prop.wire or name in wire) and name != "value"
        ]
        props = {name: wire.get(name) for name in names}
        found[str(block_id)] = stower({"__type__": "update", **props})
    return found


def _running(runtime: Runtime, job: Job) -> list[messages.Message]:
    mean_s = runtime.times.mean(job.listener.id)
    told: list[messages.Message] = [messages.ProcessStarts(job.event_id, mean_s)]
    if job.latest_progress is not None:
        told.append(messages.Progress(job.event_id, job.latest_progress))
    if job.latest is not None:
        output = messages.Output(data=job.latest.data, is_generating=True, average_duration=mean_s)
        told.append(messages.ProcessGenerating(job.event_id, output))
    asked = [one for one in job.session.questions.values() if one.job is job and one.place is None]
    return [*told, *(one.message() for one in asked)]


def _ended(entries: list[Entry]) -> list[bytes]:
    """All that the log holds of it: a generator that failed is worth its last values."""
    if not entries or entries[-1].kind != "process_completed":
        return []
    is_whole = entries[0].kind in ("estimation", "process_starts")
    return [entry.data for entry in (entries if is_whole else entries[-1:])]
