from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.filedata import FileData
from limelight.core.listener import Listener
from limelight.runtime.rehearsal import Rehearsal
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import Iterator


def stage(tmp_path: Path) -> tuple[Rehearsal, list[Any]]:
    with gr.Blocks() as demo:
        blocks: list[Any] = [gr.Textbox(), gr.File(), gr.State(5)]
    runtime = Harness(demo, tmp_path).runtime
    return Rehearsal(runtime.worker, runtime.files, runtime.clock), blocks


async def test_a_function_is_run_in_nobodys_session(tmp_path: Path) -> None:
    rehearsal, (text, file, state) = stage(tmp_path)
    out = tmp_path / "out.txt"

    def work(name: str, path: str, number: int) -> tuple[str, str]:
        gr.Info("said to nobody")
        out.write_text(Path(path).read_text() + name)
        return f"{name} {number}", str(out)

    given = tmp_path / "in.txt"
    given.write_text("in ")
    listener = Listener([], work, inputs=[text, file, state], outputs=[text, file])
    ((said, made),) = [s async for s in rehearsal.perform(listener, ["Ada", str(given), None])]
    assert said == "Ada 5"
    assert isinstance(made, FileData)
    assert Path(made.path).read_text() == "in Ada"


async def test_a_generator_that_is_left_is_closed(tmp_path: Path) -> None:
    rehearsal, (text, _, _) = stage(tmp_path)
    closed: list[bool] = []

    def count(name: str) -> Iterator[str]:
        try:
            yield from (name, name * 2, name * 3)
        finally:
            closed.append(True)

    steps = rehearsal.perform(Listener([], count, inputs=[text], outputs=[text]), ["a"])
    assert await anext(steps) == ["a"]
    await steps.aclose()
    assert closed == [True]


async def test_a_failure_is_passed_on(tmp_path: Path) -> None:
    rehearsal, (text, _, _) = stage(tmp_path)

    def fail(name: str) -> str:
        raise ValueError(name)

    steps = rehearsal.perform(Listener([], fail, inputs=[text], outputs=[text]), ["no"])
    with pytest.raises(ValueError, match="no"):
        await anext(steps)
