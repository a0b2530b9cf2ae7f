"""Dialogue: lines with speakers, written by mouse and keyboard, or as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import assert_fits, assert_no_barriers, picture, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
HI = [{"speaker": "Ada", "text": "Hello"}, {"speaker": "Charles", "text": "Good morning"}]


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """The app."""
    with gr.Blocks() as demo:
        scene = gr.Dialogue(
            HI,
            speakers=["Ada", "Charles"],
            tags=["(laughs)", "(sighs)", "(whispers)"],
            label="Scene",
            max_lines=4,
            submit_btn="Read it",
        )
        heard = gr.Textbox(label="Heard")
        gr.Dialogue(HI, label="Static", interactive=False)
        scene.submit(lambda text: text, scene, heard)
    return serve(demo)


def test_lines_are_written_by_keyboard(page: Page, url: str) -> None:
    ready(page, url)
    scene = page.get_by_role("group", name="Scene")
    texts, speakers = scene.get_by_label("Text", exact=True), scene.get_by_label("Speaker")
    expect(texts).to_have_count(2)
    texts.nth(1).focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(texts).to_have_count(3)
    expect(texts.nth(2)).to_be_focused()
    expect(speakers.nth(2)).to_have_value("Ada")
    page.keyboard.type("Oh :si")
    options = page.get_by_role("option", name="(sighs)")
    expect(options).to_be_visible()
    assert_no_barriers(page)
    page.keyboard.press("Enter")
    expect(texts.nth(2)).to_have_value("Oh (sighs) ")
    page.keyboard.type("dear")
    page.keyboard.press("Control+Enter")
    heard = "[Ada] Hello\n[Charles] Good morning\n[Ada] Oh (sighs) dear"
    expect(page.get_by_label("Heard")).to_have_value(heard)
    page.keyboard.press("Enter")
    expect(texts).to_have_count(4)
    expect(scene.get_by_role("button", name="Add new line").first).to_be_disabled()
    page.keyboard.press("Backspace")
    expect(texts).to_have_count(3)
    expect(texts.nth(2)).to_be_focused()


def test_the_list_of_tags_closes_with_escape(page: Page, url: str) -> None:
    ready(page, url)
    text = page.get_by_role("group", name="Scene").get_by_label("Text", exact=True).first
    text.fill("Hello :")
    tags = page.get_by_role("listbox", name="Tags")
    expect(tags.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", name="(whispers)")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(tags).to_have_count(0)
    expect(text).to_have_value("Hello :")


def test_lines_are_changed_with_the_mouse(page: Page, url: str) -> None:
    ready(page, url)
    scene = page.get_by_role("group", name="Scene")
    scene.get_by_label("Speaker").first.select_option("Charles")
    page.get_by_test_id("dialogue-delete-button-1").click()
    page.get_by_test_id("dialogue-add-button-0").click()
    scene.get_by_label("Text", exact=True).nth(1).fill("Yes")
    scene.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Heard")).to_have_value("[Charles] Hello\n[Ada] Yes")


def test_plain_text_and_lines_become_one_another(page: Page, url: str) -> None:
    ready(page, url)
    scene = page.get_by_role("group", name="Scene")
    switch = scene.get_by_role("switch", name="Plain Text")
    switch.click()
    text = page.get_by_test_id("dialogue-text").first
    expect(text).to_have_value("[Ada] Hello\n[Charles] Good morning")
    text.fill("[Charles] One\ntwo")
    switch.click()
    expect(scene.get_by_label("Text", exact=True)).to_have_count(2)
    expect(scene.get_by_label("Text", exact=True).nth(1)).to_have_value("two")
    expect(scene.get_by_label("Speaker").nth(1)).to_have_value("Charles")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_it_has_no_barriers(
    visit: Visit, url: str, scheme: str, direction: str, size: dict[str, int] | None
) -> None:
    page = visit(color_scheme=scheme, **({"viewport": size, "has_touch": True} if size else {}))
    ready(page, url)
    page.evaluate("dir => { document.documentElement.dir = dir }", direction)
    picture(page, f"dialogue-{scheme}-{direction}-{'360' if size else '1280'}")
    assert_no_barriers(page)
    assert_fits(page)
