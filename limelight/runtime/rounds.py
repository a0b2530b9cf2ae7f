"""`Rounds`: who is next when several clients wait. Counts turns, knows nothing of limits or time.

Jobs stand in rounds: the first job of each session that came is in the first round, the second one
in the next, and so on; inside a round it is first come, first served. A session that comes later
joins the round that is being served, so nobody gets a second job before another's first
("start-time fair queueing", Goyal, Vin and Cheng, SIGCOMM 1996, with all jobs of the same size).

Every operation takes the same time however many wait, except walking through all of them.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from limelight.runtime.job import Job

__all__ = ["Flow", "Rounds"]


class Flow:
    """The waiting jobs of one session, in the order they came; one in each of its rounds."""

    __slots__ = ("jobs", "key", "last_round")

    def __init__(self, key: Hashable) -> None:
        self.key = key
        self.jobs: dict[Job, None] = {}
        self.last_round = -1
        """Round of its last job; it is in every round from its first job's to this one."""

    @property
    def first_round(self) -> int:
        """Round of its first waiting job."""
        return self.last_round - len(self.jobs) + 1


class Rounds:
    """Waiting jobs in the order in which they are served.

    Args:
        is_fair: Whether sessions take turns; if not, it is first in, first out.
    """

    def __init__(self, *, is_fair: bool) -> None:
        self._is_fair = is_fair
        self._flows: dict[Hashable, Flow] = {}
        self._rounds: deque[OrderedDict[Flow, None]] = deque((OrderedDict(),))
        self._first = 0
        """Number of the round that is being served."""
        self._served: list[Flow] = []
        """Those that were served in it."""
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Job]:
        """All jobs, the next one first."""
        jobs: dict[Flow, Iterator[Job]] = {}
        for turn in self._rounds:
            for flow in turn:
                waiting = jobs.get(flow)
                if waiting is None:
                    waiting = jobs[flow] = iter(flow.jobs)
                yield next(waiting)

    def put(self, job: Job, session: Hashable) -> int:
        """Add a job; returns how many are served before it."""
        key: Any = session if self._is_fair else job.event_id
        flow = self._flows.get(key)
        if flow is None:
            flow = self._flows[key] = Flow(key)
        number = max(self._first, flow.last_round + 1)
        flow.last_round = number
        flow.jobs[job] = None
        job.flow = flow
        place = number - self._first
        while place >= len(self._rounds):
            self._rounds.append(OrderedDict())
        self._rounds[place][flow] = None
        self._size += 1
        return self._size - 1 - self._behind(place)

    def _behind(self, place: int) -> int:
        """How many jobs are in the rounds after one; counted from the nearer end."""
        last = len(self._rounds) - 1
        if last - place <= place:
            return sum(len(self._rounds[i]) for i in range(last, place, -1))
        return self._size - sum(len(self._rounds[i]) for i in range(place + 1))

    def take(self) -> Job:
        """Take out the job that is next; there is one."""
        while not self._rounds[0]:
            self._rounds.popleft()
            self._first += 1
            self._forget_served()
        flow, _ = self._rounds[0].popitem(last=False)
        job = next(iter(flow.jobs))
        self._leave(flow, job)
        return job

    def take_along(self, job: Job) -> None:
        """Take out a job that is served together with one that was next."""
        flow = job.flow
        assert flow is not None  # noqa: S101  # it waits
        if next(iter(flow.jobs)) is job:  # its own turn, only earlier
            self._leave_round(flow, flow.first_round)
            self._leave(flow, job)
        else:
            self.remove(job)

    def remove(self, job: Job) -> None:
        """Take out a job that will not be served; its session's later ones move up."""
        flow = job.flow
        assert flow is not None  # noqa: S101  # it waits
        self._leave_round(flow, flow.last_round)
        flow.last_round -= 1
        self._leave(flow, job)
        if not flow.jobs and flow.last_round < self._first:
            self._flows.pop(flow.key, None)

    # Leaving is in two parts, because a round is left at its front or from its middle.

    def _leave(self, flow: Flow, job: Job) -> None:
        del flow.jobs[job]
        job.flow = None
        self._size -= 1
        if self._is_fair:
            self._served.append(flow)
        else:
            self._flows.pop(flow.key, None)

    def _leave_round(self, flow: Flow, number: int) -> None:
        del self._rounds[number - self._first][flow]
        while len(self._rounds) > 1 and not self._rounds[-1]:
            self._rounds.pop()

    def _forget_served(self) -> None:
        """Who has waited for nothing since the last round is as good as new."""
        kept: list[Flow] = []
        for flow in self._served:
            if flow.last_round >= self._first:
                if not flow.jobs:
                    kept.append(flow)
            elif self._flows.get(flow.key) is flow:
                del self._flows[flow.key]
        self._served = kept

    def restart(self) -> None:
        """Nobody waits and nothing runs: forget who was served."""
        if self._flows or self._served:
            self._flows.clear()
            self._served.clear()
            self._rounds = deque((OrderedDict(),))
            self._first = 0
