from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.rehearsal import ExampleFailed
from limelight.errors import PropError
from limelight.settings import Settings
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".limelight" / "cached_examples"


def settings_are(monkeypatch: pytest.MonkeyPatch, **given: Any) -> None:
    monkeypatch.setattr("limelight.app.examples.settings", lambda: Settings(**given))


def app(fn: Any, rows: Any = ("a", "b"), **options: Any) -> tuple[gr.Blocks, gr.Examples]:
    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        out = gr.Textbox(label="Out")
        options = {"cache_examples": True, **options}
        made = gr.Examples(list(rows), name, out, fn, **options)
    return demo, made


async def test_all_results_are_computed_before_anybody_clicks(tmp_path: Path) -> None:
    calls: list[str] = []

    def shout(name: str) -> str:
        calls.append(name)
        return f"{name}!"

    demo, made = app(shout)
    harness = Harness(demo, tmp_path / "files")
    await harness.runtime.prepare()
    assert calls == ["a", "b"]
    assert await harness.value("load_example_input", 1) == "b"
    assert await harness.value("load_example", 1) == "b!"
    assert await harness.value("load_example", None) == {"__type__": "update"}
    assert calls == ["a", "b"]
    assert made.load_from_cache(0) == ["a!"]


async def test_results_outlive_the_app(tmp_path: Path) -> None:
    calls: list[str] = []

    def shout(name: str) -> str:
        calls.append(name)
        return f"{name}!"

    for _ in range(2):
        demo, _made = app(shout)
        await Harness(demo, tmp_path / "files").runtime.prepare()
    assert calls == ["a", "b"]


async def test_the_listeners_are_those_that_clients_know(tmp_path: Path) -> None:
    demo, made = app(lambda name: name)
    listeners = {x.api_name: x for x in demo.graph_.listeners.values()}
    assert list(listeners) == [
        "load_example_input",
        "load_example",
        "load_example_input_1",
        "load_example_output",
    ]
    assert listeners["load_example"].trigger_after is listeners["load_example_input"]
    assert listeners["load_example_output"].targets == [(demo, "load")]
    assert {x.api_visibility for x in listeners.values()} == {"undocumented"}
    assert [x.queue for x in listeners.values()] == [False, True, False, True]
    assert (made.load_input_event is not None, made.cache_event is not None) == (True, True)
    harness = Harness(demo, tmp_path / "files")
    assert await harness.value("load_example_output", None) == "a"


@pytest.mark.parametrize("options", [{"preload": False}, {"cache_mode": "lazy"}, {"preload": 7}])
def test_without_preload_nothing_is_loaded_with_the_page(options: dict[str, Any]) -> None:
    demo, _ = app(lambda name: name, **options)
    assert [x.api_name for x in demo.graph_.listeners.values()] == [
        "load_example_input",
        "load_example",
    ]


async def test_lazy_results_are_computed_by_the_first_click_only(tmp_path: Path) -> None:
    calls: list[str] = []

    async def shout(name: str) -> str:
        calls.append(name)
        await asyncio.sleep(0.01)
        return f"{name}!"

    demo, made = app(shout, cache_mode="lazy")
    assert made.cache_examples == "lazy"
    harness = Harness(demo, tmp_path / "files")
    await harness.runtime.prepare()
    assert calls == []
    with pytest.raises(PropError, match="No result of example 0 is kept"):
        made.load_from_cache(0)
    both = [harness.call("load_example", 0, session=s) for s in ("s1", "s2")]
    results = await asyncio.gather(*both)
    assert [r[-1]["output"]["data"] for r in results] == [["a!"], ["a!"]]
    assert calls == ["a"]


