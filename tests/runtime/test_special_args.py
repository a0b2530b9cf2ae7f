from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import io
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.request import Request
from limelight.runtime.rejected import Rejected
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


class Profile:
    """Marks an argument as a logged-in user's profile."""

    special_argument = "profile"


class Language(gr.Header):
    """Marks an argument as a header's text."""


PLAIN, TRACKED = gr.Progress(), gr.Progress(track_tqdm=True)


def app(fn: Any, **options: Any) -> gr.Blocks:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(fn, box, box, api_name="run", **options)
    return demo


async def test_arguments_of_the_runtime_stand_anywhere(tmp_path: Path) -> None:
    def ask(
        request: gr.Request,
        text: str,
        user_agent: gr.Header,
        *,
        bar: gr.Progress,
        data: gr.EventData | None = None,
    ) -> str:
        bar(0.5)
        key = data.key if data is not None else None
        return f"{text} {user_agent} {request.session_hash} {key}"

    harness = Harness(app(ask), tmp_path)
    harness.request = Request(headers={"User-Agent": "Firefox"})
    messages = await harness.call("run", "a", event_data={"key": "k"})
    assert messages[-1]["output"]["data"] == ["a Firefox s k"]
    assert "progress" in {m["msg"] for m in messages}


async def test_the_event_knows_what_fired_it(tmp_path: Path) -> None:
    def ask(text: str, data: gr.EventData) -> str:
        return type(data.target).__name__

    demo = app(ask)
    (box,) = demo.graph_.listeners[0].inputs
    harness = Harness(demo, tmp_path)
    assert await harness.value("run", "a", trigger_id=box.block_id) == "Textbox"
    assert await harness.value("run", "a", trigger_id=999) == "NoneType"


async def test_an_event_without_what_it_needs_fails_the_call(tmp_path: Path) -> None:
    def ask(text: str, data: gr.SelectData) -> str:
        return str(data.index)

    error = await Harness(app(ask), tmp_path).error("run", "a", event_data={})
    assert "SelectData needs the member 'index'" in error["error"]


async def test_a_profile_needs_a_log_in_unless_it_is_optional(tmp_path: Path) -> None:
    def needs(text: str, profile: Any) -> str:
        return text

    def may(text: str, profile: Any) -> str:
        return str(profile)

    needs.__annotations__["profile"] = Profile
    may.__annotations__["profile"] = Profile | None
    assert (await Harness(app(needs), tmp_path).error("run", "a"))["title"] == "Log-in needed"
    assert await Harness(app(may), tmp_path).value("run", "a") == "None"


async def test_an_argument_behind_a_missing_default_is_passed_by_name(tmp_path: Path) -> None:
    def ask(text: str, depth: int = 2, request: gr.Request | None = None) -> str:
        return f"{text} {depth} {request is not None}"

    assert await Harness(app(ask), tmp_path).value("run", "a") == "a 2 True"


async def test_inputs_can_be_passed_by_name(tmp_path: Path) -> None:
    def ask(text: str, *, depth: float) -> str:
        return f"{text} {depth}"

    with gr.Blocks() as demo:
        box, number = gr.Textbox(), gr.Number()
        box.submit(ask, box, box, inputs_kwargs={"depth": number})
    assert await Harness(demo, tmp_path).value(0, "a", 3) == "a 3"


# ---- files and texts that come beside the inputs -------------------------------------------------


def _file(path: str) -> dict[str, Any]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


async def _refused(harness: Harness, event_data: Any) -> str:
    with pytest.raises(Rejected) as refusal:
        await harness.join("run", "x", event_data=event_data)
    assert refusal.value.status == 400
    return str(refusal.value.detail)


@pytest.mark.parametrize("kind", [gr.DeletedFileData, gr.DownloadData, gr.SelectData])
async def test_an_event_names_only_files_that_its_caller_may_read(
    tmp_path: Path, kind: Any
) -> None:
    def tell(_: str, data: Any) -> str:
        file = data.value["image"] if kind is gr.SelectData else data.file
        return str(file["path"] if isinstance(file, dict) else file.path)

    tell.__annotations__["data"] = kind
    harness = Harness(app(tell), tmp_path / "cache")
    mine = harness.files.store_bytes(b"mine", "a.txt", None)
    theirs = harness.files.store_bytes(b"theirs", "a.txt", "somebody")

    def event(path: str) -> Any:
        file = _file(path)
        return {"index": 0, "value": {"image": file}} if kind is gr.SelectData else file

    assert await harness.value("run", "x", event_data=event(mine.handle)) == str(mine.path)
    for path in ("/etc/passwd", str(mine.path), theirs.handle, "http://127.0.0.1/a", "data:,a"):
        assert "not known here" in await _refused(harness, event(path))
    unmarked = {"index": 0, "value": {"image": {"path": "/etc/passwd"}}}
    assert "not an uploaded file" in await _refused(harness, unmarked)


