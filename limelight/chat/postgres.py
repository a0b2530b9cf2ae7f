"""Conversations in a database of PostgreSQL, for apps on several machines."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from limelight.chat.sqlstore import SqlStore
from limelight.errors import PropError
from limelight.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

__all__ = ["PostgresStore"]

_PREPARING = 7_311_009_402
"""Number of the lock under which tables are made; any would do."""


class PostgresStore(SqlStore):
    """A store in a database; files lie in a folder, which all machines of an app have to share.

    Args:
        url: As PostgreSQL's own programs take it; its parameter `files` may name the folder.
    """

    def __init__(self, url: str) -> None:
        try:
            psycopg: Any = import_module("psycopg")
        except ImportError as problem:
            raise PropError(
                "Chats cannot be kept at postgresql://…: the package psycopg is missing. Install "
                "it with: pip install 'limelight[postgres]'"
            ) from problem
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        named = [value for name, value in query if name == "files"]
        beside = Path(settings().chat_store).parent / "chat.files"
        super().__init__(Path(named[0] if named else beside).absolute())
        rest = urlencode([pair for pair in query if pair[0] != "files"], quote_via=quote)
        self._url = url.partition("?")[0] + (f"?{rest}" if rest else "")
        self._error: Any = psycopg.OperationalError
        self._connect: Callable[[], Any] = lambda: psycopg.connect(self._url, autocommit=True)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open()
            self._connection.execute("SELECT pg_advisory_lock(%s)", [_PREPARING])
            self.prepare()
            self._connection.execute("SELECT pg_advisory_unlock(%s)", [_PREPARING])
        except psycopg.Error as problem:
            # What the driver says may hold the address with its password.
            told = f"{parts.hostname or 'localhost'}{parts.path}"
            raise PropError(
                f"The database {told!r} for chats cannot be reached. Expected a running PostgreSQL "
                "and a role that may make tables."
            ) from problem

    def _open(self) -> None:
        self._connection: Any = self._connect()
        # Held as long as the connection: by that others see that this process lives.
        self._connection.execute("SELECT pg_advisory_lock(%s)", [int(self.writer)])

    @contextmanager
    def transaction(self) -> Generator[Callable[..., Sequence[tuple[Any, ...]]]]:
        """Run statements; all of them count, or none if an error comes out."""
        with self._lock:
            self._reconnect()
            with self._connection.transaction():
                yield self._run

    def _reconnect(self) -> None:
        """A connection that works: the server may have been restarted."""
        if not self._connection.closed:
            try:
                self._connection.execute("SELECT 1")
            except self._error:
                with suppress(Exception):
                    self._connection.close()
        if self._connection.closed:
            self._open()

    def _run(self, sql: str, *values: Any) -> Sequence[tuple[Any, ...]]:
        found = self._connection.execute(sql.replace("?", "%s"), values or None)
        return found.fetchall() if found.description is not None else ()

    def lives(self, writer: str) -> bool:
        """Whether the process with this name still runs."""
        if not writer.isdecimal():
            return False
        with self.transaction() as run:
            got = run("SELECT pg_try_advisory_lock(?)", int(writer))[0][0]
            if got:
                run("SELECT pg_advisory_unlock(?)", int(writer))
        return not got

    def close(self) -> None:
        """Let go of files and connections."""
        with self._lock, suppress(self._error):
            # The server notices a closed connection only a moment later.
            self._connection.execute("SELECT pg_advisory_unlock(%s)", [int(self.writer)])
        with self._lock:
            self._connection.close()
