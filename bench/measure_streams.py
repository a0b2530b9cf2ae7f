"""Many clients that read a growing text at the same time: increments per second, and bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.generator import play
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]

_CLIENTS = 50


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """A function yields the text after each word of six characters; 50 clients call it at once. A
    server may put what is late into one message, so words are counted, not messages; each client
    checks that its text is whole. Bytes are those of the sockets, in both directions. One round is
    a try: fewer words.
    """
    increments = 300 if rounds == 1 else 2000
    what = f"{_CLIENTS} clients reading {increments} increments"
    rates = {
        "page": Row(f"{what}, as pages", "items/s", least_ratio=8, digits=0),
        "client": Row(f"{what}, as clients", "items/s", least_ratio=8, digits=0),
    }
    sizes = {
        "page": Row("streams, bytes on the wire, as pages", "MB", most_ratio=1 / 3, digits=2),
        "client": Row("streams, bytes on the wire, as clients", "MB", most_ratio=1 / 3, digits=2),
    }
    messages = {
        "page": Row("streams, messages that brought them, as pages", "", digits=0),
        "client": Row("streams, messages that brought them, as clients", "", digits=0),
    }
    busy = Row("streams, part of a core that the generator used", "%", digits=0)
    for one in contestants:
        if one.name == "nicegui":
            continue
        with serving(one, "load") as server:
            fn_index = server.fn_index("write")
            for way in ("page", "client") if one.name == "limelight" else ("client",):
                found = play(
                    "streams",
                    server,
                    fn_index=fn_index,
                    count=_CLIENTS,
                    increments=increments,
                    way=way,
                )
                busy.add(one.name, found["busy"] * 100)
                for name in (way,) if one.name == "limelight" else ("page", "client"):
                    rates[name].add(one.name, _CLIENTS * increments / found["span_s"])
                    sizes[name].add(one.name, found["wire_bytes"] / 1e6)
                    messages[name].add(one.name, found["values"])
    return [*(table[way] for way in rates for table in (rates, sizes, messages)), busy]
