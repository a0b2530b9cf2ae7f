from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.request import Request
from limelight.errors import ListenerError
from limelight.runtime.rejected import Rejected
from limelight.runtime.scheduler import Scheduler
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path

    from limelight.runtime.job import Job


class Listener:
    """What the scheduler knows of a listener."""

    def __init__(self, group: str = "g", **options: Any) -> None:
        self.__dict__.update(
            {"group": group, "batch": False, "max_batch_size": 4, "max_wait": 0} | options
        )


class Queue:
    """A scheduler that notes what it starts."""

    def __init__(self, limit: int | None = 1, **options: Any) -> None:
        self.started: list[str] = []
        self.jobs: dict[str, Any] = {}
        self.moved: list[str] = []
        settings: Any = {"max_size": None, "max_running": 40} | options
        self.scheduler = Scheduler(
            settings.pop("groups", {"g": limit}),
            **settings,
            start=self._start,
            moved=lambda group: self.moved.append(group.name),
        )

    def _start(self, jobs: list[Job]) -> None:
        self.started.append("+".join(job.event_id for job in jobs))

    def put(self, name: str, listener: Any = None) -> int:
        """Queue a job that is called after its session and a number."""
        session = SimpleNamespace(identity=None, hash=name[0])
        job: Any = MiniJob(name, listener or LISTENER, session)
        self.jobs[name] = job
        rank = self.scheduler.put(job)
        self.scheduler.run_next()
        return rank

    def finish(self, name: str) -> None:
        self.scheduler.finished(self.jobs[name])

    def remove(self, *names: str) -> list[str]:
        return [j.event_id for j in self.scheduler.remove([self.jobs[n] for n in names])]


class MiniJob:
    """What the scheduler knows of a job."""

    def __init__(self, name: str, of: Any, session: Any) -> None:
        self.event_id, self.listener, self.session = name, of, session
        self.client = session.hash
        self.flow: Any = None
        self.is_waiting = False


LISTENER = Listener()


def test_a_group_runs_no_more_than_its_limit() -> None:
    queue = Queue(2)
    assert [queue.put(name) for name in ("a1", "b1", "c1", "d1")] == [0, 0, 0, 1]
    assert queue.started == ["a1", "b1"]
    queue.finish("b1")
    assert queue.started == ["a1", "b1", "c1"]
    assert (queue.scheduler.running, queue.scheduler.waiting) == (2, 1)


def test_sessions_take_turns_unless_the_queue_is_first_in_first_out() -> None:
    for fairness, order in (("session", "a1 b1 a2 a3"), ("fifo", "a1 a2 a3 b1")):
        queue = Queue(fairness=fairness)
        for name in ("a1", "a2", "a3", "b1"):
            queue.put(name)
        for name in order.split():
            queue.finish(name)
        assert " ".join(queue.started) == order


def test_groups_take_turns_when_all_threads_are_busy() -> None:
    queue = Queue(groups={"g": None, "h": None}, max_running=1)
    other = Listener("h")
    for name in ("a1", "a2", "a3"):
        queue.put(name)
    queue.put("b1", other)
    for name in ("a1", "a2", "b1", "a3"):
        queue.finish(name)
    assert queue.started == ["a1", "a2", "b1", "a3"]


def test_a_full_queue_and_a_greedy_client_are_told_apart() -> None:
    queue = Queue(max_size=3, max_per_client=2)
    for name in ("a1", "a2", "a3"):
        queue.scheduler.check_room("a")
        queue.put(name)
    with pytest.raises(Rejected, match="As many calls from here wait already as may: 2") as told:
        queue.scheduler.check_room("a")
    assert told.value.status == 429
    queue.scheduler.check_room("b")
    queue.put("b1")
    with pytest.raises(Rejected, match="The queue is full: 3 calls wait") as told:
        queue.scheduler.check_room("c")
    assert told.value.status == 503
    assert queue.remove("a2", "a3") == ["a2", "a3"]
    queue.scheduler.check_room("a")


def test_a_job_that_leaves_moves_the_others() -> None:
    queue = Queue()
    for name in ("a1", "a2", "b1"):
        queue.put(name)
    queue.moved.clear()
    assert queue.remove("b1", "a1") == ["b1"]  # the other one runs
    assert queue.moved == ["g"]
    assert queue.remove("b1") == []


def test_a_batch_is_taken_over_the_sessions_in_turn() -> None:
    queue = Queue()
    batch = Listener(batch=True, max_batch_size=3)
    queue.put("x1", batch)
    for name in ("a1", "a2", "a3", "b1", "c1"):
        queue.put(name, batch)
    queue.finish("x1")
    queue.finish("a1")
    assert queue.started == ["x1", "a1+b1+c1", "a2+a3"]


