"""What the browser tests share: watching a page, hearing what Python got, finding barriers."""

from __future__ import annotations

import os
import queue
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import (
        BrowserContext,
        ConsoleMessage,
        FloatRect,
        Locator,
        Request,
        WebError,
    )

    from limelight.app.blocks import Blocks

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_OWN_HOSTS = ("127.0.0.1", "localhost", "", None)
# Colours on their way from one scheme to the other are in neither.
_SETTLE = """() => Promise.allSettled(
  document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished)
).then(() => undefined)"""
_WATCHES: dict[int, Watch] = {}


class Serve(Protocol):
    """Starts an app with the options of `launch()` and gives its address."""

    def __call__(self, demo: Blocks, **options: Any) -> str: ...


class Visit(Protocol):
    """Opens a watched page in a context with the given options."""

    def __call__(self, **options: Any) -> Page: ...


class Watch:
    """Notes errors on the pages of a context, and requests that leave this machine."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.odd: list[str] = []
        self._allowed: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        _WATCHES[id(context)] = self

    def allow(self, pattern: str) -> None:
        """Let errors be whose text has the pattern: those that a test brings about."""
        self._allowed.append(pattern)

    def check(self) -> None:
        """Fail if anything odd happened that was not allowed."""
        _WATCHES.pop(id(self.context), None)
        odd = [text for text in self.odd if not any(re.search(p, text) for p in self._allowed)]
        assert not odd, "The page misbehaved:\n" + "\n".join(odd)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.odd.append(f"console: {message.text} ({message.location.get('url')})")

    def _error(self, error: WebError) -> None:
        self.odd.append(f"not caught: {error.error}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in _OWN_HOSTS:
            self.odd.append(f"request to another host: {request.url}")


def allow(page: Page, pattern: str) -> None:
    """Let errors on the page's context be whose text has the pattern."""
    _WATCHES[id(page.context)].allow(pattern)


class Ear:
    """What listeners got, in the order in which they ran."""

    def __init__(self, patience_s: float = 10) -> None:
        self._heard: queue.Queue[Any] = queue.Queue()
        self._patience_s = patience_s

    def note(self, what: Any) -> None:
        """Note something; for listeners."""
        self._heard.put(what)

    def expect(self, wanted: Any) -> None:
        """Wait until this was noted; what was noted before it is passed over."""
        self.expect_all(wanted)

    def expect_all(self, *wanted: Any) -> None:
        """Wait until all of these were noted, in any order; others are passed over."""
        missing = list(wanted)
        others: list[Any] = []
        while missing:
            try:
                heard = self._heard.get(timeout=self._patience_s)
            except queue.Empty:
                lines = ["Expected", *map(repr, missing), "but heard", *map(repr, others)]
                raise AssertionError("\n    ".join(lines)) from None
            if heard in missing:
                missing.remove(heard)
            else:
                others.append(heard)

    def forget(self) -> list[Any]:
        """Pass over what was noted until now, and give it."""
        passed: list[Any] = []
        while not self._heard.empty():
            passed.append(self._heard.get())
        return passed


def eventually(
    page: Page, is_so: Callable[[], object], what: str = "", *, patience_s: float = 10
) -> None:
    """Wait until a question of Python's is answered by yes; the page goes on meanwhile."""
    last_s = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < last_s, what or f"not so within {patience_s} s"
        page.wait_for_timeout(20)


def until(place: Page | Locator, function: str, arg: Any = None, *, patience_s: float = 10) -> None:
    """Wait until a function of JavaScript gives something true in the page, or for an element.

    `page.wait_for_function` asks again by `eval`, which our pages forbid: it works only where the
    first answer is true already.
    """
    page = place if isinstance(place, Page) else place.page
    what = f"not true within {patience_s} s: {function}"
    eventually(page, lambda: place.evaluate(function, arg), what, patience_s=patience_s)


def place_of(locator: Locator) -> FloatRect:
    """Where something stands, once it stands still."""
    seen: list[FloatRect | None] = [None]

    def stands() -> bool:
        seen.append(locator.bounding_box())
        return seen[-1] is not None and seen[-1] == seen[-2]

    eventually(locator.page, stands, f"{locator} does not come to rest")
    found = seen[-1]
    assert found is not None
    return found


def assert_fits(page: Page) -> None:
    """Fail if the page has to be scrolled sideways."""
    until(page, "() => document.documentElement.scrollWidth <= innerWidth")


def ready(page: Page, url: str, **options: Any) -> Page:
    """Open the app and wait until its listeners are at work."""
    page.goto(url, **options)
    until(page, "() => window.__limelight__ !== undefined")
    return page


def arrived(page: Page) -> Page:
    """Wait for what comes late to the app with all components: the last tick, formulas, pictures.

    It is the largest page there is, so it gets more time than others.
    """
    expect(page.get_by_label("Ticks")).to_have_value("3", timeout=30_000)
    expect(page.locator(".katex").first).to_be_attached(timeout=30_000)
    expect(page.get_by_alt_text("A sky at sunset")).to_be_visible(timeout=30_000)
    return page


def barriers(page: Page) -> list[str]:
    """What axe finds on the page, of any impact, in a line each."""
    if page.evaluate("() => window.axe === undefined"):
        page.evaluate(AXE.read_text("utf-8"))
    found = cast(
        "dict[str, Any]",
        page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })"),
    )
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']} {node['html'][:200]}\n"
        f"    {' '.join(str(node.get('failureSummary', '')).split())[:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def assert_no_barriers(page: Page) -> None:
    """Fail with all that axe finds."""
    found = barriers(page)
    assert not found, f"{len(found)} barriers:\n" + "\n".join(found)


def assert_no_barriers_in_each_scheme(page: Page, name: str, *, full: bool = False) -> None:
    """Fail with all that axe finds when the page is light and when it is dark; `name` is that of
    the pictures.
    """
    found: list[str] = []
    for scheme in in_each_scheme(page):
        picture(page, f"{name}-{scheme}", full=full)
        found += [f"{scheme}: {barrier}" for barrier in barriers(page)]
    assert not found, f"{len(found)} barriers:\n" + "\n".join(found)


def in_each_scheme(page: Page) -> Iterator[str]:
    """Turn the page light, then dark, as a system does whose reader switches; gives its name."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        body = page.locator("body")
        is_dark = re.compile(r"\bdark\b")
        if scheme == "dark":
            expect(body).to_have_class(is_dark)
        else:
            expect(body).not_to_have_class(is_dark)
        page.evaluate(_SETTLE)
        yield scheme


def picture(page: Page, name: str, *, full: bool = True) -> None:
    """A screenshot in the folder of results, if `PICTURES=1`: for eyes, and dear."""
    if not os.environ.get("PICTURES"):
        return
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / f"{name}.png", full_page=full)


def idle(page: Page, timeout_ms: float | None = None) -> None:
    """Wait until no block shows that something runs."""
    for stage in ("pending", "generating"):
        tracker = page.locator(f'[data-testid="status-tracker"].{stage}')
        expect(tracker).to_have_count(0, timeout=timeout_ms)
