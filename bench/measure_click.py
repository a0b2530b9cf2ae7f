"""From a click to the changed text, measured inside the page."""

from __future__ import annotations

from math import isnan
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench.browser import chromium
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.contestants import Contestant

__all__ = ["clicks_ms", "measure"]

# A field's text is no part of the document, so besides a MutationObserver the setter of `value`
# is watched.
_CLICKS = """
async ([count, place]) => {
  const buttons = [...document.querySelectorAll("button")];
  const button = buttons.find((one) => one.textContent.trim() === "Count");
  const field = document.querySelectorAll("textarea, input[type=text], input:not([type])")[place];
  let notice = () => {};
  new MutationObserver(() => notice()).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  const prototype = Object.getPrototypeOf(field);
  const value = Object.getOwnPropertyDescriptor(prototype, "value");
  Object.defineProperty(prototype, "value", {
    ...value,
    set(text) {
      value.set.call(this, text);
      notice();
    },
  });
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const taken = [];
  for (let number = 0; number < count; number++) {
    const before = value.get.call(field);
    const began = performance.now();
    const changed = new Promise((resolve) => {
      notice = () => value.get.call(field) !== before && resolve(performance.now());
    });
    button.click();
    taken.push((await Promise.race([changed, rest(10000).then(() => NaN)])) - began);
    notice = () => {};
    await rest(30 + Math.random() * 20);
  }
  return taken;
}
"""


def clicks_ms(browser: Browser, url: str, count: int, *, place: int = 0) -> list[float]:
    """Opens a page, and clicks "Count" until a field has changed, again and again: which of the
    fields.
    """
    page = browser.new_page()
    page.goto(url)
    page.wait_for_selector("button:has-text('Count')", timeout=60_000)
    page.wait_for_timeout(1500)
    page.evaluate(_CLICKS, [10, place])  # warm
    taken: list[float] = page.evaluate(_CLICKS, [count, place])
    page.close()
    assert not any(map(isnan, taken)), "a click changed nothing for 10 s"
    return taken


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """The median and the 95th percentile of about 200 clicks on the same page in each framework."""
    middle = Row(
        "click to changed text, p50", "ms", most_ratio=1 / 6, is_at_most_nicegui=True, digits=2
    )
    slow = Row("click to changed text, p95", "ms", digits=2)
    per_round = max(20, 200 // rounds)
    with chromium() as browser:
        for _ in range(rounds):
            for one in contestants:
                with serving(one, "click") as server:
                    taken_ms = clicks_ms(browser, server.url, per_round)
                middle.add(one.name, median(taken_ms))
                slow.add(one.name, quantiles(taken_ms, n=20)[-1])
    return [middle, slow]
