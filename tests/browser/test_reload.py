"""A page that is loaded again goes on with the calls that run; one that is cut off says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.conftest import free_port
from tests.browser.harness import allow, ready
from tests.browser.proxy import Proxy
from tests.browser.test_transport import NET_ERRORS, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Serve

WAIT_S = 20


class Gated:
    """An app whose generator waits at each step for the test."""

    def __init__(self) -> None:
        self.port = 0
        self.gate = threading.Semaphore(0)
        self.calls = 0
        self.closed = threading.Event()
        with gr.Blocks() as self.demo:
            text = gr.Textbox(label="Text")
            told = gr.Textbox(label="Told")
            count = gr.State(0)
            again = gr.Button("Again", visible=False)
            tell = gr.Button("Tell")
            tell.click(lambda: gr.Button(visible=True), None, again, queue=False)
            story = tell.click(self.tell, count, [text, count])
            story.then(lambda n: f"told {n}", count, told)

    def tell(self, count: int, progress: gr.Progress = gr.Progress()) -> Iterator[tuple[str, int]]:  # noqa: B008
        """One word for each time that the gate is opened."""
        self.calls += 1
        try:
            words = ""
            for number in range(6):
                progress((number, 6), desc="Telling")
                self.gate.acquire(timeout=WAIT_S)
                words += f"w{number} "
                yield words, count + 1
        finally:
            self.closed.set()

    def step(self, count: int) -> None:
        """Let the function go on."""
        for _ in range(count):
            self.gate.release()


@pytest.fixture
def app(serve: Serve) -> Iterator[Gated]:
    """The app, running."""
    app = Gated()
    app.port = free_port()
    serve(app.demo, server_port=app.port)
    yield app
    app.step(20)


@pytest.mark.parametrize("blocks_sockets", [False, True], ids=["socket", "event stream"])
def test_a_page_that_is_loaded_again_in_mid_stream_shows_the_rest(
    page: Page, app: Gated, *, blocks_sockets: bool
) -> None:
    allow(page, NET_ERRORS)
    with Proxy(app.port, blocks_sockets=blocks_sockets) as proxy:
        ready(page, proxy.url)
        page.get_by_role("button", name="Tell").click()
        app.step(2)
        text_of(page, "Text", "w0 w1 ")
        page.reload()
        text_of(page, "Text", "w0 w1 ")
        expect(page.get_by_role("progressbar", name="Telling")).to_be_visible()
        expect(page.get_by_role("button", name="Again")).to_be_visible()
        app.step(1)
        text_of(page, "Text", "w0 w1 w2 ")
        page.reload()
        app.step(3)
        text_of(page, "Text", "w0 w1 w2 w3 w4 w5 ")
        text_of(page, "Told", "told 1")
        assert app.calls == 1
        # Nothing runs any more: the next page is a new one, with state of its own.
        page.reload()
        text_of(page, "Text", "")
        expect(page.get_by_role("button", name="Again")).to_be_hidden()
        app.step(6)
        page.get_by_role("button", name="Tell").click()
        text_of(page, "Told", "told 1")


@pytest.mark.parametrize("blocks_sockets", [False, True], ids=["socket", "event stream"])
@pytest.mark.parametrize("waits", [True, False], ids=["after it is shown", "as it is sent"])
def test_a_page_that_is_cut_off_at_each_message_ends_as_if_it_had_not_been(
    page: Page, app: Gated, *, blocks_sockets: bool, waits: bool
) -> None:
    allow(page, NET_ERRORS)
    with Proxy(app.port, blocks_sockets=blocks_sockets) as proxy:
        ready(page, proxy.url)
        page.get_by_role("button", name="Tell").click()
        words = ""
        for number in range(6):
            app.step(1)
            words += f"w{number} "
            if waits:
                text_of(page, "Text", words)
            proxy.cut()
        text_of(page, "Text", "w0 w1 w2 w3 w4 w5 ")
        text_of(page, "Told", "told 1")
        assert app.calls == 1


def test_a_result_that_came_while_the_page_was_loading_is_shown(page: Page, app: Gated) -> None:
    ready(page, f"http://127.0.0.1:{app.port}")
    page.get_by_role("button", name="Tell").click()
    app.step(1)
    text_of(page, "Text", "w0 ")
    page.goto("about:blank")
    app.step(5)
    assert app.closed.wait(WAIT_S)
    page.go_back()
    text_of(page, "Text", "w0 w1 w2 w3 w4 w5 ")
    text_of(page, "Told", "told 1")


PROGRAM = """
import time
import limelight as gr

def slow():
    yield "half"
    time.sleep(60)

with gr.Blocks() as demo:
    gr.Button("Go").click(slow, None, gr.Textbox(label="Text"))
demo.launch(server_port={port}, quiet=True)
"""


def test_a_killed_server_leaves_a_clear_error_and_no_endless_wait(
    page: Page, tmp_path: Path
) -> None:
    allow(page, NET_ERRORS)
    port = free_port()
    program = tmp_path / "app.py"
    program.write_text(PROGRAM.format(port=port))
    process = _start(program, port)
    try:
        ready(page, f"http://127.0.0.1:{port}")
        page.get_by_role("button", name="Go", exact=True).click()
        text_of(page, "Text", "half")
        process.send_signal(signal.SIGKILL)
        process.wait()
        expect(page.get_by_text("Connection Lost. Reconnecting…")).to_be_visible()
        process = _start(program, port)
        expect(page.get_by_text("This app was updated.")).to_be_visible(timeout=15_000)
        expect(page.get_by_text("and the result with it").first).to_be_visible()
        expect(page.locator('[data-testid="status-tracker"].generating')).to_have_count(0)
    finally:
        process.kill()
        process.wait()


def _start(program: Path, port: int) -> subprocess.Popen[bytes]:
    import urllib.request

    process = subprocess.Popen(  # the program above
        [sys.executable, str(program)], env={**os.environ}, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/gradio_api/app_id", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    raise AssertionError("the app did not start")
