"""ChatInterface: what functions get, and what becomes of what they give."""

from __future__ import annotations

import asyncio
import csv
import functools
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.chat.answering import Answering
from limelight.chat.talk import Talk
from limelight.errors import PropError
from limelight.runtime.deltas import apply
from limelight.wire.requests import Answer
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path


def echo(message: str, history: list[Any]) -> str:
    return f"{len(history)} {message}"


def words(message: str, history: list[Any]) -> Iterator[str]:
    for end in range(1, len(message) + 1):
        yield message[:end]


async def async_words(message: str, history: list[Any]) -> AsyncIterator[str]:
    for end in range(1, len(message) + 1):
        yield message[:end]
        await asyncio.sleep(0)


async def async_echo(message: str, history: list[Any]) -> str:
    return f"{len(history)} {message}"


class Page:
    """A reader of one chat: does what the page does, and knows what it shows."""

    def __init__(
        self, demo: gr.ChatInterface, folder: Path, around: gr.Blocks | None = None
    ) -> None:
        self.demo = demo
        self.harness = Harness(around or demo, folder)
        listeners = self.harness.runtime.graph.listeners.values()
        self.ids = {
            (target.tag, event): one.id
            for one in listeners
            for target, event in one.targets
            if target is not None and one.fn is not None
        }
        self.answering = next(i.id for i in listeners if i.api_name.endswith("_answer"))
        self.settling = next(i.id for i in listeners if i.api_name == "_settle")
        self.shown: list[dict[str, Any]] = []
        self.queued: list[dict[str, str]] = []
        self.box: dict[str, Any] = {}

    @property
    def talk(self) -> Talk:
        session = self.harness.runtime.session("s", None)
        assert session is not None
        talk: Talk = session.state_of(self.demo.conversation)
        return talk

    @property
    def said(self) -> list[str]:
        return [part["text"] for one in self.shown for part in one["content"] if "text" in part]

    def take(self, blocks: list[Any], data: list[Any]) -> None:
        for block, value in zip(blocks, data, strict=True):
            if block is self.demo.chatbot:
                if isinstance(value, dict):
                    self.shown = value.get("value", self.shown)
                    self.queued = value.get("queued", self.queued)
                elif value is not None:
                    self.shown = value
            elif block is self.demo.textbox and isinstance(value, dict):
                self.box.update(value)

    async def do(self, fn: int, *data: Any, event: Any = None) -> dict[str, Any]:
        last = (await self.harness.call(fn, *data, event_data=event))[-1]
        listener = self.harness.runtime.graph.listeners[fn]
        if last["success"]:
            self.take(list(listener.outputs), last["output"]["data"])
        return last

    async def answer(self, *more: Any) -> dict[str, Any]:
        last = await self.do(self.answering, None, *more)
        await self.do(self.settling, None)
        return last

    async def send(self, message: Any, *more: Any) -> dict[str, Any]:
        await self.do(self.ids[self.demo.textbox.tag, "submit"], message, None)
        return await self.answer(*more)

    async def act_stop(self) -> None:
        await self.do(self.ids[self.demo.textbox.tag, "stop"], None)

    async def act(self, event: str, **data: Any) -> None:
        await self.do(self.ids["chatbot", event], None, event={"value": None, **data})


@pytest.fixture
def open_page(tmp_path: Path) -> Callable[..., Page]:
    def make(fn: Any = echo, **props: Any) -> Page:
        return Page(gr.ChatInterface(fn, **props), tmp_path)

    return make


@pytest.mark.parametrize("fn", [echo, async_echo])
async def test_a_function_answers(open_page: Callable[..., Page], fn: Any) -> None:
    page = open_page(fn)
    await page.send("hello")
    assert page.said == ["hello", "0 hello"]
    await page.send("again")
    assert page.said == ["hello", "0 hello", "again", "2 again"]
    assert page.box["stop_btn"] is False
    assert page.shown[1] == {
        "role": "assistant",
        "metadata": None,
        "content": [{"text": "0 hello", "type": "text"}],
        "options": None,
    }


