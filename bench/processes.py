"""Running apps as processes, and the CPU time that they have used."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.contestants import environment

if TYPE_CHECKING:
    from collections.abc import Generator

    from bench.contestants import Contestant

__all__ = ["Server", "serving"]

_START_TIMEOUT_S = 120.0


class Server:
    """A contestant's app, running.

    Args:
        contestant: Whose.
        page: `hello` or `click`.
    """

    def __init__(self, contestant: Contestant, page: str = "hello") -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        began_s = time.perf_counter()
        self._process = subprocess.Popen(
            contestant.command(page, self.port),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
            cwd=tempfile.gettempdir(),
        )
        self._await_answer()
        self.start_s = time.perf_counter() - began_s
        """Seconds from the process's start to its first answer with status 200."""
        self.start_cpu_s = self.cpu_s()
        """CPU seconds that this took."""

    def _await_answer(self) -> None:
        deadline_s = time.monotonic() + _START_TIMEOUT_S
        while time.monotonic() < deadline_s:
            if self._process.poll() is not None:
                raise SystemExit(f"{self._process.args!r} ended at once; run it to see why.")
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("GET", "/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.005)
            finally:
                connection.close()
        raise SystemExit(f"{self._process.args!r} did not answer within {_START_TIMEOUT_S} s.")

    def cpu_s(self) -> float:
        """CPU seconds of the process and those it has started."""
        return sum(map(_cpu_s, _tree(self._process.pid)))

    def close(self) -> None:
        """End the process."""
        for process in reversed(_tree(self._process.pid)[1:]):
            os.kill(process, 9)
        self._process.kill()
        self._process.wait()


@contextmanager
def serving(contestant: Contestant, page: str = "hello") -> Generator[Server]:
    """Runs a contestant's app."""
    server = Server(contestant, page)
    try:
        yield server
    finally:
        server.close()


def _cpu_s(process: int) -> float:
    # The kernel's clock of another process's CPU time, in nanoseconds, ended threads included;
    # /proc/PID/stat counts in hundredths of a second. The number is that of
    # clock_getcpuclockid(3), with CPUCLOCK_SCHED.
    return time.clock_gettime((~process << 3) | 2)


def _tree(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for one in found:
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, tasks.read_text().split())
    return found
