"""`limelight run --reload` while an author edits the file of a browser half: the state stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port
from tests.browser.harness import ROOT, allow, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytest.importorskip("anywidget")

APP = """
from pathlib import Path

import anywidget
import limelight as gr
import traitlets

here = Path(__file__).parent


class Stars(gr.Component):
    stars: int = 3
    _esm = here / "half.js"
    _css = here / "half.css"


class Widget(anywidget.AnyWidget):
    _esm = here / "half.js"
    _css = here / "half.css"
    stars = traitlets.Int(3).tag(sync=True)


with gr.Blocks() as demo:
    own = Stars(label="Own")
    widget = gr.AnyWidget(Widget, label="Widget")
    note = gr.Textbox(label="Note")
    said = gr.Textbox(label="Said")
    gr.Button("Tell").click(lambda s, w: f"{s['stars']} {w.stars}", [own, widget], said)
    gr.Button("Widget to 9").click(lambda: {"stars": 9}, None, widget)
"""

ESM = """
export default {
  initialize({ model }) { model.begun = "SIGN"; },
  render({ model, el, signal }) {
    const button = document.createElement("button");
    const draw = () => (button.textContent = `SIGN ${model.get("stars")}`);
    button.onclick = () => { model.set("stars", model.get("stars") + 1); model.save_changes(); };
    model.on("change:stars", draw);
    draw();
    el.append(button);
    signal.addEventListener("abort", () => (document.body.dataset.aborted = "SIGN"));
    return () => (document.body.dataset.cleaned = (document.body.dataset.cleaned ?? "") + "SIGN");
  },
};
"""
CSS = "button { letter-spacing: 1px }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With an app and the browser half that both of its components have."""
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "half.js").write_text(ESM.replace("SIGN", "first"))
    (tmp_path / "half.css").write_text(CSS)
    return tmp_path


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    """The app, served by `limelight run --reload`."""
    port = free_port()
    command = [sys.executable, "-m", "limelight", "run", str(folder / "app.py"), "--reload"]
    process = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT)
    url = f"http://127.0.0.1:{port}/"
    last_s = time.monotonic() + 60
    while time.monotonic() < last_s:
        try:
            urllib.request.urlopen(url + "config", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    os.kill(process.pid, signal.SIGTERM)
    process.wait(20)


def write(path: Path, text: str) -> None:
    """Save a file as editors do: never half of it is there."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)


def tell(page: Page, text: str) -> None:
    """What Python knows."""
    page.get_by_role("button", name="Tell").click()
    expect(page.get_by_label("Said")).to_have_value(text)


@pytest.mark.timeout(90)
def test_an_edited_half_is_swapped_and_the_state_stays(folder: Path, url: str, page: Page) -> None:
    ready(page, url)
    page.evaluate("() => (window.isSamePage = true)")
    own = page.get_by_role("group", name="Own").get_by_role("button")
    widget = page.get_by_role("group", name="Widget").get_by_role("button")
    own.click()
    widget.click()
    widget.click()
    expect(own).to_have_text("first 4")
    expect(widget).to_have_text("first 5")
    page.get_by_label("Note").fill("not sent")
    tell(page, "4 5")

    write(folder / "half.js", ESM.replace("SIGN", "second"))
    expect(own).to_have_text("second 4")
    expect(widget).to_have_text("second 5")
    expect(page.locator("body")).to_have_attribute("data-aborted", "first")
    expect(page.locator("body")).to_have_attribute("data-cleaned", "firstfirst")
    own.click()
    expect(own).to_have_text("second 5")
    page.get_by_role("button", name="Widget to 9").click()
    expect(widget).to_have_text("second 9")
    tell(page, "5 9")

    element = own.element_handle()
    write(folder / "half.css", "button { letter-spacing: 3px }")
    expect(own).to_have_css("letter-spacing", "3px")
    expect(widget).to_have_css("letter-spacing", "3px")
    assert element is not None
    assert element.evaluate("element => element.isConnected"), "CSS alone draws nothing anew"

    # A mistake is said, and mended by the next edit.
    allow(page, "browser half|SyntaxError|could not be drawn|Unexpected")
    write(folder / "half.js", "export default { render( }")
    expect(page.get_by_role("note")).to_have_count(2)
    write(folder / "half.js", ESM.replace("SIGN", "third"))
    expect(own).to_have_text("third 5")
    expect(widget).to_have_text("third 9")
    expect(page.get_by_role("note")).to_have_count(0)
    widget.click()
    tell(page, "5 10")
    expect(page.get_by_label("Note")).to_have_value("not sent")
    assert page.evaluate("() => window.isSamePage"), "the page was not loaded again"

    # Who comes later gets the newest half.
    page.reload()
    expect(own).to_have_text("third 3")


@pytest.mark.timeout(90)
def test_an_edited_script_starts_the_app_again(folder: Path, url: str, page: Page) -> None:
    allow(page, "WebSocket|net::ERR_|Failed to load")
    ready(page, url)
    write(folder / "app.py", APP.replace('label="Note"', 'label="Remark"'))
    page.get_by_role("button", name="Reload").click(timeout=30_000)
    expect(page.get_by_label("Remark")).to_be_visible()
