"""The hello page in Chromium: its bytes and requests, and the time until it is seen and works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.browser import blank_page, chromium
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.contestants import Contestant

__all__ = ["measure", "visit"]

# Tries what a reader would: writes a name, presses Submit, looks for the answer; again and again,
# because a page may be seen before it works. Times are since the navigation began.
_TRY = """
window.__seen = window.__works = null;
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isSeen = (element) => element.getBoundingClientRect().height > 0;
  let tried = -Infinity;
  const look = () => {
    const [field, output] = all("textarea, input[type=text], input:not([type])");
    const button = all("button").find((one) => one.textContent.trim() === "Submit");
    if (field && output && button && isSeen(field) && isSeen(output) && isSeen(button)) {
      window.__seen ??= performance.now();
      if (output.value === "Hello Ann!") {
        window.__works = performance.now();
        return;
      }
      if (performance.now() - tried > 100) {
        tried = performance.now();
        const value = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
        value.set.call(field, "Ann");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        setTimeout(() => button.click());
      }
    }
    setTimeout(look, 1);
  };
  document.addEventListener("DOMContentLoaded", look);
})();
"""


class _Traffic:
    """What a page gets over the wire, headers included."""

    def __init__(self, session: Any) -> None:
        self.requests = 0
        self._bytes: dict[str, float] = {}
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.responseReceived", self._began)
        session.on("Network.dataReceived", self._continued)
        session.on("Network.loadingFinished", self._ended)
        session.on("Network.webSocketCreated", self._asked)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")

    @property
    def total_bytes(self) -> float:
        """All of it."""
        return sum(self._bytes.values())

    def _add(self, event: dict[str, Any], size_bytes: float) -> None:
        key = event["requestId"]
        self._bytes[key] = self._bytes.get(key, 0) + max(0, size_bytes)

    def _asked(self, event: dict[str, Any]) -> None:
        address = event.get("request", event)["url"]
        if not address.startswith(("data:", "blob:")):
            self.requests += 1

    def _began(self, event: dict[str, Any]) -> None:
        self._add(event, event["response"].get("encodedDataLength", 0))

    def _continued(self, event: dict[str, Any]) -> None:
        self._add(event, event.get("encodedDataLength", 0))

    def _ended(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = event["encodedDataLength"]  # the whole, now known

    def _framed(self, event: dict[str, Any]) -> None:
        self._add(event, len(event["response"]["payloadData"]))


def visit(
    browser: Browser, blank: str, url: str, *, is_tried: bool
) -> tuple[_Traffic, float, float, float]:
    """Opens an app's page. Its traffic and, if it is tried, the milliseconds until it is seen,
    until it works, and of CPU until then.
    """
    context = browser.new_context()
    page = context.new_page()
    page.goto(blank)
    session = context.new_cdp_session(page)
    traffic = _Traffic(session)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if is_tried:
        page.add_init_script(_TRY)
    page.goto(url, wait_until="commit")
    seen_ms = works_ms = cpu_ms = 0.0
    if is_tried:
        page.wait_for_function("window.__works !== null", timeout=60_000, polling=100)
        seen_ms, works_ms = page.evaluate("[window.__seen, window.__works]")
        cpu_ms = _main_thread_s(session) * 1e3
    else:
        page.wait_for_selector("button:has-text('Submit')", timeout=60_000)
        page.wait_for_timeout(2500)  # what a page loads after it is shown counts too
    context.close()
    return traffic, seen_ms, works_ms, cpu_ms


def _main_thread_s(session: Any) -> float:
    """CPU seconds of the page's main thread."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    found: float = next(x["value"] for x in metrics if x["name"] == "TaskDuration")
    return found


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Each visit in a tab that is open already, with an empty cache."""
    size = Row("hello page, bytes on the wire", "kB", most_ratio=1 / 8)
    requests = Row("hello page, requests", "", most=12, digits=0)
    seen = Row("hello page, until visible", "ms", digits=0)
    works = Row("hello page, until visible and usable", "ms", most_ratio=1 / 3, digits=0)
    cpu = Row("hello page, until usable, CPU of its main thread", "ms", digits=0)
    with blank_page() as blank, chromium() as browser:
        for number in range(rounds + 1):
            for one in contestants:
                with serving(one) as server:
                    if number < 2:
                        traffic, *_ = visit(browser, blank, server.url, is_tried=False)
                        size.add(one.name, traffic.total_bytes / 1e3)
                        requests.add(one.name, traffic.requests)
                    _, seen_ms, works_ms, cpu_ms = visit(browser, blank, server.url, is_tried=True)
                    if number:
                        seen.add(one.name, seen_ms)
                        works.add(one.name, works_ms)
                        cpu.add(one.name, cpu_ms)
    return [size, requests, seen, works, cpu]
