"""The chat that comes with the project, with its real model, as somebody uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.harness import ready
from tests.browser.test_read_text import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Visit

MODEL_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running("chat", tmp_path_factory.mktemp("chat") / "log.txt") as url:
        yield url


def ask(page: Page, text: str) -> None:
    field = page.get_by_placeholder("Type a message...")
    field.fill(text)
    field.press("Enter")


def answers(page: Page) -> Locator:
    return page.get_by_test_id("bot")


def test_an_answer_streams_and_is_stopped(visit: Visit, address: str) -> None:
    page = visit()
    ready(page, address)
    ask(page, "Tell me a long story about a whale.")
    expect(page.get_by_test_id("user")).to_contain_text("whale")
    expect(answers(page).last).to_contain_text(re.compile(r"\w+ \w+ \w+"), timeout=MODEL_MS)
    page.get_by_role("button", name="Stop").first.click()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    page.wait_for_timeout(500)  # what was on its way when it was stopped arrives
    said = answers(page).last.inner_text()
    page.wait_for_timeout(500)  # a model that went on would say several words
    assert answers(page).last.inner_text() == said


def test_two_readers_are_answered_at_a_time(visit: Visit, address: str) -> None:
    pages = [visit(), visit()]
    for page in pages:
        ready(page, address)
    for page in pages:
        ask(page, "Write a short poem about the sea.")
    for page in pages:
        expect(answers(page).last).to_contain_text(re.compile(r"\w+ \w+"), timeout=MODEL_MS)
        expect(page.get_by_role("button", name="Stop").first).to_be_visible()
    for page in pages:
        page.get_by_role("button", name="Stop").first.click()
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)
