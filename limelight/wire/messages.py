"""What the server tells a session: one struct per message, tagged by `msg`. No behaviour.

Names and members follow the event-stream protocol `sse_v3` that the official clients speak.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

__all__ = [
    "Ask",
    "CloseStream",
    "Estimation",
    "Heartbeat",
    "Log",
    "Message",
    "Output",
    "ProcessCompleted",
    "ProcessGenerating",
    "ProcessStarts",
    "ProcessStreaming",
    "Progress",
    "ProgressUnit",
    "UnexpectedError",
]


class Output(msgspec.Struct):
    """One step's result."""

    data: list[Any]
    """One value per output of the listener; after a generator's first step, edits instead."""
    is_generating: bool | None = False
    """Whether more steps follow; null for batch functions."""
    duration: float = 0.0
    """Seconds that this step took."""
    average_duration: float | None = None
    """Seconds, running mean for the listener."""
    render_config: dict[str, Any] | None = None
    """The rebuilt part of the page, for render functions."""
    changed_state_ids: list[int] = []
    """State blocks whose value changed and that have listeners."""
    used_cache: Literal["full", "partial"] | None = None


class Estimation(msgspec.Struct, tag_field="msg", tag="estimation"):
    """A waiting call's place."""

    event_id: str | None
    rank: int | None
    """Calls ahead of this one; 0 is next."""
    queue_size: int
    """Waiting calls in the same concurrency group."""
    rank_eta: float | None = None
    """Seconds until the result, estimated."""


class ProcessStarts(msgspec.Struct, tag_field="msg", tag="process_starts"):
    """The function begins."""

    event_id: str
    eta: float | None = None
    """Seconds, mean run time of the function."""


class ProgressUnit(msgspec.Struct):
    """One bar; nested loops give several, outer first."""

    index: int | float | None = None
    length: int | float | None = None
    unit: str | None = None
    progress: float | None = None
    desc: str | None = None


class Progress(msgspec.Struct, tag_field="msg", tag="progress"):
    """Where a running function is."""

    event_id: str
    progress_data: list[ProgressUnit]


class Log(msgspec.Struct, tag_field="msg", tag="log"):
    """A toast that the function asked for."""

    event_id: str
    log: str
    level: Literal["info", "warning", "success", "error"]
    duration: float | None = 10
    """Seconds; null stays until closed."""
    visible: bool = True
    title: str = "Info"


class Ask(msgspec.Struct, tag_field="msg", tag="log"):
    """A running function asks its caller, or needs the answer no more.

    A toast to those who know no questions: the official clients fail at messages of other names.
    """

    event_id: str
    ask: dict[str, Any]
    """What is asked: `id`, `kind`, `prompt`, and what belongs to it; at the end `id` and `over`.
    The answer goes to `ask/{id}`."""
    log: str = ""
    level: Literal["info"] = "info"
    duration: float | None = None
    visible: bool = True
    title: str = "Question"


class ProcessGenerating(msgspec.Struct, tag_field="msg", tag="process_generating"):
    """One value of a generator: full the first time, edits afterwards."""

    event_id: str
    output: Output
    success: bool = True
    time_limit: float | None = None


class ProcessStreaming(msgspec.Struct, tag_field="msg", tag="process_streaming"):
    """One answer to a chunk of streamed input; always full."""

    event_id: str
    output: Output
    success: bool = True
    time_limit: float | None = None


class ProcessCompleted(msgspec.Struct, tag_field="msg", tag="process_completed"):
    """The last message of a call."""

    event_id: str
    output: Output | dict[str, Any]
    """Full values; an error object when `success` is false; one null per output when cancelled."""
    success: bool = True
    title: str | None = None
    used_cache: Literal["full", "partial"] | None = None
    cache_duration: float | None = None
    avg_time: float | None = None


class CloseStream(msgspec.Struct, tag_field="msg", tag="close_stream"):
    """No unfinished call is left in the session; the event stream ends."""

    event_id: None = None


class Heartbeat(msgspec.Struct, tag_field="msg", tag="heartbeat"):
    """The connection lives."""

    event_id: None = None


class UnexpectedError(msgspec.Struct, tag_field="msg", tag="unexpected_error"):
    """The whole stream failed."""

    message: str
    event_id: None = None
    session_not_found: bool = False
    success: bool = False


Message = (
    Estimation
    | ProcessStarts
    | Progress
    | Log
    | Ask
    | ProcessGenerating
    | ProcessStreaming
    | ProcessCompleted
    | CloseStream
    | Heartbeat
    | UnexpectedError
)
