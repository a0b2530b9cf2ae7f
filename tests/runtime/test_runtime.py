from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.component import server
from limelight.runtime.rejected import CallFailed, Rejected
from limelight.wire.requests import Join
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


def greet(name: str) -> str:
    return f"Hello {name}!"


def app(fn: Any = greet, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(fn, box, box, api_name="run", **options)
        gr.Button().click(None, js="() => 1", api_name="script")
    return demo


async def run(harness: Harness, *data: Any, **members: Any) -> Any:
    """A direct call of the first listener."""
    body = Join(data=list(data), fn_index=0, **members)
    return await harness.runtime.direct.run(body, harness.request)


# ---- what is not accepted ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        (Join(data=["a"], fn_index=0), 400, "session_hash is missing"),
        (Join(data=["a"], session_hash="s"), 400, "fn_index is missing"),
        (Join(data=["a"], fn_index=9, session_hash="s"), 404, "No function has the fn_index 9"),
        (Join(data=["a"], fn_index=1, session_hash="s"), 404, "No function has the fn_index 1"),
    ],
)
async def test_a_call_that_names_nothing_is_refused(
    tmp_path: Path, body: Join, status: int, text: str
) -> None:
    harness = Harness(app(), tmp_path)
    with pytest.raises(Rejected, match=text) as refusal:
        await harness.runtime.join(body, harness.request)
    assert refusal.value.status == status


async def test_a_call_may_come_without_session_when_it_gets_one_of_its_own(tmp_path: Path) -> None:
    harness = Harness(app(), tmp_path)
    body = Join(data=["Ada"], fn_index=0)
    event_id = await harness.runtime.join(body, harness.request, own_session=True)
    messages = await harness.until(event_id, "process_completed", session=event_id)
    assert messages[-1]["output"]["data"] == ["Hello Ada!"]


def test_endpoints_are_found_by_name(tmp_path: Path) -> None:
    harness = Harness(app(), tmp_path)
    assert harness.runtime.admission.endpoint("/run").id == 0
    with pytest.raises(Rejected, match="'nowhere'") as refusal:
        harness.runtime.admission.endpoint("nowhere")
    assert refusal.value.status == 404


async def test_a_full_queue_takes_no_more(tmp_path: Path) -> None:
    release = threading.Event()

    def wait(name: str) -> str:
        release.wait(5)
        return name

    harness = Harness(app(wait).queue(max_size=1), tmp_path)
    first = await harness.join("run", "a")
    await harness.join("run", "b")
    assert harness.runtime.queue_size() == 1
    with pytest.raises(Rejected, match="The queue is full: 1 calls wait") as refusal:
        await harness.join("run", "c")
    assert refusal.value.status == 503
    release.set()
    await harness.until(first, "process_completed")


async def test_a_stopping_app_takes_no_calls_and_tells_its_readers(tmp_path: Path) -> None:
    harness = Harness(app(), tmp_path)
    await harness.runtime.start()
    await harness.call("run", "a")
    session = harness.runtime.session("s", None)
    assert session is not None
    harness.runtime.presence.connected(session)
    await harness.runtime.close()
    with pytest.raises(Rejected, match="The server is stopping") as refusal:
        await harness.join("run", "a")
    assert refusal.value.status == 503
    assert session.outbox.after(session.outbox.last_seq - 1)[0].kind == "unexpected_error"
    harness.runtime.presence.disconnected(session)
    harness.runtime.close_session(session)


# ---- direct calls --------------------------------------------------------------------------------


async def test_a_direct_call_answers_at_once(tmp_path: Path) -> None:
    output = await run(Harness(app(), tmp_path), "Ada")
    assert output.data == ["Hello Ada!"]
    assert output.is_generating is False
    assert output.average_duration == output.duration


async def test_a_direct_call_of_a_generator_gives_its_first_value(tmp_path: Path) -> None:
    closed: list[str] = []

    def count(name: str) -> Iterator[str]:
        try:
            yield f"{name} 1"
            yield f"{name} 2"
        finally:
            closed.append(name)

    harness = Harness(app(count), tmp_path)
    output = await run(harness, "a")
    assert (output.data, output.is_generating) == (["a 1"], True)
    await asyncio.sleep(0.05)
    assert closed == ["a"]


async def test_a_direct_call_of_a_generator_without_values_gives_none(tmp_path: Path) -> None:
    def nothing(name: str) -> Iterator[str]:
        yield from ()

    assert (await run(Harness(app(nothing), tmp_path), "a")).data == []


