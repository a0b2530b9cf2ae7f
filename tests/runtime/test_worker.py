from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import limelight as gr
from limelight.runtime.deltas import apply
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import pytest


def app(fn: Any, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        out = gr.Textbox(label="Out")
        gr.Button().click(fn, name, out, api_name="go", **options)
    return demo


async def test_a_function_runs_and_the_last_message_holds_its_result(tmp_path: Path) -> None:
    messages = await Harness(app(lambda name: f"Hello {name}"), tmp_path).call("go", "Ann")
    assert [m["msg"] for m in messages] == ["estimation", "process_starts", "process_completed"]
    assert messages[-1]["output"]["data"] == ["Hello Ann"]
    assert messages[-1]["output"]["is_generating"] is False


async def test_an_async_function_runs_on_the_loop(tmp_path: Path) -> None:
    async def go(name: str) -> str:
        await asyncio.sleep(0)
        return f"{name} in {threading.current_thread().name}"

    value = await Harness(app(go), tmp_path).value("go", "x")
    assert value == f"x in {threading.current_thread().name}"


async def test_a_sync_function_does_not_block_the_loop(tmp_path: Path) -> None:
    release = threading.Event()

    def slow(name: str) -> str:
        release.wait(5)
        return name

    harness = Harness(app(slow), tmp_path)
    event = await harness.join("go", "x")
    await harness.until(event, "process_starts")
    release.set()
    assert (await harness.until(event, "process_completed"))[-1]["output"]["data"] == ["x"]


async def test_a_generator_sends_its_first_value_whole_and_edits_afterwards(tmp_path: Path) -> None:
    def grow(name: str) -> Iterator[str]:
        yield from (name, name + "b", name + "bc", "z")

    messages = await Harness(app(grow), tmp_path).call("go", "a")
    steps = [m["output"]["data"][0] for m in messages if m["msg"] == "process_generating"]
    assert steps == ["a", [["append", [], "b"]], [["append", [], "c"]], [["replace", [], "z"]]]
    value = steps[0]
    for edits in steps[1:]:
        value = apply(value, edits)
    assert value == "z" == messages[-1]["output"]["data"][0]


async def test_an_async_generator_streams_too(tmp_path: Path) -> None:
    async def grow(name: str) -> AsyncIterator[str]:
        yield name
        yield name + name

    messages = await Harness(app(grow), tmp_path).call("go", "ab")
    assert [m["msg"] for m in messages].count("process_generating") == 2
    assert messages[-1]["output"]["data"] == ["abab"]


async def test_cancelling_a_generator_runs_its_finally_and_completes_the_event(
    tmp_path: Path,
) -> None:
    closed = threading.Event()

    def forever(name: str) -> Iterator[str]:
        try:
            for number in range(100_000):
                yield str(number)
                time.sleep(0.005)
        finally:
            closed.set()

    harness = Harness(app(forever), tmp_path)
    event = await harness.join("go", "x")
    await harness.until(event, "process_generating")
    await harness.cancel(event)
    last = (await harness.until(event, "process_completed"))[-1]
    assert last["success"] is True
    assert last["output"] == {"data": [None]}
    assert await asyncio.to_thread(closed.wait, 5)


async def test_cancelling_a_waiting_call_takes_it_out_of_the_queue(tmp_path: Path) -> None:
    release = threading.Event()
    ran: list[str] = []

    def slow(name: str) -> str:
        ran.append(name)
        release.wait(5)
        return name

    harness = Harness(app(slow), tmp_path)
    first = await harness.join("go", "first")
    second = await harness.join("go", "second")
    await harness.until(first, "process_starts")
    await harness.cancel(second)
    await harness.until(second, "process_completed")
    release.set()
    await harness.until(first, "process_completed")
    assert ran == ["first"]


async def test_a_cancelled_thread_keeps_its_place_until_it_ends(tmp_path: Path) -> None:
    running = 0
    most = 0
    release = threading.Event()

    def slow(name: str) -> str:
        nonlocal running, most
        running += 1
        most = max(most, running)
        release.wait(5)
        running -= 1
        return name

    harness = Harness(app(slow), tmp_path)
    first = await harness.join("go", "first")
    await harness.until(first, "process_starts")
    await harness.cancel(first)
    await harness.until(first, "process_completed")
    second = await harness.join("go", "second")
    await asyncio.sleep(0.05)
    release.set()
    await harness.until(second, "process_completed")
    assert most == 1


async def test_the_authors_error_reaches_the_reader(tmp_path: Path) -> None:
    def go(name: str) -> str:
        raise gr.Error("no such name", duration=3, title="Oh")

    error = await Harness(app(go), tmp_path).error("go", "x")
    assert error == {"error": "no such name", "duration": 3, "visible": True, "title": "Oh"}


async def test_the_text_of_other_errors_stays_on_the_server(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def go(name: str) -> str:
        raise ValueError("secret path /srv/x")

    assert await Harness(app(go), tmp_path).error("go", "x") == {"error": None}
    assert "secret path" in caplog.text
    shown = await Harness(app(go), tmp_path / "b", show_error=True).error("go", "x")
    assert shown["error"] == "secret path /srv/x"


async def test_too_few_inputs_fail_the_call_and_say_which_are_expected(tmp_path: Path) -> None:
    error = await Harness(app(lambda name: name), tmp_path).error("go")
    assert "got 0 inputs; it takes 1" in error["error"]


async def test_surplus_inputs_are_ignored(tmp_path: Path) -> None:
    assert await Harness(app(lambda name: name), tmp_path).value("go", "a", "b") == "a"


async def test_too_few_returned_values_name_the_outputs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        gr.Button().click(lambda: "one", None, [a, b], api_name="go")
    await Harness(demo, tmp_path).error("go")
    assert "returned 1 values; its 2 outputs need 2" in caplog.text


async def test_updates_change_props_and_later_calls_convert_with_them(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        pick = gr.Dropdown(["a", "b"], label="Pick")
        gr.Button().click(
            lambda: gr.Dropdown(choices=["x", "y"], value="x"), None, pick, api_name="swap"
        )
        gr.Button().click(lambda p: p, pick, pick, api_name="same")
    harness = Harness(demo, tmp_path)
    update = await harness.value("swap")
    assert update["__type__"] == "update"
    assert update["value"] == "x"
    assert [list(c) for c in update["choices"]] == [["x", "x"], ["y", "y"]]
    assert await harness.value("same", "y") == "y"
    assert "error" in await harness.error("same", "a")
    assert await harness.value("same", "a", session="another") == "a"


async def test_skip_and_dictionaries_leave_outputs_alone(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        gr.Button().click(lambda: gr.skip(), None, [a, b], api_name="skip")
        gr.Button().click(lambda: {b: "set"}, None, [a, b], api_name="partly")
    harness = Harness(demo, tmp_path)
    skipped = (await harness.call("skip"))[-1]["output"]["data"]
    assert skipped == [{"__type__": "update"}, {"__type__": "update"}]
    partly = (await harness.call("partly"))[-1]["output"]["data"]
    assert partly == [{"__type__": "update"}, "set"]


async def test_state_is_kept_per_session_and_never_sent(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        state = gr.State([])
        out = gr.Textbox()
        gr.Button().click(lambda s: ([*s, "x"], str(len(s))), state, [state, out], api_name="count")
    harness = Harness(demo, tmp_path)
    first = (await harness.call("count", None))[-1]["output"]["data"]
    second = (await harness.call("count", None))[-1]["output"]["data"]
    other = (await harness.call("count", None, session="t"))[-1]["output"]["data"]
    assert (first, second, other) == ([None, "0"], [None, "1"], [None, "0"])


async def test_progress_and_toasts_are_told_while_it_runs(tmp_path: Path) -> None:
    def go(name: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008  # asked for so
        gr.Info("hello", title="T", duration=2)
        progress((1, 4), desc="step")
        time.sleep(0.05)
        return name

    messages = await Harness(app(go), tmp_path).call("go", "x")
    log = next(m for m in messages if m["msg"] == "log")
    assert (log["log"], log["level"], log["title"], log["duration"]) == ("hello", "info", "T", 2)
    bar = next(m for m in messages if m["msg"] == "progress")["progress_data"]
    assert bar == [{"index": 1, "length": 4, "unit": "steps", "progress": None, "desc": "step"}]


async def test_request_and_event_data_are_filled_in(tmp_path: Path) -> None:
    def go(request: gr.Request, name: str, event: gr.SelectData) -> str:
        return f"{name} {request.session_hash} {event.index} {event.value}"

    harness = Harness(app(go), tmp_path)
    value = await harness.value("go", "x", event_data={"index": 2, "value": "v"})
    assert value == "x s 2 v"
    missing = await harness.error("go", "x")
    assert "needs the member 'index'" in missing["error"]


async def test_a_batch_function_gets_lists(tmp_path: Path) -> None:
    sizes: list[int] = []
    gate = threading.Event()

    def go(names: list[str]) -> list[list[str]]:
        gate.wait(5)
        sizes.append(len(names))
        return [[n.upper() for n in names]]

    harness = Harness(app(go, batch=True, max_batch_size=3), tmp_path)
    events = [await harness.join("go", f"n{i}") for i in range(4)]
    gate.set()
    results = [(await harness.until(e, "process_completed"))[-1] for e in events]
    assert [r["output"]["data"] for r in results] == [["N0"], ["N1"], ["N2"], ["N3"]]
    assert sorted(sizes) == [1, 3]


async def test_joining_twice_with_one_key_starts_one_call(tmp_path: Path) -> None:
    ran: list[str] = []

    def go(name: str) -> str:
        ran.append(name)
        return name

    harness = Harness(app(go), tmp_path)
    first = await harness.join("go", "x", key="k")
    second = await harness.join("go", "x", key="k")
    await harness.until(first, "process_completed")
    assert first == second
    assert ran == ["x"]


async def test_a_path_that_the_caller_sent_is_never_opened(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with gr.Blocks() as demo:
        name, file = gr.Textbox(), gr.File()
        gr.Button().click(lambda n: n, name, file, api_name="go")
    harness = Harness(demo, tmp_path)
    for path in ("/etc/passwd", str(Path(__file__)), "pyproject.toml", "./pyproject.toml"):
        assert "error" in await harness.error("go", path)
    assert "may not be served" in caplog.text


async def test_a_file_name_chosen_from_the_authors_choices_may_be_returned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a")
    monkeypatch.chdir(tmp_path)
    with gr.Blocks() as demo:
        name, file = gr.Dropdown(["a.txt"]), gr.File()
        gr.Button().click(lambda n: n, name, file, api_name="go")
    value = await Harness(demo, tmp_path / "cache").value("go", "a.txt")
    assert value["orig_name"] == "a.txt"
    assert value["path"].endswith("/a.txt")
    assert not Path(value["path"]).is_absolute()


async def test_a_new_call_gives_an_unread_session_the_whole_window_again(tmp_path: Path) -> None:
    release = threading.Event()

    def slow(name: str) -> str:
        release.wait(5)
        return name

    harness = Harness(app(slow), tmp_path, resume_window_s=0.2)
    first = harness.runtime.session("s", None, create=True)
    assert first is not None
    harness.runtime.presence.connected(first)
    harness.runtime.presence.disconnected(first)
    await asyncio.sleep(0.12)
    event = await harness.join("go", "x")
    await asyncio.sleep(0.12)  # the first window is over, the second is not
    release.set()
    last = (await harness.until(event, "process_completed"))[-1]
    assert last["output"]["data"] == ["x"]


async def test_calls_of_a_session_that_nobody_returns_to_are_cancelled(tmp_path: Path) -> None:
    def forever(name: str) -> Iterator[str]:
        while True:
            yield name
            time.sleep(0.01)

    harness = Harness(app(forever), tmp_path, resume_window_s=0.1)
    event = await harness.join("go", "x")
    session = harness.runtime.session("s", None)
    assert session is not None
    harness.runtime.presence.connected(session)
    harness.runtime.presence.disconnected(session)
    last = (await harness.until(event, "process_completed"))[-1]
    assert last["output"] == {"data": [None]}
