"""From what an author's function gives to the turns of a conversation, step by step."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Any

from limelight.chat.packing import fixed
from limelight.chat.trail import Trail
from limelight.chat.tree import Turn
from limelight.core.block import Block
from limelight.core.context import current_reporter
from limelight.core.filedata import FileData
from limelight.core.narrow import is_listing, is_object
from limelight.core.tail import Tail
from limelight.errors import Error

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.chat.talk import Talk
    from limelight.chat.tree import Conversation

__all__ = ["Answering", "messages_of", "question_of", "text_of"]

_NOTHING: dict[str, Any] = {"role": "assistant", "content": ""}
SAVE_S = 1.0
"""Seconds between two times that a growing answer is written down."""


def question_of(given: Any) -> list[dict[str, Any]]:
    """The messages of a question: one with its files and its text; none if there is nothing."""
    if given is None:
        return []
    if isinstance(given, str):
        return [{"role": "user", "content": given}] if given.strip() else []
    parts: list[Any] = [{"path": path} for path in given.get("files") or ()]
    if (given.get("text") or "").strip():
        parts.append(given["text"])
    return [{"role": "user", "content": parts[0] if len(parts) == 1 else parts}] if parts else []


def text_of(messages: list[dict[str, Any]]) -> str:
    """The text of messages, without their files and components."""
    found: list[str] = []
    for message in messages:
        content = message.get("content")
        for part in content if is_listing(content) else [content]:
            text: Any = part.get("text") if is_object(part) else part
            if isinstance(text, str):
                found.append(text)
    return "\n\n".join(found)


def messages_of(response: Any, role: str = "assistant") -> list[dict[str, Any]]:
    """The messages that an answer consists of."""
    if response is None:
        return []
    if isinstance(response, Trail):
        return response.messages
    if is_listing(response):
        return [message for one in response for message in messages_of(one, role)]
    given: Any = response
    if dataclasses.is_dataclass(given) and not isinstance(given, (type, FileData)):
        names = ("role", "content", "metadata", "options")
        return [{name: getattr(given, name, None) for name in names}]
    if is_object(given) and "content" in given:
        return [{"role": role, **given}]
    if is_object(given) and "path" not in given and "files" in given:
        return question_of(given) and [{**question_of(given)[0], "role": role}]
    if not isinstance(given, (str, Block, FileData, dict)):
        given = str(given)
    return [{"role": role, "content": given}]


class Answering:
    """One answer while it comes.

    Args:
        talk: Whose conversation it belongs to.
        question: What is answered.
        shown: Makes page messages of a function's.
    """

    def __init__(
        self, talk: Talk, question: Turn, shown: Callable[[list[dict[str, Any]]], list[Any]]
    ) -> None:
        self.conversation = conversation = talk.conversation
        self._talk = talk
        self._shown = shown
        self.question = question
        before = conversation.path(question.id)
        self._begun: list[dict[str, Any]] = []
        if talk.is_cut:  # what came already stays, and the rest is put behind it
            self.turn = conversation.turns[conversation.leaf or question.id]
            self._begun = self.turn.messages
            talk.is_cut = False
            self.turn.state = "streaming"
        else:
            question.state = "complete"
            self.turn = conversation.add(Turn("assistant", [], question.id, state="streaming"))
        talk.answer = self.turn
        self.call = current_reporter.get()
        """The call that gives it."""
        talk.runs[self.turn.id] = self
        talk.is_steered = False
        self.history = [
            message
            for turn in before[:-1]
            for message in turn.messages
            if not _is_question(message)
        ]
        """What was said before, as functions gave it."""
        self._before = before
        self._head = [
            message for turn in before for message in talk_messages(conversation, turn, shown)
        ]
        self.more: list[Any] = []
        """What the function gave last for other outputs."""
        self._given = self._begun
        self._trail: Trail | None = None
        """What the function gave last, if it grows by itself."""
        self._asked: list[tuple[int, dict[str, Any]]] = []
        """Questions to the reader, each with its place among the messages."""
        self._saved_s = time.monotonic()
        talk.keep(question)
        talk.keep(self.turn)

    @property
    def must_end(self) -> bool:
        """Whether nobody wants more of it: it was stopped, or the next question comes first."""
        is_steered = self._talk.is_steered and self._talk.answer is self.turn
        return is_steered or self.turn.state != "streaming"

    @property
    def is_shown(self) -> bool:
        """Whether its conversation is the one on the page."""
        return self._talk.conversation is self.conversation

    def step(self, response: Any) -> Tail:
        """Take what the function gave; what the page gets."""
        self._trail = response if isinstance(response, Trail) else None
        self._take(response)
        now_s = time.monotonic()
        if now_s - self._saved_s >= SAVE_S:
            self._saved_s = now_s
            self._talk.keep(self.turn, self.conversation)
        return self.tail()

    def _take(self, response: Any) -> None:
        messages = messages_of(response)
        if self._talk.save is not None:
            messages = fixed(messages)
        with self._talk.lock:
            self._given = _joined(self._begun, messages) if self._begun else messages
            self._place()

    def ask(self, asked: dict[str, Any]) -> Tail:
        """Show a question to the reader where the answer is now, or what came of it."""
        if self._trail is not None:  # it may have gone on since it was given
            self._take(self._trail)
        metadata: dict[str, Any] = {"ask": asked}
        author = _author_of(self._given)
        if author:
            metadata["author"] = author
        message = {"role": "assistant", "content": "", "metadata": metadata}
        with self._talk.lock:
            for number, (at, one) in enumerate(self._asked):
                if one["metadata"]["ask"]["id"] == asked["id"]:
                    self._asked[number] = at, _answered(one, asked)
                    break
            else:
                self._asked.append((len(self._given), message))
            self._place()
        self._talk.keep(self.turn)
        return self.tail()

    def _place(self) -> None:
        """Put together what was given and what was asked."""
        made = list(self._given)
        for before, (at, message) in enumerate(self._asked):
            made.insert(min(at + before, len(made)), message)
        self.turn.messages = made

    def tail(self) -> Tail:
        """The answer behind what was said before it."""
        # Made when it is sent: a function that works in threads may ask while a step is under way.
        return Tail(len(self._head), self._rest, self._all)

    def _rest(self) -> list[dict[str, Any]]:
        return all_messages(self.conversation, [self.turn])

    def _all(self) -> list[dict[str, Any]]:
        return all_messages(self.conversation, [*self._before, self.turn])

    def end(self, state: Any = "complete", problem: BaseException | None = None) -> Tail:
        """The function has ended, in whatever way; what the page gets."""
        talk, turn = self._talk, self.turn
        if turn.state == "streaming":
            turn.state = state
        if turn.state == "failed":
            told = problem.message if isinstance(problem, Error) else ""
            turn.messages = _noted(turn.messages or [dict(_NOTHING)], {"error": told})
        with talk.lock:
            talk.runs.pop(turn.id, None)
            if talk.answer is turn:
                talk.answer = None
        talk.keep(turn, self.conversation)
        return self.tail()


def talk_messages(
    conversation: Conversation,
    turn: Turn,
    shown: Callable[[list[dict[str, Any]]], list[Any]] | None,
) -> list[Any]:
    """The messages of a turn with what the page has to know of it.

    Args:
        conversation: Whose.
        turn: The turn.
        shown: Makes page messages of them; None leaves them as functions give them.
    """
    messages = turn.messages
    more: dict[str, Any] = {}
    place, versions = conversation.siblings(turn)
    if versions > 1:
        more["siblings"] = [place, versions]
    if turn.role == "assistant" and turn.state not in ("complete", "waiting"):
        more["state"] = turn.state
        messages = messages or [dict(_NOTHING)]
    if more and messages:
        messages = _noted(messages, more)
    return shown(messages) if shown is not None else messages


def all_messages(conversation: Conversation, turns: list[Turn]) -> list[dict[str, Any]]:
    """The messages of several turns, as functions give them."""
    return [message for turn in turns for message in talk_messages(conversation, turn, None)]


def _noted(messages: list[dict[str, Any]], more: dict[str, Any]) -> list[dict[str, Any]]:
    """Messages of which the last has more metadata."""
    last = messages[-1]
    metadata: dict[str, Any] = last.get("metadata") or {}
    return [*messages[:-1], {**last, "metadata": {**metadata, **more}}]


def _is_question(message: dict[str, Any]) -> bool:
    """Whether it is no part of the answer, but what the function asked meanwhile."""
    metadata: dict[str, Any] = message.get("metadata") or {}
    return "ask" in metadata


def _author_of(messages: list[dict[str, Any]]) -> Any:
    """Who spoke last."""
    metadata: dict[str, Any] = (messages[-1].get("metadata") or {}) if messages else {}
    return metadata.get("author")


def _answered(message: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """A question with what came of it."""
    return {**message, "metadata": {**message["metadata"], "ask": asked}}


def _only_text(content: Any) -> Any:
    """A content that is one text as that text."""
    if is_listing(content) and len(content) == 1 and is_object(content[0]):
        return content[0].get("text", content)
    return content


def _joined(begun: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Messages with more behind them; a text goes on in the same message."""
    if not begun or not more:
        return begun or more
    last, first = begun[-1], more[0]
    said, added = _only_text(last.get("content")), _only_text(first.get("content"))
    if isinstance(said, str) and isinstance(added, str):
        return [*begun[:-1], {**first, "content": said + added}, *more[1:]]
    return [*begun, *more]