def test_a_batch_takes_only_calls_of_its_own_function() -> None:
    queue = Queue()
    batch = Listener(batch=True)
    queue.put("x1")
    for name in ("a1", "b1", "a2", "c1"):
        queue.put(name, LISTENER if name == "b1" else batch)
    queue.finish("x1")
    queue.finish("a1")
    assert queue.started == ["x1", "a1+c1+a2", "b1"]


async def test_a_batch_waits_to_be_filled_and_not_longer_than_needed() -> None:
    queue = Queue(2)
    batch = Listener(batch=True, max_batch_size=2, max_wait=0.05)
    queue.put("a1", batch)
    assert queue.started == []
    queue.put("b1", batch)
    assert queue.started == ["a1+b1"]  # at once when it is full
    assert queue.put("c1", batch) == 0
    await asyncio.sleep(0.1)
    assert queue.started == ["a1+b1", "c1"]  # or when its time is up
    assert queue.scheduler.waiting == 0


async def test_a_batch_whose_calls_are_cancelled_leaves_no_timer() -> None:
    queue = Queue()
    batch = Listener(batch=True, max_batch_size=3, max_wait=60)
    queue.put("a1", batch)
    queue.put("b1", batch)
    assert queue.remove("a1") == ["a1"]
    assert queue.remove("b1") == ["b1"]
    group = queue.scheduler.group_of(queue.jobs["a1"])
    assert not group.gathering
    queue.put("c1", batch)
    queue.scheduler.release_batches()
    assert queue.started == ["c1"]
    queue.finish("c1")
    queue.put("d1", batch)
    queue.scheduler.close()
    assert group.gathering.popitem()[1].timer.cancelled()


def test_ten_thousand_calls_cost_microseconds_each() -> None:
    queue = Queue()
    began_s = time.process_time()
    for number in range(10_000):
        queue.put(f"{chr(number % 500 + 1000)}{number}")
    names = list(queue.jobs)
    queue.remove(*names[5_000:])
    for _ in range(5_000):
        queue.finish(queue.started[-1])
    assert len(queue.started) == 5_000
    assert time.process_time() - began_s < 2


# ---- with a runtime: what callers are told -------------------------------------------------------


class Gate:
    """A function that returns when it is let through, and an app that has it."""

    def __init__(self, **options: Any) -> None:
        self.open = threading.Event()
        with gr.Blocks() as self.demo:
            box = gr.Textbox()
            box.submit(self.wait, box, box, api_name="run", **options)

    def wait(self, name: str) -> str:
        assert self.open.wait(5)
        return name


def places(harness: Harness, session: str) -> list[tuple[int, int]]:
    """Rank and size that a session's calls were told, in the order of the messages."""
    import json

    found = harness.runtime.session(session, None)
    assert found is not None
    told = [json.loads(entry.data) for entry in found.outbox.after(0)]
    return [(m["rank"], m["queue_size"]) for m in told if m["msg"] == "estimation"]


Make = Callable[..., Harness]


@pytest.fixture
async def made(tmp_path: Path) -> AsyncGenerator[Make]:
    """Makes running apps, which are stopped after the test."""
    running: list[Harness] = []

    def make(demo: gr.Blocks, **settings: Any) -> Harness:
        running.append(Harness(demo, tmp_path, **settings))
        return running[-1]

    yield make
    for harness in running:
        await harness.runtime.close()


