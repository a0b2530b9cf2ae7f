"""Chats that are kept: the list at the side, other browsers, links, and a server that is killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port
from tests.browser.harness import ROOT, allow, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Visit

APP = """
import sys, time
import limelight as gr

def answer(message, history):
    if message != "slow":
        yield f"{len(history)} {message}"
        return
    for count in range(200):
        yield " ".join(str(n) for n in range(count + 1))
        time.sleep(0.1)

demo = gr.ChatInterface(answer, store=sys.argv[1], editable=True)
demo.launch(server_port=int(sys.argv[2]), quiet=True)
"""


class Server:
    """An app in a process of its own, which can be killed and begun again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-c", APP, str(self.folder / "chat.db"), str(self.port)]
        cache = str(self.folder / "cache")
        known = {**os.environ, "PYTHONPATH": str(ROOT), "LIMELIGHT_TEMP_DIR": cache}
        self.process = subprocess.Popen(command, env=known, cwd=self.folder)
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                return
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


def send(page: Page, text: str) -> None:
    box = page.get_by_placeholder("Type a message...")
    box.fill(text)
    box.press("Enter")


def said(page: Page) -> Locator:
    """The conversation; a region for screen readers says it once more."""
    return page.get_by_role("log")


def row(page: Page, title: str) -> Locator:
    return page.locator("[data-thread]", has_text=title)


def act(page: Page, title: str, action: str) -> None:
    row(page, title).hover()
    page.get_by_role("button", name=f"Actions for {title}").click()
    page.get_by_role("menuitem", name=action, exact=True).click()


def test_a_browser_has_its_list_and_another_one_nothing(server: Server, visit: Visit) -> None:
    page = visit()
    page.goto(server.url)
    expect(page.get_by_text("No chats yet.")).to_be_visible()
    send(page, "first question")
    expect(said(page).get_by_text("0 first question")).to_be_visible()
    expect(row(page, "first question")).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(re.compile(r"\?thread="))
    page.reload()
    expect(said(page).get_by_text("0 first question")).to_be_visible()
    page.get_by_role("button", name="New chat").click()
    expect(said(page).get_by_text("0 first question")).to_have_count(0)
    send(page, "second question")
    expect(said(page).get_by_text("0 second question")).to_be_visible()
    tab = page.context.new_page()
    tab.goto(server.url)
    expect(tab.locator("[data-thread]")).to_have_text(
        [re.compile("second question"), re.compile("first question")]
    )
    row(tab, "first question").click()
    expect(said(tab).get_by_text("0 first question")).to_be_visible()
    other = visit()
    other.goto(page.url)
    expect(other.get_by_text("There is no such chat any more.")).to_be_visible()
    expect(other.get_by_text("No chats yet.")).to_be_visible()


def test_chats_are_renamed_pinned_found_and_deleted(server: Server, visit: Visit) -> None:
    page = visit()
    page.goto(server.url)
    for text in ("apples", "pears"):
        page.get_by_role("button", name="New chat").click()
        send(page, text)
        expect(said(page).get_by_text(f"0 {text}")).to_be_visible()
    rows = page.locator("[data-thread]")
    expect(rows).to_have_text([re.compile("pears"), re.compile("apples")])
    act(page, "apples", "Pin")
    expect(rows).to_have_text([re.compile("apples"), re.compile("pears")])
    expect(page.get_by_role("heading", name="Pinned")).to_be_visible()
    row(page, "pears").focus()
    page.keyboard.press("F2")
    until(page, "() => document.activeElement.matches('input')")
    page.keyboard.type("quinces")
    page.keyboard.press("Enter")
    expect(rows).to_have_text([re.compile("apples"), re.compile("quinces")])
    page.keyboard.press("ArrowUp")
    expect(row(page, "apples")).to_be_focused()
    page.get_by_role("searchbox").fill("0 PEARS")
    expect(rows).to_have_text([re.compile("quinces")])
    page.get_by_role("searchbox").fill("")
    expect(rows).to_have_count(2)
    row(page, "apples").focus()
    page.keyboard.press("Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(rows).to_have_text([re.compile("quinces")])
    page.get_by_test_id("chat-threads").get_by_role("button", name="Undo").click()
    expect(rows).to_have_text([re.compile("apples"), re.compile("quinces")])


def test_a_link_opens_read_only_until_it_is_revoked(server: Server, visit: Visit) -> None:
    page = visit()
    page.goto(server.url)
    send(page, "to be seen")
    expect(said(page).get_by_text("0 to be seen")).to_be_visible()
    act(page, "to be seen", "Share")
    shown = page.get_by_label("Link to the chat")
    expect(shown).to_have_value(re.compile("http"))
    link = shown.input_value()
    other = visit()
    other.goto(link)
    expect(said(other).get_by_text("0 to be seen")).to_be_visible()
    expect(other.get_by_text("A shared chat, to be read only.")).to_be_visible()
    expect(other.get_by_test_id("textbox")).to_be_disabled()
    page.get_by_role("button", name="Revoke the link").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    third = visit()
    third.goto(link)
    expect(third.get_by_text("This link leads to no chat any more.")).to_be_visible()
    expect(said(third).get_by_text("0 to be seen")).to_have_count(0)


def test_versions_of_a_question_are_walked_and_a_chat_is_copied(
    server: Server, visit: Visit
) -> None:
    page = visit()
    page.goto(server.url)
    send(page, "tea")
    expect(said(page).get_by_text("0 tea")).to_be_visible()
    page.get_by_test_id("user").hover()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Edited Message").fill("coffee")
    page.keyboard.press("Enter")
    expect(said(page).get_by_text("0 coffee")).to_be_visible()
    expect(said(page).get_by_text("0 tea")).to_have_count(0)
    page.get_by_test_id("user").hover()
    page.get_by_role("button", name="Previous version").click()
    expect(said(page).get_by_text("0 tea")).to_be_visible()
    expect(page.get_by_role("img", name="Version 1 of 2")).to_have_text("1/2")
    act(page, "tea", "Make a copy")
    expect(page.locator("[data-thread]")).to_have_count(2)
    send(page, "milk")
    expect(said(page).get_by_text("2 milk")).to_be_visible()
    page.locator("[data-thread]").last.click()
    expect(said(page).get_by_text("0 tea")).to_be_visible()
    expect(said(page).get_by_text("2 milk")).to_have_count(0)


def test_what_was_said_outlives_a_server_that_is_killed(server: Server, visit: Visit) -> None:
    page = visit()
    allow(page, r"ERR_|Failed to load|WebSocket|EventSource|fetch")
    page.goto(server.url)
    send(page, "before")
    expect(said(page).get_by_text("0 before")).to_be_visible()
    send(page, "slow")
    expect(said(page).get_by_text("0 1 2 3")).to_be_visible()
    page.reload()
    expect(said(page).get_by_text("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14")).to_be_visible()
    expect(said(page).get_by_text("0 before")).to_be_visible()
    server.kill()
    server.start()
    page.reload()
    expect(said(page).get_by_text("0 before")).to_be_visible()
    expect(said(page).get_by_text(re.compile(r"^0 1 2 3 4 5"))).to_be_visible()
    expect(said(page).get_by_text("This answer was interrupted.")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(said(page).get_by_text(re.compile(r"\d0 1 2 3"))).to_be_visible()
