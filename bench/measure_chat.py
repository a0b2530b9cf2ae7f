"""A chat: what a token costs the server and the page, and how soon a long conversation is open."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.browser import chromium
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.contestants import Contestant
    from bench.processes import Server

__all__ = ["measure"]

TURNS = 500
TOKENS = 2000
PEER_TOKENS = 100
"""Of the peer's answer after 500 turns, of which 2,000 tokens take minutes."""
FEW = 20
LAST = "Take 249."
"""In the last message of the conversation that is opened."""

_WATCH = """
() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
  }).observe({ type: "longtask" });
}
"""
_END = "() => document.body.innerText.includes('the-end')"
_OPENED = """
(last) => new Promise((resolve) => {
  const look = () => document.body?.innerText.includes(last)
    ? requestAnimationFrame(() => resolve(performance.now()))
    : setTimeout(look, 5);
  look();
})
"""


@dataclass
class _Answer:
    seconds: float
    """From the key to the last word on the page."""
    longest_ms: float
    """The page's longest task; 0 if none took 50 ms."""
    cpu_s: float
    """Of the server."""
    bytes: int
    """That came meanwhile, in frames of the socket or of the event stream, before unpacking."""


def _answer(browser: Browser, server: Server, tokens: int) -> _Answer:
    page = browser.new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    came = 0

    def count_frame(event: dict[str, Any]) -> None:
        nonlocal came
        came += len(event["response"]["payloadData"])

    def count_data(event: dict[str, Any]) -> None:
        nonlocal came
        came += int(event["encodedDataLength"])

    wire.on("Network.webSocketFrameReceived", count_frame)
    wire.on("Network.dataReceived", count_data)
    page.goto(server.url)
    field = page.locator("textarea").first
    field.wait_for(timeout=120_000)
    page.wait_for_timeout(2000)
    field.fill(str(tokens))
    page.evaluate(_WATCH)
    came = 0
    before_s = server.cpu_s()
    began_s = time.perf_counter()
    field.press("Enter")
    page.wait_for_function(_END, timeout=600_000)
    seconds = time.perf_counter() - began_s
    page.wait_for_timeout(500)
    made = _Answer(seconds, page.evaluate("longest"), server.cpu_s() - before_s, came)
    page.close()
    return made


def _open_s(browser: Browser, server: Server) -> float:
    page = browser.new_page()
    page.goto(server.url, wait_until="commit")
    opened_ms: float = page.evaluate(_OPENED, LAST)
    page.close()
    return opened_ms / 1e3


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """The same ChatInterface in each framework, whose function yields as fast as it can. CPU per
    token is what an answer of many tokens costs more than one of few; what is left
    is told in a row of its own.
    """
    bare = Row("chat, CPU of the server per token, no history", "ms", digits=3)
    long = Row(
        f"chat, CPU of the server per token, {TURNS} turns", "ms", most_ratio=1 / 50, digits=3
    )
    grown = Row("chat, the second of these divided by the first", "", most=1.1, digits=2)
    fast = Row(f"chat, {TOKENS} tokens into the page", "ms", most_ratio=1 / 4, digits=0)
    longest = Row("chat, the page's longest task meanwhile", "ms", most=50, digits=0)
    longest.note = "0 stands for less than 50 ms, which a browser does not tell."
    besides = Row(f"chat, CPU of an answer besides its tokens, {TURNS} turns", "ms")
    opened = Row("chat, opening 500 messages", "ms", most_ratio=1 / 5, digits=0)
    size = Row("chat, bytes per token of 6 characters", "B", most=60, digits=0)
    with chromium() as browser:
        for _ in range(rounds):
            for one in contestants:
                if one.name == "nicegui":
                    continue
                with serving(one, "chat-0") as server:
                    _answer(browser, server, FEW)  # warm
                    short = _answer(browser, server, FEW)
                    found = _answer(browser, server, TOKENS)
                bare_s = (found.cpu_s - short.cpu_s) / (TOKENS - FEW)
                bare.add(one.name, bare_s * 1e3)
                fast.add(one.name, found.seconds * 1e3)
                longest.add(one.name, found.longest_ms)
                size.add(one.name, found.bytes / TOKENS)
                tokens = TOKENS if one.name == "limelight" else PEER_TOKENS
                with serving(one, f"chat-{TURNS}") as server:
                    _answer(browser, server, FEW)
                    short = _answer(browser, server, FEW)
                    found = _answer(browser, server, tokens)
                long_s = (found.cpu_s - short.cpu_s) / (tokens - FEW)
                long.add(one.name, long_s * 1e3)
                grown.add(one.name, long_s / bare_s)
                besides.add(one.name, (short.cpu_s - long_s * FEW) * 1e3)
                with serving(one, "chat-250") as server:
                    _open_s(browser, server)
                    opened.add(one.name, _open_s(browser, server) * 1e3)
    return [bare, long, grown, besides, fast, longest, opened, size]
