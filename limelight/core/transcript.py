"""Text for a terminal while it is written: by `logging`, by functions and by other programs.

Knows nothing of the component; everything here yields or holds plain text.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from os import PathLike

__all__ = ["LogHandler", "Transcript", "run"]

P = ParamSpec("P")

_PAUSE_S = 0.05
"""Between two texts: what is written meanwhile travels together."""
_IDLE_S = 1.0
"""How long nothing is yielded at most, so that a call can be cancelled."""
_PIECE = 1 << 16
_GRACE_S = 3.0
"""For a program to end by itself when it was told to."""
_COLORS = {
    logging.DEBUG: "2",
    logging.INFO: "36",
    logging.WARNING: "33",
    logging.ERROR: "31",
    logging.CRITICAL: "1;31",
}


class Transcript:
    """A text that grows, and loses its oldest lines from time to time. Any thread may write."""

    def __init__(self, max_lines: int = 10_000) -> None:
        self._max_lines = max_lines
        self._lock = threading.Lock()
        self._text = ""
        self._pieces: list[str] = []
        self._lines = 0
        self.grew = threading.Event()
        """Set when there is something new; who waits for it clears it."""

    def write(self, text: str) -> int:
        """Add a text; so `print(..., file=...)` can write here."""
        with self._lock:
            self._pieces.append(text)
            self._lines += text.count("\n")
        self.grew.set()
        return len(text)

    def flush(self) -> None:
        """Nothing waits here; as files have it."""

    @property
    def text(self) -> str:
        """Everything so far.

        Old lines go all at once, when there are twice as many as are kept: as long as a text only
        grows, just what is new has to travel.
        """
        with self._lock:
            self._text += "".join(self._pieces)
            self._pieces.clear()
            if self._lines >= 2 * self._max_lines:
                self._text = "".join(self._text.splitlines(keepends=True)[-self._max_lines :])
                self._lines = self._text.count("\n")
            return self._text


class LogHandler(logging.Handler):
    """Keeps what is logged as a text for a Terminal."""

    def __init__(self, *, colors: bool = True, max_lines: int = 10_000) -> None:
        super().__init__()
        self.transcript = Transcript(max_lines)
        self._colors = colors
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))

    @property
    def text(self) -> str:
        """Everything so far."""
        return self.transcript.text

    def write(self, text: str) -> int:
        """Add a text as it is; so `print(..., file=handler)` and progress bars can write here."""
        return self.transcript.write(text)

    def emit(self, record: logging.LogRecord) -> None:
        """Add a record; called by `logging`."""
        try:
            line = self.format(record)
        except Exception:
            self.handleError(record)
            return
        color = _COLORS.get(record.levelno) if self._colors else None
        if color is not None:
            level = record.levelname
            line = line.replace(level, f"\x1b[{color}m{level}\x1b[0m", 1)
        self.write(f"{line}\n")

    def follow(
        self, function: Callable[P, object], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[str]:
        """Call a function in a thread, and yield the text whenever it has grown.

        Only what the function itself logs is kept, so two calls at once do not mix. Which levels
        pass is up to the loggers: WARNING and above unless `logging` was told otherwise. A call
        that is cancelled lets the function run to its end, unheard.

        Raises:
            Exception: what the function raised, after its last text.
        """
        import contextvars

        failure: list[BaseException] = []
        done = threading.Event()

        def work() -> None:
            thread = threading.get_ident()

            def is_own(record: logging.LogRecord) -> bool:
                return record.thread == thread

            self.addFilter(is_own)
            try:
                function(*args, **kwargs)
            except BaseException as problem:  # handed to who waits
                failure.append(problem)
            finally:
                self.removeFilter(is_own)
                done.set()
                self.transcript.grew.set()

        context = contextvars.copy_context()
        root = logging.getLogger()
        root.addHandler(self)
        try:
            threading.Thread(target=lambda: context.run(work), daemon=True).start()
            yield from _texts(self.transcript, done)
        finally:
            root.removeHandler(self)
        if failure:
            raise failure[0]


def _texts(transcript: Transcript, done: threading.Event) -> Iterator[str]:
    """The text whenever it has grown, now and then if not, and once more at the end."""
    import time

    while not done.is_set():
        transcript.grew.wait(_IDLE_S)
        transcript.grew.clear()
        yield transcript.text
        if not done.is_set():
            time.sleep(_PAUSE_S)
    yield transcript.text


def run(
    command: str | Sequence[str],
    *,
    cwd: str | PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    max_lines: int = 10_000,
) -> Generator[str, None, int]:
    """Run a program and yield what it has written so far; gives its exit code."""
    import os
    import shlex
    import subprocess

    argv = shlex.split(command) if isinstance(command, str) else list(command)
    process = subprocess.Popen(
        argv,
        cwd=cwd,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    transcript = Transcript(max_lines)
    done = threading.Event()
    threading.Thread(target=_read, args=(process, transcript, done), daemon=True).start()
    try:
        yield from _texts(transcript, done)
    finally:
        _end(process)
    return process.returncode


def _read(process: subprocess.Popen[bytes], transcript: Transcript, done: threading.Event) -> None:
    """Hand on what a program writes, until it has ended."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    output: Any = process.stdout
    with output:
        while piece := output.read1(_PIECE):
            transcript.write(decoder.decode(piece))
    transcript.write(decoder.decode(b"", final=True))
    process.wait()
    done.set()
    transcript.grew.set()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, and what it started: politely, then not."""
    import os
    import signal
    import subprocess

    if process.poll() is not None:
        return
    for name, stop in (("SIGTERM", process.terminate), ("SIGKILL", process.kill)):
        try:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, getattr(signal, name))
            else:
                stop()
            process.wait(_GRACE_S)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
