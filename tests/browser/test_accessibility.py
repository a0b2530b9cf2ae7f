"""axe finds no barrier on a page with every component, with all that can open opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app_with_all import build
from tests.browser.harness import arrived, assert_fits, assert_no_barriers_in_each_scheme, ready

if TYPE_CHECKING:
    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """An app with all components."""
    return serve(build())


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_the_page_has_no_barriers(visit: Visit, url: str, size: dict[str, int] | None) -> None:
    page = arrived(ready(visit(**({"viewport": size} if size else {})), url))
    width = "360" if size else "1280"
    assert_no_barriers_in_each_scheme(page, f"all-{width}", full=True)
    assert_fits(page)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_a_page_from_right_to_left_has_no_barriers(
    visit: Visit, url: str, size: dict[str, int] | None
) -> None:
    page = visit(**({"viewport": size} if size else {}))
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.documentElement.dir = 'rtl')"
    )
    arrived(ready(page, url))
    width = "360" if size else "1280"
    assert_no_barriers_in_each_scheme(page, f"all-rtl-{width}", full=True)
    assert_fits(page)


def test_open_popups_have_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("combobox", name="Single").click()
    expect(page.get_by_role("option", name="banana")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "dropdown")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Multiple").click()
    expect(page.get_by_role("option", name="owl")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "dropdown-multiple")


def test_an_open_tree_of_choices_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("combobox", name="Basket").click()
    page.get_by_role("treeitem", name="Nuts").get_by_role("button").click()
    expect(page.get_by_role("treeitem", name="Soft")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "tree-select")


def test_an_open_color_picker_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("button", name="Colour", exact=True).click()
    expect(page.get_by_role("dialog", name="Choose a colour")).to_be_visible()
    page.get_by_role("textbox", name="Colour as text").fill("no colour")
    page.keyboard.press("Enter")
    assert_no_barriers_in_each_scheme(page, "color-picker")


def test_an_open_calendar_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("button", name="Open the calendar").first.click()
    expect(page.get_by_role("grid", name="February 2024")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "calendar")


def test_an_open_range_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    stay = page.get_by_role("group", name="Stay")
    stay.get_by_role("textbox", name="To").press("Alt+ArrowDown")
    expect(page.get_by_role("grid", name="March 2024")).to_be_visible()
    page.get_by_role("gridcell", name="February 20, 2024").click()
    page.get_by_role("gridcell", name="February 24, 2024").hover()
    assert_no_barriers_in_each_scheme(page, "range")


def test_an_open_list_of_times_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("combobox", name="Alarm").press("Alt+ArrowDown")
    expect(page.get_by_role("option", name="9:30 AM", exact=True)).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "times")


def test_an_open_folder_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("treeitem", name="samples").click()
    page.get_by_role("checkbox", name="harbour.jpg", exact=True).check()
    expect(page.get_by_text("1 chosen")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "file-explorer")


def test_what_lies_over_the_page_has_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("button", name="Mystery").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_text("It says a secret.")).to_be_visible()
    page.get_by_role("button", name="Preferences").click()
    expect(page.get_by_role("dialog", name="Preferences")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "popover")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask me").click()
    expect(page.get_by_role("dialog", name="Question")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "modal")


def test_toasts_have_no_barriers(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("button", name="Toasts").click()
    expect(page.get_by_test_id("toast-body")).to_have_count(4)
    assert_no_barriers_in_each_scheme(page, "toasts")


@pytest.mark.parametrize(
    ("button", "title"), [("Use via API", "API documentation"), ("Settings", "Settings")]
)
def test_dialogs_have_no_barriers(visit: Visit, url: str, button: str, title: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("button", name=re.compile(button)).click()
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Loading the list of endpoints…")).to_have_count(0)
    assert_no_barriers_in_each_scheme(page, button.rsplit(maxsplit=1)[-1].lower())


def test_sidebar_and_details_have_no_barriers_when_open(visit: Visit, url: str) -> None:
    page = arrived(ready(visit(), url))
    page.get_by_role("button", name="Details").click()
    page.get_by_role("button", name="Toggle Sidebar").click()
    expect(page.get_by_label("In the sidebar")).to_be_visible()
    assert_no_barriers_in_each_scheme(page, "sidebar")
