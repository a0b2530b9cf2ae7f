"""Ids that must not be mixed up, as distinct types. No behaviour."""

from __future__ import annotations

from typing import NewType

__all__ = ["BlockId", "EventId", "ListenerId", "SessionHash"]

BlockId = NewType("BlockId", int)
"""A block of one app's graph."""

ListenerId = NewType("ListenerId", int)
"""A listener of one app's graph; `fn_index` on the wire."""

SessionHash = NewType("SessionHash", str)
"""One browser tab or one client, named by itself."""

EventId = NewType("EventId", str)
"""One call: 32 hexadecimal digits."""
