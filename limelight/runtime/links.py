"""`Links`: what a session saw, saved under an id that its reader can pass on. Knows no HTTP.

An id is a capability: whoever has it sees what was saved, with the files that the saver could read.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING, Any

from limelight.core.component import is_component
from limelight.core.filetree import walk_files
from limelight.errors import FileAccessError, PayloadError
from limelight.runtime.rejected import Rejected
from limelight.wire.codec import decode, encode

if TYPE_CHECKING:
    from pathlib import Path

    from limelight.core.block import Block
    from limelight.core.files import FileCache
    from limelight.core.graph import Graph
    from limelight.runtime.sessions import Session

__all__ = ["Links", "can_share"]

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_FOLDER = ".links"
"""In the cache folder; the cache hands out nothing of a folder whose name begins with a dot."""


def can_share(graph: Graph) -> bool:
    """Whether the app's readers are offered links to what they see."""
    return any(getattr(block, "shares_links", False) for block in graph.blocks.values())


class Links:
    """The links of one app. They lie on the disk, so that they outlive the server.

    Args:
        graph: The app; a link of an app with other blocks is none of this one.
        files: Where the files of the values are.
        most: How many links are kept; the oldest goes first.
        largest_bytes: How much one link may hold, without its files.
    """

    def __init__(self, graph: Graph, files: FileCache, *, most: int, largest_bytes: int) -> None:
        self._graph = graph
        self._files = files
        self._most = most
        self._largest_bytes = largest_bytes

    # ---- save ------------------------------------------------------------------------------------

    def save(self, session: Session) -> str:
        """The id of a new link to what the session's page shows now. Blocks.

        Raises:
            Rejected: 413, it is too large.
        """
        values: dict[str, Any] = {}
        for block_id, props in list(session.values.items()):
            block = self._graph.block(block_id)
            if block is None or not _may_leave(session.effective(block)):
                continue
            kept = self._kept(props, session.identity)
            if kept:
                values[str(block_id)] = kept
        body = encode(values)
        if len(body) > self._largest_bytes:
            raise Rejected(
                413,
                f"What the page shows has {len(body)} bytes; a link holds {self._largest_bytes}. "
                "Share less, or raise LIMELIGHT_MAX_DEEP_LINK_SIZE.",
            )
        folder = self._folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        link = secrets.token_urlsafe(8)
        temporary = folder / f"{link}.new"
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(fd, "wb") as file:
            file.write(body)
        temporary.replace(folder / f"{link}.json")
        self._drop_oldest(folder)
        return link

    def _kept(self, props: dict[str, Any], identity: str | None) -> dict[str, Any]:
        """The props that can be saved: those whose files the saver may read."""

        def name(file: dict[str, Any]) -> dict[str, Any]:
            handle = file.get("path") or file.get("url")
            if isinstance(handle, str) and handle.startswith(("http://", "https://", "data:")):
                try:  # a file of ours may be named by its address
                    place = self._files.place_of(handle, identity)
                except FileAccessError:
                    return file
            else:
                place = self._files.place_of(str(handle), identity)
            return {**file, "path": place, "url": None}

        kept: dict[str, Any] = {}
        for prop, value in props.items():
            try:
                kept[prop] = walk_files(value, name)
            except (FileAccessError, PayloadError):
                continue
        return kept

    def _drop_oldest(self, folder: Path) -> None:
        found: list[tuple[float, Path]] = []
        for path in folder.iterdir():
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:
                continue  # another process was first
        for _, path in sorted(found)[: max(0, len(found) - self._most)]:
            path.unlink(missing_ok=True)

    # ---- open ------------------------------------------------------------------------------------

    def open(self, link: str) -> dict[int, dict[str, Any]] | None:
        """Props by block id, with handles that everybody may read; None for no link of this app.
        Blocks.
        """
        if _ID.fullmatch(link) is None:
            return None
        try:
            saved: Any = decode((self._folder() / f"{link}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return {int(block_id): self._opened(props) for block_id, props in saved.items()}

    def _opened(self, props: dict[str, Any]) -> dict[str, Any]:
        def name(file: dict[str, Any]) -> dict[str, Any]:
            if file.get("url") is not None:
                return file
            stored = self._files.reopen(str(file.get("path")))
            found = self._files.file_data(stored)
            return {**file, "path": found["path"], "url": found["url"]}

        made: dict[str, Any] = {}
        for prop, value in props.items():
            try:
                made[prop] = walk_files(value, name)
            except (FileAccessError, PayloadError):
                continue  # deleted since; the app's own value is shown
        return made

    def _folder(self) -> Path:
        parts = sorted((block_id, block.tag) for block_id, block in self._graph.blocks.items())
        facts = repr((str(self._graph.settings.title), parts))
        name = hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]
        return self._files.folder / _FOLDER / name


def _may_leave(block: Block) -> bool:
    """Whether a block's value may be shown to others: no secrets, nothing of this browser."""
    if not is_component(block) or block.is_stateful or getattr(block, "is_personal", False):
        return False
    return getattr(block, "type", None) != "password"
