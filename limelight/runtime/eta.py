"""How long the queue will take: the running mean of each listener's run time."""

from __future__ import annotations

__all__ = ["RunTimes"]


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

    def until_result(self, listener_id: int, ahead: int, limit: int | None) -> float | None:
        """Seconds until the result of a call with `ahead` calls before it; None if unknown.

        A model, not a measurement: all calls take the mean, and `limit` of them run at once.
        """
        mean = self.mean(listener_id)
        if mean is None:
            return None
        return mean * (1 + ahead / max(1, limit or ahead + 1))
