"""Which job next: concurrency groups, turns, batches. Starts jobs; does not run them.

All methods run on the event loop, so no lock is needed; nothing polls. Who is next inside a group
is the business of `rounds.py`.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import TYPE_CHECKING, Literal

from limelight.runtime.rejected import Rejected
from limelight.runtime.rounds import Rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from limelight.core.listener import Listener
    from limelight.runtime.job import Job

__all__ = ["Group", "Scheduler"]

LOOK_AHEAD = 1000
"""How many places ahead a batch looks for calls of the same listener, when it shares its group."""


class Gathering:
    """Calls of a batch that is not full yet and waits for more. They stand behind the queue."""

    def __init__(self, timer: asyncio.TimerHandle) -> None:
        self.timer = timer
        self.jobs: dict[Job, None] = {}


class Group:
    """Jobs that share a limit."""

    def __init__(self, name: str, limit: int | None, *, is_fair: bool) -> None:
        self.name = name
        self.limit = limit
        """Most jobs that run at once; None is no limit."""
        self.running: dict[Job, None] = {}
        """What runs; of a batch its first job."""
        self.queue = Rounds(is_fair=is_fair)
        self.gathering: dict[Listener, Gathering] = {}
        """Batches that wait to be filled, by listener."""
        self.queued: Counter[Listener] = Counter()
        """How many jobs of each listener are in the queue."""
        self.waiting = 0
        """Jobs in the queue and in batches that fill."""
        self.returning: deque[tuple[Job, Callable[[], bool]]] = deque()
        """Jobs that lent their place and want one again, each with what lets it go on."""
        self.has_turn = False
        """Whether it is in the row of groups with something to start."""

    @property
    def is_full(self) -> bool:
        """Whether no further call of it may run now."""
        return self.limit is not None and len(self.running) >= self.limit

    def __iter__(self) -> Iterator[Job]:
        """The waiting jobs in the order in which they will start."""
        yield from self.queue
        for filling in self.gathering.values():
            yield from filling.jobs


class Scheduler:
    """The queue.

    Args:
        groups: Limit of each concurrency group, by name.
        max_size: Most waiting jobs; None is no limit.
        max_per_client: Most waiting jobs of one client; None is no limit.
        max_running: Most jobs that run at once over all groups.
        fairness: `"session"` lets sessions take turns, `"fifo"` serves in the order of arrival.
        start: Called with the job, or the jobs of a batch, whose turn it is.
        moved: Called with a group whose waiting jobs have new places.
    """

    def __init__(
        self,
        groups: dict[str, int | None],
        *,
        max_size: int | None,
        max_running: int,
        start: Callable[[list[Job]], None],
        moved: Callable[[Group], None],
        max_per_client: int | None = None,
        fairness: Literal["session", "fifo"] = "session",
    ) -> None:
        self._limits = groups
        self._groups: dict[str, Group] = {}
        self._max_size = max_size
        self._max_per_client = max_per_client
        self._max_running = max_running
        self._is_fair = fairness == "session"
        self._start = start
        self._moved = moved
        self._turns: deque[Group] = deque()
        self._lent: set[Job] = set()
        """Jobs that run without a place, because they wait for a person."""
        self._of_client: Counter[str] = Counter()
        self.running = 0
        self.waiting = 0

    def group_of(self, job: Job) -> Group:
        """The group that a job waits in."""
        name = job.listener.group
        found = self._groups.get(name)
        if found is None:
            limit = self._limits.get(name, 1)
            found = self._groups[name] = Group(name, limit, is_fair=self._is_fair)
        return found

    # ---- in ------------------------------------------------------------------------------------

    def check_room(self, client: str) -> None:
        """Say no when the queue is full, or holds enough calls of one client.

        Raises:
            Rejected: status 503 or 429.
        """
        if self._max_size is not None and self.waiting >= self._max_size:
            raise Rejected(503, f"The queue is full: {self.waiting} calls wait. Try again later.")
        most = self._max_per_client
        if most is not None and self._of_client[client] >= most:
            raise Rejected(
                429,
                f"As many calls from here wait already as may: {most}. Try again later.",
            )

    def put(self, job: Job) -> int:
        """Queue a job; returns how many are before it. `run_next` starts it if there is room."""
        group = self.group_of(job)
        job.is_waiting = True
        self.waiting += 1
        group.waiting += 1
        self._of_client[job.client] += 1
        listener = job.listener
        if listener.max_wait and listener.batch and self._must_gather(group, listener):
            return self._gather(group, job)
        return self._enqueue(group, job)

    def _enqueue(self, group: Group, job: Job) -> int:
        rank = group.queue.put(job, (job.session.identity, job.session.hash))
        group.queued[job.listener] += 1
        self._give_turn(group)
        if rank < len(group.queue) - 1:
            self._moved(group)  # it stands before somebody
        return rank

    def _must_gather(self, group: Group, listener: Listener) -> bool:
        """Whether no batch with room stands in the queue already."""
        return group.queued[listener] % listener.max_batch_size == 0

    def _gather(self, group: Group, job: Job) -> int:
        listener = job.listener
        filling = group.gathering.get(listener)
        if filling is None:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(listener.max_wait, self._time_is_up, group, listener)
            filling = group.gathering[listener] = Gathering(timer)
        filling.jobs[job] = None
        if len(filling.jobs) >= listener.max_batch_size:
            self._release(group, listener)
        return group.waiting - 1

    def _release(self, group: Group, listener: Listener) -> None:
        """A batch waits for no more calls: its jobs enter the queue."""
        filling = group.gathering.pop(listener)
        filling.timer.cancel()
        for job in filling.jobs:
            self._enqueue(group, job)

    def _time_is_up(self, group: Group, listener: Listener) -> None:
        self._release(group, listener)
        self.run_next()

    def release_batches(self) -> None:
        """Let batches that wait for more calls begin: no more will come."""
        for group in self._groups.values():
            for listener in list(group.gathering):
                self._release(group, listener)
        self.run_next()

    def close(self) -> None:
        """Start nothing more."""
        self._max_running = 0
        for group in self._groups.values():
            for filling in group.gathering.values():
                filling.timer.cancel()

    # ---- out -----------------------------------------------------------------------------------

    def _give_turn(self, group: Group) -> None:
        if not group.has_turn and not group.is_full and (group.returning or len(group.queue)):
            group.has_turn = True
            self._turns.append(group)

    def run_next(self) -> None:
        """Start every job whose turn it is; groups take turns."""
        turns = self._turns
        touched: dict[Group, None] = {}
        while turns and self.running < self._max_running:
            group = turns.popleft()
            group.has_turn = False
            if group.returning and not group.is_full:
                self._return_one(group)
                self._give_turn(group)
            elif len(group.queue) and not group.is_full:
                self._start_one(group)
                touched[group] = None
                self._give_turn(group)
        for group in touched:
            if group.waiting:
                self._moved(group)

    def _start_one(self, group: Group) -> None:
        first = group.queue.take()
        jobs = [first]
        listener = first.listener
        group.queued[listener] -= 1
        if listener.batch:
            self._fill(group, jobs)
        for job in jobs:
            self._left(group, job)
        group.running[first] = None
        self.running += 1
        self._start(jobs)

    def _fill(self, group: Group, jobs: list[Job]) -> None:
        listener = jobs[0].listener
        room = min(listener.max_batch_size - 1, group.queued[listener])
        if room <= 0:
            return
        found: list[Job] = []
        for place, job in enumerate(group.queue):
            if len(found) == room or place == LOOK_AHEAD:
                break
            if job.listener is listener:
                found.append(job)
        for job in found:
            group.queue.take_along(job)
        group.queued[listener] -= len(found)
        jobs += found

    def _left(self, group: Group, job: Job) -> None:
        """A job waits no more."""
        job.is_waiting = False
        self.waiting -= 1
        group.waiting -= 1
        client = job.client
        self._of_client[client] -= 1
        if self._of_client[client] <= 0:
            del self._of_client[client]

    def lend(self, job: Job) -> None:
        """A running job waits for a person: its place is free for others."""
        if job in self.group_of(job).running:
            self.finished(job)
            self._lent.add(job)

    def take_back(self, job: Job, go_on: Callable[[], bool]) -> None:
        """A job that lent its place wants to go on: with the next one that is free.

        Args:
            job: Which.
            go_on: Lets it; false if it does not want to any more.
        """
        if job not in self._lent:
            go_on()
            return
        group = self.group_of(job)
        group.returning.append((job, go_on))
        self._give_turn(group)
        self.run_next()

    def _return_one(self, group: Group) -> None:
        job, go_on = group.returning.popleft()
        if job in self._lent and go_on():
            self._lent.discard(job)
            group.running[job] = None
            self.running += 1

    def finished(self, job: Job) -> None:
        """A job, or the batch it was the first of, is done: its place is free."""
        group = self.group_of(job)
        self._lent.discard(job)
        if job not in group.running:
            return
        del group.running[job]
        self.running -= 1
        if group.waiting or group.returning:
            self._give_turn(group)
        self._rest(group)
        self.run_next()

    @staticmethod
    def _rest(group: Group) -> None:
        """Forget whose turn it was in a group that has nothing to do."""
        if not group.waiting and not group.running:
            group.queue.restart()
            group.queued.clear()

    def remove(self, jobs: Iterable[Job]) -> list[Job]:
        """Take waiting jobs out of the queue; returns those that were waiting."""
        removed: list[Job] = []
        touched: dict[Group, None] = {}
        for job in jobs:
            group = self.group_of(job)
            if not self._take_out(group, job):
                continue
            self._left(group, job)
            removed.append(job)
            touched[group] = None
        for group in touched:
            if group.waiting:
                self._moved(group)
            self._rest(group)
        return removed

    def _take_out(self, group: Group, job: Job) -> bool:
        if job.flow is not None:
            group.queue.remove(job)
            group.queued[job.listener] -= 1
            return True
        filling = group.gathering.get(job.listener)
        if filling is None or job not in filling.jobs:
            return False
        del filling.jobs[job]
        if not filling.jobs:
            filling.timer.cancel()
            del group.gathering[job.listener]
        return True
