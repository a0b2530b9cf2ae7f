"""What the stores on SQL databases have in common: tables and statements.

Statements are fixed texts with `?` for values; nothing that came from outside is ever part of one.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import threading
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from limelight.chat.records import (
    MOST_THREADS,
    MOST_TURNS,
    TURN_BYTES,
    StoredTurn,
    StoreFull,
    Thread,
    clean_title,
)
from limelight.errors import LimelightError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["Run", "SqlStore"]

VERSION = 1
"""Of the tables."""
RESTORE_S = 120.0
"""Seconds in which a thread can be brought back."""
_PURGE_S = 30.0
_QUERY_CHARACTERS = 200
_TABLES = (
    "CREATE TABLE IF NOT EXISTS limelight_chat (version BIGINT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS limelight_threads (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
        pinned BIGINT NOT NULL, archived BIGINT NOT NULL,
        created_s DOUBLE PRECISION NOT NULL, updated_s DOUBLE PRECISION NOT NULL,
        deleted_s DOUBLE PRECISION, leaf TEXT, share TEXT UNIQUE)""",
    """CREATE INDEX IF NOT EXISTS limelight_threads_of
        ON limelight_threads (owner, archived, updated_s)""",
    """CREATE TABLE IF NOT EXISTS limelight_turns (
        thread TEXT NOT NULL REFERENCES limelight_threads (id) ON DELETE CASCADE,
        id TEXT NOT NULL, place BIGINT NOT NULL, parent TEXT, role TEXT NOT NULL,
        state TEXT NOT NULL, writer TEXT NOT NULL, messages TEXT NOT NULL, folded TEXT NOT NULL,
        created_s DOUBLE PRECISION NOT NULL, PRIMARY KEY (thread, id))""",
)
_COLUMNS = "id, title, created_s, updated_s, pinned, archived, share"
_LIST = f"""SELECT {_COLUMNS} FROM limelight_threads AS t
    WHERE owner = ? AND archived = ? AND deleted_s IS NULL"""  # our own names
_FOUND = """ AND (folded LIKE ? ESCAPE '!' OR EXISTS (
    SELECT 1 FROM limelight_turns WHERE thread = t.id AND folded LIKE ? ESCAPE '!'))"""
_ORDER = " ORDER BY pinned DESC, updated_s DESC, id LIMIT ? OFFSET ?"
_OWN = " WHERE id = ? AND owner = ? AND deleted_s IS NULL"
_ONE = f"SELECT {_COLUMNS} FROM limelight_threads{_OWN}"
_CHANGE = f"""UPDATE limelight_threads SET title = COALESCE(?, title),
    folded = COALESCE(?, folded), pinned = COALESCE(?, pinned),
    archived = COALESCE(?, archived){_OWN} RETURNING id"""
_LEAF = f"UPDATE limelight_threads SET leaf = ?{_OWN} RETURNING id"
_TOUCH = f"UPDATE limelight_threads SET leaf = ?, updated_s = ?{_OWN} RETURNING id"
_DISCARD = f"UPDATE limelight_threads SET deleted_s = ?{_OWN} RETURNING id"
_SHARE = f"UPDATE limelight_threads SET share = COALESCE(share, ?){_OWN} RETURNING share"
_UNSHARE = f"UPDATE limelight_threads SET share = NULL{_OWN} RETURNING id"
_PUT = """INSERT INTO limelight_turns
    (thread, id, place, parent, role, state, writer, messages, folded, created_s)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (thread, id) DO UPDATE SET state = excluded.state, writer = excluded.writer,
    messages = excluded.messages, folded = excluded.folded"""
_TURNS = """SELECT id, parent, role, state, messages, created_s, writer FROM limelight_turns
    WHERE thread = ? ORDER BY place, id"""

Run = Any
"""Runs one statement in a transaction: `run(sql, *values)` gives the rows as tuples."""


