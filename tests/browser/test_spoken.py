"""What readers who cannot see the page are told of calls: each thing once, in their language."""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.conftest import free_port
from tests.browser.harness import allow, assert_no_barriers, ready
from tests.browser.proxy import Proxy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

NET_ERRORS = r"WebSocket connection to|net::ERR_|Failed to load resource"

# Notes each text that a live region has got, as a screen reader would say it.
LISTEN = """() => {
  const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  window.said = [];
  new MutationObserver((changes) => {
    const regions = new Set();
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) {
        const element = node instanceof Element ? node : node.parentElement;
        const region = element?.closest(LIVE);
        if (region) regions.add(region);
        for (const inner of element?.querySelectorAll?.(LIVE) ?? []) {
          if ([...addedNodes].includes(node)) regions.add(inner);
        }
      }
    }
    for (const region of regions) {
      const text = region.innerText.replace(/\\s+/g, ' ').trim();
      if (text !== '') window.said.push(text);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def said(page: Page) -> list[str]:
    """All of it so far."""
    found: list[str] = page.evaluate("() => window.said")
    return found


def test_a_call_with_many_outputs_is_told_of_once(page: Page, serve: Serve) -> None:
    gate = threading.Event()

    def work() -> list[str]:
        gate.wait(20)
        return ["x"] * 6

    def fail() -> list[str]:
        raise gr.Error("No more of it", duration=None)

    with gr.Blocks() as demo:
        outputs: list[Any] = [gr.Textbox(label=f"Out {n}") for n in range(6)]
        gr.Button("Work").click(work, None, outputs)
        gr.Button("Fail").click(fail, None, outputs)
    ready(page, serve(demo))
    page.evaluate(LISTEN)
    try:
        page.get_by_role("button", name="Work").click()
        expect(page.get_by_test_id("spoken")).to_have_text("Working")
        assert_no_barriers(page)
    finally:
        gate.set()
    expect(page.get_by_test_id("spoken")).to_have_text("Done")
    expect(page.get_by_label("Out 5")).to_have_value("x")
    assert said(page) == ["Working", "Done"]
    page.get_by_role("button", name="Fail").click()
    expect(page.get_by_role("alert")).to_contain_text("No more of it")
    expect(page.get_by_test_id("status-tracker").first).to_contain_text("Error")
    assert sum("No more of it" in text for text in said(page)) == 1, said(page)


def test_a_click_without_connection_says_what_it_waits_for(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        answer = gr.Textbox(label="Answer")
        calls = count(1)
        gr.Button("Ask").click(lambda: f"yes {next(calls)}", None, answer)
    port = free_port()
    serve(demo, server_port=port)
    allow(page, NET_ERRORS)
    with Proxy(port) as proxy:
        ready(page, proxy.url)
        page.get_by_role("button", name="Ask").click()
        expect(page.get_by_label("Answer")).to_have_value("yes 1")
        proxy.down()
        page.get_by_role("button", name="Ask").click()
        tracker = page.get_by_test_id("status-tracker").first
        expect(tracker).to_contain_text("waiting for the connection")
        expect(page.get_by_test_id("spoken")).to_have_text("waiting for the connection")
        proxy.up()
        expect(page.get_by_label("Answer")).to_have_value("yes 2", timeout=20_000)
        expect(tracker).not_to_contain_text("waiting for the connection")


def test_names_that_nobody_chose_are_translated(visit: Visit, serve: Serve) -> None:
    with gr.Blocks() as demo:
        gr.Slider(0, 10, 4, label="Menge")
        gr.RangeSlider(0, 10, (2, 6), label="Spanne")
        gr.Rating(3, label="Note", interactive=True)
        gr.Dataset(components=["textbox"], samples=[[str(n)] for n in range(9)], samples_per_page=5)
        gr.DeepLinkButton()
        gr.DeepLinkButton("Mein Link")
    page = ready(visit(locale="de-DE"), serve(demo))
    expect(page.get_by_label("Schieberegler für Menge")).to_be_visible()
    expect(page.get_by_role("slider", name="unteres Ende von Spanne", exact=True)).to_be_attached()
    expect(page.get_by_role("radio", name="4 Sterne")).to_be_attached()
    expect(page.get_by_text("Seiten:")).to_be_visible()
    expect(page.get_by_role("button", name="Per Link teilen")).to_be_visible()
    expect(page.get_by_role("button", name="Mein Link")).to_be_visible()