@pytest.mark.parametrize("fn", [words, async_words])
async def test_each_step_of_a_generator_sends_what_is_new(
    open_page: Callable[..., Page], fn: Any
) -> None:
    page = open_page(fn)
    for _ in range(3):
        await page.send("abc")
    await page.do(page.ids["textbox", "submit"], "abcdef", None)
    told = await page.harness.call(page.answering, None)
    steps = [m["output"]["data"][0] for m in told if m["msg"] == "process_generating"]
    assert len(json.dumps(steps[0])) > 800, "the first one is the whole conversation"
    assert steps[1:6] == [[["append", [7, "content", 0, "text"], c]] for c in "bcdef"]


async def test_a_conversation_begins_with_what_the_chatbot_shows(
    open_page: Callable[..., Page],
) -> None:
    said: list[Any] = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]
    page = open_page(echo, chatbot=gr.Chatbot(said, render=False))
    await page.send("and")
    assert page.said == ["hi", "hello", "and", "2 and"]


async def test_history_is_what_was_said_before(open_page: Callable[..., Page]) -> None:
    heard: list[list[dict[str, Any]]] = []

    def note(message: str, history: list[dict[str, Any]]) -> Any:
        heard.append(history)
        return gr.ChatMessage("ja", metadata={"title": "Thought"})

    page = open_page(note)
    await page.send("one")
    await page.send("two")
    assert heard[0] == []
    assert [(m["role"], m["content"][0]["text"], m["metadata"]) for m in heard[1]] == [
        ("user", "one", None),
        ("assistant", "ja", {"title": "Thought"}),
    ]


@pytest.mark.parametrize(
    ("response", "roles", "texts"),
    [
        ("a", ["assistant"], ["a"]),
        (5, ["assistant"], ["5"]),
        (None, [], []),
        (["a", "b"], ["assistant"] * 2, ["a", "b"]),
        ({"role": "assistant", "content": "a"}, ["assistant"], ["a"]),
        ({"content": "a"}, ["assistant"], ["a"]),
        (gr.ChatMessage("a"), ["assistant"], ["a"]),
        ([gr.ChatMessage("a", "system"), "b"], ["system", "assistant"], ["a", "b"]),
    ],
)
async def test_forms_of_an_answer(
    open_page: Callable[..., Page], response: Any, roles: list[str], texts: list[str]
) -> None:
    def give(message: str, history: list[Any]) -> Any:
        return response

    page = open_page(give)
    await page.send("hello")
    assert [one["role"] for one in page.shown[1:]] == roles
    assert page.said[1:] == texts


