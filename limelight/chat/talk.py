"""What one session says: its conversation, what waits to be said, and the answer that is coming."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from limelight.chat.packing import fixed
from limelight.chat.tree import Conversation, Turn
from limelight.core.narrow import is_array, is_object
from limelight.errors import Error

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.chat.answering import Answering

__all__ = ["Queued", "Talk"]


@dataclass
class Queued:
    """A question that was sent while an answer was coming."""

    messages: list[dict[str, Any]]
    given: Any
    """What stood in the field: a text, or text and files."""
    id: str = field(default_factory=lambda: secrets.token_hex(4))

    def shown(self) -> dict[str, str]:
        """How the page shows it."""
        text = self.given if isinstance(self.given, str) else self.given.get("text", "")
        return {"id": self.id, "text": text}


class Talk:
    """One session's side of a chat. Its methods may be called from any thread.

    Args:
        begun: Messages that each session begins with.
    """

    def __init__(self, begun: list[dict[str, Any]] | None = None) -> None:
        self.begun = begun or []
        self.conversation = Conversation()
        if self.begun:
            self.conversation.replace(self.begun)
        self.queued: list[Queued] = []
        """Questions that are asked one after another when the answer is complete."""
        self.answer: Turn | None = None
        """The answer that is coming."""
        self.runs: dict[str, Answering] = {}
        """What gives the answers that are coming, by the ids of their turns."""
        self.is_steered = False
        """Whether the answer is to end now, because the reader wants the next question first."""
        self.is_cut = False
        """Whether the answer goes on from where it was cut."""
        self.owner: str | None = None
        """Whose conversations it is about, where they are kept."""
        self.left: dict[str, tuple[Conversation, Turn, list[Queued]]] = {}
        """Kept conversations that another one took the place of while an answer was coming."""
        self.lock = threading.RLock()
        self.save: Callable[[Conversation, Turn], None] | None = None
        """Keeps a turn that has changed."""
        self.moved: Callable[[Conversation], None] | None = None
        """Notes that another path is shown."""

    @property
    def thread(self) -> str | None:
        """Name of the conversation where it is kept."""
        return self.conversation.thread

    def __deepcopy__(self, memo: dict[int, Any]) -> Talk:
        # Each session begins with what the author has put there, and nothing else.
        _ = memo
        return Talk(self.begun)

    def reset(self) -> None:
        """Begin another conversation. An answer that is coming goes on where the old one is kept,
        and ends where it is not.
        """
        with self.lock:
            answer, old = self.answer, self.conversation
            if answer is not None and old.thread is not None:
                self.left[old.thread] = old, answer, self.queued
            elif answer is not None and answer.state == "streaming":
                answer.state = "stopped"
            self.conversation = Conversation()
            self.queued = []
            self.answer = None
            self.is_cut = False
            self.is_steered = False

    def stop(self) -> Answering | None:
        """End the answer that is coming in this conversation, and keep what came; what gave it, if
        there was one. What waits to be asked is asked no more.
        """
        with self.lock:
            turn, self.answer, self.queued = self.answer, None, []
            if turn is None:
                waiting = self.next_question()
                if waiting is not None:
                    waiting.state = "complete"
                return None
            if turn.state == "streaming":
                turn.state = "stopped"
                self.keep(turn)
            return self.runs.pop(turn.id, None)

    def open(self, conversation: Conversation) -> None:
        """Go on with another conversation; if an answer is coming in it, with that."""
        with self.lock:
            if conversation.thread is not None and conversation.thread == self.thread:
                return
            self.reset()
            self.conversation = conversation
            left = self.left.pop(conversation.thread or "", None)
            if left is not None:
                self.conversation, answer, self.queued = left
                self.answer = answer if answer.state == "streaming" else None

    def from_callers(self) -> list[str]:
        """The texts that the reader sent: a path among them is no file that an answer may open."""
        with self.lock:
            asked = [turn.messages for turn in self.conversation.path() if turn.role == "user"]
            asked += [one.messages for one in self.queued]
        texts: list[str] = []
        for messages in asked:
            for message in messages:
                content = message.get("content")
                for part in content if is_array(content) else [content]:
                    text = part.get("text") if is_object(part) else part
                    if isinstance(text, str):
                        texts.append(text)
        return texts

    def keep(self, turn: Turn, conversation: Conversation | None = None) -> None:
        """Write a turn down, where conversations are kept."""
        whole = conversation or self.conversation
        if self.save is not None and not whole.is_read_only:
            self.save(whole, turn)

    def note_path(self) -> None:
        """Note where the path that is shown ends, where conversations are kept."""
        if self.moved is not None and not self.conversation.is_read_only:
            self.moved(self.conversation)

    def must_be_own(self) -> None:
        """Refuse to change what is somebody else's.

        Raises:
            Error: it is.
        """
        if self.conversation.is_read_only:
            raise Error("This chat can only be read. Copy it to go on with it.", title="Read only")

    def say(self, messages: list[dict[str, Any]], given: Any) -> bool:
        """Ask now, or after the answer that is coming; whether it is asked now."""
        with self.lock:
            self.must_be_own()
            if self.save is not None:
                messages = fixed(messages)
            if self.answer is not None:
                self.queued.append(Queued(messages, given))
                return False
            self.keep(self.conversation.ask(messages))
            return True

    @property
    def is_busy(self) -> bool:
        """Whether an answer is coming, or is still to be given."""
        with self.lock:
            return self.answer is not None or self._asked() is not None or bool(self.queued)

    def _asked(self) -> Turn | None:
        """The question at the end of the conversation that has no answer, or only half of one."""
        leaf = self.conversation.leaf
        turn = self.conversation.turns[leaf] if leaf is not None else None
        if turn is not None and turn.state != "waiting":
            is_cut = self.is_cut and turn.parent is not None
            return self.conversation.turns[turn.parent or ""] if is_cut else None
        return turn

    def next_question(self) -> Turn | None:
        """The question to be answered now; None if there is none or another is being answered."""
        with self.lock:
            if self.answer is not None:
                return None
            turn = self._asked()
            if turn is None and self.queued:
                turn = self.conversation.ask(self.queued.pop(0).messages)
                self.keep(turn)
            return turn

    def ask_again(self, turn: Turn) -> None:
        """Have the question of a turn answered once more: a branch beside the answers it has."""
        with self.lock:
            self.must_be_own()
            question = self._question_of(turn)
            self.conversation.end_at(question.id)
            question.state = "waiting"

    def take_back(self, turn: Turn) -> Turn:
        """End the conversation before the question of a turn; the question."""
        with self.lock:
            self.must_be_own()
            question = self._question_of(turn)
            self.conversation.end_at(question.parent)
            return question

    def _question_of(self, turn: Turn) -> Turn:
        """The question that a turn answers, or the turn itself if it is one."""
        while turn.role != "user" and turn.parent is not None:
            turn = self.conversation.turns[turn.parent]
        return turn
