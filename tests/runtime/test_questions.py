"""`ask`: a running function asks, and goes on with the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.request import Request
from limelight.runtime.rejected import Rejected
from limelight.wire.requests import Answer
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path


def app(fn: Callable[..., Any], **members: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        box, out = gr.Textbox(), gr.Textbox()
        box.submit(fn, box, out, api_name="act", **members)
    return demo


def blocking(text: str) -> str:
    return f"{text}: {gr.ask('Sure?', details={'text': text})}"


async def waiting(text: str) -> str:
    return f"{text}: {await gr.ask('Sure?', details={'text': text})}"


def stepping(text: str) -> Iterator[str]:
    yield "first"
    yield f"{text}: {gr.ask('Sure?', details={'text': text})}"


async def async_stepping(text: str) -> AsyncIterator[str]:
    yield "first"
    yield f"{text}: {await gr.ask('Sure?', details={'text': text})}"


async def asked(harness: Harness, event_id: str, session: str = "s") -> dict[str, Any]:
    last = (await harness.until(event_id, "log", session=session))[-1]
    told: dict[str, Any] = last["ask"]
    return told


def give(harness: Harness, question: dict[str, Any], value: Any, session: str = "s") -> None:
    harness.runtime.questions.take(question["id"], Answer(session, value), harness.request)


async def ended(harness: Harness, event_id: str) -> Any:
    last = (await harness.until(event_id, "process_completed"))[-1]
    return last["output"]["data"][0] if last["success"] else last["output"]["error"]


@pytest.mark.parametrize("fn", [blocking, waiting, stepping, async_stepping])
async def test_any_function_asks_and_goes_on_with_the_answer(tmp_path: Path, fn: Any) -> None:
    harness = Harness(app(fn), tmp_path)
    event_id = await harness.join("act", "x")
    question = await asked(harness, event_id)
    assert question.pop("id")
    assert question == {"kind": "approval", "prompt": "Sure?", "details": {"text": "x"}}
    question = await asked(harness, event_id)
    give(harness, question, True)
    assert await ended(harness, event_id) == "x: True"
    session = harness.runtime.session("s", None)
    assert session is not None
    assert not session.questions


@pytest.mark.parametrize(
    ("given", "sent", "got"),
    [
        ({}, True, True),
        ({}, None, False),
        ({"options": ["a", "b"]}, "b", "b"),
        ({"options": [("one", 1), ("two", 2)]}, "two", 2),
        ({"kind": "text"}, "hello", "hello"),
    ],
)
async def test_each_kind_has_answers_of_its_own(
    tmp_path: Path, given: dict[str, Any], sent: Any, got: Any
) -> None:
    harness = Harness(app(lambda text: repr(gr.ask("What?", **given))), tmp_path)
    event_id = await harness.join("act", "x")
    give(harness, await asked(harness, event_id), sent)
    assert await ended(harness, event_id) == repr(got)


async def test_a_file_is_an_upload_of_who_answers(tmp_path: Path) -> None:
    def read(text: str) -> str:
        with open(gr.ask("Which?", "file"), encoding="utf-8") as file:
            return file.read()

    harness = Harness(app(read), tmp_path)
    event_id = await harness.join("act", "x")
    question = await asked(harness, event_id)
    for wrong in ("/etc/passwd", {"path": "/etc/passwd"}, 3):
        with pytest.raises(Rejected, match=r"file|mark") as refusal:
            give(harness, question, wrong)
        assert refusal.value.status == 422
    passwd = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    with pytest.raises(Rejected, match="not known here"):
        give(harness, question, passwd)
    stored = harness.files.store_bytes(b"inside", "a.txt", None)
    give(harness, question, harness.files.file_data(stored))
    assert await ended(harness, event_id) == "inside"


async def test_an_answer_is_given_once_by_the_owner_and_fits(tmp_path: Path) -> None:
    harness = Harness(app(lambda text: gr.ask("Which?", options=["a", "b"])), tmp_path)
    event_id = await harness.join("act", "x")
    question = await asked(harness, event_id)
    other = Request(identity="somebody else")
    take = harness.runtime.questions.take
    for ask_id, session, who, status in [
        (question["id"], "other", harness.request, 404),
        (question["id"], "s", other, 404),
        ("none", "s", harness.request, 404),
    ]:
        with pytest.raises(Rejected) as refusal:
            take(ask_id, Answer(session, "a"), who)
        assert refusal.value.status == status
    with pytest.raises(Rejected, match="none of the options"):
        give(harness, question, "c")
    give(harness, question, "a")
    with pytest.raises(Rejected, match="No such question"):
        give(harness, question, "b")
    assert await ended(harness, event_id) == "a"


async def test_two_questions_of_a_call_are_answered_in_any_order(tmp_path: Path) -> None:
    async def both(text: str) -> str:
        asked = gr.ask("First?", "text"), gr.ask("Second?", "text")
        return " ".join(await asyncio.gather(*asked))

    harness = Harness(app(both), tmp_path)
    event_id = await harness.join("act", "x")
    first = await asked(harness, event_id)
    session = harness.runtime.session("s", None)
    assert session is not None
    while len(session.questions) < 2:
        await asyncio.sleep(0.001)
    (second,) = session.questions.keys() - {first["id"]}
    give(harness, {"id": second}, "b")
    give(harness, first, "a")
    assert await ended(harness, event_id) == "a b"


async def test_who_closes_the_page_leaves_nobody_waiting(tmp_path: Path) -> None:
    over: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def act(text: str) -> str:
        try:
            return str(await gr.ask("Sure?", timeout_s=None))
        except BaseException as problem:
            over.set_result(type(problem).__name__)
            raise

    harness = Harness(app(act), tmp_path, resume_window_s=0.01)
    event_id = await harness.join("act", "x")
    await asked(harness, event_id)
    session = harness.runtime.session("s", None)
    assert session is not None
    harness.runtime.presence.connected(session)
    harness.runtime.presence.disconnected(session, is_page=True)
    assert await asyncio.wait_for(over, 10) in ("NoAnswer", "CancelledError")
    assert not session.questions


@pytest.mark.parametrize("is_async", [False, True])
async def test_nobody_answers_in_time(tmp_path: Path, is_async: bool) -> None:
    def plain(text: str) -> str:
        try:
            return str(gr.ask("Sure?", timeout_s=0.01))
        except gr.NoAnswer as problem:
            return str(problem)

    async def awaited(text: str) -> str:
        try:
            return str(await gr.ask("Sure?", timeout_s=0.01))
        except gr.NoAnswer as problem:
            return str(problem)

    harness = Harness(app(awaited if is_async else plain), tmp_path)
    event_id = await harness.join("act", "x")
    assert "nobody answered within 0.01 s" in await ended(harness, event_id)


async def test_who_declines_is_told_apart(tmp_path: Path) -> None:
    harness = Harness(app(lambda text: gr.ask("What?", "text")), tmp_path, show_error=True)
    event_id = await harness.join("act", "x")
    give(harness, await asked(harness, event_id), None)
    assert "declined" in await ended(harness, event_id)


@pytest.mark.parametrize("fn", [blocking, waiting])
async def test_a_cancelled_call_waits_no_more(tmp_path: Path, fn: Any) -> None:
    harness = Harness(app(fn), tmp_path)
    event_id = await harness.join("act", "x")
    await asked(harness, event_id)
    graph = harness.runtime.graph
    await harness.cancel(event_id, graph.listener_named("act").id)
    assert await ended(harness, event_id) is None
    event_id = await harness.join("act", "y")  # its place and its thread are free
    give(harness, await asked(harness, event_id), True)
    assert await ended(harness, event_id) == "y: True"


async def test_who_waits_for_a_person_lends_its_place_and_gets_one_again(tmp_path: Path) -> None:
    now = 0
    most = 0

    async def act(text: str) -> str:
        nonlocal now, most
        assert await gr.ask("Sure?") in (True, False)
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        return text

    harness = Harness(app(act, concurrency_limit=1), tmp_path)
    events = [await harness.join("act", str(number)) for number in range(3)]
    questions = [await asked(harness, event_id) for event_id in events]
    for question in questions:
        give(harness, question, True)
    assert [await ended(harness, event_id) for event_id in events] == ["0", "1", "2"]
    assert most == 1


async def test_more_plain_functions_wait_than_there_are_threads(tmp_path: Path) -> None:
    harness = Harness(app(blocking, concurrency_limit=None), tmp_path, max_threads=1)
    events = [await harness.join("act", str(number)) for number in range(3)]
    for event_id in events:
        await asked(harness, event_id)
    for event_id in events:
        give(harness, await asked(harness, event_id), True)
    assert [await ended(harness, event_id) for event_id in events] == [
        "0: True",
        "1: True",
        "2: True",
    ]
    assert harness.runtime.threads.most == 1


async def test_a_page_that_comes_back_hears_the_question_again(tmp_path: Path) -> None:
    from limelight.runtime.resume import standing

    harness = Harness(app(waiting), tmp_path)
    event_id = await harness.join("act", "x")
    question = await asked(harness, event_id)
    session = harness.runtime.session("s", None)
    assert session is not None
    told = standing(harness.runtime, session, [event_id])[event_id]
    assert question["id"].encode() in told[-1]
    give(harness, question, True)
    await ended(harness, event_id)


def test_outside_of_a_call_nobody_can_be_asked() -> None:
    with pytest.raises(gr.NoAnswer, match="no call is running"):
        gr.ask("Sure?")


@pytest.mark.parametrize(
    "given", [{"kind": "choice"}, {"kind": "number"}, {"kind": "text", "options": ["a"]}]
)
def test_what_cannot_be_asked_is_told(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="expected"):
        gr.ask("Sure?", **given)
