"""Where a page reads from right to left, arrow keys go where they point, and pointers, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app_with_all import build
from tests.browser.harness import arrived, place_of, ready

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Serve


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """An app with all components."""
    return serve(build())


@pytest.fixture
def mirrored(page: Page, url: str) -> Page:
    """It, from right to left."""
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.documentElement.dir = 'rtl')"
    )
    return arrived(ready(page, url))


def hears(page: Page, text: str) -> None:
    """Wait for what a listener got."""
    expect(page.get_by_label("Heard", exact=True)).to_have_value(text)


def middle(target: Locator) -> float:
    """Pixels from the left edge of the window."""
    box = place_of(target)
    return box["x"] + box["width"] / 2


def test_left_is_forward_for_numbers(mirrored: Page) -> None:
    mirrored.get_by_label("range slider for Slider").press("ArrowLeft")
    hears(mirrored, "Slider: 5")
    mirrored.get_by_label("range slider for Slider").press("ArrowRight")
    hears(mirrored, "Slider: 4")
    low = mirrored.get_by_role("slider", name="lower end of Span", exact=True)
    before = middle(low)
    low.press("ArrowLeft")
    hears(mirrored, "Span: (3, 6)")
    assert middle(low) < before
    low.press("ArrowRight")
    hears(mirrored, "Span: (2, 6)")
    stars = mirrored.get_by_role("radiogroup", name="Stars")
    stars.get_by_role("radio", name="3 stars").press("ArrowLeft")
    hears(mirrored, "Stars: 4")
    four, five = (stars.get_by_role("radio", name=f"{n} stars") for n in (4, 5))
    assert middle(five) < middle(four)
    four.press("ArrowRight")
    hears(mirrored, "Stars: 3")


def test_a_pointer_moves_a_span_where_it_points(mirrored: Page) -> None:
    high = mirrored.get_by_role("slider", name="upper end of Span", exact=True)
    high.scroll_into_view_if_needed()
    box = place_of(high)
    low = place_of(mirrored.get_by_role("slider", name="lower end of Span", exact=True))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    step = (low["x"] + low["width"] / 2 - x) / 4
    mirrored.mouse.move(x, y)
    mirrored.mouse.down()
    mirrored.mouse.move(x - 2 * step, y, steps=4)
    mirrored.mouse.up()
    hears(mirrored, "Span: (2, 8)")


def test_left_is_forward_for_choices_and_tabs(mirrored: Page) -> None:
    mirrored.get_by_role("radio", name="day").press("ArrowLeft")
    hears(mirrored, "Segments: 'week'")
    mirrored.get_by_role("radio", name="week").press("ArrowRight")
    hears(mirrored, "Segments: 'day'")
    mirrored.get_by_role("tab", name="First").press("ArrowLeft")
    hears(mirrored, "Second: ")
    mirrored.get_by_role("tab", name="Second").press("ArrowRight")
    hears(mirrored, "First: ")


def test_left_is_forward_for_steps_and_places(mirrored: Page) -> None:
    mirrored.get_by_role("button", name="After Begin").click()
    expect(mirrored.get_by_label("In step 2")).to_be_visible()
    mirrored.get_by_role("tab", name="Go on").press("ArrowRight")
    expect(mirrored.get_by_label("In step 1")).to_be_visible()
    expect(mirrored.get_by_role("tab", name="Begin")).to_be_focused()
    mirrored.get_by_role("button", name="Move Movable").press("ArrowLeft")
    expect(mirrored.get_by_text("Movable is now 2 of 2.")).to_be_attached()


def test_left_opens_a_folder_and_is_the_next_day(mirrored: Page) -> None:
    tree = mirrored.get_by_role("tree", name="Explorer")
    tree.focus()
    mirrored.keyboard.type("samp")
    mirrored.keyboard.press("ArrowLeft")
    samples = mirrored.get_by_role("treeitem", name="samples")
    expect(samples).to_have_attribute("aria-expanded", "true")
    mirrored.keyboard.press("ArrowRight")
    expect(samples).to_have_attribute("aria-expanded", "false")
    mirrored.get_by_role("button", name="Open the calendar").first.press("Enter")
    expect(mirrored.get_by_role("gridcell", name="February 28, 2024")).to_be_focused()
    mirrored.keyboard.press("ArrowLeft")
    day = mirrored.get_by_role("gridcell", name="February 29, 2024")
    expect(day).to_be_focused()
    assert middle(day) < middle(mirrored.get_by_role("gridcell", name="February 28, 2024"))
    mirrored.keyboard.press("Escape")


def test_code_and_latin_words_keep_their_direction(mirrored: Page) -> None:
    program = mirrored.locator(".cm-content").first
    expect(program).to_have_css("direction", "ltr")
    spans = mirrored.get_by_role("listbox", name="Spans")
    expect(spans).to_have_css("direction", "ltr")
    names = [spans.get_by_role("option", name=name) for name in ("Ada", "London")]
    assert middle(names[0]) < middle(names[1])


def test_left_is_the_next_language_of_the_snippets(mirrored: Page) -> None:
    mirrored.get_by_role("button", name="Use via API").click()
    mirrored.get_by_role("tab", name="Python").press("ArrowLeft")
    expect(mirrored.get_by_role("tab", name="JavaScript")).to_be_focused()
    mirrored.get_by_role("tab", name="JavaScript").press("ArrowRight")
    expect(mirrored.get_by_role("tab", name="Python")).to_be_focused()
