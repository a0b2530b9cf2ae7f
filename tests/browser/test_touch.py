"""On a touch screen a finger has 44 x 44 px to hit, whatever size a control is drawn in."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.app_with_all import build
from tests.browser.harness import arrived, assert_fits, eventually, picture, ready, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
SIDE_PX = 44

# Walks from the middle of each control to where a finger would hit something else. Links in prose
# and parts of a text are exempt (WCAG 2.5.5), and what is disabled cannot be hit. A combobox takes
# the presses on the box that is drawn around it.
_SMALL = """([scope, side]) => {
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [role=tab], [role=option]';
  const isOut = (element) =>
    element.matches(':disabled, [aria-disabled=true], [aria-hidden=true] *')
    || (element.closest('.prose, .toast-text, .textfield') && !element.matches('button'))
    || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const owner = (hit) => {
    const control = hit?.closest(CONTROLS) ?? hit?.closest('label')?.control;
    return control ?? hit?.closest('div:has(> [role=combobox])')?.querySelector('[role=combobox]');
  };
  const small = [];
  const inside = [...document.querySelectorAll(scope)].flatMap(
    (part) => [...part.querySelectorAll(CONTROLS)]);
  for (const control of new Set(inside)) {
    if (isOut(control)) continue;
    control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = control.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const hits = (x, y) => owner(document.elementFromPoint(x, y)) === control;
    const reach = (along, across) => {
      let far = 0;
      while (far < 2 * side && hits(middle[0] + far * along, middle[1] + far * across)) far += 0.5;
      return far;
    };
    const width = reach(-1, 0) + reach(1, 0);
    const height = reach(0, -1) + reach(0, 1);
    if (width < side || height < side) {
      const label = control.ariaLabel ?? control.labels?.[0]?.innerText ?? control.innerText;
      const name = `${control.localName}.${control.className} "${label?.trim().slice(0, 40)}"`;
      const over = document.elementFromPoint(...middle);
      small.push(`${name}: ${width} x ${height}, in its middle ${over?.outerHTML.slice(0, 60)}`);
    }
  }
  return small;
}"""


def assert_nothing_is_small(page: Page, scope: str = "body") -> None:
    """Fail with all controls inside the scope that a finger might miss."""
    expect(page.locator(scope).first).to_be_attached()
    small: list[str] = []

    def is_good() -> bool:
        small[:] = cast("list[str]", page.evaluate(_SMALL, [scope, SIDE_PX]))
        return not small

    with suppress(AssertionError):  # something may still be on its way to its place
        eventually(page, is_good, patience_s=3)
    assert not small, f"{len(small)} targets are smaller than {SIDE_PX} px:\n" + "\n".join(small)


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """An app with all components."""
    return serve(build())


def touch(visit: Visit, url: str) -> Page:
    """The app on a phone."""
    page = ready(visit(viewport=PHONE, has_touch=True, is_mobile=True), url)
    until(page, "() => matchMedia('(pointer: coarse)').matches")
    return page


@pytest.fixture
def phone(visit: Visit, url: str) -> Page:
    """The app with all components on a phone, when what arrives late has arrived."""
    return arrived(touch(visit, url))


def test_everything_on_the_page_can_be_hit(phone: Page) -> None:
    picture(phone, "touch-360", full=False)
    assert_nothing_is_small(phone)
    assert_fits(phone)


def test_options_of_a_dropdown_can_be_hit(phone: Page) -> None:
    phone.get_by_role("combobox", name="Single").tap()
    expect(phone.get_by_role("option", name="banana")).to_be_visible()
    assert_nothing_is_small(phone, "[role=listbox]")


def test_rows_of_a_tree_of_choices_can_be_hit(phone: Page) -> None:
    phone.get_by_role("combobox", name="Basket").tap()
    expect(phone.get_by_role("treeitem", name="Nuts")).to_be_visible()
    picture(phone, "touch-tree-select", full=False)
    assert_nothing_is_small(phone, "[role=tree]")


def test_pickers_can_be_hit(phone: Page) -> None:
    phone.get_by_role("button", name="Colour", exact=True).tap()
    panel = phone.get_by_role("dialog")
    expect(panel).to_be_visible()
    picture(phone, "touch-color-picker", full=False)
    assert_nothing_is_small(phone, "[role=dialog]")
    phone.get_by_role("slider", name="Saturation and brightness").tap(position={"x": 5, "y": 5})
    expect(phone.get_by_label("Heard", exact=True)).to_have_value(re.compile("Colour: '#f"))
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Open the calendar").first.tap()
    expect(phone.get_by_role("grid", name="February 2024")).to_be_visible()
    picture(phone, "touch-calendar", full=False)
    assert_nothing_is_small(phone, "[role=dialog]")
    phone.get_by_role("gridcell", name="February 15, 2024").tap()
    expect(phone.get_by_label("Heard", exact=True)).to_have_value("When: '2024-02-15 09:30:00'")
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Open the calendar").nth(2).tap()
    expect(phone.get_by_role("dialog", name="Choose a range: Stay")).to_be_visible()
    picture(phone, "touch-range", full=False)
    assert_nothing_is_small(phone, "[role=dialog]")
    phone.get_by_role("button", name="Leap days").tap()
    heard = phone.get_by_label("Heard", exact=True)
    expect(heard).to_have_value("Stay: ('2024-02-28', '2024-03-01')")
    phone.get_by_role("button", name="Open the list of times").first.tap()
    expect(phone.get_by_role("option", name="10:00 AM")).to_be_visible()
    assert_nothing_is_small(phone, "[role=listbox]")
    phone.get_by_role("option", name="10:00 AM").tap()
    expect(heard).to_have_value("Alarm: '10:00'")
    phone.get_by_role("treeitem", name="samples").tap()
    expect(phone.get_by_role("treeitem", name="harbour.jpg", exact=True)).to_be_visible()
    assert_nothing_is_small(phone, "[role=tree]")


def test_what_opens_in_consoles_can_be_hit(phone: Page) -> None:
    tree = phone.get_by_role("tree", name="Options", exact=True)
    phone.get_by_role("button", name='Actions for "model"').tap()
    expect(phone.get_by_role("menu")).to_be_visible()
    picture(phone, "touch-json-menu", full=False)
    assert_nothing_is_small(phone, "[role=menu]")
    phone.get_by_role("menuitem", name="Duplicate").tap()
    expect(tree.get_by_role("treeitem")).to_have_count(8)
    tree.get_by_text("99", exact=True).tap()
    expect(phone.get_by_role("textbox", name="Value of")).to_be_focused()
    assert_nothing_is_small(phone, "[role=tree]")
    phone.keyboard.press("Escape")
    phone.locator(".terminal").first.get_by_role("button", name="Search").tap()
    expect(phone.get_by_role("search").get_by_role("textbox")).to_be_focused()
    picture(phone, "touch-terminal", full=False)
    assert_nothing_is_small(phone, "[role=search]")


def test_details_and_sidebar_can_be_hit(phone: Page) -> None:
    phone.get_by_role("button", name="Details").tap()
    expect(phone.get_by_label("In the details")).to_be_visible()
    phone.get_by_role("button", name="Toggle Sidebar").tap()
    expect(phone.get_by_label("In the sidebar")).to_be_visible()
    assert_nothing_is_small(phone, ".sidebar")


def test_what_lies_over_the_page_can_be_hit(phone: Page) -> None:
    phone.get_by_role("button", name="Preferences").tap()
    expect(phone.get_by_role("dialog", name="Preferences")).to_be_visible()
    picture(phone, "touch-popover", full=False)
    assert_nothing_is_small(phone, "[role=dialog]")
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Ask me").tap()
    expect(phone.get_by_role("dialog", name="Question")).to_be_visible()
    picture(phone, "touch-modal", full=False)
    assert_nothing_is_small(phone, "dialog[open]")


def test_toasts_can_be_hit(phone: Page) -> None:
    phone.get_by_role("button", name="Toasts").tap()
    expect(phone.get_by_test_id("toast-body")).to_have_count(4)
    assert_nothing_is_small(phone, ".toasts")


@pytest.mark.parametrize("button", ["Use via API", "Settings"])
def test_dialogs_can_be_hit(phone: Page, button: str) -> None:
    phone.get_by_role("button", name=re.compile(button)).tap()
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Loading the list of endpoints…")).to_have_count(0)
    picture(phone, f"touch-{button.rsplit(maxsplit=1)[-1].lower()}", full=False)
    assert_nothing_is_small(phone, "dialog[open], [role=dialog]")


def test_crowded_controls_can_be_hit(visit: Visit, serve: Serve) -> None:
    """Many tokens, tabs that have no room, folded data, all kinds of small buttons."""
    with gr.Blocks() as demo:
        towns = ["Ulm", "Bonn", "Köln", "Aachen", "Trier", "Worms", "Mainz"]
        gr.Dropdown(towns, value=towns[:6], multiselect=True, interactive=True, label="Towns")
        with gr.Tabs():
            for town in towns:
                with gr.Tab(town):
                    gr.Markdown(f"It is {town}.\n\n```python\nprint('{town}')\n```")
        gr.JSON({"a": {"b": [1, {"c": {}}], "d": []}, "e": [[1, 2], [3]]}, label="Open", open=True)
        gr.JSON({"a": {"b": [1, {"c": {}}], "d": []}, "e": [[1], [3]]}, label="Folded", open=False)
        gr.Slider(0, 100, 40, label="Share")
        gr.Textbox("One line", label="Line", lines=1, max_lines=1, buttons=["copy"])
        gr.Textbox("Some lines", label="Lines", submit_btn="Send", stop_btn="Halt")
        gr.Dataset(
            components=["textbox"], samples=[[str(n)] for n in range(30)], samples_per_page=5
        )
    page = touch(visit, serve(demo))
    expect(page.get_by_role("tree").first).to_be_visible()
    picture(page, "touch-crowded", full=False)
    assert_nothing_is_small(page)
    page.get_by_role("button", name=re.compile("more", re.I)).first.tap()
    assert_nothing_is_small(page, "[role=menu]")
