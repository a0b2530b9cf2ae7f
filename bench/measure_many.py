"""A page of 300 components: until it works, and for how long typing and changing tabs keep it busy.

A handler is what runs of the page's script in one go, and the layouts that it asks for: the
listeners of an event with all that follows at once, a timer, a frame's callbacks. It is measured
as CPU time of the page's main thread, slowed down to a quarter as on a plain telephone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.browser import blank_page, chromium
from bench.measure_click import clicks_ms
from bench.measure_page import visit
from bench.processes import serving
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Browser, Page

    from bench.contestants import Contestant

__all__ = ["measure"]

SLOWDOWN = 4
LONGEST_MS = 16
"""A frame's time."""

_CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
_SCRIPT = {
    "EvaluateScript", "FireAnimationFrame", "FireIdleCallback", "FunctionCall", "RunMicrotasks",
    "TimerFire",
}  # fmt: skip
_TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}


@dataclass(frozen=True)
class _Longest:
    handler_ms: float
    task_ms: float
    """With what the browser does for it: style, layout, painting."""


def _outermost(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    end = 0
    for event in sorted(events, key=lambda event: (event["ts"], -event["dur"])):
        if event["ts"] >= end:
            found.append(event)
            end = event["ts"] + event["dur"]
    return found


def _read(trace: bytes) -> _Longest:
    """The longest handler and task of the main thread that ran most script."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    spans = [event for event in events if event.get("ph") == "X" and event.get("tdur")]
    threads = [[x for x in spans if (x["pid"], x["tid"]) == main] for main in mains]
    busiest = max(threads, key=lambda own: sum(x["tdur"] for x in own if x["name"] in _SCRIPT))
    scripts = _outermost(event for event in busiest if event["name"] in _SCRIPT)
    dispatches = _outermost(event for event in busiest if event["name"] == "EventDispatch")
    handlers: dict[int, float] = {}
    for script in scripts:
        # What the listeners of one event do counts as one.
        around = (x for x in dispatches if x["ts"] <= script["ts"] < x["ts"] + x["dur"])
        begin = next(around, script)["ts"]
        handlers[begin] = handlers.get(begin, 0) + script["tdur"] / 1e3
    tasks = [event["tdur"] / 1e3 for event in busiest if event["name"] in _TASKS]
    return _Longest(max(handlers.values(), default=0), max(tasks, default=0))


def _type(page: Page) -> None:
    page.get_by_label("Word").first.focus()
    for letter in "limelight":
        page.keyboard.press(letter)
        page.wait_for_timeout(500)


def _show(page: Page, parts: Iterable[int]) -> None:
    for part in parts:
        box = page.get_by_role("tab", name=f"Part {part}", exact=True).bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(3000)


DEEDS: dict[str, Callable[[Page], None]] = {
    "a letter": _type,
    "a tab's first time": lambda page: _show(page, range(2, 7)),
    "a tab again": lambda page: _show(page, range(1, 5)),
}
"""Name -> what a reader does. In this order, on one page."""


def _busy(browser: Browser, url: str) -> dict[str, _Longest]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(url)
    page.wait_for_selector("button:has-text('Submit')", timeout=60_000)
    page.wait_for_timeout(3000)  # what a page loads after it is shown is not what is asked for
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    found: dict[str, _Longest] = {}
    for name, act in DEEDS.items():
        browser.start_tracing(page=page, categories=_CATEGORIES)
        act(page)
        found[name] = _read(browser.stop_tracing())
    page.close()
    return found


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Of all letters and tabs the longest counts. Opening and round trip at full speed."""
    what = "300 components"
    works = Row(f"{what}, until visible and usable", "ms", digits=0)
    cpu = Row(f"{what}, until usable, CPU of its main thread", "ms", digits=0)
    trip = Row(f"{what}, click to changed text, p50", "ms", digits=2)
    handlers = {
        name: Row(f"{what}, {name}, longest handler at 1/4 speed", "ms", most=LONGEST_MS)
        for name in DEEDS
    }
    tasks = {
        name: Row(f"{what}, {name}, longest task with drawing at 1/4 speed", "ms", digits=0)
        for name in DEEDS
    }
    with blank_page() as blank, chromium() as browser:
        for _ in range(rounds):
            for one in contestants:
                if one.name == "nicegui":  # has other components
                    continue
                with serving(one, "many") as server:
                    _, _, works_ms, cpu_ms = visit(browser, blank, server.url, is_tried=True)
                    works.add(one.name, works_ms)
                    cpu.add(one.name, cpu_ms)
                    for taken_ms in clicks_ms(browser, server.url, 20, place=2):
                        trip.add(one.name, taken_ms)
                    for name, longest in _busy(browser, server.url).items():
                        handlers[name].add(one.name, longest.handler_ms)
                        tasks[name].add(one.name, longest.task_ms)
    return [works, cpu, trip, *handlers.values(), *tasks.values()]
