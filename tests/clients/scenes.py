"""The app that the clients talk to: each function is an endpoint of its name."""

from __future__ import annotations

import shutil
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

__all__ = ["Stage", "serve"]

PATIENCE_S = 20.0


class Stage:
    """The app, and the strings by which a test holds its functions."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        """Opened by a test to let `wait`, `report` and `progress` go on."""
        self.has_begun = threading.Semaphore(0)
        """Released by each call of `wait`, `report` and `progress` that has begun."""
        self.ended: list[str] = []
        """Names whose `forever` has ended."""
        self.has_ended = threading.Event()
        self.has_unloaded = threading.Event()
        """Set when a session's page, or client, went away."""
        self.batches: list[int] = []
        """Sizes of the batches that `double` has worked on."""
        self.demo = self._build()

    # ---- endpoints ---------------------------------------------------------------------------

    def greet(self, name: str, times: float = 1) -> str:
        """Greets somebody, several times if asked to.

        Args:
            name: Whom.
        """
        return " ".join([f"Hello {name}"] * int(times))

    def measure(self, text: str) -> tuple[int, str]:
        return len(text), text.upper()

    def tally(
        self, text: str, tags: list[str] | None = None, step: int = 2
    ) -> tuple[int, dict[str, int]]:
        return len(text) * step, {tag: (tags or []).count(tag) for tag in tags or []}

    def nothing(self) -> None:
        pass

    def words(self, count: float) -> Iterator[str]:
        text = ""
        for number in range(int(count)):
            text += f"w{number} "
            yield text

    async def grow(self, count: float) -> Any:
        rows: list[Any] = []
        for number in range(int(count)):
            rows = [*rows, {"n": number}]
            yield rows, len(rows)

    def shrink(self) -> Iterator[str]:
        yield "abc"
        yield "ab"
        yield "xyz"

    def forever(self, name: str) -> Iterator[str]:
        try:
            for number in range(10_000):
                yield f"{name}{number}"
                self.gate.wait(0.01)
        finally:
            self.ended.append(name)
            self.has_ended.set()

    def wait(self, name: str) -> str:
        self.has_begun.release()
        assert self.gate.wait(PATIENCE_S)
        return f"{name} waited"

    def refuse(self, name: str) -> str:
        raise gr.Error(f"no {name} <b>today</b>", title="Sorry", duration=3, visible=False)

    def refuse_plainly(self, name: str) -> str:
        raise gr.Error(f"no {name}")

    def crash(self, name: str) -> str:
        raise ZeroDivisionError(f"secret of {name}")

    def stop_midway(self, name: str) -> Iterator[str]:
        yield name
        raise gr.Error("stopped midway")

    def add(self, number: float, total: float) -> tuple[float, float]:
        return total + number, total + number

    def copy(self, path: str) -> str:
        target = Path(tempfile.mkdtemp(dir=self.folder)) / "copy of it.txt"
        shutil.copyfile(path, target)
        return str(target)

    def names(self, paths: list[str] | None) -> list[str]:
        return [Path(path).name for path in paths or []]

    def reversed_files(self, paths: list[str]) -> list[str]:
        return paths[::-1]

    def flip(self, picture: Any) -> Any:
        return picture[:, ::-1]

    def double(self, numbers: list[float]) -> tuple[list[float]]:
        self.batches.append(len(numbers))
        return ([number * 2 for number in numbers],)

    def report(self, name: str) -> str:
        gr.Info("about to wait", title="Note", duration=4)
        self.wait(name)
        gr.Warning("have waited")
        return name

    def progress(self, name: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008  # how it is asked for
        progress((3, 10), desc="counting", unit="pages")
        return self.wait(name)

    def is_short(self, name: str) -> Any:
        return gr.validate(len(name) < 5, "too long")

    def who(self, request: gr.Request) -> Any:
        return {"user": request.headers["x-gradio-user"], "session": request.session_hash}

    # ---- the app -----------------------------------------------------------------------------

    def _build(self) -> gr.Blocks:
        self.folder = tempfile.mkdtemp(prefix="scene-")
        with gr.Blocks(title="Scene") as demo:
            name = gr.Textbox(label="Name")
            out = gr.Textbox(label="Answer")
            number = gr.Number(label="Number", value=2, precision=0)
            count = gr.Number(label="Count")
            total = gr.State(0)
            made = gr.JSON(label="Made")
            one = gr.File(label="One")
            many = gr.File(label="Many", file_count="multiple")
            picture = gr.Image(label="Picture", format="png")
            on = gr.Button("Go").click
            on(self.greet, [name, number], out)
            on(self.measure, name, [count, out])
            on(self.nothing, None, None)
            on(self.words, number, out)
            on(self.grow, number, [made, count])
            on(self.shrink, None, out)
            on(self.forever, name, out, concurrency_limit=None)
            on(self.wait, name, out, concurrency_limit=4)
            on(self.refuse, name, out)
            on(self.refuse_plainly, name, out)
            on(self.crash, name, out)
            on(self.stop_midway, name, out)
            on(self.add, [count, total], [count, total])
            on(self.copy, one, one)
            on(self.names, many, made)
            on(self.reversed_files, many, many)
            on(self.flip, picture, picture)
            on(self.double, count, count, batch=True, max_batch_size=4)
            on(self.report, name, out)
            on(self.progress, name, out)
            on(self.greet, [name, number], out, api_name="short", validator=self._validator())
            on(self.greet, [name, number], out, api_name="direct", queue=False)
            on(self.words, number, out, api_name="direct_words", queue=False)
            on(
                self.greet,
                [name, number],
                out,
                api_name="undocumented",
                api_visibility="undocumented",
            )
            on(self.greet, [name, number], out, api_name="private", api_visibility="private")
            on(self.who, None, made)
            gr.api(self.tally)
            demo.unload(self.has_unloaded.set)
        return demo

    def _validator(self) -> Any:
        return lambda name, _times: [self.is_short(name), gr.validate(is_valid=True, message="")]


@contextmanager
def serve(demo: gr.Blocks, **given: Any) -> Generator[str]:
    """Address of a real server of the app, without a final slash."""
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1", **given)
    try:
        yield url.rstrip("/")
    finally:
        demo.close(verbose=False)
