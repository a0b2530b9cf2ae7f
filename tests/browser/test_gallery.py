"""The gallery: each page draws all of its components, and a listener on each answers."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.harness import ROOT, assert_fits, assert_no_barriers, idle, picture, ready, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
PAGES = (
    "", "text", "choices", "numbers", "dates", "files", "actions", "layout", "overlays", "feedback",
    "data", "state", "chat", "html", "docs",
)  # fmt: skip


@pytest.fixture(scope="module")
def gallery() -> Iterator[Any]:
    """The example, as a module."""
    folder = str(ROOT / "examples")
    sys.path.insert(0, folder)
    try:
        import gallery  # type: ignore[import-not-found]  # pyright: ignore[reportMissingImports]

        yield gallery
    finally:
        sys.path.remove(folder)


@pytest.fixture(scope="module")
def url(gallery: Any, serve: Serve) -> str:
    """Where it is served, with a slash at the end."""
    return serve(gallery.demo, css_paths=gallery.LOOK)


def open_page(page: Page, url: str, path: str) -> Page:
    """Open a page and wait until it stands still."""
    ready(page, url + path)
    idle(page)
    page.wait_for_load_state("networkidle", timeout=30_000)
    return page


def test_the_list_of_pages_is_the_one_tested(gallery: Any) -> None:
    assert ["", *(group.path for group in gallery.GROUPS), "docs"] == list(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_draws_all_without_barriers(
    visit: Visit, url: str, gallery: Any, scheme: str, path: str
) -> None:
    page = open_page(visit(color_scheme=scheme), url, path)
    cards = [card for group in gallery.GROUPS if group.path == path for card in group.cards]
    for card in cards:
        expect(page.get_by_role("heading", name=card.name, exact=True, level=2)).to_be_visible()
        expect(page.locator(f"#{card.anchor} pre code")).to_have_text(card.code)
    expect(page.get_by_role("note")).to_have_count(0)  # no block that could not be drawn
    picture(page, f"gallery-{path or 'start'}-{scheme}")
    assert_no_barriers(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_from_right_to_left_has_no_barriers(visit: Visit, url: str, path: str) -> None:
    page = visit()
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.documentElement.dir = 'rtl')"
    )
    open_page(page, url, path)
    assert_no_barriers(page)
    assert_fits(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(visit: Visit, url: str, path: str) -> None:
    page = open_page(visit(viewport=PHONE, has_touch=True, is_mobile=True), url, path)
    picture(page, f"gallery-{path or 'start'}-360")
    assert_fits(page)
    until(
        page,
        """() => [...document.querySelectorAll('.g-card')].every((card) => {
          const [stage, code] = ['.g-stage', '.g-code'].map(
            (side) => card.querySelector(side).getBoundingClientRect());
          return code.top >= stage.bottom - 1;
        })""",
    )


def test_a_component_is_found_on_another_page(page: Page, url: str) -> None:
    open_page(page, url, "text")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Find a component")
    expect(field).to_be_focused()
    page.keyboard.type("slid")
    options = page.get_by_role("option")
    expect(options.nth(0)).to_contain_text("Slider")
    expect(options.nth(1)).to_contain_text("RangeSlider")
    assert_no_barriers(page)
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/numbers#rangeslider")
    expect(page.get_by_role("heading", name="RangeSlider")).to_be_in_viewport()


def test_what_is_not_there_is_said_not_to_be(page: Page, url: str) -> None:
    open_page(page, url, "")
    page.get_by_role("combobox", name="Find a component").fill("teapot")
    expect(page.get_by_text("Nothing is called that.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nothing is called that.")).to_have_count(0)


def test_light_and_dark_are_kept_on_the_next_page(page: Page, url: str) -> None:
    open_page(page, url, "")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("body")).to_have_class("dark")
    page.get_by_role("link", name="Numbers").first.click()
    expect(page.get_by_role("heading", name="Numbers", level=1)).to_be_visible()
    expect(page.locator("body")).to_have_class("dark")


def test_the_reference_of_a_component_is_a_click_away(page: Page, url: str) -> None:
    open_page(page, url, "numbers")
    page.locator("#rating").get_by_role("link", name="Reference").click()
    expect(page.get_by_role("heading", name="Rating", level=1)).to_be_visible()
    expect(page.get_by_role("cell", name="allow_half")).to_be_visible()


def test_no_other_file_is_ever_shown(page: Page, url: str) -> None:
    for name in ("../README", "/etc/passwd", "guides/../../README"):
        open_page(page, url, f"docs?page={name}")
        expect(page.get_by_role("heading", name="Not found")).to_be_visible()


def _text(card: Any) -> None:
    card.get_by_label("Say something").fill("hello")
    card.get_by_label("Say something").press("Enter")
    expect(card.get_by_label("A story")).to_have_value("HELLO!")


def _choices(card: Any) -> None:
    card.get_by_label("coffee").check()
    expect(card.get_by_label("Order")).to_have_value("One coffee, coming up")


def _numbers(card: Any) -> None:
    card.get_by_label("Side").fill("7")
    expect(card.get_by_label("Area")).to_have_value("49")


def _dates(card: Any) -> None:
    expect(card.get_by_label("Time of the server")).to_have_value(re.compile(r"^\d\d:\d\d:\d\d$"))


def _files(card: Any) -> None:
    with card.page.expect_file_chooser() as chooser:
        card.get_by_role("button", name="Upload notes").click()
    chooser.value.set_files(ROOT / "LICENSE")
    expect(card.get_by_text("LICENSE")).to_be_visible()


def _actions(card: Any) -> None:
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_label("Done")).to_have_value("Saved.")


def _layout(card: Any) -> None:
    card.get_by_label("Letter").fill("Dear Ada")
    card.get_by_role("button", name="Read it").click()
    expect(card.get_by_text("Dear Ada")).to_be_visible()


def _overlays(card: Any) -> None:
    card.get_by_role("button", name="Open the settings").click()
    slider = card.page.get_by_label("range slider for Temperature")
    expect(slider).to_be_visible()  # until then no key reaches it
    slider.press("Home")
    expect(card.get_by_label("Temperature", exact=True).last).to_have_value("0")


def _feedback(card: Any) -> None:
    card.get_by_role("button", name="Success").click()
    expect(card.page.get_by_test_id("toast-text")).to_have_text("It is saved.")


def _data(card: Any) -> None:
    card.get_by_text("Grace", exact=True).click()
    expect(card.get_by_label("Chosen")).to_have_value("Grace lived 85 years.")


def _state(card: Any) -> None:
    for word in ("tea", "milk"):
        card.get_by_label("A word").fill(word)
        card.get_by_label("A word").press("Enter")
        expect(card.get_by_label("A word")).to_have_value("")
    expect(card.get_by_label("Heard so far")).to_have_value("tea, milk")


def _chat(card: Any) -> None:
    card.get_by_role("textbox", name="Message").fill("hello there")
    card.get_by_role("textbox", name="Message").press("Enter")
    expect(card.get_by_role("log")).to_contain_text("You said: hello there")
    whole = card.page.locator("#chatinterface")
    whole.get_by_role("button", name="I need a holiday").click()
    expect(whole.get_by_role("log")).to_contain_text("What if you got a holiday?")


def _html(card: Any) -> None:
    card.get_by_role("button", name="5 of 5").click()
    expect(card.get_by_label("Python hears")).to_have_value("★★★★★")


ANSWERS: list[tuple[str, str, Callable[[Any], None]]] = [
    ("text", "textbox", _text),
    ("choices", "radio", _choices),
    ("numbers", "number", _numbers),
    ("dates", "timer", _dates),
    ("files", "uploadbutton", _files),
    ("actions", "button", _actions),
    ("layout", "tabs", _layout),
    ("overlays", "sidebar", _overlays),
    ("feedback", "toasts", _feedback),
    ("data", "dataset", _data),
    ("state", "state", _state),
    ("chat", "chatbot", _chat),
    ("html", "html", _html),
]


@pytest.mark.parametrize(("path", "anchor", "use"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_a_listener_of_each_group_answers(
    page: Page, url: str, path: str, anchor: str, use: Callable[[Any], None]
) -> None:
    open_page(page, url, path)
    use(page.locator(f"#{anchor}"))


def test_the_apps_of_the_first_page_answer(page: Page, url: str) -> None:
    open_page(page, url, "")
    page.get_by_label("Review").fill("The soup was awful and cold.")
    expect(page.get_by_test_id("label-output-value")).to_have_text("cross")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("in Lisbon, from 65 euros.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("3 of 3 done")).to_be_visible()
