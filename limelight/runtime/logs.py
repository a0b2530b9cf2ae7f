"""What is written of calls: a line when one is finished, with facts that a program can read.

Loggers are called `limelight.` and a part's name. ERROR: a function or the server failed, with the
traceback. WARNING: something is wrong in the app, and goes on. INFO: a line per finished call
(`limelight.calls`). DEBUG: what helps to find a fault, such as refusals. Nobody sees INFO and DEBUG
who does not ask: with `logging`, or with `LIMELIGHT_LOG`.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from typing import TYPE_CHECKING, Any, Literal

from limelight.wire.codec import encode

if TYPE_CHECKING:
    from limelight.runtime.job import Job

__all__ = ["Outcome", "configure", "facts", "finished"]

Outcome = Literal["success", "error", "cancelled", "stopped"]

_FACTS = ("event_id", "api_name", "session", "duration", "outcome")

_log = logging.getLogger("limelight.calls")


def facts(job: Job) -> dict[str, Any]:
    """A call's facts, as `extra` of a record. A session is named so that its lines can be found
    together; nobody can use the name to read it.
    """
    return {
        "event_id": job.event_id,
        "api_name": job.listener.api_name,
        "session": hashlib.sha256(job.session.hash.encode()).hexdigest()[:8],
    }


def finished(job: Job, outcome: Outcome, now_s: float) -> None:
    """Write that a call is finished."""
    if not _log.isEnabledFor(logging.INFO):
        return
    duration_s = now_s - job.started_s if job.started_s is not None else 0.0
    extra = {**facts(job), "duration": round(duration_s, 6), "outcome": outcome}
    text = "%s %s in %.3f s (call %s, session %s)"
    name, session = extra["api_name"], extra["session"]
    _log.info(text, name, outcome, duration_s, job.event_id, session, extra=extra)


class _Json(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: record.__dict__[name] for name in _FACTS if name in record.__dict__}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return encode(line).decode()


class _Handler(logging.StreamHandler[Any]):
    """The one that `configure` adds."""


def configure(mode: Literal["info", "debug", "json"] | None) -> None:
    """Write records to the standard error, as `LIMELIGHT_LOG` says. Again is the same as once."""
    if mode is None:
        return
    logger = logging.getLogger("limelight")
    for handler in list(logger.handlers):
        if isinstance(handler, _Handler):
            logger.removeHandler(handler)
    handler = _Handler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_Json() if mode == "json" else plain)
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if mode == "debug" else logging.INFO)
    logger.propagate = False  # or an author's own handlers would write each line twice
