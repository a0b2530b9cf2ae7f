"""`python -m bench [--quick] [--only NAME] [--without NAME]`: measures and prints one table."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from bench import (
    measure_calls,
    measure_chat,
    measure_chunks,
    measure_click,
    measure_event,
    measure_idle,
    measure_import,
    measure_many,
    measure_page,
    measure_sessions,
    measure_size,
    measure_start,
    measure_streams,
    measure_upload,
    measure_visits,
)
from bench.contestants import contestants
from bench.table import COLUMNS, Row, print_table

if TYPE_CHECKING:
    from bench.contestants import Contestant

MEASURES = {
    "import": (measure_import.measure, 9),
    "start": (measure_start.measure, 7),
    "size": (measure_size.measure, 1),
    "chunks": (measure_chunks.measure, 1),
    "page": (measure_page.measure, 7),
    "many": (measure_many.measure, 3),
    "idle": (measure_idle.measure, 2),
    "event": (measure_event.measure, 5),
    "click": (measure_click.measure, 4),
    "chat": (measure_chat.measure, 3),
    "calls": (measure_calls.measure, 2),
    "streams": (measure_streams.measure, 2),
    "visits": (measure_visits.measure, 2),
    "sessions": (measure_sessions.measure, 2),
    "upload": (measure_upload.measure, 2),
}
"""Name -> what measures, and how many rounds it takes. Those of the load are shorter with one."""

GROUPS = {"load": ("calls", "streams", "visits", "sessions", "upload")}
"""Name of several measures -> their names."""


def _versions(them: list[Contestant]) -> str:
    code = "from importlib.metadata import version; print({0!r}, version({0!r}))"
    return ", ".join(one.output("-c", code.format(one.module)).strip() for one in them)


def main() -> None:
    """Measures what the arguments say; ends with 0 also when a target is missed, but not when
    something could not be measured.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, less certain figures")
    parser.add_argument(
        "--only", action="append", choices=[*MEASURES, *GROUPS], help="measure this"
    )
    parser.add_argument("--without", action="append", choices=COLUMNS[1:], default=[])
    given = parser.parse_args()
    them = contestants([name for name in COLUMNS if name not in given.without])
    load = os.getloadavg()[0]
    print(
        f"{_versions(them)}; Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load:.1f}",
        flush=True,
    )
    if load > (os.cpu_count() or 1) / 2:
        print("The machine is busy: trust CPU times and ratios, not wall times.", flush=True)
    rows: list[Row] = []
    failed: list[str] = []
    wanted = [one for name in given.only or MEASURES for one in GROUPS.get(name, (name,))]
    for name in wanted:
        measure, rounds = MEASURES[name]
        began_s = time.perf_counter()
        print(f"bench: measuring {name} ...", end=" ", file=sys.stderr, flush=True)
        try:
            rows += measure(them, max(1, rounds // 3) if given.quick else rounds)
        except (subprocess.SubprocessError, SystemExit) as failure:  # the others still count
            failed.append(name)
            print(failure, file=sys.stderr, flush=True)
        print(f"{time.perf_counter() - began_s:.0f} s", file=sys.stderr, flush=True)
    print_table(rows)
    missed = [row.what for row in rows if row.verdict == "missed"]
    print(f"missed: {', '.join(missed)}" if missed else "No target is missed.")
    if failed:
        raise SystemExit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
