"""Where pictures come from besides the file dialog, and readers who come and leave."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.app_with_all import SAMPLES
from tests.browser.harness import Ear, idle, ready, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PAGE = SAMPLES / "page.png"  # 384 pixels wide, 191 high
GIVE = """([type, target, picture]) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "given.png", { type: "image/png" }));
  const element = document.querySelector(target);
  const options = { bubbles: true, cancelable: true };
  if (type === "paste") {
    element.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }));
    return;
  }
  for (const name of ["dragenter", "dragover", "drop"]) {
    element.dispatchEvent(new DragEvent(name, { ...options, dataTransfer: data }));
  }
}"""


def give(page: Page, kind: str, target: str) -> None:
    """Paste or drop a picture onto an element, as the browser tells a page of it."""
    picture = base64.b64encode(PAGE.read_bytes()).decode()
    page.evaluate(GIVE, [kind, target, picture])


def test_pictures_are_taken_pasted_and_dropped(visit: Visit, serve: Serve) -> None:
    ear = Ear()
    with gr.Blocks() as demo:
        picture = gr.Image(label="Picture", elem_id="picture")
        picture.upload(lambda image: ear.note(image.shape), picture)
    page = visit(permissions=["camera", "clipboard-read", "clipboard-write"])
    ready(page, serve(demo))
    page.get_by_role("button", name="Capture from camera").click()
    access = page.get_by_role("button", name="Click to Access Webcam")
    photo = page.get_by_role("button", name="Take a photo")
    expect(access.or_(photo)).to_be_visible()
    if access.is_visible():
        access.click()
    until(page, "() => document.querySelector('video')?.videoWidth > 0")
    photo.click()
    expect(page.get_by_role("button", name="Remove Image")).to_be_visible()
    ear.expect((480, 640, 3))
    page.get_by_role("button", name="Remove Image").click()
    page.get_by_role("button", name="Upload file").click()
    give(page, "paste", "#picture .upload")
    ear.expect((191, 384, 3))
    page.get_by_role("button", name="Remove Image").click()
    give(page, "drop", "#picture .upload")
    ear.expect((191, 384, 3))


def test_frames_of_the_camera_are_streamed_until_one_stops(visit: Visit, serve: Serve) -> None:
    ear = Ear()

    def turn(image: Any) -> Any:
        ear.note(image.shape)
        return image[::-1]

    with gr.Blocks() as demo:
        source = gr.Image(label="Camera", sources=["webcam"], streaming=True)
        result = gr.Image(label="Turned", elem_id="turned")
        source.stream(turn, source, result, stream_every=0.1, time_limit=20)
    page = visit(permissions=["camera"])
    ready(page, serve(demo))
    access = page.get_by_role("button", name="Click to Access Webcam")
    record = page.get_by_role("button", name="Record", exact=True)
    expect(access.or_(record)).to_be_visible()
    if access.is_visible():
        access.click()
    until(page, "() => document.querySelector('video')?.videoWidth > 0")
    record.click()
    for _ in range(3):
        ear.expect((480, 640, 3))
    expect(page.locator("#turned img")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    idle(page)


def test_python_hears_who_comes_and_who_leaves(visit: Visit, serve: Serve) -> None:
    ear = Ear()

    def came(request: gr.Request) -> None:
        ear.note(("came", request.session_hash))

    def left(request: gr.Request) -> None:
        ear.note(("left", request.session_hash))

    with gr.Blocks() as demo:
        gr.Markdown("Hello")
        demo.load(came)
        demo.unload(left)
    page = visit()
    ready(page, serve(demo))
    session = page.evaluate("window.__limelight__.session")
    ear.expect(("came", session))
    page.goto("about:blank")
    ear.expect(("left", session))
