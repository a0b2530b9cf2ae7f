"""ChatInterface with history: what is said comes back, to its owner."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.errors import PayloadError
from tests.app.test_chat import Page, Slow, begun, echo, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ANN = gr.Request(identity="ann", session_hash="x")
BOB = gr.Request(identity="bob", session_hash="y")


@pytest.fixture
def open_page(tmp_path: Path) -> Iterator[Callable[..., Page]]:
    made: list[gr.ChatInterface] = []

    def make(fn: Any = echo, **props: Any) -> Page:
        made.append(gr.ChatInterface(fn, store=tmp_path / "chat.db", **props))
        return Page(made[-1], tmp_path / f"page{len(made)}")

    yield make
    for demo in made:
        assert demo.history is not None
        demo.history.flush()
        demo.history.store.close()


def history_of(page: Page) -> Any:
    assert page.demo.history is not None
    page.demo.history.flush()
    return page.demo.history


def owner_in(page: Page) -> gr.Request:
    """The reader of the page."""
    owner = page.talk.owner
    assert owner is not None
    kind, name = owner.split(":", 1)
    return gr.Request(session_hash=name) if kind == "session" else gr.Request(identity=name)


def listed(page: Page, request: gr.Request | None = None, **more: Any) -> list[dict[str, Any]]:
    asked = {"action": "list", **more}
    found: list[dict[str, Any]] = history_of(page).serve(asked, request or owner_in(page))[
        "threads"
    ]
    return found


async def open_thread(page: Page, wanted: str | None) -> None:
    """Choose in the list; as the page does it."""
    page.demo.threads  # it is there
    await page.do(page.ids["chatthreads", "input"], wanted, None)


async def test_a_conversation_is_listed_with_a_title_and_comes_back(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(words)
    await page.send("How **are** you?")
    (thread,) = listed(page)
    assert thread["title"] == "How are you?"
    assert page.talk.thread == thread["id"]
    await open_thread(page, None)
    assert page.said == []
    await page.send("second")
    assert [one["title"] for one in listed(page)] == ["second", "How are you?"]
    await open_thread(page, thread["id"])
    assert page.said == ["How **are** you?", "How **are** you?"]
    again = open_page(words)
    await open_thread(again, thread["id"])
    assert again.said == ["How **are** you?", "How **are** you?"]
    await again.send("more")
    assert again.said[2:] == ["more", "more"]


async def test_somebody_else_sees_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    await page.send("mine")
    (thread,) = listed(page)
    assert listed(page, BOB) == []
    history = history_of(page)
    assert history.open("browser:bob", thread["id"]) is None
    for action in (
        "rename",
        "pin",
        "archive",
        "delete",
        "restore",
        "share",
        "unshare",
        "fork",
        "export",
    ):
        with pytest.raises(PayloadError, match="no such chat any more"):
            history.serve({"action": action, "id": thread["id"], "title": "x"}, BOB)


async def test_who_is_logged_in_finds_the_chats_on_another_device(
    open_page: Callable[..., Page],
) -> None:
    phone = open_page()
    phone.harness.request = gr.Request(username="ann")
    await phone.send("on the way")
    (thread,) = listed(phone, gr.Request(username="ann", identity="desk", session_hash="z"))
    for stranger in (
        gr.Request(username="bob", identity="telephone", session_hash="s"),
        gr.Request(identity="telephone", session_hash="s"),
        gr.Request(identity="ann"),
        gr.Request(session_hash="ann"),
    ):
        assert listed(phone, stranger) == []
    desk = open_page()
    desk.harness.request = gr.Request(username="ann")
    await open_thread(desk, thread["id"])
    assert desk.said == ["on the way", "0 on the way"]


async def test_branches_come_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    await page.send("a")
    await page.act("retry", index=1)
    await page.answer()
    (thread,) = listed(page)
    await page.act("action", action="branch", index=1, by=-1)
    history = history_of(page)
    back = history.open(page.talk.owner, thread["id"])
    assert len(back) == 3
    assert back.leaf == page.talk.conversation.leaf


async def test_a_link_opens_read_only_until_it_is_revoked(open_page: Callable[..., Page]) -> None:
    page = open_page()
    await page.send("seen")
    (thread,) = listed(page)
    history, owner = history_of(page), owner_in(page)
    token = history.serve({"action": "share", "id": thread["id"]}, owner)
    other = open_page()
    await open_thread(other, f"shared:{token}")
    assert other.said == ["seen", "0 seen"]
    assert other.box["interactive"] is False
    result = await other.do(other.ids["textbox", "submit"], "mine now", None)
    assert not result["success"]
    copy = history_of(other).serve({"action": "fork", "token": token}, BOB)
    assert len(history_of(other).open("browser:bob", copy)) == 2
    history.serve({"action": "unshare", "id": thread["id"]}, owner)
    await open_thread(other, None)
    await open_thread(other, f"shared:{token}")
    assert other.said == []


async def test_a_cut_answer_is_told_and_goes_on(open_page: Callable[..., Page]) -> None:
    page = open_page()
    await page.send("a")
    (thread,) = listed(page)
    with history_of(page).store.transaction() as run:
        run("UPDATE limelight_turns SET state = 'streaming', writer = '1' WHERE role = 'assistant'")
    again = open_page()
    await open_thread(again, thread["id"])
    assert again.shown[-1]["metadata"]["state"] == "interrupted"
    await again.act("action", action="continue", index=1)
    await again.answer()
    assert again.said == ["a", "0 a0 a"]


async def test_files_outlive_the_cache(open_page: Callable[..., Page], tmp_path: Path) -> None:
    shown = tmp_path / "shown.txt"
    shown.write_text("kept")

    def give(message: str, history: list[Any]) -> Any:
        return [{"path": str(shown)}, "there"]

    page = open_page(give)
    await page.send("a file")
    (thread,) = listed(page)
    shown.unlink()
    again = open_page(give)
    await open_thread(again, thread["id"])
    (part,) = again.shown[1]["content"]
    assert part["file"]["orig_name"] == "shown.txt"
    folder = history_of(again).store.folder / thread["id"]
    assert [path.read_text() for path in folder.glob("*/*")] == ["kept"]


async def test_a_file_that_may_not_be_shown_is_not_kept(open_page: Callable[..., Page]) -> None:
    page = open_page(lambda message, history: {"path": "/etc/hostname"})
    await page.do(page.ids["textbox", "submit"], "x", None)
    await page.do(page.answering, None)
    (thread,) = listed(page)
    assert list((history_of(page).store.folder / thread["id"]).glob("*/*")) == []


@pytest.mark.parametrize("form", ["json", "markdown"])
async def test_what_is_exported_can_be_imported(open_page: Callable[..., Page], form: str) -> None:
    page = open_page()
    await page.send("## User\nis a heading")
    (thread,) = listed(page)
    history = history_of(page)
    told = history.serve({"action": "export", "id": thread["id"], "form": form}, owner_in(page))
    made = history.serve({"action": "import", "text": told["text"]}, BOB)
    back = history.open("browser:bob", made)
    texts = [one["content"] for turn in back.path() for one in turn.messages]
    assert texts == ["## User\nis a heading", "0 ## User\nis a heading"]


def test_an_import_brings_nothing_but_texts(open_page: Callable[..., Page]) -> None:
    history = history_of(open_page())
    parts = [
        {"type": "component", "component": "html", "value": "<script>", "props": {}},
        {"type": "file", "file": {"$kept": "../../etc/passwd", "orig_name": "p"}},
        {"type": "text", "text": "ok"},
    ]
    message = {"role": "assistant", "content": parts, "metadata": {"artifacts": [1], "title": "t"}}
    turn = {"id": "a", "parent": "nobody", "role": "assistant", "messages": [message]}
    given = {"format": "limelight-chat", "version": 1, "turns": [turn], "leaf": "b"}
    made = history.serve({"action": "import", "text": json.dumps(given)}, ANN)
    (back,) = history.open("browser:ann", made).path()
    assert back.messages == [
        {"role": "assistant", "content": "[p]\n\nok", "metadata": {"title": "t"}, "options": None}
    ]


@pytest.mark.parametrize(
    "text", ["", "{", '{"format": 1}', "x", '{"format":"limelight-chat","version":1,"turns":[1]}']
)
def test_a_bad_import_is_refused(open_page: Callable[..., Page], text: str) -> None:
    history = history_of(open_page())
    with pytest.raises(PayloadError):
        history.serve({"action": "import", "text": text}, ANN)
    assert history.store.threads("browser:ann") == []


@pytest.mark.parametrize(
    "data", [None, {}, {"action": "no"}, {"action": ["list"]}, {"action": "list", "start": -1},
             {"action": "list", "query": 1}, {"action": "rename", "id": 5, "title": "x"},
             {"action": "rename", "id": "x", "title": " "}],
)  # fmt: skip
def test_a_bad_request_is_refused(open_page: Callable[..., Page], data: Any) -> None:
    with pytest.raises(PayloadError):
        history_of(open_page()).serve(data, ANN)


async def test_an_author_gives_titles(open_page: Callable[..., Page]) -> None:
    page = open_page(title_chats=lambda messages: f"About {messages[0]['content']}")
    await page.send("tea")
    history_of(page)
    assert [one["title"] for one in listed(page)] == ["About tea"]


async def test_stop_ends_the_answer_that_is_shown_and_no_other(
    open_page: Callable[..., Page],
) -> None:
    slow = Slow()
    page = open_page(slow, concurrency_limit=None)
    first = await begun(page, slow, "a")
    (kept,) = listed(page)
    await open_thread(page, None)
    await page.do(page.ids["textbox", "submit"], "b", None)
    second = await page.harness.join(page.answering, None)
    await page.harness.until(second, "process_starts")
    slow.go(2)  # a word of each
    await page.harness.until(second, "process_generating")
    await page.act_stop()
    last = (await page.harness.until(second, "process_completed"))[-1]
    page.take([page.demo.chatbot], last["output"]["data"])
    assert page.shown[1]["metadata"] == {"state": "stopped"}
    slow.go()
    await page.harness.until(first, "process_completed")
    await open_thread(page, kept["id"])
    assert page.said == ["a", "a a a "]
    assert page.shown[1]["metadata"] is None


async def test_an_answer_finishes_into_its_own_thread(open_page: Callable[..., Page]) -> None:
    page: Page

    def slow(message: str, history: list[Any]) -> Iterator[str]:
        yield "one"
        page.talk.reset()  # the reader begins another chat
        yield "one two"
        yield "one two three"

    page = open_page(slow)
    await page.send("count")
    assert len(page.talk.conversation) == 0
    (thread,) = listed(page)
    await open_thread(page, thread["id"])
    assert page.said == ["count", "one two three"]
    assert page.shown[-1]["metadata"] is None