async def test_a_direct_call_tells_what_went_wrong(tmp_path: Path) -> None:
    def fail(name: str) -> str:
        raise gr.Error(f"No {name}", title="Stop")

    with pytest.raises(CallFailed, match="No a") as failure:
        await run(Harness(app(fail), tmp_path), "a")
    assert failure.value.error["title"] == "Stop"


async def test_a_direct_call_keeps_state_in_the_session_that_it_names(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        count, out = gr.State(0), gr.Number()
        gr.Button().click(lambda n: (n + 1, n + 1), count, [count, out])
    harness = Harness(demo, tmp_path)
    assert [(await run(harness, None, session_hash="a")).data[1] for _ in range(2)] == [1, 2]
    assert [(await run(harness, None)).data[1] for _ in range(2)] == [1, 1]


# ---- batches -------------------------------------------------------------------------------------


def shout(texts: list[str], marks: list[str]) -> list[str]:
    return [text.upper() + mark for text, mark in zip(texts, marks, strict=True)]


def batch_app(fn: Any = shout, outputs: int = 1) -> gr.Blocks:
    with gr.Blocks() as demo:
        a, b = gr.Textbox(), gr.Textbox()
        out = [gr.Textbox() for _ in range(outputs)]
        gr.Button().click(fn, [a, b], out, batch=True, max_batch_size=3, api_name="run")
    return demo


async def test_a_batch_function_can_be_called_with_lists(tmp_path: Path) -> None:
    harness = Harness(batch_app(), tmp_path)
    output = await run(harness, ["a", "b"], ["!", "?"], batched=True)
    assert (output.data, output.is_generating) == ([["A!", "B?"]], None)


async def test_a_batch_function_can_be_called_with_one_sample(tmp_path: Path) -> None:
    assert (await run(Harness(batch_app(), tmp_path), "a", "!")).data == ["A!"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ((["a"], ["!", "?"]), "one list per input, all of one length"),
        (("a", ["!"]), "one list per input, all of one length"),
        ((["a"] * 4, ["!"] * 4), "a batch of 4; it takes at most 3"),
    ],
)
async def test_lists_that_do_not_fit_are_named(tmp_path: Path, data: Any, text: str) -> None:
    with pytest.raises(CallFailed, match=text):
        await run(Harness(batch_app(), tmp_path), *data, batched=True)


async def test_a_batch_with_several_outputs_gives_a_list_for_each(tmp_path: Path) -> None:
    def both(texts: list[str], marks: list[str]) -> tuple[list[str], list[str]]:
        return texts, marks

    harness = Harness(batch_app(both, outputs=2), tmp_path)
    assert (await harness.call("run", "a", "!"))[-1]["output"]["data"] == ["a", "!"]


