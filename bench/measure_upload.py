"""A large upload: what it costs in memory, and how long others wait meanwhile."""

from __future__ import annotations

import tempfile
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.generator import play
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """1 GB, made up as it is sent, while somebody else asks a small thing every 20 ms. One round is
    a try: 100 MB.
    """
    size_bytes = 10**8 if rounds == 1 else 10**9
    what = f"upload of {size_bytes / 1e9:g} GB"
    memory = Row(f"{what}, most growth of memory", "MB", most=20, digits=1)
    wait = Row(f"{what}, others wait, p99", "ms", most=50)
    longest = Row(f"{what}, others wait, longest", "ms")
    rate = Row(f"{what}, speed", "MB/s", digits=0)
    for one in contestants:
        if one.name == "nicegui":
            continue
        with tempfile.TemporaryDirectory() as folder:
            variables = {"GRADIO_TEMP_DIR": folder}  # read by both
            with serving(one, "load", variables) as server:
                play("uploads", server, size_bytes=10**6)  # warm: modules are loaded
                before_bytes = server.rss_bytes()
                server.forget_peak()
                found = play("uploads", server, size_bytes=size_bytes)
                memory.add(one.name, (server.rss_bytes(is_peak=True) - before_bytes) / 1e6)
                waits_ms = [one_s * 1e3 for one_s in found["waits_s"]]
                wait.add(one.name, quantiles(waits_ms, n=100, method="inclusive")[-1])
                longest.add(one.name, max(waits_ms))
                rate.add(one.name, size_bytes / 1e6 / found["span_s"])
    return [memory, wait, longest, rate]
