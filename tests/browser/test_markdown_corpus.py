"""Nasty Markdown that streams into a conversation: nothing runs, nothing of the page is taken over.

What it is drawn as, `web/src/ui/markdown/corpus.test.ts` tests.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import ROOT, allow, idle, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.harness import Serve, Visit

CASES: list[dict[str, str]] = json.loads((ROOT / "tests/markdown/corpus.json").read_text("utf-8"))
# Half of a pair of surrogates cannot be sent.
TEXTS = [case["text"] for case in CASES if "\ud83d broken" not in case["text"]]
PIECES = 3
SPY = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
"""
# What a reader could set off, at each element; links are asked where they lead.
PROVOKE = """() => {
  const kinds = [
    "mouseover", "pointerenter", "focus", "focusin", "load", "error", "toggle", "begin"
  ];
  const all = [...document.querySelectorAll("[data-testid=bot] .md *")];
  const links = [];
  for (const element of all) {
    for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: true }));
    const leads = /^(?:javascript|vbscript|data|blob|file):$/.test(element.protocol ?? "");
    if (leads) links.push(element.outerHTML);
  }
  const covers = all.filter((element) =>
    /^(?:fixed|absolute)$/.test(getComputedStyle(element).position)
    && element.closest(".katex, .code_wrap, .md-header-anchor") === null);
  const clobbered = ["getElementById", "querySelector", "createElement"].filter(
    (name) => typeof document[name] !== "function");
  if (!(document.body instanceof HTMLBodyElement)) clobbered.push("body");
  if (typeof document.cookie !== "string") clobbered.push("cookie");
  const covering = covers.map((element) => element.outerHTML);
  return { ran: window.ran, links, covers: covering, clobbered };
}"""
HARMLESS: dict[str, list[str]] = {"ran": [], "links": [], "covers": [], "clobbered": []}


def _conversation(share: float) -> list[Any]:
    return [
        {"role": "assistant", "content": text[: round(len(text) * share)] or "…"} for text in TEXTS
    ]


def test_nothing_of_the_corpus_runs(serve: Serve, visit: Visit) -> None:
    with gr.Blocks() as demo:
        chat = gr.Chatbot(group_consecutive_messages=False)

        def talk() -> Iterator[list[Any]]:
            for piece in range(1, PIECES + 1):
                yield _conversation(piece / PIECES)

        gr.Button("Talk").click(talk, None, chat)
    # The page's policy would stop most of it, too: here it must not be there in the first place.
    page = visit(bypass_csp=True)
    # Pictures that the corpus names are missing here.
    allow(page, "Failed to load resource")
    page.add_init_script(SPY)
    ready(page, serve(demo))
    page.get_by_role("button", name="Talk").click()
    expect(page.get_by_test_id("bot")).to_have_count(len(TEXTS))
    idle(page)
    assert page.evaluate(PROVOKE) == HARMLESS


def test_the_spy_would_notice(visit: Visit) -> None:
    page = visit(bypass_csp=True)
    page.add_init_script(SPY)
    nasty = "<a href='javascript:0' onfocus=alert(1)>x</a>"
    body = f"<div data-testid=bot><div class=md>{nasty}</div></div>"
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("http://localhost/")
    found = page.evaluate(PROVOKE)
    assert found["ran"] == ["alert"]
    assert len(found["links"]) == 1
