"""Who is there: connections of each session, and what happens when nobody reads it any more.

A connection that breaks may come back within the resume window; its calls go on until then. A page
that says goodbye gets less time, enough to be loaded again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.runtime.sessions import Session

__all__ = ["RELOAD_S", "Presence"]

RELOAD_S = 10.0
"""Seconds that a page that was left has to come back, if calls of it run: it may be reloading."""


class Presence:
    """Counts connections.

    Args:
        window_s: Seconds that a lost connection has to come back.
        abandon: Called with a session that nobody came back to; cancels its calls.
        leave: Called with a session whose page is gone for good.
    """

    def __init__(
        self,
        window_s: float,
        *,
        abandon: Callable[[Session], None],
        leave: Callable[[Session], None],
    ) -> None:
        self._window_s = window_s
        self._abandon = abandon
        self._leave = leave
        self.is_stopping = False

    def connected(self, session: Session) -> None:
        """A stream or socket reads the session from now on."""
        session.connections += 1
        # `grace` goes on: each call has a stream of its own that comes and goes, and a timer that
        # is looked at when it ends costs nothing in between.
        if session.expiry is not None:
            session.expiry.cancel()
            session.expiry = None

    def disconnected(
        self, session: Session, *, is_page: bool = False, said_goodbye: bool = False
    ) -> None:
        """A stream or socket went away.

        Args:
            session: What it read.
            is_page: Whether it stood for the whole page or client, not for some calls.
            said_goodbye: Whether the page told that it is left, or loaded again.
        """
        session.connections -= 1
        if session.connections > 0 or self.is_stopping or session.outbox.is_closed:
            return
        session.connections = 0
        for job in session.jobs.values():
            if job.chunks is not None:
                job.chunks.close()  # nobody is there who holds the camera or the microphone
        session.is_page_gone = session.is_page_gone or is_page
        if said_goodbye and not session.jobs:
            if session.grace is not None:
                session.grace.cancel()
                session.grace = None
            self._leave(session)
            return
        window_s = min(RELOAD_S, self._window_s) if said_goodbye else self._window_s
        self._await_return(session, window_s)

    def give_time(self, session: Session) -> None:
        """A call from a session that nobody reads now: the reader gets the whole window to come."""
        if session.grace is not None and not session.connections:
            self._await_return(session, self._window_s)

    def _await_return(self, session: Session, window_s: float) -> None:
        loop = asyncio.get_running_loop()
        session.grace_until_s = until_s = loop.time() + window_s
        if session.grace is not None:
            if session.grace.when() <= until_s:
                return  # it finds out that the time was prolonged; each call does that
            session.grace.cancel()
        session.grace = loop.call_at(until_s, self._end, session)

    def _end(self, session: Session) -> None:
        session.grace = None
        loop = asyncio.get_running_loop()
        if loop.time() < session.grace_until_s and not session.connections:
            session.grace = loop.call_at(session.grace_until_s, self._end, session)
            return
        if session.connections > 0 or session.outbox.is_closed:
            return
        self._abandon(session)
        if session.is_page_gone:
            session.is_page_gone = False
            self._leave(session)
