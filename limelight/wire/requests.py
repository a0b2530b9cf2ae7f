"""What clients send: the body of each POST. Unknown members are ignored."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["Answer", "Cancel", "Join", "Reset"]


class Join(msgspec.Struct):
    """A call: `/queue/join`, `/run/{name}`, `/call/{name}` and the socket's `join`."""

    data: list[Any]
    """One payload per input of the listener; null for State."""
    fn_index: int | None = None
    """The listener's id."""
    session_hash: str | None = None
    """The caller's session; chosen by the client."""
    event_data: Any = None
    """What the page's event brought along."""
    trigger_id: int | None = None
    """The block that fired."""
    batched: bool = False
    """Whether `data` holds a list per input (direct calls of batch functions only)."""
    key: str | None = None
    """Ours: a name for this call; joining twice with the same key starts one call."""


class Answer(msgspec.Struct):
    """The answer to a question of a running function."""

    session_hash: str
    """The caller's session; the event id, for a call that named none."""
    answer: Any = None
    """True or false, the label of an option, a text, or an uploaded file; null declines."""


class Cancel(msgspec.Struct):
    """Ends a running or waiting call."""

    session_hash: str
    fn_index: int
    event_id: str


class Reset(msgspec.Struct):
    """Sent by clients after a cancel; has no effect."""

    event_id: str
