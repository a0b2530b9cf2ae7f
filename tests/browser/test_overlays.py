"""Dialogs, panels beside a button, words of help over the page, and shapes that hold a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import (
    Ear,
    assert_fits,
    assert_no_barriers,
    eventually,
    picture,
    place_of,
    ready,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
SILENT: dict[str, Any] = {"show_progress": "hidden"}


@pytest.fixture(scope="module")
def ear() -> Ear:
    """What the listeners of the app got."""
    return Ear()


def _modals(ear: Ear) -> None:
    with gr.Modal("Settings", size="sm", elem_id="settings") as settings:
        name = gr.Textbox("Ada", label="Name")
        gr.Dropdown(["small", "large"], value="small", label="Model", interactive=True)
        gr.Markdown("\n\n".join(f"Paragraph {n} of the small print." for n in range(40)))
        more = gr.Button("More…")
        tell = gr.Button("Tell")
        save = gr.Button("Save", variant="primary")
    with gr.Modal("More settings", size="lg") as further:
        gr.Checkbox(label="Deeper")
    with gr.Modal(dismissible=False) as firm:
        gr.Markdown("One moment, please.")
        done = gr.Button("It is done")
    with gr.Tab("Here"):
        opener = gr.Button("Open settings")
        gr.Button("Open firm").click(lambda: gr.update(open=True), None, firm, **SILENT)
        gr.Button("In the page").click(
            None, None, further, js="() => ({ __type__: 'update', open: true })"
        )
        gr.Button("Read name").click(ear.note, name, None, **SILENT)
    with gr.Tab("There"):
        with gr.Modal("In a tab", size="full") as inner:
            gr.Textbox(label="In the tab's dialog")
        gr.Button("Open it").click(lambda: gr.Modal(open=True), None, inner, **SILENT)
    opener.click(lambda: gr.Modal(open=True), None, settings, **SILENT)
    more.click(lambda: gr.Modal(open=True), None, further, **SILENT)
    tell.click(lambda: gr.Info("A word from behind.", duration=None))
    save.click(lambda: gr.Modal(open=False), None, settings, **SILENT)
    done.click(lambda: gr.update(open=False), None, firm, **SILENT)
    for block in (settings, further, firm):
        title = block.title or "firm"
        block.open(lambda title=title: ear.note(f"open {title}"), **SILENT)
        block.close(lambda title=title: ear.note(f"close {title}"), **SILENT)


def _popovers(ear: Ear) -> None:
    with gr.Row():
        with gr.Popover("Filters", scale=0) as filters:
            chosen = gr.CheckboxGroup(["open", "closed"], value=["open"], label="Status")
            gr.Dropdown(["Ann", "Ben"], label="Person", interactive=True)
            with gr.Popover("Deeper", placement="right"):
                gr.Textbox(label="Deep down")
        with gr.Popover("About search", variant="help", placement="top"):
            gr.Markdown("Words in **quotes** are kept together.")
        gr.Button("Show filters").click(lambda: gr.update(open=True), None, filters, **SILENT)
        gr.Button("Status?").click(ear.note, chosen, None, **SILENT)
    filters.open(lambda: ear.note("open filters"), **SILENT)
    filters.close(lambda: ear.note("close filters"), **SILENT)


def _tooltips(ear: Ear) -> None:
    with gr.Row():
        with gr.Tooltip("Asks once more, with the same words."):
            gr.Button("Try again").click(lambda: ear.note("tried"), **SILENT)
        with gr.Tooltip("Nobody but you sees it.", placement="bottom", delay=0):
            gr.Textbox(label="Note", info="For yourself.")
        with gr.Tooltip("Nothing to press here.", delay=0) as lonely:
            gr.Markdown("Hover me")
        with gr.Tooltip("There is nothing to send yet.", delay=0):
            gr.Button("Send", interactive=False)
    gr.Button("Reword").click(lambda: gr.Tooltip("Other words."), None, lonely, **SILENT)


def _skeletons() -> None:
    with gr.Row():
        with gr.Column():
            gr.Skeleton()
            gr.Skeleton("chat", label="The messages are on their way")
            gr.Skeleton("circle", width=64)
        with gr.Column():
            card = gr.Skeleton("card", lines=2)
            result = gr.Textbox("Ready", label="Result", visible=False)
            gr.Skeleton("rect", height=60)
    gr.Button("Load").click(
        lambda: (gr.update(visible=False), gr.update(visible=True)), None, [card, result], **SILENT
    )


def build(ear: Ear) -> gr.Blocks:
    """An app with all of them."""
    with gr.Blocks() as demo:
        _modals(ear)
        _popovers(ear)
        _tooltips(ear)
        _skeletons()
    return demo


@pytest.fixture(scope="module")
def url(serve: Serve, ear: Ear) -> str:
    """The app."""
    return serve(build(ear))


def _dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name, exact=True)


def test_a_function_opens_a_dialog_and_the_reader_closes_it(page: Page, url: str, ear: Ear) -> None:
    ready(page, url)
    ear.forget()
    opener, dialog = page.get_by_role("button", name="Open settings"), _dialog(page, "Settings")
    expect(page.locator("#settings input")).to_have_count(0)  # nothing is drawn yet
    page.get_by_role("button", name="Read name").click()
    ear.expect("Ada")  # and still it has its value
    closings: list[Callable[[], object]] = [
        lambda: page.keyboard.press("Escape"),
        lambda: dialog.get_by_role("button", name="Close").click(),
        lambda: page.mouse.click(20, 20),
        lambda: dialog.get_by_role("button", name="Save").click(),
    ]
    for close in closings:
        opener.click()
        expect(dialog).to_be_visible()
        expect(dialog.get_by_label("Name")).to_be_focused()
        ear.expect("open Settings")
        until(page, "() => document.documentElement.style.overflow === 'hidden'")
        page.mouse.wheel(0, 300)
        assert page.evaluate("scrollY") == 0
        close()
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()
        ear.expect("close Settings")
    opener.click()
    dialog.get_by_label("Name").fill("Grace")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Read name").click()
    ear.expect("Grace")
    until(page, "() => document.documentElement.style.overflow === ''")


def test_the_focus_stays_inside_and_the_heading_in_sight(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("button", name="Open settings").click()
    dialog = _dialog(page, "Settings")
    expect(dialog.get_by_label("Name")).to_be_focused()
    for key in ["Tab"] * 9 + ["Shift+Tab"] * 9:
        page.keyboard.press(key)
        until(  # on the body: the browser's own buttons have it
            page,
            "() => document.activeElement === document.body"
            " || document.querySelector('dialog[open]').contains(document.activeElement)",
        )
    dialog.get_by_role("button", name="Save").scroll_into_view_if_needed()
    expect(dialog.get_by_role("heading", name="Settings")).to_be_in_viewport()
    model = dialog.get_by_role("combobox", name="Model")
    model.click()
    expect(page.get_by_role("option", name="large")).to_be_visible()
    page.keyboard.press("Escape")  # the list, not the dialog
    expect(page.get_by_role("option")).to_have_count(0)
    expect(dialog).to_be_visible()


def test_dialogs_lie_above_one_another_and_messages_above_all(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("button", name="Open settings").click()
    settings, further = _dialog(page, "Settings"), _dialog(page, "More settings")
    settings.get_by_role("button", name="Tell").click()
    toast = page.get_by_test_id("toast-body")
    expect(toast).to_be_visible()
    expect(settings.get_by_test_id("toast-body")).to_have_count(1)  # or nobody could close it
    settings.get_by_role("button", name="More…").click()
    expect(further).to_be_visible()
    expect(further.get_by_test_id("toast-body")).to_have_count(1)
    picture(page, "modal-stack", full=False)
    assert_no_barriers(page)
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)
    expect(further).to_be_visible()
    page.keyboard.press("Escape")
    expect(further).to_be_hidden()
    expect(settings).to_be_visible()
    until(page, "() => document.documentElement.style.overflow === 'hidden'")
    page.keyboard.press("Escape")
    expect(settings).to_be_hidden()
    until(page, "() => document.querySelector('.toasts').closest('dialog') === null")


def test_a_dialog_that_cannot_be_dismissed_stays(page: Page, url: str, ear: Ear) -> None:
    ready(page, url)
    page.get_by_role("button", name="Open firm").click()
    dialog = _dialog(page, "Dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button")).to_have_text(["It is done"])
    for _ in range(3):
        page.keyboard.press("Escape")
    page.mouse.click(20, 20)
    expect(dialog).to_be_visible()
    assert_no_barriers(page)
    ear.forget()
    dialog.get_by_role("button", name="It is done").click()
    expect(dialog).to_be_hidden()
    ear.expect("close firm")


def test_a_dialog_works_from_a_tab_and_without_the_server(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("button", name="In the page").click()
    expect(_dialog(page, "More settings")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="There").click()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_label("In the tab's dialog")).to_be_focused()
    box = place_of(_dialog(page, "In a tab").locator(".sheet"))
    assert box["width"] > 1200
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Open it")).to_be_focused()


def test_a_panel_opens_beside_its_button(page: Page, url: str, ear: Ear) -> None:
    ready(page, url)
    ear.forget()
    button, panel = page.get_by_role("button", name="Filters", exact=True), _dialog(page, "Filters")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="Status?").click()
    ear.expect(["open"])
    button.click()
    expect(panel.get_by_role("checkbox", name="open")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    ear.expect("open filters")
    page.keyboard.press("Space")
    panel.get_by_role("combobox", name="Person").click()
    expect(page.get_by_role("option", name="Ann")).to_be_visible()
    page.keyboard.press("Escape")  # the list of persons
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Deeper").click()
    expect(panel.get_by_label("Deep down")).to_be_focused()
    page.keyboard.press("Escape")  # the panel in the panel
    expect(panel.get_by_role("button", name="Deeper")).to_be_focused()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    ear.expect("close filters")
    page.get_by_role("button", name="Status?").click()
    ear.expect([])
    page.get_by_role("button", name="Show filters").click()
    expect(panel).to_be_visible()
    expect(page.get_by_role("button", name="Show filters")).to_be_focused()
    page.get_by_role("button", name="Status?").click()
    expect(panel).to_be_hidden()


def test_a_panel_closes_when_the_reader_tabs_on(page: Page, url: str) -> None:
    ready(page, url)
    button = page.get_by_role("button", name="About search")
    button.focus()
    page.keyboard.press("Enter")
    panel = _dialog(page, "About search")
    expect(panel).to_be_focused()  # nothing in it can be used
    trigger, box = place_of(button), place_of(panel)
    assert box["y"] + box["height"] <= trigger["y"]
    page.keyboard.press("Tab")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Show filters")).to_be_focused()


def test_help_is_shown_on_hover_and_stays_while_pointed_at(page: Page, url: str, ear: Ear) -> None:
    ready(page, url)
    button, tip = page.get_by_role("button", name="Try again"), page.get_by_text("Asks once more")
    expect(button).to_have_accessible_description("Asks once more, with the same words.")
    expect(tip).to_be_hidden()
    button.hover()
    expect(tip).to_be_visible()
    picture(page, "tooltip", full=False)
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(0, 0)
    button.hover()
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    button.click()
    ear.expect("tried")
    expect(tip).to_be_hidden()
    page.get_by_role("button", name="Send", exact=True).hover(force=True)
    expect(page.get_by_text("There is nothing to send yet.")).to_be_visible()


def test_help_is_shown_on_focus(page: Page, url: str) -> None:
    ready(page, url)
    note = page.get_by_label("Note")
    expect(note).to_have_accessible_description("For yourself. Nobody but you sees it.")
    page.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Tab")
    expect(note).to_be_focused()
    expect(page.get_by_text("Nobody but you")).to_be_visible()
    assert_no_barriers(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nobody but you")).to_be_hidden()
    page.keyboard.press("Tab")
    lonely = page.get_by_role("group").filter(has_text="Hover me")
    expect(lonely).to_be_focused()
    expect(page.get_by_text("Nothing to press here.")).to_be_visible()
    page.get_by_role("button", name="Reword").click()
    expect(lonely).to_have_accessible_description("Other words.")


def test_help_is_shown_by_a_long_press(visit: Visit, url: str, ear: Ear) -> None:
    page = ready(visit(viewport=PHONE, has_touch=True, is_mobile=True), url)
    button, tip = page.get_by_role("button", name="Try again"), page.get_by_text("Asks once more")
    button.scroll_into_view_if_needed()
    box = place_of(button)
    point = {"x": box["x"] + 30, "y": box["y"] + 20}
    ear.forget()
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(tip).to_be_visible()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(300)
    expect(tip).to_be_visible()
    assert ear.forget() == []
    page.touchscreen.tap(5, 5)
    expect(tip).to_be_hidden()
    button.tap()
    ear.expect("tried")
    expect(tip).to_be_hidden()


def test_a_placeholder_gives_way(page: Page, url: str) -> None:
    ready(page, url)
    expect(page.get_by_role("status").filter(has_text="Loading")).to_have_count(4)
    expect(page.get_by_text("The messages are on their way")).to_be_attached()
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_label("Result")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Loading")).to_have_count(3)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_on_a_phone_they_are_as_wide_as_it(
    visit: Visit, url: str, scheme: str, direction: str
) -> None:
    page = visit(color_scheme=scheme, viewport=PHONE, has_touch=True, is_mobile=True)
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => "
        f"document.documentElement.dir = '{direction}')"
    )
    ready(page, url)
    picture(page, f"overlays-{scheme}-{direction}-360")
    page.get_by_role("button", name="Open settings").tap()
    dialog = _dialog(page, "Settings")
    box = place_of(dialog.locator(".sheet"))
    assert box["width"] == PHONE["width"]
    assert box["y"] + box["height"] == PHONE["height"]
    picture(page, f"modal-{scheme}-{direction}-360", full=False)
    assert_no_barriers(page)
    dialog.get_by_role("button", name="Close").tap()
    page.get_by_role("button", name="Filters", exact=True).tap()
    panel = _dialog(page, "Filters")
    expect(panel).to_be_visible()
    wide = (8, PHONE["width"] - 16)
    eventually(page, lambda: (place_of(panel)["x"], place_of(panel)["width"]) == wide)
    picture(page, f"popover-{scheme}-{direction}-360", full=False)
    assert_no_barriers(page)
    assert_fits(page)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_they_have_no_barriers(visit: Visit, url: str, scheme: str, direction: str) -> None:
    page = visit(color_scheme=scheme)
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => "
        f"document.documentElement.dir = '{direction}')"
    )
    ready(page, url)
    picture(page, f"overlays-{scheme}-{direction}")
    assert_no_barriers(page)
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(_dialog(page, "Filters")).to_be_visible()
    picture(page, f"popover-{scheme}-{direction}", full=False)
    assert_no_barriers(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Open settings").click()
    expect(_dialog(page, "Settings")).to_be_visible()
    picture(page, f"modal-{scheme}-{direction}", full=False)
    assert_no_barriers(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("Send")).hover(force=True)
    expect(page.get_by_text("There is nothing to send yet.")).to_be_visible()
    assert_no_barriers(page)
