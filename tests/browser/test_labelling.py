"""Texts are labelled with a mouse and with a finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
)

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.harness import Serve, Visit

TEXT = [("Marie Curie was born in ", None), ("Warsaw", "place"), (".", None)]


@pytest.fixture
def ear() -> Ear:
    """Hears what the app's functions got."""
    return Ear()


@pytest.fixture
def url(serve: Serve, ear: Ear) -> str:
    """An app with a text to be labelled."""
    with gr.Blocks() as demo:
        text = gr.HighlightedText(TEXT, label="Text", interactive=True, show_legend=True)
        text.change(
            lambda tokens: ear.note([(t["token"], t["class_or_confidence"]) for t in tokens]), text
        )
    return serve(demo)


def test_text_is_dragged_over_and_labelled(page: Page, url: str, ear: Ear) -> None:
    ready(page, url)
    first, last = (place_of(page.get_by_role("option", name=n)) for n in ("Marie", "Curie"))
    middle = first["y"] + first["height"] / 2
    page.mouse.move(first["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 6, middle, steps=5)
    page.mouse.up()
    expect(page.locator("q")).to_have_text("Marie Curie")
    picture(page, "labelling", full=False)
    page.get_by_role("textbox", name="Label").fill("person")
    page.keyboard.press("Enter")
    ear.expect(
        [("Marie Curie", "person"), (" was born in ", None), ("Warsaw", "place"), (".", None)]
    )
    page.get_by_role("option", name="Marie").click()
    page.get_by_role("button", name="Remove label").click()
    ear.expect(TEXT)


def test_a_word_is_tapped_and_labelled(visit: Visit, url: str, ear: Ear, scheme: str) -> None:
    phone = {"width": 360, "height": 740}
    page = ready(visit(viewport=phone, has_touch=True, is_mobile=True, color_scheme=scheme), url)
    page.get_by_role("option", name="Curie").tap()
    expect(page.locator("q")).to_have_text("Curie")
    picture(page, f"labelling-360-{scheme}", full=False)
    assert_no_barriers(page)
    assert_fits(page)
    page.locator("form").get_by_role("button", name="place").tap()
    ear.expect(
        [
            ("Marie ", None),
            ("Curie", "place"),
            (" was born in ", None),
            ("Warsaw", "place"),
            (".", None),
        ]
    )


def test_labelling_comes_late_and_moves_nothing(page: Page, url: str) -> None:
    held: list[Route] = []
    page.route("**/assets/labelling-*.js", lambda route: held.append(route))
    ready(page, url)
    place_of(page.locator(".highlighted-text"))
    before = heights(page)
    page.get_by_role("option", name="Curie").click()
    expect(page.get_by_role("option", name="Curie")).to_have_attribute("aria-selected", "true")
    eventually(page, lambda: len(held) == 1)
    assert heights(page) == before
    held[0].continue_()
    expect(page.locator("q")).to_have_text("Curie")
    assert heights(page) == before


def heights(page: Page) -> list[float]:
    """Of the text's block and of the bar in it."""
    found: list[float] = page.locator(".highlighted-text, .highlighted-text .bar").evaluate_all(
        "parts => parts.map((part) => part.getBoundingClientRect().height)"
    )
    assert len(found) == 2
    return found
