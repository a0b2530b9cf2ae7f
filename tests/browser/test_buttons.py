"""Buttons that send, give and lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.app_with_all import SAMPLES
from tests.browser.harness import assert_fits, assert_no_barriers, picture, place_of, ready, until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}


def build(folder: Path) -> gr.Blocks:
    """An app with all of them."""
    letter = folder / "letter.txt"
    letter.write_text("Dear Ada")
    with gr.Blocks() as demo:
        heard = gr.Textbox(label="Heard")
        with gr.Row():
            send = gr.UploadButton("Send", icon=SAMPLES / "letter.jpg")
            pictures = gr.UploadButton("Pictures", file_types=["image"], file_count="multiple")
            gr.UploadButton("Not now", interactive=False)
        with gr.Row():
            get = gr.DownloadButton("Get it", letter, variant="primary")
            empty = gr.DownloadButton("Nothing", size="sm")
        with gr.Row():
            gr.LoginButton()
            gr.DuplicateButton()
        send.upload(lambda path: f"sent {path.rsplit('/', 1)[-1]}", send, heard)
        send.click(lambda: "pressed", None, heard)
        pictures.upload(lambda paths: f"sent {len(paths)}", pictures, heard)
        get.click(lambda path: f"got {path.rsplit('/', 1)[-1]}", get, heard)
        empty.click(lambda: gr.DownloadButton("Ready", value=letter), None, empty)
    return demo


@pytest.fixture
def url(serve: Serve, tmp_path: Path) -> str:
    """The app."""
    return serve(build(tmp_path))


def test_files_are_sent_from_a_button(page: Page, url: str) -> None:
    ready(page, url)
    heard = page.get_by_label("Heard")
    button = page.get_by_role("button", name="Send")
    with page.expect_file_chooser() as chosen:
        button.focus()
        page.keyboard.press("Enter")
    expect(heard).to_have_value("pressed")
    chosen.value.set_files(SAMPLES / "letter.jpg")
    expect(heard).to_have_value("sent letter.jpg")
    page.get_by_test_id("Pictures-upload-button").set_input_files(
        [SAMPLES / "letter.jpg", SAMPLES / "page.png"]
    )
    expect(heard).to_have_value("sent 2")
    expect(page.get_by_test_id("Pictures-upload-button")).to_have_attribute("accept", "image/*")


def test_a_file_of_another_type_is_refused_with_a_toast(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_test_id("Pictures-upload-button").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    expect(page.get_by_test_id("toast-body")).to_contain_text("'a.txt' cannot be used here")
    expect(page.get_by_role("button", name="Pictures")).to_be_enabled()


def test_an_upload_shows_how_far_it_is_and_can_be_stopped(page: Page, url: str) -> None:
    held: list[Any] = []
    page.route("**/gradio_api/upload**", lambda route: held.append(route))  # never answered
    ready(page, url)
    page.get_by_test_id("Send-upload-button").set_input_files(SAMPLES / "letter.jpg")
    stop = page.get_by_role("button", name="Cancel: Uploading letter.jpg")
    expect(stop).to_be_visible()
    expect(page.get_by_role("progressbar", name="Uploading letter.jpg")).to_be_attached()
    picture(page, "upload-button-busy", full=False)
    assert_no_barriers(page)
    stop.click()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.get_by_label("Heard")).to_have_value("")


def test_a_file_is_downloaded_under_its_name(page: Page, url: str) -> None:
    ready(page, url)
    with page.expect_download() as download:
        page.get_by_role("button", name="Get it").click()
    assert download.value.suggested_filename == "letter.txt"
    assert download.value.path().read_text() == "Dear Ada"
    expect(page.get_by_label("Heard")).to_have_value("got letter.txt")


def test_a_function_can_give_the_file(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("button", name="Nothing").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ready").click()
    assert download.value.suggested_filename == "letter.txt"


@pytest.mark.parametrize(
    ("name", "text"),
    [("Sign in with Hugging Face", "cannot log anybody in"), ("Duplicate Space", "duplicate")],
)
def test_what_cannot_be_done_here_is_said(page: Page, url: str, name: str, text: str) -> None:
    ready(page, url)
    page.get_by_role("button", name=name).click()
    expect(page.get_by_test_id("toast-body")).to_contain_text(text)


def test_icons_are_seen(page: Page, url: str) -> None:
    ready(page, url)
    images = page.locator("button img.button-icon")
    expect(images).to_have_count(2)
    until(page, "() => [...document.images].every(i => i.complete && i.naturalWidth > 0)")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_they_have_no_barriers(
    visit: Visit, url: str, scheme: str, direction: str, size: dict[str, int] | None
) -> None:
    page = visit(color_scheme=scheme, **({"viewport": size, "has_touch": True} if size else {}))
    ready(page, url)
    page.evaluate("dir => { document.documentElement.dir = dir }", direction)
    picture(page, f"buttons-{scheme}-{direction}-{'360' if size else '1280'}")
    assert_no_barriers(page)
    assert_fits(page)
    if size:
        for name in ("Send", "Get it", "Sign in with Hugging Face"):
            box = place_of(page.get_by_role("button", name=name))
            assert box["height"] >= 44