async def test_a_batch_of_the_wrong_size_fails_each_call(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def short(texts: list[str], marks: list[str]) -> list[str]:
        return []

    harness = Harness(batch_app(short), tmp_path, show_error=True)
    error = await harness.error("run", "a", "!")
    assert "was called with 1 samples and returned lists of the sizes [0]" in error["error"]
    assert "failed" in caplog.text


async def test_a_call_of_a_batch_that_does_not_fit_fails_alone(tmp_path: Path) -> None:
    harness = Harness(batch_app(), tmp_path)
    error = await harness.error("run", "a")
    assert "it takes 2" in error["error"]


# ---- validators ----------------------------------------------------------------------------------


def long_enough(name: str) -> Any:
    return gr.validate(len(name) > 2, "Too short")


async def test_a_validator_says_which_input_is_wrong_before_the_call_is_queued(
    tmp_path: Path,
) -> None:
    harness = Harness(app(validator=long_enough), tmp_path)
    assert await harness.value("run", "Ada") == "Hello Ada!"
    with pytest.raises(Rejected) as refusal:
        await harness.join("run", "A")
    assert (refusal.value.status, refusal.value.detail) == (
        422,
        [
            {
                "__type__": "validate",
                "is_valid": False,
                "message": "Too short",
                "parameter_name": "name",
            }
        ],
    )


async def test_a_validator_answers_for_each_input(tmp_path: Path) -> None:
    def check(a: str, b: str) -> list[Any]:
        return [gr.validate(True, ""), gr.validate(b == "b", "Not b"), gr.validate(False, "More")]

    with gr.Blocks() as demo:
        first, second = gr.Textbox(), gr.Textbox()
        gr.Button().click(lambda a, b: a, [first, second], first, validator=check)
    with pytest.raises(Rejected) as refusal:
        await Harness(demo, tmp_path).join(0, "a", "c")
    detail: Any = refusal.value.detail
    assert [item.get("parameter_name") for item in detail] == [None, "b", "param_2"]
    assert detail[0] == {"is_valid": True, "message": ""}


@pytest.mark.parametrize(
    ("problem", "told"),
    [(gr.Error("Not now"), "Not now"), (ZeroDivisionError(), "The validator failed.")],
)
async def test_a_validator_that_fails_refuses_the_call(
    tmp_path: Path, problem: Exception, told: str
) -> None:
    def check(name: str) -> Any:
        raise problem

    with pytest.raises(Rejected, match=told) as refusal:
        await Harness(app(validator=check), tmp_path).join("run", "a")
    assert refusal.value.status == 400


# ---- pages that are closed -----------------------------------------------------------------------


async def test_closing_a_page_runs_its_unload_listeners(tmp_path: Path) -> None:
    closed: list[str | None] = []

    def unloaded(request: gr.Request) -> None:
        closed.append(request.session_hash)

    demo = app()
    with demo:
        demo.unload(unloaded)
        demo.unload(lambda: 1 / 0)
    harness = Harness(demo, tmp_path, state_ttl_s=0.01)
    await harness.call("run", "a")
    session = harness.runtime.session("s", None)
    assert session is not None
    harness.runtime.close_session(session)
    await asyncio.sleep(0.1)
    assert closed == ["s"]
    assert harness.runtime.session("s", None) is None


async def test_a_reader_that_comes_back_keeps_its_calls(tmp_path: Path) -> None:
    async def wait(name: str) -> str:
        await asyncio.sleep(0.1)
        return name

    harness = Harness(app(wait), tmp_path, resume_window_s=0.05)
    event_id = await harness.join("run", "a")
    session = harness.runtime.session("s", None, create=True)
    assert session is not None
    harness.runtime.presence.connected(session)
    harness.runtime.presence.disconnected(session)
    harness.runtime.presence.connected(session)
    messages = await harness.until(event_id, "process_completed")
    assert messages[-1]["output"]["data"] == ["a"]


async def test_a_call_that_is_cancelled_before_its_first_step_frees_its_place(
    tmp_path: Path,
) -> None:
    harness = Harness(app(concurrency_limit=1), tmp_path)
    event_id = await harness.join("run", "Ann")
    await harness.cancel(event_id)  # its task has been made, and has not run yet
    last = (await harness.until(event_id, "process_completed"))[-1]
    assert last["success"]
    assert await harness.value("run", "Bob") == "Hello Bob!"


async def test_cancelling_what_is_not_there_does_nothing(tmp_path: Path) -> None:
    harness = Harness(app(), tmp_path)
    await harness.cancel("0" * 32)
    await harness.call("run", "a")
    await harness.cancel("0" * 32)


# ---- functions of components ---------------------------------------------------------------------


class Tree(gr.Component, tag="tree"):
    """A component with functions for its browser half."""

    @server
    def children(self, path: str) -> list[str]:
        """What is in a folder."""
        return [f"{path}/a"]

    @server
    async def nothing(self, path: str) -> AsyncIterator[str]:
        """No value at all."""
        parts: list[str] = []
        for part in parts:
            yield part


async def test_a_components_function_can_be_called_by_its_page(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        tree, row = Tree(), gr.Row()
    harness = Harness(demo, tmp_path)
    call = harness.runtime.call_component
    assert await call(tree.block_id, "children", "s", "x", harness.request) == ["x/a"]
    assert await call(tree.block_id, "nothing", None, "x", harness.request) is None
    for number, name in ((tree.block_id, "setup"), (row.block_id, "children"), (99, "children")):
        with pytest.raises(Rejected, match=f"{number} offers no function '{name}'") as refusal:
            await call(number, name, None, "x", harness.request)
        assert refusal.value.status == 404


async def test_a_components_function_knows_the_props_that_were_changed(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "new.txt").write_text("x")
    with gr.Blocks() as demo:
        files = gr.FileExplorer(root_dir=str(tmp_path / "one"))
        other = str(tmp_path / "two")
        gr.Button().click(lambda: gr.FileExplorer(root_dir=other), None, files, api_name="turn")
    harness = Harness(demo, tmp_path / "cache")
    call = harness.runtime.call_component
    assert await call(files.block_id, "ls", "s", [], harness.request) == []
    await harness.call("turn")
    (found,) = await call(files.block_id, "ls", "s", [], harness.request)
    assert found["name"] == "new.txt"
    assert await call(files.block_id, "ls", "else", [], harness.request) == []
