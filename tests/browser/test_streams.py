"""Streams: a camera sends picture after picture to one call, long values grow on the page."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import ROOT, Ear, allow, eventually, idle, ready, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit


def record(page: Page) -> None:
    """Let the camera see, and send what it sees."""
    access = page.get_by_role("button", name="Click to Access Webcam")
    start = page.get_by_role("button", name="Record")
    expect(access.or_(start)).to_be_visible()
    if access.is_visible():
        access.click()
    until(page, "() => document.querySelector('video')?.videoWidth > 0")
    start.click()


def test_a_camera_streams_into_one_call_until_it_is_stopped(visit: Visit, serve: Serve) -> None:
    demo: Any = runpy.run_path(str(ROOT / "docs" / "examples" / "camera.py"))["demo"]
    page = visit(permissions=["camera"])
    url = serve(demo)
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if "/stream/" in r.url else None)
    ready(page, url)
    record(page)
    seen = page.get_by_label("Pictures")
    until(page, "(input) => Number(input.value) >= 3", arg=seen.element_handle())
    expect(page.get_by_label("Light")).to_have_value(re.compile("%$"))
    page.get_by_role("button", name="Stop").click()
    idle(page)
    eventually(page, lambda: sent[-1].endswith("/close"))
    assert len({one.split("/stream/")[1].removesuffix("/close") for one in sent}) == 1
    assert all(not one.endswith("/close") for one in sent[:-1])


def test_a_stream_ends_with_its_time_and_can_be_begun_again(visit: Visit, serve: Serve) -> None:
    ear = Ear()
    with gr.Blocks() as demo:
        camera = gr.Image(sources=["webcam"], streaming=True, label="Camera")
        camera.stream(lambda _: ear.note("seen"), camera, None, stream_every=0.1, time_limit=1)
    page = visit(permissions=["camera"])
    # A picture that is on its way when the time is up finds no call any more.
    allow(page, r"status of 404 .*gradio_api/stream/")
    calls: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framesent", lambda frame: calls.append("join") if '"op":"join"' in str(frame) else None
        ),
    )
    ready(page, serve(demo))
    record(page)
    # The camera goes on: its next picture is a new call.
    eventually(page, lambda: calls.count("join") >= 2)
    page.get_by_role("button", name="Stop").click()
    idle(page)


def test_a_long_value_grows_to_the_same_on_the_page(visit: Visit, serve: Serve) -> None:
    def write() -> Iterator[Any]:
        text, rows = "", list[Any]()
        for number in range(2000):
            text += f"{number} "
            rows.append(number)
            yield text, {"rows": rows[-50:], "count": len(rows)}

    with gr.Blocks() as demo:
        text, data = gr.Textbox(label="Text"), gr.JSON(label="Data")
        gr.Button("Write").click(write, None, [text, data])
    page = visit()
    ready(page, serve(demo))
    page.get_by_role("button", name="Write").click()
    expected = "".join(f"{number} " for number in range(2000))
    expect(page.get_by_label("Text")).to_have_value(expected)
    idle(page)
    expect(page.get_by_text("2000", exact=True)).to_be_visible()
