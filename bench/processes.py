"""Running apps as processes, and the CPU time that they have used."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.contestants import environment

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from bench.contestants import Contestant

__all__ = ["Server", "serving"]

_START_TIMEOUT_S = 120.0


class Server:
    """A contestant's app, running.

    Args:
        contestant: Whose.
        page: Which of its pages; see `apps/`.
        variables: Put into its environment.
    """

    def __init__(
        self,
        contestant: Contestant,
        page: str = "hello",
        variables: Mapping[str, str] | None = None,
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        began_s = time.perf_counter()
        self._process = subprocess.Popen(
            contestant.command(page, self.port),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environment(), **(variables or {})},
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

    def rss_bytes(self, *, is_peak: bool = False) -> int:
        """Memory of the process and those it has started that is in use now; or the most that was,
        since the last `forget_peak()`.
        """
        name = "VmHWM:" if is_peak else "VmRSS:"
        return sum(_status_bytes(process, name) for process in _tree(self._process.pid))

    def forget_peak(self) -> None:
        """Begin anew to note the most memory in use."""
        for process in _tree(self._process.pid):
            Path(f"/proc/{process}/clear_refs").write_text("5")  # see proc(5)

    def fn_index(self, api_name: str) -> int:
        """By which number an endpoint is called."""
        with urllib.request.urlopen(f"{self.url}config", timeout=30) as answer:
            config = json.load(answer)
        found: int = next(x["id"] for x in config["dependencies"] if x["api_name"] == api_name)
        return found

    def close(self) -> None:
        """End the process."""
        for process in reversed(_tree(self._process.pid)[1:]):
            os.kill(process, 9)
        self._process.kill()
        self._process.wait()


@contextmanager
def serving(
    contestant: Contestant, page: str = "hello", variables: Mapping[str, str] | None = None
) -> Generator[Server]:
    """Runs a contestant's app."""
    server = Server(contestant, page, variables)
    try:
        yield server
    finally:
        server.close()


def _cpu_s(process: int) -> float:
    # The kernel's clock of another process's CPU time, in nanoseconds, ended threads included;
    # /proc/PID/stat counts in hundredths of a second. The number is that of
    # clock_getcpuclockid(3), with CPUCLOCK_SCHED.
    return time.clock_gettime((~process << 3) | 2)


def _status_bytes(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def _tree(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for one in found:
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, tasks.read_text().split())
    return found
