from __future__ import annotations

import asyncio
import time

from limelight.runtime.outbox import Outbox
from limelight.runtime.presence import Presence
from limelight.runtime.sessions import Session


class Told:
    """What was done with sessions that nobody reads."""

    def __init__(self, window_s: float) -> None:
        self.abandoned = 0
        self.left = 0
        self.presence = Presence(window_s, abandon=self.abandon, leave=self.leave)
        self.session = Session("s", None, Outbox(time.monotonic))

    def abandon(self, session: Session) -> None:
        self.abandoned += session is self.session

    def leave(self, session: Session) -> None:
        self.left += session is self.session

    def visit(self, *, said_goodbye: bool = False) -> None:
        self.presence.connected(self.session)
        self.presence.disconnected(self.session, is_page=True, said_goodbye=said_goodbye)


async def test_a_reader_that_does_not_come_back_is_given_up_once() -> None:
    told = Told(0.02)
    told.visit()
    told.visit()
    await asyncio.sleep(0.2)
    assert (told.abandoned, told.left) == (1, 1)


async def test_a_reader_that_is_there_is_not_given_up() -> None:
    told = Told(0.02)
    told.visit()
    told.presence.connected(told.session)
    await asyncio.sleep(0.2)
    assert told.abandoned == 0
    told.presence.disconnected(told.session)
    await asyncio.sleep(0.2)
    assert told.abandoned == 1


async def test_a_call_prolongs_the_time_to_come_back() -> None:
    told = Told(0.4)
    told.visit()
    await asyncio.sleep(0.3)
    told.presence.give_time(told.session)
    await asyncio.sleep(0.2)
    assert told.abandoned == 0
    await asyncio.sleep(0.5)
    assert told.abandoned == 1


async def test_a_page_that_said_goodbye_leaves_once_and_leaves_no_timer() -> None:
    told = Told(0.02)
    told.visit()
    told.visit(said_goodbye=True)
    await asyncio.sleep(0.2)
    assert (told.abandoned, told.left) == (0, 1)
