"""`Ranks`: tells waiting calls their place in the queue and how long it will take.

Many changes in a short time are told once, so that a queue of n calls does not cost n messages for
each that moves. A timer runs only while there is something to tell.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from limelight.runtime.eta import Forecast
from limelight.wire import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from limelight.runtime.eta import RunTimes
    from limelight.runtime.job import Job
    from limelight.runtime.scheduler import Group

__all__ = ["Ranks"]

MESSAGES_PER_S = 500
"""How many places of one group are told in a second, on average, with the rate `"auto"`."""

SHORTEST_S = 0.05
"""Nobody reads faster than this."""

MOST_AT_ONCE = 250
"""Places told in one go; what else the loop has to do gets its turn in between."""


class Ranks:
    """Tells places.

    Args:
        times: How long functions take.
        clock: Seconds, by which jobs note their start.
        rate: Seconds between two messages about places; `"auto"` tells at once while few wait, and
            less often the more there are.
    """

    def __init__(
        self, times: RunTimes, clock: Callable[[], float], *, rate: float | Literal["auto"]
    ) -> None:
        self._times = times
        self._clock = clock
        self._rate = rate
        self._next_s: dict[Group, float] = {}
        """When a group may be told again, on the loop's clock."""
        self._timers: dict[Group, asyncio.TimerHandle] = {}
        self._going_on: dict[Group, asyncio.Handle] = {}
        """Groups of which the first places were told in this turn of the loop."""

    def tell_new(self, job: Job, group: Group, rank: int) -> None:
        """Tell a job that was just queued."""
        forecast = Forecast(self._times, group, self._clock())
        self._tell(
            job, rank, group.waiting, forecast.until_result(job.listener, forecast.ahead(rank))
        )

    def changed(self, group: Group) -> None:
        """Waiting jobs of a group have new places: tell them, now or soon."""
        if group in self._timers:
            return
        loop = asyncio.get_running_loop()
        due_s = self._next_s.get(group, 0.0)
        if loop.time() >= due_s and group not in self._going_on:
            self._tell_all(group)
        else:
            self._timers[group] = loop.call_at(due_s, self._tell_all, group)

    def _tell_all(self, group: Group) -> None:
        self._timers.pop(group, None)
        unfinished = self._going_on.pop(group, None)
        if unfinished is not None:  # the loop was too busy; these places are old by now
            unfinished.cancel()
        if not group.waiting:
            self._next_s.pop(group, None)
            return
        loop = asyncio.get_running_loop()
        self._next_s[group] = loop.time() + self._period_s(group.waiting)
        self._tell_some(group, iter(enumerate(list(group))), 0.0)

    def _period_s(self, waiting: int) -> float:
        if isinstance(self._rate, str):  # "auto"
            return max(SHORTEST_S, waiting / MESSAGES_PER_S)
        return self._rate

    def _tell_some(self, group: Group, rest: Iterator[tuple[int, Job]], ahead_s: float) -> None:
        forecast = Forecast(self._times, group, self._clock())
        size = group.waiting
        for told, (rank, job) in enumerate(rest, start=1):
            if job.is_waiting:  # it may have started since, if there are many
                eta_s = forecast.until_result(job.listener, ahead_s)
                self._tell(job, rank, size, eta_s)
            ahead_s += self._times.share(job.listener)
            if told == MOST_AT_ONCE:
                loop = asyncio.get_running_loop()
                self._going_on[group] = loop.call_soon(self._go_on, group, rest, ahead_s)
                return

    def _go_on(self, group: Group, rest: Iterator[tuple[int, Job]], ahead_s: float) -> None:
        del self._going_on[group]
        self._tell_some(group, rest, ahead_s)

    @staticmethod
    def _tell(job: Job, rank: int, size: int, eta_s: float | None) -> None:
        place = (rank, size, None if eta_s is None else round(eta_s, 2))
        if place != job.told:
            job.told = place
            job.session.outbox.publish(messages.Estimation(job.event_id, rank, size, eta_s))

    def close(self) -> None:
        """Tell nothing more."""
        for handle in (*self._timers.values(), *self._going_on.values()):
            handle.cancel()
        self._timers.clear()
        self._going_on.clear()
        self._next_s.clear()
