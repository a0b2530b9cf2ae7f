"""Containers at work: tabs that do not fit, steps, blocks to drag, the bar of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import (
    assert_fits,
    assert_no_barriers,
    eventually,
    picture,
    place_of,
    ready,
    until,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """An app with all of them."""
    with gr.Blocks() as demo:
        bar = gr.Navbar([("Manual", "https://example.com/manual")], main_page_name="Start")
        heard = gr.Textbox(label="Heard")
        with gr.Tabs():
            for number in range(1, 31):
                with gr.Tab(f"Chapter {number}", interactive=number != 29) as tab:
                    gr.Textbox(label=f"Text {number}")
                tab.select(lambda number=number: f"tab {number}", None, heard)
        with gr.Walkthrough(selected=1) as tour:
            for number, name in enumerate(("Account", "Address", "Done"), 1):
                with gr.Step(name, id=number) as step:
                    gr.Textbox(label=f"Your {name.lower()}")
                    forth = gr.Button(f"On from {name}")
                forth.click(lambda to=number + 1: gr.Walkthrough(selected=to), None, tour)
                step.select(lambda name=name: f"step {name}", None, heard)
        with gr.Draggable():
            for name in ("Red", "Green", "Blue"):
                gr.Textbox(label=name)
        with gr.Draggable(orientation="row"):
            for name in ("Left", "Middle", "Right"):
                gr.Button(name)
        gr.Button("Hide the bar").click(lambda: gr.Navbar(visible=False), None, bar)
    with demo.route("Second"):
        gr.Navbar(main_page_name="Back")
        gr.Markdown("# The second page")
    return serve(demo)


def test_tabs_that_do_not_fit_are_in_a_menu(page: Page, url: str) -> None:
    ready(page, url)
    more = page.get_by_role("button", name="More tabs")
    expect(page.get_by_role("tab", name="Chapter 30")).to_be_hidden()
    more.focus()
    page.keyboard.press("ArrowDown")
    menu = page.get_by_role("menu", name="More tabs")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    assert_no_barriers(page)
    page.keyboard.press("End")
    expect(menu.get_by_role("menuitem", name="Chapter 30")).to_be_focused()
    page.keyboard.press("ArrowUp")  # past the one that cannot be chosen
    expect(menu.get_by_role("menuitem", name="Chapter 28")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(menu).to_have_count(0)
    tab = page.get_by_role("tab", name="Chapter 30")
    expect(tab).to_be_visible()
    expect(tab).to_be_focused()
    expect(page.get_by_label("Text 30")).to_be_visible()
    expect(page.get_by_label("Heard")).to_have_value("tab 30")


def test_the_menu_of_tabs_closes(page: Page, url: str) -> None:
    ready(page, url)
    more = page.get_by_role("button", name="More tabs")
    menu = page.get_by_role("menu", name="More tabs")
    more.click()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(more).to_be_focused()
    more.click()
    page.get_by_label("Red", exact=True).click()
    expect(menu).to_have_count(0)


def test_tabs_are_all_in_the_line_when_they_may_wrap(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo, gr.Tabs(overflow_behavior="wrap"):
        for number in range(1, 31):
            gr.Tab(f"Chapter {number}")
    ready(page, serve(demo))
    expect(page.get_by_role("tab", name="Chapter 30")).to_be_visible()
    expect(page.get_by_role("button", name="More tabs")).to_have_count(0)
    assert_fits(page)


def test_a_group_that_is_stretched_cuts_nothing(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo, gr.Row(equal_height=True):
        with gr.Column():
            with gr.Column(), gr.Group():
                gr.Switch(label="Loud")
                gr.Switch(label="Fast")
                gr.Radio(["Daily", "Weekly"], label="How often", info="At six o'clock.")
            gr.Markdown("below")
        with gr.Column():
            gr.Textbox(label="Tall", lines=10)
    ready(page, serve(demo))
    box, last = (place_of(page.locator(of).last) for of in (".group", ".group .block"))
    assert last["y"] + last["height"] <= box["y"] + box["height"]
    options = page.get_by_role("radio", name="Weekly").locator("xpath=ancestor::label")
    until(
        options,
        "e => e.getBoundingClientRect().bottom"
        " <= e.closest('.block').getBoundingClientRect().bottom",
    )


def test_steps_are_taken_one_after_the_other(page: Page, url: str) -> None:
    ready(page, url)
    account, address = (page.get_by_role("tab", name=n) for n in ("1 Account", "2 Address"))
    expect(address).to_be_disabled()
    page.get_by_role("button", name="On from Account").click()
    expect(address).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Heard")).to_have_value("step Address")
    page.get_by_label("Your address").fill("Ulm")
    address.focus()
    page.keyboard.press("ArrowLeft")
    expect(account).to_be_focused()
    expect(page.get_by_label("Your account")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_label("Your address")).to_have_value("Ulm")
    expect(page.get_by_role("tab", name="3 Done")).to_be_disabled()


def _order(page: Page) -> list[str]:
    handles = page.get_by_test_id("drag-handle").all()
    names = [str(handle.get_attribute("aria-label")) for handle in handles]
    return [name.split(",")[0].removeprefix("Move ") for name in names]


def test_blocks_are_dragged_into_another_order(page: Page, url: str) -> None:
    ready(page, url)
    eventually(page, lambda: _order(page) == ["Red", "Green", "Blue", "Left", "Middle", "Right"])
    page.get_by_label("Red", exact=True).fill("kept")
    handle = page.get_by_role("button", name="Move Red")
    handle.scroll_into_view_if_needed()
    start, end = (
        place_of(page.get_by_role("button", name=f"Move {name}")) for name in ("Red", "Blue")
    )
    page.mouse.move(start["x"] + 5, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()
    eventually(page, lambda: _order(page)[:3] == ["Green", "Blue", "Red"])
    expect(page.get_by_label("Red", exact=True)).to_have_value("kept")
    page.get_by_role("button", name="Move Left").focus()
    page.keyboard.press("ArrowRight")
    eventually(page, lambda: _order(page)[3:] == ["Middle", "Left", "Right"])
    expect(page.get_by_role("button", name="Move Left")).to_be_focused()
    expect(page.get_by_text("Left is now 2 of 3.")).to_be_attached()


def test_a_page_has_a_bar_of_its_own(page: Page, url: str) -> None:
    ready(page, url)
    bar = page.get_by_role("navigation")
    expect(bar).to_have_count(1)
    expect(bar.get_by_role("link")).to_have_text(["Start", "Second", "Manual"])
    expect(bar.get_by_role("link", name="Start")).to_have_attribute("aria-current", "page")
    bar.get_by_role("link", name="Second").click()
    expect(page.get_by_role("heading", name="The second page")).to_be_visible()
    expect(bar.get_by_role("link")).to_have_text(["Back", "Second"])
    bar.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Hide the bar").click()
    expect(bar).to_have_count(0)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_they_have_no_barriers(
    visit: Visit, url: str, scheme: str, direction: str, size: dict[str, int] | None
) -> None:
    page = visit(color_scheme=scheme, **({"viewport": size, "has_touch": True} if size else {}))
    ready(page, url)
    page.evaluate("dir => { document.documentElement.dir = dir }", direction)
    page.get_by_role("button", name="On from Account").click()
    expect(page.get_by_label("Your address")).to_be_visible()
    picture(page, f"layout-{scheme}-{direction}-{'360' if size else '1280'}")
    assert_no_barriers(page)
    assert_fits(page)