class SqlStore(ABC):
    """Threads and turns in two tables.

    Args:
        folder: Where the files of conversations lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writer = str(secrets.randbits(62))
        """Whose turns are written: this process."""
        self._lock = threading.RLock()
        self._purged_s = 0.0

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Callable[..., Sequence[tuple[Any, ...]]]]:
        """Run statements; all of them count, or none if an error comes out."""

    @abstractmethod
    def lives(self, writer: str) -> bool:
        """Whether the process with this name still runs."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""

    def prepare(self) -> None:
        """Make the tables, or find that they are of another version.

        Raises:
            LimelightError: a newer version has written there.
        """
        with self.transaction() as run:
            for table in _TABLES:
                run(table)
            found = run("SELECT version FROM limelight_chat")
            if not found:
                run("INSERT INTO limelight_chat (version) VALUES (?)", VERSION)
        if found and found[0][0] > VERSION:
            self.close()
            raise LimelightError(
                f"The chats were kept by a newer version of limelight (tables {found[0][0]}, "
                f"this one knows {VERSION}). Install that, or name another store."
            )

    # ---- threads ---------------------------------------------------------------------------------

    def create(self, owner: str, title: str) -> Thread:
        """A new thread."""
        now_s = time.time()
        thread = Thread(secrets.token_urlsafe(16), clean_title(title), now_s, now_s)
        with self.transaction() as run:
            count = run("SELECT COUNT(*) FROM limelight_threads WHERE owner = ?", owner)[0][0]
            if count >= MOST_THREADS:
                raise StoreFull(
                    f"There are {count} conversations, the most that one reader can keep. Delete "
                    "some."
                )
            run(
                f"INSERT INTO limelight_threads ({_COLUMNS}, owner, folded) "
                "VALUES (?, ?, ?, ?, 0, 0, NULL, ?, ?)",
                thread.id,
                thread.title,
                now_s,
                now_s,
                owner,
                _folded(thread.title),
            )
        return thread

    def threads(
        self,
        owner: str,
        *,
        query: str = "",
        archived: bool = False,
        start: int = 0,
        limit: int = 50,
    ) -> list[Thread]:
        """Threads, the pinned ones first, then the one used last."""
        self._purge()
        values: list[Any] = [owner, int(archived)]
        wanted = _folded(query[:_QUERY_CHARACTERS].strip())
        if wanted:
            for mark in "!%_":
                wanted = wanted.replace(mark, f"!{mark}")
            values += [f"%{wanted}%"] * 2
        with self.transaction() as run:
            rows = run(_LIST + (_FOUND if wanted else "") + _ORDER, *values, limit, start)
        return [_thread(row) for row in rows]

    def thread(self, owner: str, thread: str) -> Thread | None:
        """One thread."""
        with self.transaction() as run:
            rows = run(_ONE, thread, owner)
        return _thread(rows[0]) if rows else None

    def change(
        self,
        owner: str,
        thread: str,
        *,
        title: str | None = None,
        pinned: bool | None = None,
        archived: bool | None = None,
    ) -> bool:
        """Rename, pin or put away a thread; whether there is one."""
        name = None if title is None else clean_title(title)
        folded = None if name is None else _folded(name)
        flags = [None if flag is None else int(flag) for flag in (pinned, archived)]
        return self._did(_CHANGE, name, folded, *flags, thread, owner)

    def set_leaf(self, owner: str, thread: str, leaf: str | None) -> bool:
        """Note where the path that is shown ends."""
        return self._did(_LEAF, leaf, thread, owner)

    def _did(self, sql: str, *values: Any) -> bool:
        with self.transaction() as run:
            return bool(run(sql, *values))

    # ---- turns -----------------------------------------------------------------------------------

    def put(self, owner: str, thread: str, turn: StoredTurn) -> bool:
        """Write a turn down, new or changed; whether there is such a thread."""
        if len(turn.messages) > TURN_BYTES:
            raise StoreFull(
                f"A turn of {len(turn.messages)} bytes is too large to be kept; {TURN_BYTES} is "
                "the most."
            )
        now_s = time.time()
        with self.transaction() as run:
            if not run(_TOUCH, turn.id, now_s, thread, owner):
                return False
            count = run("SELECT COUNT(*) FROM limelight_turns WHERE thread = ?", thread)[0][0]
            if count > MOST_TURNS:
                raise StoreFull(f"A conversation can have {MOST_TURNS} turns. Begin a new one.")
            run(
                _PUT,
                thread,
                turn.id,
                time.time_ns(),
                turn.parent,
                turn.role,
                turn.state,
                self.writer,
                turn.messages,
                _folded(turn.text),
                turn.created_s,
            )
        return True

    def turns(self, owner: str, thread: str) -> tuple[list[StoredTurn], str | None]:
        """The turns of a thread, parents first, and where the path that is shown ends."""
        with self.transaction() as run:
            found = run(f"SELECT leaf FROM limelight_threads{_OWN}", thread, owner)
            rows = run(_TURNS, thread) if found else ()
        made: list[StoredTurn] = []
        living = {self.writer: True}
        for turn, parent, role, state, messages, created_s, writer in rows:
            told = state
            if state == "streaming":
                if writer not in living:
                    living[writer] = self.lives(writer)
                told = state if living[writer] else "interrupted"
            made.append(StoredTurn(turn, parent, role, told, messages, "", created_s))
        return made, found[0][0] if found else None

    # ---- the end of a thread ---------------------------------------------------------------------

    def discard(self, owner: str, thread: str) -> bool:
        """Take a thread out of the list."""
        return self._did(_DISCARD, time.time(), thread, owner)

    def restore(self, owner: str, thread: str) -> bool:
        """Bring back a thread that was discarded."""
        return self._did(
            "UPDATE limelight_threads SET deleted_s = NULL "
            "WHERE id = ? AND owner = ? AND deleted_s IS NOT NULL RETURNING id",
            thread,
            owner,
        )

    def delete(self, owner: str, thread: str) -> bool:
        """Delete a thread with all it has, for ever."""
        with self.transaction() as run:
            gone = run("SELECT id FROM limelight_threads WHERE id = ? AND owner = ?", thread, owner)
            self._drop(run, gone)
        return bool(gone)

    def _drop(self, run: Run, gone: Sequence[tuple[Any, ...]]) -> None:
        for (thread,) in gone:
            run("DELETE FROM limelight_turns WHERE thread = ?", thread)
            run("DELETE FROM limelight_threads WHERE id = ?", thread)
            shutil.rmtree(self.folder / str(thread), ignore_errors=True)

    def _purge(self) -> None:
        """Delete what was discarded and not brought back; now and then."""
        now_s = time.time()
        if now_s - self._purged_s < _PURGE_S:
            return
        self._purged_s = now_s
        with contextlib.suppress(LimelightError), self.transaction() as run:
            old = "SELECT id FROM limelight_threads WHERE deleted_s < ?"
            self._drop(run, run(old, now_s - RESTORE_S))

    # ---- links -----------------------------------------------------------------------------------

    def share(self, owner: str, thread: str) -> str | None:
        """The token of the link to a thread, which is made if there is none yet."""
        with self.transaction() as run:
            rows = run(_SHARE, secrets.token_urlsafe(24), thread, owner)
        return str(rows[0][0]) if rows else None

    def unshare(self, owner: str, thread: str) -> bool:
        """End the link to a thread."""
        return self._did(_UNSHARE, thread, owner)

    def shared(self, token: str) -> tuple[str, Thread] | None:
        """Owner and thread that a link leads to."""
        sql = f"SELECT owner, {_COLUMNS} FROM limelight_threads "
        with self.transaction() as run:
            rows = run(sql + "WHERE share = ? AND deleted_s IS NULL", token)
        return (str(rows[0][0]), _thread(rows[0][1:])) if rows else None


def _thread(row: Sequence[Any]) -> Thread:
    name, title, created_s, updated_s, pinned, archived, share = row
    return Thread(name, title, created_s, updated_s, bool(pinned), bool(archived), share)


def _folded(text: str) -> str:
    """A text as it is searched: databases differ in what they take for capital letters."""
    plain = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    return plain.casefold()