@pytest.mark.parametrize("source", ["event", "header", "query"])
async def test_a_path_that_came_beside_the_inputs_is_not_opened(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")

    def event(_: str, data: gr.EventData) -> str:
        return str(data.name)

    def header(_: str, x_file: gr.Header) -> str:
        return x_file

    def query(_: str, request: gr.Request) -> str:
        return request.query_params["file"]

    with gr.Blocks() as demo:
        box, out = gr.Textbox(), gr.File()
        fn: Any = {"event": event, "header": header, "query": query}[source]
        box.submit(fn, box, out, api_name="run")
        box.submit(lambda _: "secret.txt", box, out, api_name="own")
    harness = Harness(demo, tmp_path / "cache")
    harness.request = Request(
        headers={"x-file": "secret.txt"}, query_params={"file": "secret.txt"}, method="POST"
    )
    assert (await harness.value("own", "x"))["orig_name"] == "secret.txt"
    members = {"event_data": {"name": "secret.txt"}} if source == "event" else {}
    last = (await harness.call("run", "x", **members))[-1]
    assert not last["success"]


async def test_a_header_class_takes_its_value_from_the_argument_name(tmp_path: Path) -> None:
    def tell(_: str, accept_language: Language, missing: Language | None = None) -> str:
        return f"{accept_language} {missing}"

    harness = Harness(app(tell), tmp_path)
    harness.request = Request(headers={"Accept-Language": "de"})
    assert await harness.value("run", "x") == "de None"


# ---- progress ------------------------------------------------------------------------------------


def _bars(messages: list[dict[str, Any]]) -> list[list[tuple[Any, ...]]]:
    return [
        [(u["desc"], u["index"], u["length"], u["unit"]) for u in m["progress_data"]]
        for m in messages
        if m["msg"] == "progress"
    ]


async def test_loops_of_tqdm_are_shown_while_the_call_runs(tmp_path: Path) -> None:
    auto: Any = importlib.import_module("tqdm.auto")  # it comes without types
    tqdm, trange = auto.tqdm, auto.trange
    seen: list[Any] = []

    def work(_: str, progress: gr.Progress = TRACKED) -> str:
        for _epoch in trange(2, desc="Epoch", disable=False, mininterval=0):
            with tqdm(total=4, desc="Batch", unit="b", disable=False) as bar:
                for _step in range(2):
                    bar.update(2)
                    seen.append([dict(t.unit_dict()) for t in progress.iterables])
                    time.sleep(0.005)
        return str(len(progress.iterables))

    def plain(_: str) -> str:
        return str(sum(tqdm(range(3), disable=False, file=io.StringIO())))

    def watched(_: str, bar: gr.Progress = TRACKED) -> str:
        total = 0
        for number in tqdm([1, 2, 3], desc="Sum", file=io.StringIO()):
            total += number
            time.sleep(0.005)
        return str(total + len(bar.iterables))

    with gr.Blocks() as demo:
        box = gr.Textbox()
        for fn in (work, plain, watched):
            box.submit(fn, box, box, api_name=fn.__name__, queue=fn is not plain)
    harness = Harness(demo, tmp_path)
    monkey = io.StringIO()
    with contextlib.redirect_stderr(monkey):
        messages = await harness.call("work", "x")
        assert messages[-1]["output"]["data"] == ["0"]
        first = [(u["desc"], u["index"], u["length"]) for u in seen[0]]
        assert first == [("Epoch", 0, 2), ("Batch", 2, 4)]
        last = [(u["desc"], u["index"], u["length"]) for u in seen[-1]]
        assert last == [("Epoch", 1, 2), ("Batch", 4, 4)]
        assert any(len(bars) == 2 for bars in _bars(messages))
        both = await asyncio.gather(
            harness.call("watched", "x", session="a"), harness.call("plain", "x", session="b")
        )
    assert both[0][-1]["output"]["data"] == ["6"]
    assert both[1][-1]["output"]["data"] == ["3"]
    assert {bar[0] for bars in _bars(both[0]) for bar in bars} == {"Sum"}
    assert _bars(both[1]) == []


async def test_progress_of_a_thread_of_the_function_is_told(tmp_path: Path) -> None:
    def work(_: str, progress: gr.Progress = PLAIN) -> str:
        thread = threading.Thread(target=progress, args=((1, 2),))
        thread.start()
        thread.join()
        time.sleep(0.01)
        return "done"

    harness = Harness(app(work), tmp_path)
    assert _bars(await harness.call("run", "x")) == [[(None, 1, 2, "steps")]]


async def test_without_tqdm_nothing_is_tracked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    def work(_: str, progress: gr.Progress = TRACKED) -> str:
        return str(progress.track_tqdm)

    assert await Harness(app(work), tmp_path).value("run", "x") == "True"
