"""What a store of conversations holds, and how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limelight.errors import LimelightError

if TYPE_CHECKING:
    from limelight.chat.tree import State

__all__ = ["StoreFull", "StoredTurn", "Thread", "clean_title", "title_of"]

TITLE_CHARACTERS = 200
TURN_BYTES = 16 * 1024 * 1024
"""Of one turn as JSON, without its files."""
MOST_TURNS = 10_000
"""Turns of one thread."""
MOST_THREADS = 10_000
"""Threads of one owner."""
_TITLE_WORDS = 9
_TITLE_LENGTH = 60


class StoreFull(LimelightError):
    """More than a store takes of one thread or owner."""


@dataclass(frozen=True)
class Thread:
    """One conversation in the list of its owner."""

    id: str
    title: str
    created_s: float
    """Seconds since 1970."""
    updated_s: float
    is_pinned: bool = False
    is_archived: bool = False
    share: str | None = None
    """Token of the link by which everybody may read it; None if there is none."""


@dataclass(frozen=True)
class StoredTurn:
    """A turn as it is written down."""

    id: str
    parent: str | None
    role: str
    state: State
    messages: str
    """JSON."""
    text: str
    """What search looks at."""
    created_s: float


def clean_title(text: str) -> str:
    """A title on one line, without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line[:TITLE_CHARACTERS].strip()


def title_of(question: str) -> str:
    """A title for a conversation that begins with this question: its first words, without marks."""
    text = re.sub(r"```.*?(```|\Z)", " ", question[:4000], flags=re.DOTALL)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = clean_title(re.sub(r"(^|\s)[#>*+-]+\s|[*_`~]{1,3}", " ", text)) or clean_title(question)
    words = text.split()
    short = " ".join(words[:_TITLE_WORDS])
    if len(short) > _TITLE_LENGTH:
        short = short[:_TITLE_LENGTH].rsplit(" ", 1)[0] if " " in short[:_TITLE_LENGTH] else short
        short = short[:_TITLE_LENGTH]
    return short + ("…" if len(short) < len(text) else "")
