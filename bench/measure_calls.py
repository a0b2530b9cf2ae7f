"""Many sessions that call a trivial function at the same time: calls per second, and the wait."""

from __future__ import annotations

from statistics import quantiles
from typing import TYPE_CHECKING

from bench.generator import play
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """200 sessions, ten calls at a time, over HTTP as the official clients talk; and ours over the
    WebSocket of its page. Gradio's page talks like the clients, so its figure stands for both. One
    round is a try: fewer sessions, shorter.
    """
    is_try = rounds == 1
    count, span_s = (50, 3.0) if is_try else (200, 6.0)
    rate = Row(f"{count} sessions calling, as clients", "events/s", least_ratio=8, digits=0)
    late = Row(f"{count} sessions calling, as clients, p99", "ms", most_ratio=1 / 5, digits=0)
    page_rate = Row(f"{count} sessions calling, as pages", "events/s", least_ratio=8, digits=0)
    page_late = Row(f"{count} sessions calling, as pages, p99", "ms", most_ratio=1 / 5, digits=0)
    busy = Row("calls, part of a core that the generator used", "%", digits=0)
    for _ in range(rounds):
        for one in contestants:
            if one.name == "nicegui":  # speaks another protocol
                continue
            ways = ("client", "page") if one.name == "limelight" else ("client",)
            with serving(one, "load") as server:
                for way in ways:
                    found = play(
                        "calls",
                        server,
                        fn_index=server.fn_index("greet"),
                        count=count,
                        warm_s=1.5,
                        span_s=span_s,
                        way=way,
                    )
                    waits_s = found["latencies_s"]
                    per_s = len(waits_s) / found["span_s"]
                    p99_ms = quantiles(waits_s, n=100, method="inclusive")[-1] * 1e3
                    busy.add(one.name, found["busy"] * 100)
                    for row_rate, row_late in ([(rate, late)] if way == "client" else []) + (
                        [(page_rate, page_late)] if way == ways[-1] else []
                    ):
                        row_rate.add(one.name, per_s)
                        row_late.add(one.name, p99_ms)
    return [rate, late, page_rate, page_late, busy]
