"""The agents that come with the project, with their planner and their real model, as somebody uses
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.harness import assert_no_barriers, picture, ready
from tests.browser.test_chat_model import MODEL_MS, ask
from tests.browser.test_read_text import running

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Visit


def agree(page: Page, count: int) -> None:
    """Allow the note that is asked for last."""
    question = page.get_by_test_id("ask").nth(count - 1)
    expect(question).to_contain_text("May I keep this note?", timeout=MODEL_MS)
    question.get_by_role("button", name="Allow").click()
    expect(question).to_contain_text("Allowed")
    expect(page.get_by_role("button", name="Notes")).to_have_count(count)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)


@pytest.mark.timeout(150)
def test_agents_plan_ask_and_keep_notes(visit: Visit, tmp_path: Path) -> None:
    with running("agent", tmp_path / "log.txt") as url:
        page = ready(visit(), url)
        ask(page, "How far is the Moon? Note it, and 1 / 0.")
        agree(page, 1)
        for name in ("Planner", "Researcher", "Writer"):
            expect(page.get_by_text(name, exact=True)).to_be_visible()
        page.get_by_role("button", name="Gather facts").click()
        failed = page.get_by_role("button", name="Calculate")
        expect(failed).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("group", name="Error")).to_contain_text("zero")
        read = page.get_by_role("button", name="Read “Moon”")
        read.click()
        expect(page.get_by_role("group", name="Output")).to_contain_text("384400 km")
        expect(page.get_by_text("3 of 3 done")).to_be_visible()
        expect(page.get_by_role("group", name="What this answer took")).to_contain_text("tokens/s")
        assert_no_barriers(page)
        picture(page, "agent")
        page.get_by_role("button", name="Keep a note").click()  # what to ask next
        agree(page, 2)
        page.get_by_role("button", name="Notes").last.click()
        pane = page.get_by_role("region", name="Notes")
        expect(pane.get_by_role("heading", name="Note 2")).to_be_visible()
        pane.get_by_role("button", name="Previous version").click()
        expect(pane.get_by_role("heading", name="Note 1")).to_be_visible()
        expect(pane.get_by_role("heading", name="Note 2")).to_have_count(0)
        page.close()
