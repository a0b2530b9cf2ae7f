"""How long the queue will take: the running mean of each listener's run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limelight.core.listener import Listener
    from limelight.runtime.scheduler import Group

__all__ = ["Forecast", "RunTimes"]


class RunTimes:
    """Mean run times in seconds, by listener id."""

    def __init__(self) -> None:
        self._total: dict[int, tuple[float, int]] = {}

    def add(self, listener_id: int, seconds: float) -> float:
        """Note a run; returns the new mean."""
        total, count = self._total.get(listener_id, (0.0, 0))
        self._total[listener_id] = (total + seconds, count + 1)
        return (total + seconds) / (count + 1)

    def mean(self, listener_id: int) -> float | None:
        """Seconds a run takes; None before the first."""
        found = self._total.get(listener_id)
        return found[0] / found[1] if found else None

    def share(self, listener: Listener) -> float:
        """Seconds that one waiting call keeps a place busy; a batch's time is shared by its calls.
        0 if it is not known.
        """
        mean_s = self.mean(listener.id) or 0.0
        return mean_s / listener.max_batch_size if listener.batch else mean_s


class Forecast:
    """Times until the results of a group's waiting jobs.

    A model, not a measurement: each call takes its mean, and as many run at once as may.

    Args:
        times: The means.
        group: Who waits.
        now_s: The time on the clock by which jobs note their start.
    """

    def __init__(self, times: RunTimes, group: Group, now_s: float) -> None:
        self._times = times
        self._group = group
        self._places = max(1, group.limit or len(group.running) + group.waiting)
        self._until_free_s = self._first_end(now_s) if group.is_full else 0.0

    def _first_end(self, now_s: float) -> float:
        """Seconds until a place is free."""
        ends = [
            (self._times.mean(job.listener.id) or 0.0)
            - (now_s - job.started_s if job.started_s is not None else 0.0)
            for job in self._group.running
        ]
        return max(0.0, min(ends, default=0.0))

    def ahead(self, rank: int) -> float:
        """Seconds of work in front of a place, from the usual mixture of the group's calls."""
        queued = self._group.queued
        total = queued.total()
        if not rank or not total:
            return 0.0
        if len(queued) == 1:
            return rank * self._times.share(next(iter(queued)))
        work_s = sum(self._times.share(listener) * count for listener, count in queued.items())
        return rank * work_s / total

    def until_result(self, listener: Listener, ahead_s: float) -> float | None:
        """Seconds until the result of a call: its own run, those ahead, and a free place; None
        if nothing is known of its run time.
        """
        mean_s = self._times.mean(listener.id)
        if mean_s is None:
            return None
        return mean_s + ahead_s / self._places + self._until_free_s
