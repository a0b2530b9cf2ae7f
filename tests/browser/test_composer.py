"""A message with files: how they get into it, what is told on the way, and what Python gets."""

from __future__ import annotations

import re
import wave
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.app_with_all import SAMPLES
from tests.browser.harness import (
    Ear,
    allow,
    assert_fits,
    assert_no_barriers,
    eventually,
    picture,
    place_of,
    ready,
    until,
)
from tests.browser.test_sources import give
from tests.browser.test_touch import assert_nothing_is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page, Route

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
LETTER, PAGE = SAMPLES / "letter.jpg", SAMPLES / "page.png"
PASTE_TEXT = """([target, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const options = { bubbles: true, cancelable: true, clipboardData: data };
  document.querySelector(target).dispatchEvent(new ClipboardEvent("paste", options));
}"""
DENY = """navigator.mediaDevices.getUserMedia =
  () => Promise.reject(new DOMException("Permission denied", "NotAllowedError"));"""


def said(message: dict[str, Any]) -> tuple[str, list[str]]:
    """Text and names of the files."""
    return message["text"], [Path(file).name for file in message["files"]]


class App:
    """A composer whose messages are heard, and answered for a while."""

    def __init__(self) -> None:
        self.ear = Ear()
        with gr.Blocks() as self.demo:
            gr.Markdown("# Ask")
            self.message = gr.MultimodalTextbox(
                label="Message",
                placeholder="Ask about your files",
                sources=["upload", "microphone"],
                file_count="multiple",
                elem_id="message",
                max_plain_text_length=200,
            )
            gr.MultimodalTextbox(
                {"text": "An answer", "files": [str(PAGE), __file__]},
                label="Answer",
                interactive=False,
            )
            self.message.submit(self.take, self.message, self.message)

    def take(self, message: dict[str, Any]) -> dict[str, Any]:
        self.ear.note(said(message))
        return {"text": "", "files": []}


@pytest.fixture(scope="module")
def app(serve: Serve) -> App:
    """The app, served."""
    app = App()
    serve(app.demo)
    return app


@pytest.fixture
def shown(page: Page, app: App) -> Page:
    """The app on a desktop."""
    app.ear.forget()
    assert app.demo.local_url is not None
    return ready(page, app.demo.local_url)


def words(page: Page) -> Locator:
    """The field for text."""
    return page.get_by_label("Message", exact=True)


def attached(page: Page) -> Locator:
    """The files of the message."""
    return page.locator("#message").get_by_role("listitem")


def test_a_message_is_typed_and_sent(shown: Page, app: App) -> None:
    words(shown).fill("Dear")
    words(shown).press("End")
    words(shown).press("Shift+Enter")
    words(shown).press_sequentially("all")
    words(shown).press("Enter")
    app.ear.expect(("Dear\nall", []))
    expect(words(shown)).to_have_value("")
    expect(words(shown)).to_be_focused()
    words(shown).fill("Again")
    shown.get_by_test_id("submit-button").first.click()
    app.ear.expect(("Again", []))


def test_text_waits_for_nothing_that_files_need(page: Page, serve: Serve) -> None:
    ear = Ear()
    with gr.Blocks() as demo:
        message = gr.MultimodalTextbox(label="Message", elem_id="message")
        message.submit(lambda message: ear.note(said(message)), message)
    held: list[Route] = []
    page.route("**/assets/files-*.js", lambda route: held.append(route))
    ready(page, serve(demo))
    words(page).fill("Dear all")
    words(page).press("Enter")
    ear.expect(("Dear all", []))
    assert held == []
    page.get_by_test_id("file-upload").set_input_files(PAGE)
    expect(page.get_by_test_id("submit-button")).to_be_disabled()
    words(page).press("Enter")
    expect(page.get_by_text("Files are still being uploaded.")).to_be_attached()
    eventually(page, lambda: held)
    held[0].continue_()
    expect(page.get_by_role("button", name="Remove file page.png")).to_be_visible()
    words(page).press("Enter")
    ear.expect(("Dear all", ["page.png"]))


