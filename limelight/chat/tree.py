"""A conversation as a tree of turns: editing or asking again makes a branch, and nothing is lost.

Knows nothing of pages, functions or stores.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Conversation", "Turn"]

State = Literal["waiting", "streaming", "complete", "stopped", "interrupted", "failed"]


@dataclass
class Turn:
    """What one side says at a time: a question, or an answer with the steps on the way to it."""

    role: Literal["user", "assistant", "system"]
    messages: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Each as a function gives it: `role`, `content`, maybe `metadata` and `options`. Replaced as
    a whole, never changed in place."""
    parent: str | None = None
    """The turn that it follows; None for a first one."""
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    created_s: float = field(default_factory=time.time)
    """Seconds since 1970."""
    state: State = "complete"
    """How it ended, or that it has not. A question waits until its answer begins."""


class Conversation:
    """Turns, of which one path from a first to a last one is shown.

    Args:
        turns: Those there are, parents before children.
        leaf: The last turn of the path that is shown; the newest if None.
    """

    def __init__(self, turns: list[Turn] | None = None, leaf: str | None = None) -> None:
        self.turns: dict[str, Turn] = {}
        self._children: dict[str | None, list[str]] = {None: []}
        self._chosen: dict[str | None, str] = {}
        self.leaf: str | None = None
        self.thread: str | None = None
        """Its name where conversations are kept; None if it is not."""
        self.kept_leaf: str | None = None
        """The leaf that was noted there last."""
        self.is_read_only = False
        """Whether it is somebody else's."""
        for turn in turns or ():
            self.add(turn)
        if leaf in self.turns:
            self.show(leaf)

    def __len__(self) -> int:
        return len(self.turns)

    def add(self, turn: Turn) -> Turn:
        """Put a turn behind its parent, and show it."""
        self.turns[turn.id] = turn
        self._children.setdefault(turn.id, [])
        self._children.setdefault(turn.parent, []).append(turn.id)
        self._chosen[turn.parent] = turn.id
        self.leaf = turn.id
        return turn

    def ask(self, messages: list[dict[str, Any]]) -> Turn:
        """Add a question behind what is shown."""
        return self.add(Turn("user", messages, self.leaf, state="waiting"))

    def path(self, to: str | None = None) -> list[Turn]:
        """The turns from the first one to `to`, or to the last that is shown."""
        found: list[Turn] = []
        at = self.leaf if to is None else to
        while at is not None:
            turn = self.turns[at]
            found.append(turn)
            at = turn.parent
        found.reverse()
        return found

    def siblings(self, turn: Turn) -> tuple[int, int]:
        """Which of how many versions it is."""
        versions = self._children[turn.parent]
        return versions.index(turn.id), len(versions)

    def show(self, turn_id: str | None) -> None:
        """Show the path to a turn and on to the last one that was seen behind it."""
        at = turn_id
        while at is not None:
            self._chosen[self.turns[at].parent] = at
            at = self.turns[at].parent
        self.leaf = turn_id
        while (following := self._chosen.get(self.leaf)) is not None:
            self.leaf = following

    def end_at(self, turn_id: str | None) -> None:
        """Show the path up to a turn and nothing behind it."""
        self.show(turn_id)
        self._chosen.pop(turn_id, None)
        self.leaf = turn_id

    def walk(self, turn: Turn, by: int) -> None:
        """Show another version of a turn: the next one, or the one before."""
        versions = self._children[turn.parent]
        place = max(0, min(len(versions) - 1, versions.index(turn.id) + by))
        self.show(versions[place])

    def fork(self, turn_id: str) -> Conversation:
        """A conversation of its own that begins with the path to a turn."""
        turns: list[Turn] = []
        for turn in self.path(turn_id):
            parent = turns[-1].id if turns else None
            turns.append(Turn(turn.role, turn.messages, parent, created_s=turn.created_s))
        return Conversation(turns)

    def replace(self, messages: list[dict[str, Any]]) -> None:
        """Show other messages, as code that set the whole conversation says.

        Messages of one side that follow each other are one turn. Turns that stay at the beginning
        are the same; the others are a new branch.
        """
        given: list[Turn] = []
        for message in messages:
            role = message.get("role", "assistant")
            if given and given[-1].role == role == "assistant":
                given[-1].messages.append(message)
            else:
                given.append(Turn(role, [message]))
        shown = self.path()
        kept = 0
        for old, new in zip(shown, given, strict=False):
            if old.role != new.role or old.messages != new.messages:
                break
            kept += 1
        self.end_at(shown[kept - 1].id if kept else None)
        for turn in given[kept:]:
            turn.parent = self.leaf
            self.add(turn)
