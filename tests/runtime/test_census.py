"""Nothing stays behind: what 1,000 sessions and 10,000 strangers leave is counted, not timed."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter, OrderedDict, deque
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.request import Request
from limelight.runtime.functions import Call
from limelight.runtime.job import Job
from limelight.runtime.outbox import Entry, Outbox
from limelight.runtime.rejected import Rejected
from limelight.runtime.sessions import Session
from limelight.wire.requests import Cancel, Join
from tests.runtime.harness import Harness
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from pathlib import Path

SHORT_S = 0.02
FEW = 80
"""More than what is tidied up in batches, and far less than what a thousand would leave."""
COUNTED = (
    Session,
    Job,
    Outbox,
    Entry,
    Call,
    Join,
    Request,
    asyncio.Future,  # tasks, too
    asyncio.Handle,  # timers, too
    CoroutineType,
    GeneratorType,
    AsyncGeneratorType,
)


def alive() -> Counter[str]:
    """How many objects there are of each kind that a call is made of. Handles that were cancelled
    are left out: the loop throws them away when they are many.
    """
    gc.collect()
    found: Counter[str] = Counter()
    for one in gc.get_objects():
        if isinstance(one, COUNTED) and not (isinstance(one, asyncio.Handle) and one.cancelled()):
            found[type(one).__name__] += 1
    return found


def sizes(root: object) -> Counter[str]:
    """How much all containers below an object that can grow hold, by the path of attributes to
    them.
    """
    found: Counter[str] = Counter()
    seen: set[int] = set()
    left: list[tuple[str, Any]] = [("", root)]
    while left:
        path, one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, (dict, OrderedDict)):
            found[path] += len(one)
            left += [(f"{path}[]", value) for value in one.values()]
        elif isinstance(one, (list, set, deque, tuple)):
            found[path] += 0 if isinstance(one, tuple) else len(one)
            left += [(f"{path}[]", value) for value in one]
        elif type(one).__module__.startswith("limelight."):
            left += [(f"{path}.{name}", value) for name, value in _attributes(one)]
    return found


def _attributes(one: object) -> Iterator[tuple[str, Any]]:
    yield from getattr(one, "__dict__", {}).items()
    for kind in type(one).__mro__:
        slots: Iterable[str] = getattr(kind, "__slots__", ())
        for name in [slots] if isinstance(slots, str) else slots:
            if hasattr(one, name):
                yield name, getattr(one, name)


def grown(before: Counter[str], after: Counter[str]) -> dict[str, tuple[int, int]]:
    """What there is more of than before, by more than a few: how much there was, and is."""
    return {
        name: (before[name], count) for name, count in after.items() if count > before[name] + FEW
    }


def greet(name: str) -> str:
    return f"Hello {name}"


async def crawl(name: str) -> AsyncIterator[str]:
    for number in range(1000):
        yield f"{name}{number}"
        await asyncio.sleep(0.001)


def count(n: float) -> Iterator[str]:
    for number in range(int(n)):
        yield str(number)


def fail(name: str) -> str:
    raise gr.Error(name, print_exception=False)


def remember(name: str, names: list[str]) -> tuple[str, list[str]]:
    return name, [*names, name]


def make_demo() -> gr.Blocks:
    with gr.Blocks() as demo:
        name, number, out = gr.Textbox(), gr.Number(), gr.Textbox()
        names = gr.State([], time_to_live=3600)
        button = gr.Button()
        for fn in (greet, crawl, fail):
            button.click(fn, name, out, api_name=fn.__name__, concurrency_limit=20)
        button.click(count, number, out, api_name="count", concurrency_limit=20)
        button.click(
            remember, [name, names], [out, names], api_name="remember", concurrency_limit=20
        )
        names.change(lambda value: str(value), names, out)
        demo.unload(lambda: None)
    return demo


async def visit(harness: Harness, session_hash: str, number: int) -> None:
    """A page is opened, calls, and is closed: told, or by a broken connection; idle, or while a
    call runs or waits.
    """
    session = harness.runtime.session(session_hash, None, create=True)
    assert session is not None
    harness.runtime.presence.connected(session)
    await harness.call("greet", "Ann", session=session_hash, key=f"key{number}")
    await harness.call("count", 3, session=session_hash)
    await harness.call("fail", "no", session=session_hash)
    await harness.call("remember", "Ann", session=session_hash)
    if number % 3 == 0:
        event_id = await harness.join("crawl", "Ann", session=session_hash)
        if number % 2:
            await harness.until(event_id, "process_generating", session=session_hash)
            await harness.cancel(event_id, session=session_hash)
            await harness.until(event_id, "process_completed", session=session_hash)
    harness.runtime.presence.disconnected(session, is_page=True, said_goodbye=number % 2 == 0)


async def visit_all(harness: Harness, name: str, visitors: int) -> None:
    """Visits, some at a time."""
    numbers = iter(range(visitors))

    async def take_turns() -> None:
        for number in numbers:
            await visit(harness, f"{name}{number}", number)

    await asyncio.gather(*(take_turns() for _ in range(50)))


async def quiet(harness: Harness) -> None:
    """Until the windows of all sessions are over, and what ran has ended."""
    async with asyncio.timeout(20):
        while len(harness.runtime.sessions) > 0:
            await asyncio.sleep(SHORT_S)
        await asyncio.sleep(10 * SHORT_S)


@pytest.fixture
def harness(tmp_path: Path) -> Harness:
    return Harness(make_demo(), tmp_path, resume_window_s=SHORT_S, state_ttl_s=SHORT_S)


async def test_sessions_that_came_and_went_leave_nothing(harness: Harness) -> None:
    await visit_all(harness, "warm", 100)
    await quiet(harness)
    before, held_before = alive(), sizes(harness.runtime)
    await visit_all(harness, "visitor", 1000)
    await quiet(harness)
    assert grown(before, alive()) == {}
    assert grown(held_before, sizes(harness.runtime)) == {}
    await harness.runtime.close()


async def test_sessions_that_make_room_for_others_leave_nothing(tmp_path: Path) -> None:
    harness = Harness(make_demo(), tmp_path, state_session_capacity=20)
    runtime = harness.runtime
    of_others = alive()["Session"]

    async def come(name: str, visitors: int) -> None:
        for number in range(visitors):
            session = runtime.session(f"{name}{number}", None, create=True)
            assert session is not None
            runtime.presence.connected(session)
            await harness.call("remember", "Ann", session=session.hash)
            runtime.presence.disconnected(session, is_page=True, said_goodbye=number % 2 == 0)

    await come("warm", 60)
    before, held_before = alive(), sizes(runtime)
    await come("visitor", 300)
    assert alive()["Session"] - of_others <= 20
    assert grown(before, alive()) == {}
    assert grown(held_before, sizes(runtime)) == {}
    await runtime.close()


async def test_calls_that_are_cancelled_before_they_run_leave_nothing(tmp_path: Path) -> None:
    harness = Harness(make_demo(), tmp_path, max_threads=1)
    await harness.call("greet", "Ann")
    held_before = sizes(harness.runtime.scheduler)
    holding = await harness.join("crawl", "Ann")
    waiting = [
        (f"visitor{number}", await harness.join("greet", "Ann", session=f"visitor{number}"))
        for number in range(200)
    ]
    for session_hash, event_id in waiting:
        await harness.cancel(event_id, session=session_hash)
    assert harness.runtime.queue_size() == 0
    await harness.cancel(holding)
    await harness.until(holding, "process_completed")
    assert grown(held_before, sizes(harness.runtime.scheduler)) == {}
    await harness.runtime.close()


async def test_strangers_leave_nothing(harness: Harness) -> None:
    runtime = harness.runtime
    await harness.call("greet", "Ann")
    before, held_before = alive(), sizes(runtime)
    for number in range(10_000):
        name = f"stranger{number}"
        assert runtime.session(name, None) is None
        await runtime.cancel(Cancel(name, 0, name), Request())
        await runtime.cancel(Cancel("s", 0, name), Request())
        with pytest.raises(Rejected):
            await runtime.join(Join(data=[], fn_index=10**6, session_hash=name), Request())
        with pytest.raises(Rejected):  # in a task of its own, as a server's requests are
            await asyncio.create_task(runtime.direct.run(Join(data=[]), Request()))
    others = runtime.session("others", "somebody else", create=True)
    assert others is not None
    for _ in range(200):
        with pytest.raises(Rejected):
            await asyncio.create_task(
                runtime.direct.run(Join(data=[], fn_index=0, session_hash="others"), Request())
            )
    assert grown(before, alive()) == {}
    assert grown(held_before, sizes(runtime)) == {}
    await runtime.close()


async def test_strangers_leave_nothing_in_a_server() -> None:
    """The addresses that take an id from the reader, each with thousands that mean nothing."""
    app = make_app()
    site = app.state.site
    async with in_process(app) as client:

        async def knock(name: str) -> None:
            answer = await client.get(f"/gradio_api/queue/data?session_hash={name}")
            assert "404" in answer.text
            for path in (
                f"/gradio_api/queue/data?session_hash={name}&after=3",
                f"/gradio_api/call/greet/{name}",
                f"/gradio_api/file={name}",
                f"/gradio_api/stream/{name}/{name}/3/playlist.m3u8",
                f"/{name}",
                f"/config?page={name}",
            ):
                assert (await client.get(path)).status_code < 500, path
            for path, body in (
                ("/gradio_api/cancel", {"session_hash": name, "fn_index": 0, "event_id": name}),
                ("/gradio_api/reset", {"event_id": name}),
                (f"/gradio_api/stream/{name}", {"data": [], "session_hash": name}),
                (f"/gradio_api/stream/{name}/close", {}),
                ("/gradio_api/queue/join", {"data": [], "fn_index": 999, "session_hash": name}),
            ):
                answer = await client.post(path, json=body)
                assert answer.status_code < 500, (path, answer.text)

        for number in range(50):
            await knock(f"warm{number}")
        before, held_before = alive(), sizes(site)
        for number in range(1000):
            await knock(f"stranger{number}")
        assert grown(before, alive()) == {}
        assert grown(held_before, sizes(site)) == {}


async def test_uploads_that_nobody_follows_leave_nothing() -> None:
    app = make_app()
    site = app.state.site
    async with in_process(app) as client:

        async def upload(name: str) -> None:
            files = {"files": (f"{name}.txt", b"the same for all")}
            answer = await client.post(f"/gradio_api/upload?upload_id={name}", files=files)
            assert answer.status_code == 200
            broken = await client.post(f"/gradio_api/upload?upload_id={name}", content=b"no form")
            assert broken.status_code == 400

        for number in range(300):  # names of the latest 256 are kept for readers who come late
            await upload(f"warm{number}")
        held_before = sizes(site.uploads)
        for number in range(300):
            await upload(f"visitor{number}")
        assert grown(held_before, sizes(site.uploads)) == {}
