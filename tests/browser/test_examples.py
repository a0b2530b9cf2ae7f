"""Examples: rows are chosen by mouse and keyboard, in pages, at any width; kept results appear."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import assert_fits, assert_no_barriers, place_of, ready, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

LONG = "a sentence that goes on and on " * 12


def tell(name: str, age: float) -> str:
    return f"{name} is {age:g}"


def spell(word: str) -> Iterator[str]:
    for end in range(len(word)):
        time.sleep(0.01)
        yield word[: end + 1]


@pytest.fixture(scope="module")
def url(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("kept")
    patch = pytest.MonkeyPatch()
    patch.chdir(folder)
    red = folder / "red.png"
    from PIL import Image

    Image.new("RGB", (40, 30), "red").save(red)
    rows: list[Any] = [[f"Person {n}", n] for n in range(11)]
    rows[1][0] = LONG
    with gr.Blocks() as demo:
        name, age, said = gr.Textbox(label="Name"), gr.Number(label="Age"), gr.Textbox(label="Said")
        gr.Examples(
            rows, [name, age], said, tell, cache_examples=True, examples_per_page=4, label="People"
        )
        gr.Button("Tell").click(tell, [name, age], said)
        word, spelt = gr.Textbox(label="Word"), gr.Textbox(label="Spelt")
        gr.Examples(
            ["lime", "light", LONG], word, spelt, spell, cache_examples=True, cache_mode="lazy",
            label="Words", example_labels=["Fruit", "Bright", LONG],
        )  # fmt: skip
        gr.Button("Spell").click(spell, word, spelt)
        picture, yes = gr.Image(label="Picture"), gr.Checkbox(label="Yes")
        gr.Examples([[str(red), True], [None, False]], [picture, yes], label="Pictures")
    try:
        return serve(demo)
    finally:
        patch.undo()


def opened(page: Page, url: str) -> Page:
    ready(page, url)
    return page


def test_the_first_row_is_there_with_the_page(page: Page, url: str) -> None:
    opened(page, url)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Person 0")
    expect(page.get_by_label("Said", exact=True)).to_have_value("Person 0 is 0")


def test_a_click_fills_the_inputs_and_shows_the_kept_result(page: Page, url: str) -> None:
    opened(page, url)
    people = page.get_by_role("grid", name="People")
    expect(people.get_by_role("columnheader")).to_have_text(["Name", "Age"])
    people.get_by_text("Person 2").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Person 2")
    expect(page.get_by_label("Age", exact=True)).to_have_value("2")
    expect(page.get_by_label("Said", exact=True)).to_have_value("Person 2 is 2")
    expect(people.get_by_role("row", name="Person 2 2")).to_have_attribute("aria-selected", "true")


def test_rows_are_reached_by_keyboard_and_come_in_pages(page: Page, url: str) -> None:
    opened(page, url)
    people = page.get_by_role("grid", name="People")
    pages = page.get_by_role("group", name="Pages")
    pages.get_by_role("button", name="3").click()
    expect(people.get_by_role("row", name="Person 8 8")).to_be_visible()
    people.get_by_role("row", name="Person 8 8").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(people.get_by_role("row", name="Person 10 10")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Said", exact=True)).to_have_value("Person 10 is 10")


def test_lazy_results_stream_the_first_time_and_are_kept(page: Page, url: str) -> None:
    opened(page, url)
    for _ in range(2):
        page.get_by_role("button", name="Bright").click()
        expect(page.get_by_label("Word", exact=True)).to_have_value("light")
        expect(page.get_by_label("Spelt", exact=True)).to_have_value("light")
        page.get_by_role("button", name="Fruit").click()
        expect(page.get_by_label("Spelt", exact=True)).to_have_value("lime")


def test_pictures_are_shown_and_loaded(page: Page, url: str) -> None:
    opened(page, url)
    grid = page.get_by_role("grid", name="Pictures")
    shown = grid.locator("img")
    expect(shown).to_have_count(1)
    until(shown, "img => img.naturalWidth === 40")
    shown.click()
    expect(page.get_by_label("Yes", exact=True)).to_be_checked()
    expect(page.locator("img[src*='red']")).to_have_count(2)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_row_is_wider_than_the_page(visit: Visit, url: str, width: int, scheme: str) -> None:
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened(page, url)
    assert_fits(page)
    until(
        page,
        "() => [...document.querySelectorAll('.gallery-item, .table-wrap')]"
        ".every((one) => one.getBoundingClientRect().right <= innerWidth)",
    )
    cell = place_of(page.get_by_test_id("dataset-cell-1-0").first)
    assert cell["height"] < 60  # a long text is cut, not wrapped
    expect(page.get_by_role("columnheader", name="Age")).to_be_in_viewport()
    assert_no_barriers(page)
