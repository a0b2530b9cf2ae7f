"""Memory of a server that knows many sessions, all of them idle."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.generator import holding, play
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]

_SETTLE_S = 2.0


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Known: each has called once, and may again. Open: a page has its WebSocket open, or, with
    Gradio, its heartbeat. Of sessions that are known Gradio gets a tenth, and its growth is
    multiplied: it would take minutes. One round is a try: a fifth of all.
    """
    count = 2000 if rounds == 1 else 10_000
    known = Row(f"{count} known sessions, memory", "MB", most=300, digits=0)
    opened = Row(f"{count} open pages, memory", "MB", most=300, digits=0)
    # Ours keeps fewer streams open unless told otherwise, all the more for one address.
    variables = {
        "LIMELIGHT_MAX_STREAMS": str(2 * count),
        "LIMELIGHT_MAX_STREAMS_PER_CLIENT": str(2 * count),
    }
    for one in contestants:
        if one.name == "nicegui":
            continue
        share = 1 if one.name == "limelight" else 10
        with serving(one, "sessions") as server:
            fn_index = server.fn_index("greet")
            before_bytes = server.rss_bytes()
            visit = {"fn_index": fn_index, "way": "client", "stays": True}
            play("visits", server, count=count // share, **visit)
            grown_bytes = (server.rss_bytes() - before_bytes) * share
            known.add(one.name, (before_bytes + grown_bytes) / 1e6)
        with serving(one, "sessions", variables) as server:
            way = "page" if one.name == "limelight" else "client"
            with holding("sockets", server, count=count, way=way):
                time.sleep(_SETTLE_S)
                opened.add(one.name, server.rss_bytes() / 1e6)
    return [known, opened]
