"""How heavy the parts of the browser half are. Each one is printed; rows are for those limited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.chunks import COMPONENT_BYTES, LIMITS_BYTES, measured, print_sizes
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Of this tree. What a page of the peer weighs, `page` tells."""
    _ = contestants, rounds
    now = measured()
    print_sizes(now)
    components = [name for name in now if ":" not in name and name not in LIMITS_BYTES]
    heaviest = max(components, key=lambda name: now[name].gzip)
    limited = {name: name for name in LIMITS_BYTES if name in now}
    limited[f"heaviest other component: {heaviest}"] = heaviest
    rows: list[Row] = []
    for what, name in limited.items():
        most = LIMITS_BYTES.get(name, COMPONENT_BYTES) / 1e3
        row = Row(f"{what}, compressed with gzip", "kB", most=most)
        row.add("limelight", now[name].gzip / 1e3)
        rows.append(row)
    return rows
