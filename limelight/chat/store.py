"""Where conversations are kept: what a store can do, and the one that a path or URL means.

Every call names the owner, and what is somebody else's is as if it were not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from limelight.errors import PropError

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from limelight.chat.records import StoredTurn, Thread

__all__ = ["ChatStore", "open_store"]


class ChatStore(Protocol):
    """Threads with their turns. Any thread and any process may use it."""

    folder: Path
    """Where the files of conversations lie, in a folder for each thread."""

    def create(self, owner: str, title: str) -> Thread:
        """A new thread.

        Raises:
            StoreFull: the owner has too many.
        """
        ...

    def threads(
        self,
        owner: str,
        *,
        query: str = "",
        archived: bool = False,
        start: int = 0,
        limit: int = 50,
    ) -> list[Thread]:
        """Threads, the pinned ones first, then the one used last.

        Args:
            owner: Whose.
            query: Text that its title or a message of it has; case makes no difference.
            archived: Whether those that were put away are meant, or the others.
            start: How many to skip.
            limit: How many at most.
        """
        ...

    def thread(self, owner: str, thread: str) -> Thread | None:
        """One thread."""
        ...

    def change(
        self,
        owner: str,
        thread: str,
        *,
        title: str | None = None,
        pinned: bool | None = None,
        archived: bool | None = None,
    ) -> bool:
        """Rename, pin or put away a thread; whether there is one. None changes nothing."""
        ...

    def set_leaf(self, owner: str, thread: str, leaf: str | None) -> bool:
        """Note where the path that is shown ends; whether there is such a thread."""
        ...

    def put(self, owner: str, thread: str, turn: StoredTurn) -> bool:
        """Write a turn down, new or changed; whether there is such a thread.

        Raises:
            StoreFull: it is too large, or there are too many.
        """
        ...

    def turns(self, owner: str, thread: str) -> tuple[list[StoredTurn], str | None]:
        """The turns of a thread, parents first, and where the path that is shown ends. An answer
        that was coming when its process ended is interrupted.
        """
        ...

    def discard(self, owner: str, thread: str) -> bool:
        """Take a thread out of the list; `restore` brings it back for a while."""
        ...

    def restore(self, owner: str, thread: str) -> bool:
        """Bring back a thread that was discarded."""
        ...

    def delete(self, owner: str, thread: str) -> bool:
        """Delete a thread with all it has, for ever."""
        ...

    def share(self, owner: str, thread: str) -> str | None:
        """The token of the link to a thread, which is made if there is none yet."""
        ...

    def unshare(self, owner: str, thread: str) -> bool:
        """End the link to a thread."""
        ...

    def shared(self, token: str) -> tuple[str, Thread] | None:
        """Owner and thread that a link leads to."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


def open_store(where: str | os.PathLike[str]) -> ChatStore:
    """The store that a path or URL means: a file of SQLite, or `postgresql://…`.

    Raises:
        PropError: the URL is of another kind, or a package for it is missing.
    """
    text = str(where)
    if text.startswith(("postgres://", "postgresql://")):
        from limelight.chat.postgres import PostgresStore

        return PostgresStore(text)
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    elif re.match(r"[a-z][a-z0-9+.-]+://", text):
        scheme = text.split(":", 1)[0]
        raise PropError(
            f"Chats cannot be kept at {scheme}://…; expected the path of a file, or a URL that "
            "begins with postgresql://."
        )
    from limelight.chat.sqlite import SqliteStore

    return SqliteStore(text)
