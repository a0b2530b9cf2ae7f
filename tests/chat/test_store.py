"""Stores of conversations: the same cases for each kind."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from limelight.chat import sqlstore
from limelight.chat.records import StoredTurn, StoreFull, clean_title, title_of
from limelight.chat.store import open_store
from limelight.errors import LimelightError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from limelight.chat.store import ChatStore
    from limelight.chat.tree import State


def turn(
    name: str, text: str = "", parent: str | None = None, state: State = "complete"
) -> StoredTurn:
    return StoredTurn(name, parent, "user", state, "[]", text, time.time())


def titles(store: ChatStore, owner: str = "ann", **more: object) -> list[str]:
    return [thread.title for thread in store.threads(owner, **more)]  # type: ignore[arg-type]


def test_a_thread_is_listed_renamed_pinned_and_put_away(store: ChatStore) -> None:
    first, second, third = (store.create("ann", name) for name in ("one", "two", "three"))
    assert titles(store) == ["three", "two", "one"]
    assert store.put("ann", first.id, turn("a"))
    assert titles(store) == ["one", "three", "two"]
    assert store.change("ann", second.id, title="  zwei\n\x00 Dinge ", pinned=True)
    assert titles(store) == ["zwei Dinge", "one", "three"]
    assert store.change("ann", third.id, archived=True)
    assert titles(store) == ["zwei Dinge", "one"]
    assert titles(store, archived=True) == ["three"]
    assert store.change("ann", third.id, archived=False)
    found = store.thread("ann", second.id)
    assert found is not None
    assert (found.title, found.is_pinned, found.is_archived) == ("zwei Dinge", True, False)


def test_the_list_comes_in_pages(store: ChatStore) -> None:
    for number in range(7):
        store.create("ann", f"t{number}")
    pages = [titles(store, start=start, limit=3) for start in (0, 3, 6)]
    assert pages == [["t6", "t5", "t4"], ["t3", "t2", "t1"], ["t0"]]


def test_search_looks_at_titles_and_texts_in_any_case(store: ChatStore) -> None:
    store.create("ann", "Über Straßen")
    other = store.create("ann", "other")
    store.put("ann", other.id, turn("a", "100%_sure! \x00 \ud800 ÄPFEL"))
    assert titles(store, query="ÜBER STRASSEN") == ["Über Straßen"]
    assert titles(store, query="100%_sure!") == ["other"]
    assert titles(store, query="100x") == []
    assert titles(store, query="%") == ["other"]
    assert titles(store, query="äpfel") == ["other"]
    assert titles(store, query="'; DROP TABLE limelight_threads; --") == []


def test_somebody_else_finds_nothing(store: ChatStore) -> None:
    thread = store.create("ann", "mine")
    store.put("ann", thread.id, turn("a", "secret"))
    token = store.share("ann", thread.id)
    assert titles(store, "bob") == []
    assert titles(store, "bob", query="secret") == []
    assert store.thread("bob", thread.id) is None
    assert store.turns("bob", thread.id) == ([], None)
    assert not store.put("bob", thread.id, turn("b"))
    assert not store.change("bob", thread.id, title="his")
    assert not store.set_leaf("bob", thread.id, None)
    assert store.share("bob", thread.id) is None
    assert not store.unshare("bob", thread.id)
    assert not store.discard("bob", thread.id)
    assert not store.delete("bob", thread.id)
    found = store.thread("ann", thread.id)
    assert found is not None
    assert (found.title, found.share) == ("mine", token)
    assert [one.id for one in store.turns("ann", thread.id)[0]] == ["a"]


def test_turns_come_back_parents_first_with_the_leaf(store: ChatStore) -> None:
    thread = store.create("ann", "t")
    for name, parent in (("q", None), ("a1", "q"), ("a2", "q")):
        store.put("ann", thread.id, turn(name, parent=parent))
    store.put("ann", thread.id, turn("q", state="stopped"))
    assert store.set_leaf("ann", thread.id, "a1")
    turns, leaf = store.turns("ann", thread.id)
    assert [(one.id, one.parent, one.state) for one in turns] == [
        ("q", None, "stopped"),
        ("a1", "q", "complete"),
        ("a2", "q", "complete"),
    ]
    assert leaf == "a1"


def test_what_is_kept_outlives_the_process(open_here: Callable[[], ChatStore]) -> None:
    store = open_here()
    thread = store.create("ann", "kept")
    store.put("ann", thread.id, turn("a"))
    store.close()
    again = open_here()
    assert titles(again) == ["kept"]
    assert [one.id for one in again.turns("ann", thread.id)[0]] == ["a"]


def test_an_answer_is_interrupted_when_its_process_ended(
    open_here: Callable[[], ChatStore],
) -> None:
    store, other = open_here(), open_here()
    thread = store.create("ann", "t")
    store.put("ann", thread.id, turn("a", state="streaming"))
    states = [one.turns("ann", thread.id)[0][0].state for one in (store, other)]
    assert states == ["streaming", "streaming"]
    store.close()
    assert other.turns("ann", thread.id)[0][0].state == "interrupted"


def test_an_answer_is_interrupted_when_its_process_was_killed(
    open_here: Callable[[], ChatStore], place: str
) -> None:
    code = (
        "import sys, time; from limelight.chat.store import *\n"
        "from limelight.chat.records import *\n"
        "store = open_store(sys.argv[1]); t = store.create('ann', 't')\n"
        "store.put('ann', t.id, StoredTurn('a', None, 'user', 'streaming', '[]', '', 0.0))\n"
        "print(t.id, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, place], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        thread = process.stdout.readline().strip()
        store = open_here()
        assert store.turns("ann", thread)[0][0].state == "streaming"
        process.kill()
    deadline = time.monotonic() + 10
    while store.turns("ann", thread)[0][0].state == "streaming":
        assert time.monotonic() < deadline
        time.sleep(0.05)  # PostgreSQL takes a moment to see that the connection is gone
    assert store.turns("ann", thread)[0][0].state == "interrupted"


def test_a_discarded_thread_can_be_brought_back_for_a_while(
    store: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = store.create("ann", "t")
    store.put("ann", thread.id, turn("a"))
    token = store.share("ann", thread.id)
    assert token is not None
    assert store.discard("ann", thread.id)
    assert titles(store) == []
    assert store.thread("ann", thread.id) is None
    assert store.shared(token) is None
    assert not store.put("ann", thread.id, turn("b"))
    assert not store.restore("bob", thread.id)
    assert store.restore("ann", thread.id)
    assert titles(store) == ["t"]
    store.discard("ann", thread.id)
    (store.folder / thread.id).mkdir(parents=True)
    monkeypatch.setattr(sqlstore, "RESTORE_S", -1.0)
    monkeypatch.setattr(sqlstore, "_PURGE_S", -1.0)
    store.threads("bob")
    assert not store.restore("ann", thread.id)
    assert not (store.folder / thread.id).exists()


def test_deleting_takes_rows_and_files(store: ChatStore) -> None:
    thread = store.create("ann", "t")
    store.put("ann", thread.id, turn("a", "words"))
    (store.folder / thread.id).mkdir(parents=True)
    assert store.delete("ann", thread.id)
    assert titles(store) == []
    assert store.turns("ann", thread.id) == ([], None)
    assert not (store.folder / thread.id).exists()
    with store.transaction() as run:  # type: ignore[attr-defined]
        assert run("SELECT COUNT(*) FROM limelight_turns")[0][0] == 0


def test_a_link_leads_to_a_thread_until_it_is_revoked(store: ChatStore) -> None:
    thread = store.create("ann", "t")
    token = store.share("ann", thread.id)
    assert token is not None
    assert len(token) >= 32
    assert store.share("ann", thread.id) == token
    found = store.shared(token)
    assert found is not None
    assert (found[0], found[1].id) == ("ann", thread.id)
    assert store.unshare("ann", thread.id)
    assert store.shared(token) is None
    assert store.share("ann", thread.id) != token


def test_limits(store: ChatStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlstore, "MOST_THREADS", 2)
    monkeypatch.setattr(sqlstore, "MOST_TURNS", 1)
    monkeypatch.setattr(sqlstore, "TURN_BYTES", 10)
    thread = store.create("ann", "x" * 1000)
    assert len(thread.title) == 200
    store.create("ann", "b")
    with pytest.raises(StoreFull, match="most that one reader can keep"):
        store.create("ann", "c")
    with pytest.raises(StoreFull, match="too large"):
        store.put("ann", thread.id, StoredTurn("a", None, "user", "complete", "x" * 11, "", 0.0))
    store.put("ann", thread.id, turn("a"))
    store.put("ann", thread.id, turn("b"))
    with pytest.raises(StoreFull, match="can have 1 turns"):
        store.put("ann", thread.id, turn("c"))


def test_threads_and_processes_write_at_the_same_time(
    open_here: Callable[[], ChatStore],
) -> None:
    stores = [open_here(), open_here()]
    thread = stores[0].create("ann", "t")
    problems: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for count in range(20):
                stores[number % 2].put("ann", thread.id, turn(f"{number}-{count}"))
        except BaseException as problem:  # told below
            problems.append(problem)

    workers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    assert len(stores[1].turns("ann", thread.id)[0]) == 80


def test_tables_of_a_newer_version_are_left_alone(open_here: Callable[[], ChatStore]) -> None:
    store = open_here()
    with store.transaction() as run:  # type: ignore[attr-defined]
        run("UPDATE limelight_chat SET version = 99")
    with pytest.raises(LimelightError, match="newer version of limelight"):
        open_here()


def test_a_place_that_cannot_be_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PropError, match=r"mongodb://…; expected"):
        open_store("mongodb://somewhere/db")
    (tmp_path / "file").write_text("")
    with pytest.raises(PropError, match="cannot be kept at"):
        open_store(tmp_path / "file" / "chat.db")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(PropError, match=r"pip install 'limelight\[postgres\]'"):
        open_store("postgresql://localhost/chat")


def test_a_password_is_not_told(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(PropError, match=r"'127\.0\.0\.1/chat' for chats cannot be reached") as told:
        open_store(f"postgresql://me:hush@127.0.0.1:9/chat?files={tmp_path}")
    assert "hush" not in str(told.value)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("How do I **boil** an egg?", "How do I boil an egg?"),
        ("# Plan\n\n> see [this](http://x.y)", "Plan see this"),
        ("1 2 3 4 5 6 7 8 9 10", "1 2 3 4 5 6 7 8 9…"),
        ("```\ncode\n```", "``` code ```"),
        ("x" * 100, "x" * 60 + "…"),
        (" \n ", ""),
    ],
)
def test_a_title_is_made_of_the_first_words(question: str, title: str) -> None:
    assert title_of(question) == title
    assert clean_title("a\tb\n\x1b[0m") == "a b [0m"
