"""`CsvLog`: a table in a CSV file that threads and processes append rows to at the same time.

Knows nothing of components; a row is a list of texts.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

__all__ = ["CsvLog", "neutral"]

# A spreadsheet runs a cell that begins with one of these; the last four are what some of them take
# for the first four. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_CHUNK_BYTES = 1 << 18
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula; numbers stay as they are."""
    if text.startswith(_FORMULA) and _NUMBER.fullmatch(text) is None:
        return "'" + text
    return text


class CsvLog:
    """One CSV file, in UTF-8 and with the line ends of RFC 4180.

    Each row goes to the file in one write, under a lock of the operating system, so that writers in
    other threads and processes lose nothing and mix nothing.

    Args:
        path: The file; it and its folder are made with the first row.
        header: Names of the columns; None for a file without a header.
    """

    def __init__(self, path: Path, header: Sequence[str] | None = None) -> None:
        self.path = path
        self.header = None if header is None else [neutral(name) for name in header]
        self._counted = 0, 0
        """How many bytes were looked at, and how many lines they hold."""

    def append(self, row: Sequence[str]) -> int | None:
        """Add a row and return how many the file has now, the header not counted.

        None means that the file has other columns, and that nothing was written.

        Raises:
            OSError: the file cannot be opened or written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        fd = os.open(self.path, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            with _locked(fd):
                return self._append(fd, row)
        finally:
            os.close(fd)

    def _append(self, fd: int, row: Sequence[str]) -> int | None:
        size = os.fstat(fd).st_size
        data = _line([neutral(cell) for cell in row])
        if size == 0:
            if self.header is not None:
                data = _line(self.header) + data
        else:
            if self.header is not None and _first_line(fd) != self.header:
                return None
            os.lseek(fd, -1, os.SEEK_END)
            if os.read(fd, 1) not in (b"\n", b"\r"):  # an editor left the last line open
                data = b"\r\n" + data
        written = os.write(fd, data)
        if written != len(data):
            os.ftruncate(fd, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        return self._count(fd, size + written) - (self.header is not None)

    def _count(self, fd: int, size: int) -> int:
        """Lines of the file; only those that were added since the last time are read."""
        seen, lines = self._counted if self._counted[0] <= size else (0, 0)
        os.lseek(fd, seen, os.SEEK_SET)
        is_quoted = False
        while chunk := os.read(fd, _CHUNK_BYTES):
            for number, part in enumerate(chunk.split(b'"')):
                is_quoted = is_quoted != (number > 0)
                lines += 0 if is_quoted else part.count(b"\n")
        self._counted = size, lines
        return lines


def _line(cells: Sequence[str]) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerow(cells)
    return made.getvalue().encode("utf-8", "replace")


def _first_line(fd: int) -> list[str]:
    os.lseek(fd, 0, os.SEEK_SET)
    with os.fdopen(os.dup(fd), "r", encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        try:
            return next(reader)
        except (StopIteration, csv.Error):
            return []


@contextmanager
def _locked(fd: int) -> Generator[None]:
    """Nobody else is in here with the same file, in whatever process."""
    if sys.platform == "win32":
        import msvcrt

        # A byte that no file reaches; `LK_LOCK` gives up after ten seconds, so it is asked again.
        while True:
            os.lseek(fd, 1 << 30, os.SEEK_SET)
            try:
                msvcrt.locking(fd, msvcrt.LK_LOCK, 1)
                break
            except OSError as problem:
                if problem.errno != errno.EDEADLOCK:
                    raise
        try:
            yield
        finally:
            os.lseek(fd, 1 << 30, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX)  # ends with the file descriptor at the latest
        try:
            yield
        finally:
            fcntl.flock(fd, fcntl.LOCK_UN)
