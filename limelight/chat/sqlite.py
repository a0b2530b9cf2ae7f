"""Conversations in one file of SQLite, which several threads and processes may use at a time."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from limelight.chat.sqlstore import SqlStore
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

__all__ = ["SqliteStore"]

_WAIT_S = 15.0


class SqliteStore(SqlStore):
    """A store in one file, with a folder of files beside it.

    Args:
        path: The file; made if missing, with its folder, readable by this user only.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).absolute()
        super().__init__(self.path.with_name(self.path.name + ".files"))
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
            self._connection = sqlite3.connect(
                self.path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("PRAGMA foreign_keys=ON")
        except (OSError, sqlite3.Error) as problem:
            raise PropError(
                f"Chats cannot be kept at {str(self.path)!r}: {problem}. Expected the path of a "
                "file of SQLite in a folder that may be written to."
            ) from problem
        self._sign: IO[bytes] | None = None
        self.prepare()

    @contextmanager
    def transaction(self) -> Generator[Callable[..., Sequence[tuple[Any, ...]]]]:
        """Run statements; all of them count, or none if an error comes out."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._run
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _run(self, sql: str, *values: Any) -> Sequence[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    # ---- which processes live --------------------------------------------------------------------

    def put(self, owner: str, thread: str, turn: Any) -> bool:
        """Write a turn down, new or changed; whether there is such a thread."""
        with self._lock:
            if turn.state == "streaming" and self._sign is None:
                self._sign = self._held(self.writer)
        return super().put(owner, thread, turn)

    def _place(self, writer: str) -> Path:
        return self.folder / f".{writer}.lock"

    def _held(self, writer: str) -> IO[bytes] | None:
        """A file that is locked as long as this process lives; None where that is unknown."""
        file = open(self._place(writer), "ab")  # noqa: SIM115  # as long as the process lives
        return file if _lock(file) else None

    def lives(self, writer: str) -> bool:
        """Whether the process with this name still runs."""
        if not writer.isdecimal():
            return False
        place = self._place(writer)
        try:
            with open(place, "rb+") as file:
                if not _lock(file):
                    return True
        except OSError:
            return False
        with suppress(OSError):
            place.unlink()
        return False

    def close(self) -> None:
        """Let go of files and connections."""
        with self._lock:
            self._connection.close()
            if self._sign is not None:
                self._sign.close()
                self._sign = None
                with suppress(OSError):
                    self._place(self.writer).unlink()


def _lock(file: IO[bytes]) -> bool:
    """Lock a file until it is closed; False if another process has."""
    try:
        import fcntl
    except ImportError:  # Windows
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
