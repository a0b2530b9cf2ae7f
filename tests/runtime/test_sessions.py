from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.runtime.rejected import Rejected
from limelight.runtime.sessions import Sessions
from limelight.runtime.store import MemoryStore
from limelight.wire.requests import Join
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


def sessions(capacity: int = 10) -> Sessions:
    return Sessions(MemoryStore(), lambda: 0.0, capacity=capacity, keep_s=60, state_s=0.01)


def test_a_session_is_made_once_and_found_again() -> None:
    made = sessions()
    assert made.find("a", None) is None
    session = made.open("a", None)
    assert made.open("a", None) is session
    assert made.find("a", None) is session
    assert (len(made), made.all()) == (1, [session])


def test_a_session_is_closed_to_everybody_but_its_owner() -> None:
    made = sessions()
    made.open("a", "ada")
    for identity in ("bob", None):
        with pytest.raises(Rejected, match="not known here") as refusal:
            made.open("a", identity)
        assert refusal.value.status == 404


def test_the_session_used_longest_ago_goes_when_there_are_too_many() -> None:
    made = sessions(capacity=2)
    dropped: list[str] = []
    made.on_drop = lambda session: dropped.append(session.hash)  # as a runtime sets it: afterwards
    for name in ("a", "b", "a", "c"):
        made.open(name, None)
    assert dropped == ["b"]
    assert [session.hash for session in made.all()] == ["a", "c"]


async def test_a_closed_session_is_forgotten_after_its_time() -> None:
    made = sessions()
    session = made.open("a", None)
    made.drop_later(session, 60)
    made.drop_later(session)
    await asyncio.sleep(0.03)
    assert made.find("a", None) is None
    assert session.outbox.is_closed


async def test_a_closed_session_that_is_used_again_stays() -> None:
    made = sessions()
    made.drop_later(made.open("a", None))
    session = made.open("a", None)
    await asyncio.sleep(0.03)
    assert made.find("a", None) is session
    made.drop(session)
    made.drop(session)  # twice does no harm
    assert len(made) == 0


def test_only_the_newest_keys_are_remembered() -> None:
    session = sessions().open("a", None)
    for number in range(300):
        session.remember_key(f"k{number}", f"e{number}")
    assert len(session.event_of_key) == 256
    assert "k43" not in session.event_of_key
    assert session.event_of_key["k299"] == "e299"


async def test_a_forgotten_session_ends_its_calls_and_tells_the_states_author(
    tmp_path: Path,
) -> None:
    deleted: list[Any] = []

    def fail(_: Any) -> None:
        raise RuntimeError("of the author")

    with gr.Blocks() as demo:
        count = gr.State(0, delete_callback=deleted.append)
        broken = gr.State("b", delete_callback=fail)

        async def wait(number: int, text: str) -> tuple[int, str]:
            await asyncio.sleep(30)
            return number, text

        async def add(number: int, text: str) -> tuple[int, str]:
            return number + 1, text

        gr.Button().click(add, [count, broken], [count, broken], api_name="add")
        gr.Button().click(wait, [count, broken], [count, broken], api_name="wait")
    app = Harness(demo, tmp_path)
    await app.call("add", None, None)
    event_id = await app.join("wait", None, None)
    session = app.runtime.session("s", None)
    assert session is not None
    await app.until(event_id, "process_starts")
    app.runtime.sessions.drop(session)
    await asyncio.sleep(0.02)
    assert deleted == [1]
    assert session.jobs == {}
    assert session.outbox.is_closed
    await app.runtime.close()


async def test_a_state_expires_some_time_after_it_was_written(tmp_path: Path) -> None:
    deleted: list[Any] = []

    def fail(_: Any) -> None:
        raise RuntimeError("of the author")

    with gr.Blocks() as demo:
        short = gr.State([], time_to_live=10, delete_callback=deleted.append)
        broken = gr.State(0, time_to_live=5, delete_callback=fail)
        lasting = gr.State("first", delete_callback=deleted.append)
        shown = gr.Textbox()

        def add(word: str, words: list[str], _: int, kept: str) -> tuple[Any, ...]:
            return [*words, word], 1, kept + word, str([*words, word])

        states = [short, broken, lasting]
        shown.submit(add, [shown, *states], [*states, shown], api_name="add")
    app = Harness(demo, tmp_path)
    deadlines = app.runtime.sessions.deadlines
    now_s = [0.0]
    deadlines._clock = lambda: now_s[0]

    async def at(time_s: float) -> None:
        now_s[0] = time_s
        deadlines._ring()
        await asyncio.sleep(0.02)

    assert (await app.call("add", "a", None, None, None))[-1]["output"]["data"][3] == "['a']"
    await at(7)
    assert (await app.call("add", "b", None, None, None))[-1]["output"]["data"][3] == "['a', 'b']"
    await at(14)
    assert deleted == []  # the second write began its time anew
    await at(17.5)
    assert deleted == [["a", "b"]]
    assert (await app.call("add", "c", None, None, None))[-1]["output"]["data"][3] == "['c']"
    session = app.runtime.session("s", None)
    assert session is not None
    assert session.state[lasting.block_id] == "firstabc"
    app.runtime.sessions.drop(session)
    await asyncio.sleep(0.02)
    assert sorted(map(str, deleted[1:])) == ["['c']", "firstabc"]
    assert len(app.runtime.sessions.deadlines) == 0
    await app.runtime.close()


async def test_values_of_a_call_without_a_session_end_with_the_call(tmp_path: Path) -> None:
    deleted: list[Any] = []
    with gr.Blocks() as demo:
        count = gr.State(5, delete_callback=deleted.append)
        gr.Button().click(lambda n: n + 1, count, count, api_name="add")
    app = Harness(demo, tmp_path)
    listener = app.runtime.graph.listener_named("add")
    await app.runtime.direct.run(Join(data=[None], fn_index=listener.id), app.request)
    await asyncio.sleep(0.02)
    assert deleted == [6]
    await app.runtime.close()


async def test_the_session_that_capacity_drops_deletes_its_state() -> None:
    deleted: list[Any] = []
    with gr.Blocks():
        count = gr.State(5, delete_callback=deleted.append)
    made = sessions(capacity=1)
    made.on_drop = lambda session: session.forget_state()
    made.open("a", None).put_state(count, 7)
    made.open("b", None)
    await asyncio.sleep(0.02)
    assert deleted == [7]


async def test_a_session_whose_call_goes_on_is_not_forgotten(tmp_path: Path) -> None:
    gate = asyncio.Event()

    async def work(text: str) -> str:
        await gate.wait()
        return text

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(work, box, box, api_name="work", on_disconnect="keep")
    harness = Harness(demo, tmp_path, state_ttl_s=0.02)
    event_id = await harness.join("work", "x")
    session = harness.runtime.session("s", None)
    assert session is not None
    harness.runtime.close_session(session)
    await asyncio.sleep(0.1)
    gate.set()
    assert (await harness.until(event_id, "process_completed"))[-1]["output"]["data"] == ["x"]
    await asyncio.sleep(0.1)
    assert harness.runtime.session("s", None) is None
