"""Memory that sessions leave behind when they have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.generator import play
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant
    from bench.processes import Server

__all__ = ["measure"]


def _per_session_bytes(server: Server, count: int, rounds: int, way: str) -> float:
    fn_index = server.fn_index("greet")

    def come_and_go(visitors: int) -> int:
        play("visits", server, fn_index=fn_index, count=visitors, way=way, stays=False)
        return server.rss_bytes()

    # As many as are kept, and until the allocator has what it needs for that.
    before_bytes = after_bytes = come_and_go(5 * count)
    for _ in range(rounds):
        after_bytes = come_and_go(count)
    return (after_bytes - before_bytes) / (rounds * count)


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Each session has a State, calls once and is closed. Both frameworks keep the state of closed
    sessions for an hour, so the app keeps 500 at most; once they are there, nothing may grow. One
    round is a try: 600 sessions.
    """
    count = 600 if rounds == 1 else 1000
    rows = {
        "client": Row(f"memory left by a session, of {count}, client", "kB", most=0.1, digits=2),
        "page": Row(f"memory left by a session, of {count}, page", "kB", most=0.1, digits=2),
    }
    for one in contestants:
        if one.name == "nicegui":
            continue
        for way in rows if one.name == "limelight" else ("client",):
            with serving(one, "visits") as server:
                left_kb = _per_session_bytes(server, count, rounds, way) / 1e3
            for name in (way,) if one.name == "limelight" else rows:
                rows[name].add(one.name, left_kb)
    return list(rows.values())