async def test_components_and_files_are_answers(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    picture = tmp_path / "a.txt"
    picture.write_text("a")

    def give(message: str, history: list[Any]) -> Any:
        return [gr.Textbox("v", label="L"), {"path": str(picture), "alt_text": "a text"}]

    page = open_page(give)
    await page.send("hello")
    first, second = (one["content"][0] for one in page.shown[1:])
    assert (first["component"], first["value"]) == ("textbox", "v")
    assert second["alt_text"] == "a text"
    assert "/file=" in second["file"]["url"]


async def test_a_reader_names_no_file_of_the_server(
    open_page: Callable[..., Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a function may show files from there
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")

    def give(message: str, history: list[Any]) -> Any:
        return {"path": message}

    page = open_page(give)
    told = await page.send(str(secret))
    assert told["success"] is False
    assert not any("file" in part for one in page.shown for part in one["content"])


async def test_empty_messages_are_not_sent(open_page: Callable[..., Page]) -> None:
    page = open_page()
    await page.send("  \n ")
    assert page.shown == []


async def test_a_failure_is_told_and_can_be_tried_again(open_page: Callable[..., Page]) -> None:
    tries: list[str] = []

    def fail_first(message: str, history: list[Any]) -> str:
        tries.append(message)
        if len(tries) == 1:
            raise gr.Error("no model", print_exception=False)
        return "ja"

    page = open_page(fail_first)
    told = await page.send("hello")
    assert told["success"] is False
    assert told["output"]["error"] == "no model"
    assert page.box["stop_btn"] is False
    await page.act("retry", index=1)
    assert page.said == ["hello"]
    await page.answer()
    assert page.said == ["hello", "ja"]
    assert page.shown[1]["metadata"] == {"siblings": [1, 2]}
    await page.act("action", action="branch", index=1, by=-1)
    assert page.shown[1]["metadata"] == {
        "error": "no model",
        "siblings": [0, 2],
        "state": "failed",
    }


async def test_retry_edit_and_undo_make_branches(open_page: Callable[..., Page]) -> None:
    count = iter(range(10))

    def number(message: str, history: list[Any]) -> str:
        return f"{message} {next(count)}"

    page = open_page(number, editable=True)
    await page.send("a")
    await page.send("b")
    assert page.said == ["a", "a 0", "b", "b 1"]
    await page.act("retry", index=1)
    await page.answer()
    assert page.said == ["a", "a 2"]
    await page.act("action", action="branch", index=1, by=-1)
    assert page.said == ["a", "a 0", "b", "b 1"], "the way on from there is shown again"
    await page.act("edit", index=2, previous_value="b", value="c")
    await page.answer()
    assert page.said == ["a", "a 0", "c", "c 3"]
    assert page.shown[2]["metadata"] == {"siblings": [1, 2]}
    await page.act("undo", index=3)
    assert page.said == ["a", "a 0"]
    assert page.box["value"] == "c"
    await page.act("edit", index=1, previous_value="a 0", value="mine")
    assert (await page.answer())["output"]["data"] == [{"__type__": "update"}]
    assert page.said == ["a", "mine"]
    await page.act("clear")
    assert page.said == []


async def test_options_and_examples_ask(open_page: Callable[..., Page]) -> None:
    page = open_page(examples=["hi", {"text": "ho"}], example_labels=["greet"])
    assert page.demo.chatbot.examples == [{"text": "hi", "display_text": "greet"}, {"text": "ho"}]
    await page.act("example_select", index=1)
    await page.answer()
    assert page.said == ["ho", "0 ho"]
    await page.act("option_select", index=0, value="yes")
    await page.answer()
    assert page.said[2:] == ["yes", "2 yes"]


async def test_an_example_may_only_fill_the_field(open_page: Callable[..., Page]) -> None:
    page = open_page(
        lambda message, history, system: system,
        examples=[["hi", "be kind"]],
        additional_inputs="text",
        run_examples_on_click=False,
    )
    await page.act("example_select", index=0)
    assert (page.shown, page.box["value"]) == ([], "hi")


async def test_additional_inputs_and_outputs(tmp_path: Path) -> None:
    def answer(message: str, history: list[Any], system: str, request: gr.Request) -> Any:
        assert request.session_hash is None or request.session_hash == "s"
        return f"{system}: {message}", len(message)

    length = gr.Number(render=False)
    with gr.Blocks() as demo:
        chat = gr.ChatInterface(
            answer,
            additional_inputs=gr.Textbox("sir"),
            additional_outputs=length,
            api_name="chat",
        )
        length.render()
    page = Page(chat, tmp_path, demo)
    told = await page.send("hello", "madam")
    assert page.said == ["hello", "madam: hello"]
    assert told["output"]["data"][1] == 5
    last = (await page.harness.call("chat", "hello", None, "you"))[-1]
    assert last["output"]["data"] == ["you: hello", None, 5]


async def test_a_listener_can_replace_what_was_said(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        chat = gr.ChatInterface(echo)
        button = gr.Button()
        button.click(
            lambda: [{"role": "user", "content": "a"}, gr.ChatMessage("b")],
            None,
            chat.chatbot_value,
            api_name="put",
        )
    page = Page(chat, tmp_path, demo)
    await page.send("hello")
    changed = (await page.harness.call("put"))[-1]["output"]["changed_state_ids"]
    assert changed == [chat.chatbot_value.block_id]
    await page.do(page.ids["state", "change"], None, None)
    assert page.said == ["a", "b"]
    await page.send("c")
    assert page.said == ["a", "b", "c", "2 c"]


async def test_the_endpoint_remembers_a_session(open_page: Callable[..., Page]) -> None:
    page = open_page(api_name="chat")
    assert await page.harness.value("chat", "a", None) == "0 a"
    assert await page.harness.value("chat", "b", None) == "2 b"
    assert await page.harness.value("chat", "c", None, session="other") == "0 c"


async def test_feedback_is_kept(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(
        flagging_mode="manual", flagging_dir=str(tmp_path), flagging_options=["Like", "Odd"]
    )
    assert page.demo.chatbot.feedback_options == ["Like", "Odd"]
    await page.send("=hello")
    await page.act("like", index=1, liked=True)
    await page.act("like", index=1, liked="Odd")
    for index, liked in ((1, "Dislike"), (1, False), (5, True), ("x", True)):
        like = page.ids["chatbot", "like"]
        told = await page.do(like, None, event={"index": index, "value": "", "liked": liked})
        assert told["success"] is False
    with (tmp_path / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["index"], row["value"], row["flag"]) for row in rows] == [
        ("1", "0 =hello", "Like"),
        ("1", "0 =hello", "Odd"),
    ]
    assert [m["role"] for m in json.loads(rows[0]["conversation"])] == ["user", "assistant"]


@pytest.mark.parametrize("fn", [echo, words, async_echo, async_words])
async def test_answers_to_examples_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fn: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    calls: list[str] = []

    def counted(message: str, history: list[Any]) -> Any:
        calls.append(message)
        return fn(message, history)

    counted = functools.wraps(fn)(counted) if fn is echo else fn
    page = Page(gr.ChatInterface(counted, examples=["hi", "ho"], cache_examples=True), tmp_path)
    await page.harness.runtime.prepare()
    made = len(calls)
    await page.act("example_select", index=1)
    answer = "0 ho" if fn in (echo, async_echo) else "ho"
    assert page.said == ["ho", answer]
    assert len(calls) == made
    await page.send("more")
    assert page.said[2] == "more"
    if fn is echo:
        assert (calls, page.said[3]) == (["hi", "ho", "more"], "2 more")


# ---- while an answer comes -----------------------------------------------------------------------


class Slow:
    """A function that says one word each time that it may."""

    def __init__(self) -> None:
        self.may = asyncio.Semaphore(0)
        self.closed = 0

    async def __call__(self, message: str, history: list[Any]) -> AsyncIterator[str]:
        said = ""
        try:
            for _ in range(3):
                await self.may.acquire()
                said += f"{message} "
                yield said
        finally:
            self.closed += 1

    def go(self, steps: int = 1) -> None:
        for _ in range(steps):
            self.may.release()


async def begun(page: Page, slow: Slow, message: str) -> str:
    """Send a message and wait for the first word; the event's id."""
    await page.do(page.ids["textbox", "submit"], message, None)
    event_id = await page.harness.join(page.answering, None)
    slow.go()
    await page.harness.until(event_id, "process_generating")
    return event_id


async def test_messages_that_are_sent_meanwhile_wait(open_page: Callable[..., Page]) -> None:
    slow = Slow()
    page = open_page(slow)
    event_id = await begun(page, slow, "a")
    for message in ("b", "c", "d"):
        await page.do(page.ids["textbox", "submit"], message, None)
    assert [one["text"] for one in page.queued] == ["b", "c", "d"]
    await page.act("action", action="unqueue", id=page.queued[1]["id"], edit=True)
    assert [one["text"] for one in page.queued] == ["b", "d"]
    assert page.box["value"] == "c"
    slow.go(8)
    told = await page.harness.until(event_id, "process_completed")
    value: Any = None
    waiting: list[list[str]] = []
    for one in told:
        if one["msg"] == "process_generating":
            data = one["output"]["data"][0]
            value = data if value is None else apply(value, data)
            if isinstance(value, dict):
                waiting.append([one["text"] for one in value["queued"]])
    assert waiting == [["d"], []]
    page.take([page.demo.chatbot], told[-1]["output"]["data"])
    assert page.said == ["a", "a a a ", "b", "b b b ", "d", "d d d "]
    assert slow.closed == 3


async def test_the_next_message_may_come_first(open_page: Callable[..., Page]) -> None:
    slow = Slow()
    page = open_page(slow)
    event_id = await begun(page, slow, "a")
    for message in ("b", "c"):
        await page.do(page.ids["textbox", "submit"], message, None)
    await page.act("action", action="steer", id=page.queued[1]["id"])
    slow.go(7)
    last = (await page.harness.until(event_id, "process_completed"))[-1]
    page.take([page.demo.chatbot], last["output"]["data"])
    assert page.said == ["a", "a a ", "c", "c c c ", "b", "b b b "]
    assert page.shown[1]["metadata"] == {"state": "stopped"}


async def test_stop_keeps_what_came_and_it_can_go_on(open_page: Callable[..., Page]) -> None:
    slow = Slow()
    page = open_page(slow)
    event_id = await begun(page, slow, "a")
    await page.act_stop()
    last = (await page.harness.until(event_id, "process_completed"))[-1]
    assert last["success"], "the page goes on with what comes after an answer"
    page.take([page.demo.chatbot], last["output"]["data"])
    assert page.said == ["a", "a "]
    assert page.shown[1]["metadata"] == {"state": "stopped"}
    assert page.box["stop_btn"] is False
    await page.act("action", action="continue", index=1)
    slow.go(3)
    await page.answer()
    assert page.said == ["a", "a a a a "]
    assert page.shown[1]["metadata"] is None
    assert slow.closed == 2


async def test_stop_does_not_wait_for_a_function_in_a_thread(
    open_page: Callable[..., Page],
) -> None:
    may_end = threading.Event()

    def think(message: str, history: list[Any]) -> str:
        may_end.wait(10)
        return "late"

    page = open_page(think)
    await page.do(page.ids["textbox", "submit"], "a", None)
    event_id = await page.harness.join(page.answering, None)
    while page.talk.answer is None:
        await asyncio.sleep(0.01)
    await page.act_stop()
    last = (await page.harness.until(event_id, "process_completed"))[-1]
    page.take([page.demo.chatbot], last["output"]["data"])
    assert page.shown[1]["metadata"] == {"state": "stopped"}
    may_end.set()


async def test_stop_ends_an_answer_that_waits_for_its_turn(open_page: Callable[..., Page]) -> None:
    slow = Slow()
    page = open_page(slow, concurrency_limit=1)
    await page.harness.call(page.ids["textbox", "submit"], "other", None, session="other")
    running = await page.harness.join(page.answering, None, session="other")
    await page.do(page.ids["textbox", "submit"], "a", None)
    event_id = await page.harness.join(page.answering, None)
    await page.act_stop()
    last = (await page.harness.until(event_id, "process_completed"))[-1]
    assert last["output"]["data"] == [{"__type__": "update"}]
    assert page.said == ["a"]
    assert page.box["stop_btn"] is False
    slow.go(3)
    await page.harness.until(running, "process_completed", session="other")
    slow.go(3)
    await page.send("b")
    assert page.said == ["a", "b", "b b b "]


async def test_clear_ends_the_answer(open_page: Callable[..., Page]) -> None:
    slow = Slow()
    page = open_page(slow)
    event_id = await begun(page, slow, "a")
    await page.act("clear")
    slow.go(3)
    await page.harness.until(event_id, "process_completed")
    assert page.talk.answer is None
    assert page.said == []
    slow.go(3)
    await page.send("b")
    assert page.said[0] == "b"


# ---- what cannot be ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fn", "props", "told"),
    [
        (5, {}, "expected a function"),
        (lambda message, history, more: more, {}, "takes 3 arguments"),
        (echo, {"textbox": gr.Number(render=False)}, "expected a textbox"),
        (echo, {"multimodal": True, "textbox": gr.Textbox(render=False)}, "multimodaltextbox"),
    ],
)
def test_what_is_no_chat_is_named(fn: Any, props: dict[str, Any], told: str) -> None:
    with pytest.raises(PropError, match=told):
        gr.ChatInterface(fn, **props)


async def test_messages_that_are_gone_are_named(open_page: Callable[..., Page]) -> None:
    page = open_page()
    await page.send("a")
    told = await page.do(page.ids["chatbot", "retry"], None, event={"index": 7, "value": ""})
    assert told["success"] is False


@pytest.mark.parametrize("is_async", [False, True])
async def test_a_question_of_the_function_stands_in_its_answer(
    open_page: Callable[..., Page], is_async: bool
) -> None:
    def plain(message: str, history: list[Any]) -> Iterator[Any]:
        yield ["Looking."]
        done = gr.ask("Delete it?", details={"path": "a"})
        yield ["Looking.", f"Deleted: {done}"]

    async def awaited(message: str, history: list[Any]) -> AsyncIterator[Any]:
        yield ["Looking."]
        done = await gr.ask("Delete it?", details={"path": "a"})
        yield ["Looking.", f"Deleted: {done}"]

    page = open_page(awaited if is_async else plain)
    await page.do(page.ids["textbox", "submit"], "go", None)
    harness = page.harness
    answering = asyncio.ensure_future(page.answer())
    session = harness.runtime.session("s", None)
    assert session is not None
    while not session.questions:
        await asyncio.sleep(0.005)
    (question,) = session.questions
    assert [m.get("metadata") for m in page.talk.conversation.path()[-1].messages] == [
        None,
        {"ask": {"id": question, "kind": "approval", "prompt": "Delete it?",
                 "details": {"path": "a"}}},
    ]  # fmt: skip
    harness.runtime.questions.take(question, Answer("s", True), harness.request)
    await answering
    assert page.said == ["go", "Looking.", "", "Deleted: True"]
    assert page.shown[2]["metadata"]["ask"]["answer"] is True


async def test_a_trail_is_shown_as_far_as_it_is_when_it_asks(
    open_page: Callable[..., Page],
) -> None:
    def answer(message: str, history: list[Any]) -> Iterator[Any]:
        trail = gr.Trail("Worker")
        with trail.step("Look", kind="tool"):
            yield trail
        trail.say(f"Deleted: {gr.ask('Delete it?')}")
        yield trail

    page = open_page(answer)
    await page.do(page.ids["textbox", "submit"], "go", None)
    answering = asyncio.ensure_future(page.answer())
    session = page.harness.runtime.session("s", None)
    assert session is not None
    while not session.questions:
        await asyncio.sleep(0.005)
    step, question = page.talk.conversation.path()[-1].messages
    assert step["metadata"]["status"] == "done"
    assert question["metadata"]["author"] == {"name": "Worker"}
    give = Answer("s", True)
    page.harness.runtime.questions.take(next(iter(session.questions)), give, page.harness.request)
    await answering
    assert page.said[-1] == "Deleted: True"


def test_a_step_that_is_sent_late_holds_what_was_asked_meanwhile() -> None:
    talk = Talk()
    question = talk.conversation.ask([{"role": "user", "content": "go"}])
    run = Answering(talk, question, lambda messages: messages)
    step = run.step("Looking.")
    run.ask({"id": "1"})
    assert [message["content"] for message in step.rest] == ["Looking.", ""]