async def test_notices_of_a_lazy_run_reach_who_clicked(tmp_path: Path) -> None:
    def shout(name: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        progress(0.5, desc="Half")
        gr.Info("computing")
        return name

    demo, _ = app(shout, cache_mode="lazy")
    harness = Harness(demo, tmp_path / "files")
    first = [m["msg"] for m in await harness.call("load_example", 0)]
    assert {"log", "progress"} <= set(first)
    assert "log" not in [m["msg"] for m in await harness.call("load_example", 0)]


async def test_all_steps_of_a_generator_are_replayed(tmp_path: Path) -> None:
    calls: list[str] = []

    def spell(name: str) -> Iterator[str]:
        calls.append(name)
        for end in range(1, 4):
            yield (name * 3)[:end]

    async def spell_async(name: str) -> AsyncIterator[str]:
        for step in spell(name):
            yield step

    for fn in (spell, spell_async):
        calls.clear()
        demo, _ = app(fn)
        harness = Harness(demo, tmp_path / fn.__name__)
        await harness.runtime.prepare()
        messages = await harness.call("load_example", 0)
        assert [m["msg"] for m in messages].count("process_generating") == 3
        assert messages[-1]["output"]["data"] == ["aaa"]
        assert calls == ["a", "b"]


async def test_a_generator_that_is_cut_off_is_not_kept(tmp_path: Path, folder: Path) -> None:
    async def endless(name: str) -> AsyncIterator[str]:
        while True:
            yield name
            await asyncio.sleep(0.001)

    demo, _ = app(endless, cache_mode="lazy")
    harness = Harness(demo, tmp_path / "files")
    event = await harness.join("load_example", 0)
    await harness.until(event, "process_generating")
    await harness.cancel(event)
    await harness.until(event, "process_completed")
    await harness.runtime.close()
    assert not folder.exists()


async def test_a_batch_function_gets_one_row_at_a_time(tmp_path: Path) -> None:
    def shout(names: list[str]) -> list[list[str]]:
        return [[f"{name}!" for name in names]]

    demo, _ = app(shout, batch=True)
    harness = Harness(demo, tmp_path / "files")
    await harness.runtime.prepare()
    assert await harness.value("load_example", 1) == "b!"


async def test_empty_cells_and_untouched_inputs_have_a_value(tmp_path: Path) -> None:
    def tell(name: str, age: float | None, town: str) -> tuple[str, str]:
        return f"{name} {age}", town

    with gr.Blocks() as demo:
        name, age, town = gr.Textbox(), gr.Number(), gr.Textbox("Paris")
        one, two = gr.Textbox(), gr.Textbox()
        rows: list[Any] = [["Ada", 36], ["Bob"]]
        gr.Examples(rows, [name, age, town], [one, two], tell, cache_examples=True)
    harness = Harness(demo, tmp_path / "files")
    last = (await harness.call("load_example", 1))[-1]
    assert last["output"]["data"] == ["Bob None", "Paris"]
    assert (await harness.call("load_example_input", 1))[-1]["output"]["data"] == ["Bob", None]


async def test_files_are_kept_with_the_result(tmp_path: Path, folder: Path) -> None:
    import numpy as np

    def paint(name: str) -> tuple[Any, str]:
        Path("made.txt").write_text(name)
        return np.full((2, 2, 3), 255, "uint8"), "made.txt"

    def build() -> gr.Blocks:
        with gr.Blocks() as demo:
            name, image, file = gr.Textbox(), gr.Image(), gr.File()
            gr.Examples(["a"], name, [image, file], paint, cache_examples=True)
        return demo

    await Harness(build(), tmp_path / "one").runtime.prepare()
    Path("made.txt").unlink()
    kept = sorted(p.name for p in folder.glob("*/*"))
    assert kept == ["0-image.webp", "1-made.txt", "result.json"]
    harness = Harness(build(), tmp_path / "two")  # nothing of the first run's files is known here
    image, file = (await harness.call("load_example", 0))[-1]["output"]["data"]
    assert (image["orig_name"], file["orig_name"]) == ("image.webp", "made.txt")
    assert harness.files.resolve(file["path"], None).path.read_text() == "a"
    assert image["meta"] == {"_type": "gradio.FileData"}
    assert str(folder) not in json.dumps([image, file])


async def test_what_is_broken_on_disk_is_computed_again(tmp_path: Path, folder: Path) -> None:
    demo, _ = app(lambda name: f"{name}!", rows=["a"])
    await Harness(demo, tmp_path / "one").runtime.prepare()
    (result,) = folder.glob("*/result.json")
    for broken in ("", "{", "[]", '{"format": 1}', '{"format": 99, "steps": [["old"]]}'):
        result.write_text(broken)
        demo, _ = app(lambda name: f"{name}!", rows=["a"])
        assert await Harness(demo, tmp_path / "two").value("load_example", 0) == "a!"
    assert not list(folder.glob(".*"))


async def test_a_changed_row_or_function_has_a_result_of_its_own(tmp_path: Path) -> None:
    def build(fn: Any, row: str) -> Harness:
        return Harness(app(fn, rows=[row])[0], tmp_path / "files")

    path = tmp_path / "example.txt"
    path.write_text("one")
    read: Any = lambda name: Path(name).read_text()  # noqa: E731
    assert await build(lambda x: x + "1", "a").value("load_example", 0) == "a1"
    assert await build(lambda x: x + "2", "a").value("load_example", 0) == "a2"
    assert await build(lambda x: x + "2", "b").value("load_example", 0) == "b2"
    assert await build(read, str(path)).value("load_example", 0) == "one"
    path.write_text("three")
    assert await build(read, str(path)).value("load_example", 0) == "three"


async def test_odd_texts_in_rows_are_texts(tmp_path: Path) -> None:
    rows = ["long " * 1000, "a\0b", "", "two\nlines"]
    demo, made = app(lambda name: name, rows=rows)
    await Harness(demo, tmp_path / "files").runtime.prepare()
    assert [made.load_from_cache(number) for number in range(4)] == [[row] for row in rows]
    (tmp_path / "log.csv").write_text(f"name\n{'long ' * 1000}\n")
    with gr.Blocks():
        read = gr.Examples(str(tmp_path), [gr.Textbox()])
    assert read.examples == [["long " * 1000]]


async def test_kept_results_can_be_thrown_away_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def shout(name: str) -> str:
        calls.append(name)
        return f"{name}!"

    await Harness(app(shout, rows=["a"])[0], tmp_path / "files").runtime.prepare()
    settings_are(monkeypatch, reset_examples_cache=True)
    await Harness(app(shout, rows=["a"])[0], tmp_path / "files").runtime.prepare()
    assert calls == ["a", "a"]


def test_the_settings_say_what_the_author_leaves_open(monkeypatch: pytest.MonkeyPatch) -> None:
    settings_are(monkeypatch, cache_examples=True, examples_cache="kept")
    _, made = app(str, cache_examples=None)
    assert (made.cache_examples, made.cached_folder) == (True, Path("kept"))
    assert app(None, cache_examples=None)[1].cache_examples is False
    assert app(str, cache_examples=False)[1].cache_examples is False
    settings_are(monkeypatch, cache_examples=True, cache_mode="lazy")
    assert app(str, cache_examples=None)[1].cache_examples == "lazy"
    assert app(str, cache_examples=None, cache_mode="eager")[1].cache_examples is True


async def test_a_failure_names_the_row(tmp_path: Path) -> None:
    def fail(name: str) -> str:
        raise ValueError(f"no {name}")

    demo, _ = app(fail, label="Names")
    harness = Harness(demo, tmp_path / "files")
    text = r"Example 0 of 'Names', \['a'\], has no result: fail\(\) failed \(ValueError: no a\)"
    with pytest.raises(ExampleFailed, match=text):
        await harness.runtime.prepare()


async def test_who_clicks_reads_what_the_author_says(tmp_path: Path) -> None:
    def fail(name: str) -> str:
        raise gr.Error(f"No {name} today")

    demo, _ = app(fail, cache_mode="lazy")
    harness = Harness(demo, tmp_path / "files")
    assert (await harness.error("load_example", 0))["error"] == "No a today"


def test_a_mounted_app_computes_before_it_serves() -> None:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    demo, made = app(lambda name: f"{name}!")
    parent = Starlette()
    gr.mount_gradio_app(parent, demo, "/sub")
    with pytest.raises(PropError, match="is kept"):
        made.load_from_cache(0)
    with TestClient(parent):
        assert made.load_from_cache(0) == ["a!"]


def test_launch_computes_first_and_tells_of_failures(tmp_path: Path) -> None:
    calls: list[str] = []

    def shout(name: str) -> str:
        calls.append(name)
        if name == "bad":
            raise ValueError("bad name")
        return name

    demo, _ = app(shout)
    demo.launch(prevent_thread_lock=True, quiet=True)
    demo.close(verbose=False)
    assert calls == ["a", "b"]
    demo, _ = app(shout, rows=["bad"])
    with pytest.raises(ExampleFailed, match="bad name"):
        demo.launch(prevent_thread_lock=True, quiet=True)
    demo.close(verbose=False)
    _ = tmp_path


async def test_results_cannot_be_computed_without_a_running_app() -> None:
    _, made = app(str)
    with pytest.raises(PropError, match="Launch it first"):
        await made.cache(0)


async def test_an_app_inside_an_app_brings_its_examples(tmp_path: Path) -> None:
    inner, _ = app(lambda name: name)
    with gr.Blocks() as demo:
        inner.render()
    assert len(demo.graph_.preparations) == 1
    harness = Harness(demo, tmp_path / "files")
    await harness.runtime.prepare()
    assert await harness.value("load_example", 0) == "a"


async def test_an_interface_keeps_results_of_its_examples(tmp_path: Path) -> None:
    demo = gr.Interface(
        lambda names: [[f"{n}!" for n in names]], "text", "text", ["a"], cache_examples=True,
        batch=True, api_name="go",
    )  # fmt: skip
    harness = Harness(demo, tmp_path / "files")
    await harness.runtime.prepare()
    assert await harness.value("load_example", 0) == "a!"


async def test_long_streams_are_thinned(tmp_path: Path) -> None:
    def count(name: str) -> Iterator[str]:
        for number in range(1000):
            yield f"{name}{number}"

    demo, _ = app(count, rows=["a"])
    harness = Harness(demo, tmp_path / "files")
    await harness.runtime.prepare()
    began_s = time.monotonic()
    messages = await harness.call("load_example", 0)
    assert messages[-1]["output"]["data"] == ["a999"]
    assert len(messages) <= 260
    assert time.monotonic() - began_s < 4
