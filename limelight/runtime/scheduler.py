"""Which job next: concurrency groups, first in first out, batches. Starts jobs; does not run them.

All methods run on the event loop, so no lock is needed; nothing polls.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from limelight.runtime.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from limelight.runtime.job import Job

__all__ = ["Group", "Scheduler"]


class Group:
    """Jobs that share a limit."""

    def __init__(self, name: str, limit: int | None) -> None:
        self.name = name
        self.limit = limit
        """Most jobs that run at once; None is no limit."""
        self.running = 0
        self.waiting: deque[Job] = deque()

    @property
    def is_full(self) -> bool:
        """Whether no further call of it may run now."""
        return self.limit is not None and self.running >= self.limit


class Scheduler:
    """The queue.

    Args:
        groups: Limit of each concurrency group, by name.
        max_size: Most waiting jobs; None is no limit.
        max_running: Most jobs that run at once over all groups.
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
    ) -> None:
        self._limits = groups
        self._groups: dict[str, Group] = {}
        self._max_size = max_size
        self._max_running = max_running
        self._start = start
        self._moved = moved
        self._turn: deque[str] = deque()
        self.running = 0
        self.waiting = 0

    def group_of(self, job: Job) -> Group:
        """The group that a job waits in."""
        name = job.listener.group
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = Group(name, self._limits.get(name, 1))
            self._turn.append(name)
        return found

    def check_room(self) -> None:
        """Say no when the queue is full.

        Raises:
            Rejected: status 503.
        """
        if self._max_size is not None and self.waiting >= self._max_size:
            raise Rejected(503, f"The queue is full: {self.waiting} calls wait. Try again later.")

    def put(self, job: Job) -> None:
        """Queue a job; it starts at once if there is room."""
        group = self.group_of(job)
        group.waiting.append(job)
        self.waiting += 1

    def run_next(self) -> None:
        """Start every job whose turn it is; groups take turns."""
        for _ in range(len(self._turn)):
            name = self._turn[0]
            self._turn.rotate(-1)
            group = self._groups[name]
            started = False
            while group.waiting and not group.is_full and self.running < self._max_running:
                self._start_one(group)
                started = True
            if started and group.waiting:
                self._moved(group)

    def _start_one(self, group: Group) -> None:
        job = group.waiting.popleft()
        jobs = [job]
        if job.listener.batch:
            for other in list(group.waiting):
                if len(jobs) >= job.listener.max_batch_size:
                    break
                if other.listener is job.listener:
                    group.waiting.remove(other)
                    jobs.append(other)
        self.waiting -= len(jobs)
        group.running += 1
        self.running += 1
        self._start(jobs)

    def finished(self, job: Job) -> None:
        """A job, or the batch it was in, is done: its place is free."""
        self.group_of(job).running -= 1
        self.running -= 1
        self.run_next()

    def remove(self, jobs: Iterable[Job]) -> list[Job]:
        """Take waiting jobs out of the queue; returns those that were waiting."""
        removed: list[Job] = []
        touched: set[str] = set()
        for job in jobs:
            group = self.group_of(job)
            if job in group.waiting:
                group.waiting.remove(job)
                self.waiting -= 1
                removed.append(job)
                touched.add(group.name)
        for name in touched:
            self._moved(self._groups[name])
        return removed
