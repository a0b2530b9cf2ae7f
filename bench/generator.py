"""Load generators as processes: what plays the clients is no part of what is measured."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bench.contestants import ROOT

if TYPE_CHECKING:
    from collections.abc import Generator

    from bench.processes import Server

__all__ = ["holding", "play"]

_LONGEST_S = 600


def play(name: str, server: Server, **arguments: Any) -> dict[str, Any]:
    """Runs one of `bench/load/` to its end; what it prints. `busy` is the part of a core that it
    needed: far below 1, or it is itself that was measured.
    """
    done = subprocess.run(
        _command(name, server, arguments),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        cwd=ROOT,
        timeout=_LONGEST_S,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def holding(name: str, server: Server, **arguments: Any) -> Generator[None]:
    """Runs one that prints a line when it is ready and stays until its input ends."""
    with subprocess.Popen(
        _command(name, server, arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            if not process.stdout.readline():
                raise SystemExit(f"{process.args!r} failed.")
            yield
        finally:
            process.stdin.close()
            process.stdout.read()


def _command(name: str, server: Server, arguments: dict[str, Any]) -> list[str]:
    return [sys.executable, "-m", "bench.load", name, str(server.port), json.dumps(arguments)]