def test_every_event_reaches_python(page: Page, serve: Serve) -> None:
    ear = Ear()
    with gr.Blocks() as demo:
        message = gr.MultimodalTextbox(label="Message", stop_btn=True, elem_id="message")

        def hear(event: str) -> None:
            def note(message: dict[str, Any], data: gr.EventData) -> None:
                ear.note((event, said(message), data._data))

            getattr(message, event)(note, message, trigger_mode="multiple", concurrency_limit=None)

        for event in ("change", "input", "select", "submit", "focus", "blur", "stop"):
            hear(event)
    ready(page, serve(demo))
    words(page).focus()
    ear.expect(("focus", ("", []), None))
    page.keyboard.press("a")
    ear.expect_all(("input", ("a", []), None), ("change", ("a", []), None))
    page.keyboard.press("Shift+ArrowLeft")
    ear.expect(("select", ("a", []), {"value": "a", "index": [0, 1]}))
    page.keyboard.press("Enter")
    ear.expect(("submit", ("a", []), None))
    page.keyboard.press("Tab")
    ear.expect(("blur", ("a", []), None))
    page.get_by_role("button", name="Stop").click()
    ear.expect(("stop", ("a", []), None))
    page.get_by_test_id("file-upload").set_input_files(PAGE)
    full = ("a", [PAGE.name])
    ear.expect_all(("input", full, None), ("change", full, None))
    page.get_by_role("button", name=f"Remove file {PAGE.name}").click()
    ear.expect_all(("input", ("a", []), None), ("change", ("a", []), None))


def test_files_come_by_button_drop_and_paste(shown: Page, app: App) -> None:
    with shown.expect_file_chooser() as chosen:
        shown.locator("#message").get_by_role("button", name="Upload a file").click()
    assert chosen.value.is_multiple()
    chosen.value.set_files([LETTER, PAGE])
    expect(attached(shown).get_by_role("button", name="Remove file")).to_have_count(2)
    expect(shown.get_by_alt_text("letter.jpg")).to_be_visible()
    give(shown, "drop", "#message .composer")
    give(shown, "paste", "#message textarea")
    expect(attached(shown).get_by_role("button", name="Remove file")).to_have_count(4)
    shown.get_by_role("button", name="Remove file letter.jpg").click()
    expect(attached(shown)).to_have_count(3)
    words(shown).press("Enter")
    app.ear.expect(("", ["page.png", "given.png", "given.png"]))
    expect(attached(shown)).to_have_count(0)


def test_a_long_text_becomes_a_file(shown: Page, app: App) -> None:
    shown.evaluate(PASTE_TEXT, ["#message textarea", "long " * 41])
    expect(shown.get_by_role("button", name="Remove file pasted_text.txt")).to_be_visible()
    expect(words(shown)).to_have_value("")
    words(shown).press("Enter")
    app.ear.expect(("", ["pasted_text.txt"]))


def test_uploads_are_cancelled_and_tried_again(shown: Page, app: App) -> None:
    held: list[Route] = []
    shown.route("**/gradio_api/upload*", lambda route: held.append(route))
    shown.locator("#message").get_by_test_id("file-upload").set_input_files(PAGE)
    cancel = shown.get_by_role("button", name="Cancel upload of page.png")
    expect(shown.get_by_role("progressbar", name="Uploading page.png")).to_be_visible()
    expect(shown.get_by_test_id("submit-button").first).to_be_disabled()
    picture(shown, "composer-uploading", full=False)
    cancel.click()
    expect(attached(shown)).to_have_count(0)
    expect(words(shown)).to_be_focused()

    allow(shown, "status of 413")
    shown.unroute("**/gradio_api/upload*")
    shown.route("**/gradio_api/upload*", lambda route: route.fulfill(status=413, body=""))
    shown.locator("#message").get_by_test_id("file-upload").set_input_files(PAGE)
    expect(attached(shown).get_by_text("The file is too large.")).to_be_visible()
    picture(shown, "composer-failed", full=False)
    assert_no_barriers(shown)
    shown.unroute("**/gradio_api/upload*")
    shown.get_by_role("button", name="Try to upload page.png again").click()
    expect(shown.get_by_role("button", name="Remove file page.png")).to_be_visible()
    expect(shown.get_by_alt_text("page.png").first).to_be_visible()
    words(shown).press("Enter")
    app.ear.expect(("", ["page.png"]))


def test_a_voice_is_recorded(shown: Page, app: App) -> None:
    record = shown.locator("#message").get_by_role("button", name="Record audio")
    record.click()
    end = shown.get_by_role("button", name="Stop recording")
    expect(end).to_be_enabled()
    expect(end).to_be_focused()
    expect(shown.get_by_role("timer", name="Recording")).to_have_text(re.compile("0:0[1-9]"))
    until(
        shown.get_by_test_id("levels"),
        "levels => [...levels.querySelectorAll('span')]"
        ".some((bar) => parseFloat(bar.style.blockSize) > 12)",
    )
    picture(shown, "composer-recording", full=False)
    assert_no_barriers(shown)
    end.press("Enter")
    expect(shown.get_by_role("button", name="Remove file recording.wav")).to_be_visible()
    expect(words(shown)).to_be_focused()
    shown.get_by_role("button", name="Play recording.wav").click()
    expect(shown.get_by_role("button", name="Pause recording.wav")).to_be_visible()
    record.click()
    shown.get_by_role("button", name="Discard recording").click()
    expect(shown.get_by_test_id("recorder")).to_have_count(0)
    expect(attached(shown)).to_have_count(1)


