"""`History`: takes what is said in an app to a store, and brings it back."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import re
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from limelight.chat.answering import text_of
from limelight.chat.packing import pack, plain_messages, unpack
from limelight.chat.records import StoredTurn, StoreFull, clean_title, title_of
from limelight.chat.tree import Conversation, Turn
from limelight.core.narrow import is_listing, is_object
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.chat.records import Thread
    from limelight.chat.store import ChatStore
    from limelight.chat.talk import Talk
    from limelight.core.request import Request

__all__ = ["History", "owner_of"]

_log = logging.getLogger("limelight.chat")
_PAGE = 50
_IMPORT_CHARACTERS = 16 * 1024 * 1024
_IMPORT_TURNS = 5000
_FORMAT = "limelight-chat"
_SPEAKERS = {"user": "User", "assistant": "Assistant", "system": "System"}
_HEADING = re.compile(r"^## (User|Assistant|System)[ \t]*$", re.MULTILINE)


def owner_of(request: Request) -> str:
    """Whose conversations a caller sees: a user's who is logged in, or else a browser's."""
    if request.username:
        return f"user:{request.username}"
    if request.identity:
        return f"browser:{request.identity}"
    return f"session:{request.session_hash}"


class History:
    """The conversations of an app.

    Args:
        store: Where they are kept.
        title: Gives the title of a conversation from its messages, once it has an answer; None
            leaves it at the first words of the question.
    """

    def __init__(
        self, store: ChatStore, title: Callable[[list[dict[str, Any]]], str] | None = None
    ) -> None:
        self.store = store
        self._title = title
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, str], tuple[str, Turn]] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="limelight-chat")

    @functools.cached_property
    def secret(self) -> bytes:
        """Signs what browsers are known by, so that they find their conversations again when the
        app was started anew. It lies beside the store, readable by this user only.
        """
        place = self.store.folder / ".secret"
        fresh = place.with_name(f".secret-{secrets.token_hex(8)}")
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(fd, "wb") as file:
            file.write(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):  # another start was first
            os.link(fresh, place)
        fresh.unlink()
        return place.read_bytes()

    # ---- writing ---------------------------------------------------------------------------------

    def attach(self, talk: Talk, request: Request) -> str:
        """Keep what a session says; its owner."""
        owner = owner_of(request)
        if talk.owner != owner:
            if talk.owner is not None:
                talk.reset()  # somebody else has logged in
            talk.owner = owner
        talk.save = lambda conversation, turn: self._save(owner, conversation, turn)
        talk.moved = lambda conversation: self._moved(owner, conversation)
        return owner

    def _save(self, owner: str, conversation: Conversation, turn: Turn) -> None:
        if conversation.thread is None:
            title = title_of(text_of(turn.messages)) or "…"
            conversation.thread = self.store.create(owner, title).id
        key = conversation.thread, turn.id
        conversation.kept_leaf = turn.id
        with self._lock:
            is_new = key not in self._waiting
            self._waiting[key] = owner, replace(turn)
        if is_new:
            self._writer.submit(self._write, *key)
        answers = [one for one in conversation.turns.values() if one.role == "assistant"]
        if self._title and turn.state == "complete" and answers == [turn]:
            messages = [one for step in conversation.path() for one in step.messages]
            self._writer.submit(self._name, self._title, owner, conversation.thread, messages)

    def _write(self, thread: str, name: str) -> None:
        with self._lock:
            owner, turn = self._waiting.pop((thread, name))
        try:
            messages = pack(turn.messages, self.store.folder / thread)
            text = text_of(turn.messages)
            state = "complete" if turn.state == "waiting" else turn.state
            stored = StoredTurn(
                turn.id, turn.parent, turn.role, state, messages, text, turn.created_s
            )
            self.store.put(owner, thread, stored)
        except Exception:  # the chat goes on, whatever is wrong with the disk or the database
            _log.exception("a turn of a conversation could not be kept")

    def _name(self, title: Any, owner: str, thread: str, messages: list[dict[str, Any]]) -> None:
        try:
            name = clean_title(str(title(messages) or ""))
            if name:
                self.store.change(owner, thread, title=name)
        except Exception:  # the author's function may do anything
            _log.exception("the title of a conversation could not be made")

    def _moved(self, owner: str, conversation: Conversation) -> None:
        """Note where the path that is shown ends, if it has moved."""
        thread, leaf = conversation.thread, conversation.leaf
        if thread is not None and leaf != conversation.kept_leaf:
            conversation.kept_leaf = leaf
            self._writer.submit(self.store.set_leaf, owner, thread, leaf)

    def flush(self) -> None:
        """Wait until all is written that was said before."""
        self._writer.submit(int).result()

    # ---- reading ---------------------------------------------------------------------------------

    def open(self, owner: str, thread: str) -> Conversation | None:
        """A conversation; None if this owner has none of that name."""
        self.flush()
        if self.store.thread(owner, thread) is None:
            return None
        stored, leaf = self.store.turns(owner, thread)
        folder = self.store.folder / thread
        turns: dict[str, Turn] = {}
        for one in stored:
            parent = one.parent if one.parent in turns else None
            role: Any = one.role
            messages = unpack(one.messages, folder)
            turns[one.id] = Turn(role, messages, parent, one.id, one.created_s, one.state)
        made = Conversation(list(turns.values()), leaf)
        if leaf in turns:
            made.end_at(leaf)
        made.thread, made.kept_leaf = thread, made.leaf
        return made

    def open_shared(self, token: str) -> Conversation | None:
        """The conversation that a link leads to, to be read only; None if there is no such link."""
        found = self.store.shared(token)
        made = self.open(found[0], found[1].id) if found else None
        if made is not None:
            made.thread, made.is_read_only = None, True
        return made

    def fork(self, owner: str, source: Conversation, title: str) -> str:
        """A thread of its own with what a conversation shows; its id."""
        copy = source.fork(source.leaf) if source.leaf is not None else Conversation()
        copy.thread = self.store.create(owner, title).id
        for turn in copy.turns.values():
            self._save(owner, copy, turn)
        self.flush()
        return copy.thread

    # ---- what the list at the side asks ----------------------------------------------------------

    def serve(self, data: Any, request: Request) -> Any:
        """Do what the page's list of conversations asks for.

        Raises:
            PayloadError: there is no such action, or what it names is not there.
        """
        action: Any = data.get("action") if is_object(data) else None
        doer: Any = self._actions.get(action) if isinstance(action, str) else None
        if doer is None:
            raise PayloadError(f"The chats were asked for {action!r:.40}; there is no such action.")
        try:
            return doer(self, owner_of(request), data)
        except StoreFull as problem:
            raise PayloadError(str(problem)) from None

    def _list(self, owner: str, data: dict[str, Any]) -> dict[str, Any]:
        start: Any = data.get("start", 0)
        if not isinstance(start, int) or not 0 <= start <= 1_000_000:
            raise PayloadError(f"The chats were asked from {start!r:.40} on; expected a number.")
        query = _text_in(data, "query", 1000)
        archived = data.get("archived") is True
        found = self.store.threads(
            owner, query=query, archived=archived, start=start, limit=_PAGE + 1
        )
        return {"threads": [_shown(one) for one in found[:_PAGE]], "more": len(found) > _PAGE}

    def _rename(self, owner: str, data: dict[str, Any]) -> Any:
        title = clean_title(_text_in(data, "title", 10_000))
        if not title:
            raise PayloadError("The title of a chat is empty; expected a text.")
        return self._done(self.store.change(owner, _id_in(data), title=title))

    def _pin(self, owner: str, data: dict[str, Any]) -> Any:
        return self._done(self.store.change(owner, _id_in(data), pinned=data.get("on") is True))

    def _archive(self, owner: str, data: dict[str, Any]) -> Any:
        return self._done(self.store.change(owner, _id_in(data), archived=data.get("on") is True))

    def _delete(self, owner: str, data: dict[str, Any]) -> Any:
        return self._done(self.store.discard(owner, _id_in(data)))

    def _restore(self, owner: str, data: dict[str, Any]) -> Any:
        return self._done(self.store.restore(owner, _id_in(data)))

    def _share(self, owner: str, data: dict[str, Any]) -> Any:
        return self._done(self.store.share(owner, _id_in(data)))

    def _unshare(self, owner: str, data: dict[str, Any]) -> Any:
        return self._done(self.store.unshare(owner, _id_in(data)))

    def _fork(self, owner: str, data: dict[str, Any]) -> Any:
        """A copy of an own conversation, or of one that a link leads to."""
        token = _text_in(data, "token", 100)
        found = self.store.shared(token) if token else None
        whose = found[0] if found else owner
        thread = found[1].id if found else _id_in(data)
        source = self.open(whose, thread)
        about = self.store.thread(whose, thread)
        if source is None or about is None:
            raise _gone()
        return self.fork(owner, source, about.title)

    @staticmethod
    def _done(done: Any) -> Any:
        if not done:
            raise _gone()
        return done

    # ---- export and import -----------------------------------------------------------------------

    def _export(self, owner: str, data: dict[str, Any]) -> dict[str, str]:
        thread = self.store.thread(owner, _id_in(data))
        conversation = self.open(owner, thread.id) if thread else None
        if thread is None or conversation is None:
            raise _gone()
        name = re.sub(r"[^\w .-]", "", thread.title).strip(" .")[:80] or "chat"
        if data.get("form") == "markdown":
            return {"name": f"{name}.md", "text": _as_markdown(thread.title, conversation)}
        turns = self.store.turns(owner, thread.id)[0]
        made = {
            "format": _FORMAT,
            "version": 1,
            "title": thread.title,
            "leaf": conversation.leaf,
            "turns": [
                {
                    "id": one.id,
                    "parent": one.parent,
                    "role": one.role,
                    "state": one.state,
                    "created_s": one.created_s,
                    "messages": json.loads(one.messages),
                }
                for one in turns
            ],
        }
        return {"name": f"{name}.json", "text": json.dumps(made, ensure_ascii=False, indent=1)}

    def _import(self, owner: str, data: dict[str, Any]) -> str:
        text = _text_in(data, "text", _IMPORT_CHARACTERS)
        title, made = _from_json(text) if text.lstrip()[:1] == "{" else _from_markdown(text)
        if not made.turns:
            raise PayloadError(
                "There is no conversation in the file; expected one that was exported here as "
                "JSON or Markdown."
            )
        title = title or title_of(text_of(next(iter(made.turns.values())).messages)) or "…"
        made.thread = self.store.create(owner, title).id
        leaf = made.leaf
        for turn in made.turns.values():
            self._save(owner, made, turn)
        self.flush()
        self.store.set_leaf(owner, made.thread, leaf)
        return made.thread

    _actions = {  # noqa: RUF012  # nobody changes it
        "list": _list,
        "rename": _rename,
        "pin": _pin,
        "archive": _archive,
        "delete": _delete,
        "restore": _restore,
        "share": _share,
        "unshare": _unshare,
        "fork": _fork,
        "export": _export,
        "import": _import,
    }


def _gone() -> PayloadError:
    return PayloadError("There is no such chat any more.")


def _text_in(data: dict[str, Any], name: str, most: int) -> str:
    text: Any = data.get(name, "")
    if not isinstance(text, str) or len(text) > most:
        raise PayloadError(f"The chats got {text!r:.40} as {name}; expected a text up to {most}.")
    return text


def _id_in(data: dict[str, Any]) -> str:
    return _text_in(data, "id", 100)


def _shown(thread: Thread) -> dict[str, Any]:
    return {
        "id": thread.id,
        "title": thread.title,
        "updated": thread.updated_s,
        "pinned": thread.is_pinned,
        "archived": thread.is_archived,
        "share": thread.share,
    }


def _as_markdown(title: str, conversation: Conversation) -> str:
    parts = [f"# {title}"]
    for turn in conversation.path():
        text = "\n\n".join(one["content"] for one in plain_messages(turn.messages))
        parts.append(f"## {_SPEAKERS[turn.role]}\n\n" + _HEADING.sub(r"\\\g<0>", text))
    return "\n\n".join(parts) + "\n"


def _from_markdown(text: str) -> tuple[str, Conversation]:
    before, *rest = _HEADING.split(text)
    made = Conversation()
    roles: dict[str, Any] = {name: role for role, name in _SPEAKERS.items()}
    for name, said in zip(rest[::2], rest[1::2], strict=True):
        if len(made.turns) >= _IMPORT_TURNS:
            break
        content = re.sub(r"^\\(## (?:User|Assistant|System))", r"\1", said, flags=re.MULTILINE)
        message = {"role": roles[name], "content": content.strip()}
        made.add(Turn(roles[name], [message], made.leaf))
    found = re.search(r"^# (.+)$", before, re.MULTILINE)
    return clean_title(found.group(1)) if found else "", made


def _from_json(text: str) -> tuple[str, Conversation]:
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if not is_object(given) or given.get("format") != _FORMAT or given.get("version") != 1:
        raise PayloadError("The file is none that was exported here.")
    turns: Any = given.get("turns")
    if not is_listing(turns) or len(turns) > _IMPORT_TURNS:
        raise PayloadError(f"The file has no list of at most {_IMPORT_TURNS} turns.")
    made = Conversation()
    names: dict[Any, str] = {}
    for one in turns:
        role: Any = one.get("role") if is_object(one) else None
        if not is_object(one) or role not in _SPEAKERS or not isinstance(one.get("id"), str):
            raise PayloadError("The file has a turn without id or role.")
        if len(one["id"]) > 100 or one["id"] in names:
            raise PayloadError("The file has a turn twice.")
        created: Any = one.get("created_s")
        parent: Any = one.get("parent")
        turn = Turn(
            role,
            plain_messages(one.get("messages")),
            names.get(parent) if isinstance(parent, str) else None,
            state="interrupted" if one.get("state") in ("streaming", "interrupted") else "complete",
        )
        if isinstance(created, (int, float)) and 0 <= created < 1e11:
            turn.created_s = float(created)
        names[one["id"]] = made.add(turn).id
    leaf: Any = given.get("leaf")
    if isinstance(leaf, str) and leaf in names:
        made.end_at(names[leaf])
    title: Any = given.get("title")
    return clean_title(title[:1000]) if isinstance(title, str) else "", made
