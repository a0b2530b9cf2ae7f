"""CPU that a server uses while nobody does anything, without a page and with one open."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from bench.browser import chromium
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]

_SETTLE_S = 3.0
_SPAN_S = 10.0


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """All servers idle at the same time, so that one span serves for all."""
    alone = Row("idle server, CPU", "% of a core", most=0.1, digits=3)
    paged = Row("idle server with a page, CPU", "% of a core", most=0.1, digits=3)
    with ExitStack() as stack:
        servers = {one.name: stack.enter_context(serving(one)) for one in contestants}
        browser = stack.enter_context(chromium())
        for row in (alone, paged):
            if row is paged:
                for server in servers.values():
                    page = browser.new_page()
                    page.goto(server.url)
                    page.wait_for_selector("button:has-text('Submit')", timeout=60_000)
            time.sleep(_SETTLE_S)
            for _ in range(min(rounds, 3)):
                before_s = {name: server.cpu_s() for name, server in servers.items()}
                time.sleep(_SPAN_S)
                for name, server in servers.items():
                    row.add(name, (server.cpu_s() - before_s[name]) / _SPAN_S * 100)
    return [alone, paged]