def test_a_recording_is_a_wav_file(page: Page, serve: Serve) -> None:
    ear = Ear()

    def weigh(message: dict[str, Any]) -> None:
        with wave.open(message["files"][0]) as sound:
            ear.note((sound.getnchannels(), sound.getsampwidth(), sound.getframerate()))
            ear.note(sound.getnframes() > 24_000)

    with gr.Blocks() as demo:
        message = gr.MultimodalTextbox(label="Message", sources="microphone", file_types=["image"])
        message.submit(weigh, message)
    ready(page, serve(demo))
    page.get_by_role("button", name="Record audio").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("0:0[1-9]"))
    page.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_role("button", name="Remove file recording.wav")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    ear.expect_all((1, 2, 48_000), True)


def test_a_blocked_microphone_is_told_about(page: Page, app: App) -> None:
    page.add_init_script(DENY)
    assert app.demo.local_url is not None
    ready(page, app.demo.local_url)
    page.get_by_role("button", name="Record audio").first.click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("^The microphone is blocked"))
    expect(words(page)).to_be_focused()
    assert_no_barriers(page)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_field_grows_and_then_scrolls(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        gr.MultimodalTextbox(label="Message", max_lines=4, interactive=True, elem_id="message")
    ready(page, serve(demo))

    def height() -> float:
        return place_of(page.locator("#message textarea"))["height"]

    heights = [height()]
    for count in (2, 4, 9):
        words(page).fill("\n".join(["line"] * count))
        heights.append(height())
    assert heights[0] < heights[1] < heights[2] == heights[3]
    words(page).fill("")
    assert height() == heights[0]


def test_the_focus_comes_back_when_the_field_does(page: Page, serve: Serve) -> None:
    goes_on = Event()

    def slow(_: Any) -> Iterator[Any]:
        yield gr.MultimodalTextbox(value=None, interactive=False, submit_btn=False, stop_btn=True)
        assert goes_on.wait(30)
        yield gr.MultimodalTextbox(interactive=True, submit_btn=True, stop_btn=False)

    with gr.Blocks() as demo:
        message = gr.MultimodalTextbox(label="Message", elem_id="message")
        message.submit(slow, message, message)
    ready(page, serve(demo))
    words(page).fill("Go")
    words(page).press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(words(page)).to_be_disabled()
    goes_on.set()
    expect(words(page)).to_be_enabled()
    expect(words(page)).to_be_focused()
    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_the_keyboard_reaches_everything(shown: Page, app: App) -> None:
    give(shown, "drop", "#message .composer")
    expect(shown.get_by_role("button", name="Remove file given.png")).to_be_visible()
    order = ["a", "Remove file given.png", "Upload a file", None, "Record audio", "Submit"]
    shown.locator("#message").get_by_role("link", name="given.png").focus()
    for name in order[1:]:
        shown.keyboard.press("Tab")
        if name is None:
            expect(words(shown)).to_be_focused()
        else:
            expect(shown.locator("#message").get_by_role("button", name=name)).to_be_focused()
    shown.keyboard.press("Enter")
    app.ear.expect(("", ["given.png"]))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_it_has_no_barriers(
    visit: Visit, app: App, scheme: str, size: dict[str, int] | None, direction: str
) -> None:
    phone = {"viewport": size, "has_touch": True, "is_mobile": True} if size else {}
    page = visit(color_scheme=scheme, **phone)
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => "
        f"document.documentElement.dir = '{direction}')"
    )
    assert app.demo.local_url is not None
    ready(page, app.demo.local_url)
    files = [LETTER, PAGE, Path(__file__)]
    page.locator("#message").get_by_test_id("file-upload").set_input_files(files)
    expect(attached(page).get_by_role("button", name="Remove file")).to_have_count(3)
    words(page).fill("What do these files have in common, and which of them is the oldest?")
    picture(page, f"composer-{scheme}-{direction}-{'360' if size else '1280'}")
    assert_no_barriers(page)
    assert_fits(page)
    if size:
        assert_nothing_is_small(page, "#message")
