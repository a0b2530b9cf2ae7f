from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.request import Request
from limelight.runtime.rejected import Rejected
from limelight.wire.requests import Join
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def app(fn: Any, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        out = gr.Textbox(label="Out")
        gr.Button().click(fn, name, out, api_name="go", **options)
    return demo


def used(messages: list[dict[str, Any]]) -> tuple[list[str], Any, Any]:
    """Kinds of the messages, and what the last one says of caches."""
    last = messages[-1]
    return [m["msg"] for m in messages], last["used_cache"], last["output"]["used_cache"]


WAITED = ["estimation", "process_starts", "process_completed"]


@pytest.mark.parametrize("options", [{}, {"queue": False}])
async def test_a_kept_result_is_there_when_the_call_has_joined(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    @gr.cache
    def double(name: str) -> str:
        return name * 2

    harness = Harness(app(double, **options), tmp_path)
    first = await harness.call("go", "a")
    assert first[-1]["used_cache"] is None
    second = await harness.call("go", "a", session="other")
    assert used(second) == (["process_completed"], "full", None)
    assert second[0]["output"]["data"] == ["aa"]
    assert second[0]["cache_duration"] >= 0
    assert second[0]["avg_time"] == first[-1]["avg_time"]
    assert (await harness.call("go", "b"))[-1]["used_cache"] is None


async def test_a_kept_stream_is_sent_step_by_step(tmp_path: Path) -> None:
    @gr.cache
    def spell(name: str) -> Iterator[str]:
        for end in range(1, 4):
            yield name[:end]

    harness = Harness(app(spell), tmp_path)
    first, second = [await harness.call("go", "abc") for _ in range(2)]
    kinds, full, _ = used(second)
    assert (kinds, full) == (["process_generating"] * 3 + ["process_completed"], "full")
    data = [[m["output"]["data"] for m in run if m["msg"] == "process_generating"]
            for run in (first, second)]  # fmt: skip
    assert data[0] == data[1]
    assert second[-1]["output"]["data"] == ["abc"]


async def test_a_function_that_took_something_from_a_cache_says_so(tmp_path: Path) -> None:
    shared = gr.Cache()

    def manual(name: str) -> str:
        found = shared.get(name)
        if found is None:
            shared.set(name, made=name * 2)
            return name * 2
        return str(found["made"])

    def look_up(name: str) -> str:
        return name

    def between(name: str) -> str:
        return gr.cache(look_up)(name)

    for number, fn in enumerate((manual, between)):
        harness = Harness(app(fn), tmp_path / str(number))
        assert used(await harness.call("go", "a")) == (WAITED, None, None)
        assert used(await harness.call("go", "a")) == (WAITED, "partial", "partial")


async def test_a_cache_may_be_the_default_of_an_argument(tmp_path: Path) -> None:
    def manual(name: str, kept: gr.Cache = gr.Cache(per_session=True)) -> str:  # noqa: B008
        found = kept.get(name)
        kept.set(name, seen=True)
        return f"{found} {len(kept)} {kept.keys()}"

    demo = app(manual)
    assert demo.config["connect_heartbeat"] is True
    assert len(demo.get_api_info()["named_endpoints"]["/go"]["parameters"]) == 1
    harness = Harness(demo, tmp_path)
    for session in ("s", "t"):
        assert await harness.value("go", "a", session=session) == "None 1 ['a']"
        assert await harness.value("go", "a", session=session) == "{'seen': True} 1 ['a']"


async def test_a_session_has_results_of_its_own_until_it_ends(tmp_path: Path) -> None:
    calls: list[str] = []

    @gr.cache(per_session=True)
    def double(name: str) -> str:
        calls.append(name)
        return name * 2

    demo = app(double)
    assert demo.config["connect_heartbeat"] is True
    harness = Harness(demo, tmp_path)
    for session in ("s", "t", "s", "t"):
        await harness.call("go", "a", session=session)
    assert len(calls) == 2
    gone = harness.runtime.session("s", None)
    assert gone is not None
    harness.runtime.close_session(gone)
    await harness.call("go", "a", session="t")
    assert len(calls) == 2
    await harness.call("go", "a")
    assert len(calls) == 3
    kept = double.cache  # type: ignore[attr-defined]  # of the decorator
    await harness.runtime.direct.run(Join(data=["a"], fn_index=0), Request())
    assert (len(calls), len(kept)) == (4, 2)  # what a call without session kept is gone
    await harness.runtime.close()


async def test_other_apps_need_no_heartbeat_for_a_cache(tmp_path: Path) -> None:
    assert app(gr.cache(lambda name: name)).config["connect_heartbeat"] is False
    _ = tmp_path


async def test_results_that_depend_on_the_caller_are_not_shared(tmp_path: Path) -> None:
    @gr.cache
    def who(name: str, request: gr.Request) -> str:
        return f"{name} {request.session_hash}"

    harness = Harness(app(who), tmp_path)
    for session in ("s", "t"):
        assert await harness.value("go", "a", session=session) == f"a {session}"
    assert used(await harness.call("go", "a"))[1] == "full"


async def test_progress_and_notices_do_not_matter_to_the_key(tmp_path: Path) -> None:
    @gr.cache
    def work(name: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        progress(0.5)
        gr.Info("working")
        return name

    harness = Harness(app(work), tmp_path)
    assert "log" in used(await harness.call("go", "a"))[0]
    assert used(await harness.call("go", "a"))[:2] == (["process_completed"], "full")


async def test_a_batch_function_is_kept_too(tmp_path: Path) -> None:
    calls: list[list[str]] = []

    @gr.cache
    def double(names: list[str]) -> list[list[str]]:
        calls.append(names)
        return [[name * 2 for name in names]]

    harness = Harness(app(double, batch=True, max_batch_size=4), tmp_path)
    assert await harness.value("go", "a") == "aa"
    assert used(await harness.call("go", "a"))[:2] == (["process_completed"], "full")
    assert calls == [["a"]]


async def test_state_is_part_of_the_key_and_of_the_result(tmp_path: Path) -> None:
    calls: list[int] = []

    @gr.cache
    def count(step: float, total: list[float]) -> tuple[str, list[float]]:
        calls.append(1)
        total.append(step)
        return str(total), total

    with gr.Blocks() as demo:
        step, total, out = gr.Number(), gr.State([]), gr.Textbox()
        gr.Button().click(count, [step, total], [out, total], api_name="go")
    harness = Harness(demo, tmp_path)
    for session in ("s", "t"):
        assert await harness.value("go", 1, None, session=session) == "[1]"
        assert await harness.value("go", 2, None, session=session) == "[1, 2]"
    assert len(calls) == 2


async def test_images_are_compared_by_their_pixels(tmp_path: Path) -> None:
    calls: list[int] = []

    @gr.cache
    def turn(image: Any) -> Any:
        calls.append(1)
        return image[:, ::-1]

    with gr.Blocks() as demo:
        image, out = gr.Image(), gr.Image()
        gr.Button().click(turn, image, out, api_name="go")
    harness = Harness(demo, tmp_path)
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (3, 2), "red").save(made, "PNG")
    answers: list[Any] = []
    for name in ("one.png", "two.png"):
        stored = harness.files.store_bytes(made.getvalue(), name, None)
        answers.append(await harness.call("go", harness.files.file_data(stored)))
    assert len(calls) == 1
    assert answers[1][-1]["used_cache"] == "full"
    path = answers[1][-1]["output"]["data"][0]["path"]
    assert harness.files.resolve(path, None).path.is_file()


async def test_a_bad_payload_is_told_by_the_run(tmp_path: Path) -> None:
    @gr.cache
    def double(number: float) -> float:
        return number * 2

    with gr.Blocks() as demo:
        number = gr.Number()
        gr.Button().click(double, number, number, api_name="go")
    harness = Harness(demo, tmp_path)
    assert await harness.value("go", 2) == 4
    assert (await harness.error("go", {"no": "number"}))["error"]


async def test_a_kept_result_needs_no_room_in_the_queue(tmp_path: Path) -> None:
    release = threading.Event()

    @gr.cache
    def slow(name: str) -> str:
        if name != "a":
            release.wait(5)
        return name

    harness = Harness(app(slow).queue(max_size=1), tmp_path)
    await harness.call("go", "a")
    running = await harness.join("go", "b")
    await harness.until(running, "process_starts")
    await harness.join("go", "c")
    with pytest.raises(Rejected, match="queue is full"):
        await harness.join("go", "d", key="k")
    assert used(await harness.call("go", "a", session="t"))[1] == "full"
    release.set()
    await harness.until(running, "process_completed")
    assert await harness.value("go", "d", key="k") == "d"


async def test_calls_at_the_same_time_compute_once(tmp_path: Path) -> None:
    calls: list[str] = []

    @gr.cache
    async def slow(name: str) -> str:
        calls.append(name)
        await asyncio.sleep(0.02)
        return name

    harness = Harness(app(slow, concurrency_limit=None), tmp_path)
    runs = [harness.call("go", "a", session=str(n)) for n in range(4)]
    ends = sorted(str(used(m)[1]) for m in await asyncio.gather(*runs))
    assert (ends, calls) == (["None", "partial", "partial", "partial"], ["a"])


async def test_a_direct_call_says_that_it_used_a_cache(tmp_path: Path) -> None:
    harness = Harness(app(gr.cache(lambda name: name)), tmp_path)
    outputs = [
        await harness.runtime.direct.run(Join(data=["a"], fn_index=0), Request()) for _ in range(2)
    ]
    assert [o.used_cache for o in outputs] == [None, "partial"]
