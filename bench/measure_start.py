"""From the process's start to the first page: wall and CPU time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Seconds until `GET /` answers 200."""
    wall = Row("start to first HTTP 200", "ms", most_ratio=1 / 10, digits=0)
    cpu = Row("start to first HTTP 200, CPU", "ms", digits=0)
    for number in range(rounds + 1):
        for one in contestants:
            with serving(one) as server:
                if number:
                    wall.add(one.name, server.start_s * 1e3)
                    cpu.add(one.name, server.start_cpu_s * 1e3)
    return [wall, cpu]