async def settle(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError


async def test_places_are_told_when_they_change(made: Make) -> None:
    gate = Gate()
    harness = made(gate.demo)
    await harness.join("run", "x", session="x")
    await harness.join("run", "a", session="a")
    await harness.join("run", "a", session="a")
    await harness.join("run", "b", session="b")
    # Who joins behind the others is no news to them; who joins before one of them is.
    await settle(lambda: len(places(harness, "a")) == 4)
    assert places(harness, "a") == [(0, 1), (1, 2), (0, 3), (2, 3)]
    assert places(harness, "b") == [(1, 3)]
    gate.open.set()


async def test_a_cancelled_call_moves_the_others(made: Make) -> None:
    gate = Gate()
    harness = made(gate.demo)
    await harness.join("run", "x", session="x")
    first = await harness.join("run", "a", session="a")
    await harness.join("run", "b", session="b")
    await harness.cancel(first, session="a")
    await settle(lambda: places(harness, "b")[-1] == (0, 1))
    gate.open.set()


async def test_a_long_queue_is_told_together(made: Make) -> None:
    gate = Gate()
    harness = made(gate.demo)
    waiting: list[str] = []
    for number in range(400):
        waiting.append(await harness.join("run", "x", session=f"s{number}"))
    for number in range(1, 200):
        await harness.cancel(waiting[number], session=f"s{number}")
    told = sum(len(places(harness, f"s{number}")) for number in range(400))
    assert told <= 400 + 400  # each when it came, and once more
    await settle(lambda: places(harness, "s399")[-1] == (199, 200))
    gate.open.set()
    await harness.runtime.close()
    assert not harness.runtime.ranks._timers


async def test_a_rate_in_seconds_spaces_the_news(made: Make) -> None:
    gate = Gate()
    harness = made(gate.demo.queue(status_update_rate=0.15))
    await harness.join("run", "x", session="x")
    ids = [await harness.join("run", "a", session=f"{n}") for n in range(4)]
    await harness.cancel(ids[0], session="0")
    await harness.cancel(ids[1], session="1")
    assert places(harness, "3") == [(3, 4), (2, 3)]
    await settle(lambda: places(harness, "3")[-1] == (1, 2))
    gate.open.set()


async def test_the_time_until_the_result_adds_up(made: Make) -> None:
    import json

    gate = Gate()
    harness = made(gate.demo)
    now_s = 100.0
    harness.runtime.clock = harness.runtime.ranks._clock = harness.runtime.worker._clock = lambda: (
        now_s
    )
    harness.runtime.times.add(0, 10.0)
    await harness.join("run", "x", session="x")
    await asyncio.sleep(0.05)
    now_s = 104.0
    await harness.join("run", "a", session="a")
    await harness.join("run", "b", session="b")
    etas: list[float] = []
    for name in "ab":
        session = harness.runtime.session(name, None)
        assert session is not None
        etas.append(json.loads(session.outbox.after(0)[0].data)["rank_eta"])
    # Six seconds until the first one is done, ten for each call before, and its own ten.
    assert etas == [16.0, 26.0]
    gate.open.set()


async def test_one_client_cannot_fill_the_queue(made: Make) -> None:
    gate = Gate()
    harness = made(gate.demo, max_queue_per_client=2)
    for number in range(3):
        await harness.join("run", "x", session=str(number))
    with pytest.raises(Rejected) as told:
        await harness.join("run", "x", session="3")
    assert told.value.status == 429
    harness.request = Request(client=("203.0.113.9", 1))
    await harness.join("run", "x", session="other")
    gate.open.set()


# ---- cancelling ----------------------------------------------------------------------------------


async def test_cancelling_one_of_a_batch_drops_only_its_result(made: Make) -> None:
    gate, seen = threading.Event(), []

    def shout(names: list[str], request: gr.Request) -> list[str]:
        assert gate.wait(5)
        seen.append((list(names), request.is_cancelled))
        return [name.upper() for name in names]

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(shout, box, box, api_name="run", batch=True, max_batch_size=2, max_wait=5)
    harness = made(demo)
    first = await harness.join("run", "a", session="a")
    second = await harness.join("run", "b", session="b")
    await asyncio.sleep(0.05)
    await harness.cancel(first, session="a")
    last = (await harness.until(first, "process_completed", session="a"))[-1]
    assert (last["success"], last["output"]) == (True, {"data": [None]})
    gate.set()
    last = (await harness.until(second, "process_completed", session="b"))[-1]
    assert last["output"]["data"] == ["B"]
    assert seen == [(["a", "b"], False)]


async def test_a_batch_that_nobody_wants_any_more_is_cancelled(made: Make) -> None:
    ended = asyncio.Event()

    async def wait(names: list[str]) -> list[str]:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return names

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(wait, box, box, api_name="run", batch=True, max_batch_size=2, max_wait=5)
    harness = made(demo)
    ids = [await harness.join("run", name, session=name) for name in "ab"]
    await asyncio.sleep(0.05)
    for name, event_id in zip("ab", ids, strict=True):
        assert not ended.is_set()
        await harness.cancel(event_id, session=name)
    await asyncio.wait_for(ended.wait(), 5)


async def test_a_call_that_waits_in_a_batch_is_cancelled(made: Make) -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(
            lambda names: names, box, box, api_name="run", batch=True, max_batch_size=2, max_wait=60
        )
    harness = made(demo)
    event_id = await harness.join("run", "a")
    await harness.cancel(event_id)
    assert (await harness.until(event_id, "process_completed"))[-1]["success"]
    assert harness.runtime.queue_size() == 0
    assert not harness.runtime.session("s", None).jobs  # type: ignore[union-attr]  # it is there


async def test_a_thread_is_asked_to_stop(made: Make) -> None:
    stopped = threading.Event()

    def work(name: str, request: gr.Request) -> str:
        while not request.is_cancelled:
            time.sleep(0.005)
        stopped.set()
        return name

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(work, box, box, api_name="run")
    harness = made(demo)
    event_id = await harness.join("run", "a")
    await asyncio.sleep(0.05)
    await harness.cancel(event_id)
    await harness.until(event_id, "process_completed")
    assert await asyncio.to_thread(stopped.wait, 5)


async def test_a_call_that_is_kept_runs_on_without_its_reader(made: Make) -> None:
    done: list[str] = []

    async def work(name: str) -> str:
        await asyncio.sleep(0.1)
        done.append(name)
        return name

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(work, box, box, api_name="keep", on_disconnect="keep", concurrency_id="k")
        box.submit(work, box, box, api_name="cancel", concurrency_id="c")
    harness = made(demo, resume_window_s=0.02)
    session = harness.runtime.session("s", None, create=True)
    assert session is not None
    harness.runtime.presence.connected(session)
    kept = await harness.join("keep", "kept")
    await harness.join("keep", "kept and queued")
    await harness.join("cancel", "cancelled")
    harness.runtime.presence.disconnected(session)
    await asyncio.sleep(0.4)
    assert done == ["kept", "kept and queued"]
    assert (await harness.until(kept, "process_completed"))[-1]["output"]["data"] == ["kept"]


# ---- what an author may say ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"on_disconnect": "stay"}, "on_disconnect='stay'; expected one of 'cancel', 'keep'"),
        ({"max_wait": -1, "batch": True}, "max_wait=-1; expected seconds"),
        ({"max_wait": "1", "batch": True}, "max_wait='1'; expected seconds"),
        ({"max_wait": 1}, "max_wait=1 without batch=True"),
        ({"max_batch_size": 0, "batch": True}, "max_batch_size=0; expected a number"),
        ({"concurrency_limit": 0}, "concurrency_limit=0; expected None"),
        ({"concurrency_limit": "all"}, "concurrency_limit='all'; expected None"),
    ],
)
def test_options_that_make_no_sense_are_refused_at_once(options: dict[str, Any], text: str) -> None:
    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(ListenerError, match=text):
            box.change(lambda x: x, box, box, **options)
        with pytest.raises(ListenerError, match=text):
            gr.on([box.change], lambda x: x, box, box, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"fairness": "random"},
        {"status_update_rate": 0},
        {"status_update_rate": "often"},
        {"max_size": 0},
        {"default_concurrency_limit": -1},
    ],
)
def test_a_queue_that_makes_no_sense_is_refused_at_once(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(TypeError, match=f"{name}="):
        gr.Blocks().queue(**options)


def test_a_decorator_takes_the_options_of_the_queue() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()

        @box.change(inputs=box, outputs=box, batch=True, max_wait=0.5, on_disconnect="keep")
        def fn(names: list[str]) -> list[str]:
            return names

    found = demo.graph_.listeners[0]
    assert (found.max_wait, found.on_disconnect) == (0.5, "keep")


def test_functions_without_components_take_them_too() -> None:
    with gr.Blocks() as demo:

        @gr.api(batch=True, max_wait=0.5, on_disconnect="keep")
        def fn(names: list[str]) -> list[str]:
            return names

    found = demo.graph_.listeners[0]
    assert (found.max_wait, found.on_disconnect) == (0.5, "keep")


async def test_generators_are_closed_and_async_functions_cancelled(made: Make) -> None:
    ended: list[str] = []

    def steps(text: str) -> Iterator[str]:
        try:
            while True:
                time.sleep(0.005)
                yield text
        finally:
            ended.append("generator")

    async def wait(text: str) -> str:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append("async")
            raise
        return text

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(steps, box, box, api_name="steps")
        box.submit(wait, box, box, api_name="wait")
    harness = made(demo)
    ids = [await harness.join("steps", "x"), await harness.join("wait", "x")]
    await harness.until(ids[0], "process_generating")
    for event_id in ids:
        await harness.cancel(event_id)
        assert (await harness.until(event_id, "process_completed"))[-1]["success"]
    await settle(lambda: sorted(ended) == ["async", "generator"])
    await settle(lambda: harness.runtime.scheduler.running == 0)
