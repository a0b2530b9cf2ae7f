"""Figures, pages, steps and tasks show what functions say, and functions hear what readers do."""

from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import (
    Ear,
    assert_fits,
    assert_no_barriers,
    eventually,
    picture,
    ready,
    until,
)
from tests.browser.test_touch import assert_nothing_is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}


def test_a_metric_shows_what_a_function_measured(page: Page, serve: Serve) -> None:
    ear = Ear()
    with gr.Blocks() as demo:
        metric = gr.Metric(1, label="Visitors", format="compact", delta=0)
        gr.Button("Measure").click(
            lambda: {"value": 1_284_000, "delta": -3400, "trend": [3, None, 1, 2]}, None, metric
        )
        gr.Button("Rename").click(
            lambda: gr.Metric(12, suffix="k", delta_color="off"), None, metric
        )
        metric.change(ear.note, metric)
    ready(page, serve(demo))
    page.get_by_role("button", name="Measure").click()
    expect(page.get_by_test_id("metric-value")).to_have_text("1.3M")
    expect(page.get_by_test_id("metric-delta")).to_have_text("-3.4K")
    trend = page.get_by_role("img", name="3 values from 3 to 2, lowest 1, highest 3")
    expect(trend).to_be_visible()
    ear.expect({"value": 1_284_000, "delta": -3400, "trend": [3, None, 1, 2]})
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_test_id("metric")).to_contain_text("12k")
    expect(trend).to_have_count(0)
    ear.expect(12)


def _expect_rows(page: Page, count: int) -> None:
    expect(page.get_by_test_id("metric")).to_have_count(4)
    until(
        page,
        """count => new Set(
          [...document.querySelectorAll('[data-testid=metric]')].map(
            (tile) => tile.getBoundingClientRect().top)).size === count""",
        count,
    )


def test_a_row_of_metrics_is_a_dashboard(visit: Visit, serve: Serve, scheme: str) -> None:
    with gr.Blocks() as demo, gr.Row():
        for name, delta in (("One", 3), ("Two", -3), ("Three", 0), ("Four", None)):
            gr.Metric(1234.5, label=name, delta=delta, trend=[1, 3, 2])
    url = serve(demo)
    page = ready(visit(color_scheme=scheme), url)
    _expect_rows(page, 1)
    picture(page, f"metrics-{scheme}")
    assert_no_barriers(page)
    phone = ready(visit(color_scheme=scheme, viewport=PHONE), url)
    _expect_rows(phone, 2)
    assert_fits(phone)
    picture(phone, f"metrics-{scheme}-360")


def _towns() -> gr.Blocks:
    towns = [f"Town {number}" for number in range(1, 96)]

    def find(text: str) -> list[str]:
        return [town for town in towns if text in town]

    def show(text: str, shown: slice) -> str:
        return ", ".join(find(text)[shown])

    with gr.Blocks() as demo:
        search = gr.Textbox(label="Search")
        pages = gr.Pagination(95, type="slice", page_sizes=[10, 20], label="Towns")
        shown = gr.Textbox(show("", slice(0, 10)), label="Shown", interactive=False)
        found = search.submit(
            lambda text: gr.Pagination(total=len(find(text)), value=1), search, pages
        )
        found.then(show, [search, pages], shown)
        pages.input(show, [search, pages], shown)
    return demo


def test_pages_are_turned(page: Page, serve: Serve) -> None:
    ready(page, serve(_towns()))
    shown = page.get_by_label("Shown")
    towns = page.get_by_role("navigation", name="Towns")
    towns.get_by_role("button", name="Next page").click()
    expect(shown).to_have_value(re.compile("^Town 11, .*Town 20$"))
    towns.get_by_role("button", name="Page 10", exact=True).click()
    expect(shown).to_have_value("Town 91, Town 92, Town 93, Town 94, Town 95")
    expect(page.get_by_text("91–95 of 95")).to_be_visible()
    page.get_by_role("combobox", name="Entries on a page").select_option("20")
    expect(towns.locator("[aria-current=page]")).to_have_text("5")
    expect(shown).to_have_value(re.compile("^Town 81, .*Town 95$"))
    # There is less now: the first page of two, still twenty to a page.
    page.get_by_label("Search").fill("Town 1")
    page.get_by_label("Search").press("Enter")
    expect(page.get_by_text("1–11 of 11")).to_be_visible()
    expect(shown).to_have_value(re.compile("^Town 1, Town 10, .*Town 19$"))


def test_pages_have_room_on_a_phone(visit: Visit, serve: Serve, scheme: str) -> None:
    given: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    page = ready(visit(color_scheme=scheme, **given), serve(_towns()))
    expect(page.get_by_text("Page 1 of 10")).to_be_visible()
    page.get_by_role("button", name="Last page").tap()
    expect(page.get_by_label("Shown")).to_have_value(re.compile("^Town 91"))
    assert_nothing_is_small(page, "[data-testid=pagination]")
    assert_no_barriers(page)
    assert_fits(page)
    picture(page, f"pagination-{scheme}-360", full=False)


def test_steps_go_on_and_can_be_chosen(page: Page, serve: Serve) -> None:
    ear = Ear()
    with gr.Blocks() as demo, gr.Tabs():
        with gr.Tab("First"):
            gr.Textbox(label="Here")
        with gr.Tab("Second"):
            steps = gr.Steps(["Load", "Clean", "Report"], label="Training", clickable=True)
            gr.Button("On").click(lambda at: at + 1, steps, steps)
            gr.Button("Fail").click(lambda: gr.Steps(value=1, status="error"), None, steps)

        def chosen(event: gr.SelectData) -> None:
            ear.note((event.index, event.value))

        steps.select(chosen)
        steps.change(ear.note, steps)
    ready(page, serve(demo))
    page.get_by_role("tab", name="Second").click()
    current = page.locator("[aria-current=step]")
    expect(current).to_contain_text("Load")
    for name in ("Clean", "Report"):
        page.get_by_role("button", name="On", exact=True).click()
        expect(current).to_contain_text(name)
    page.get_by_role("button", name="On", exact=True).click()
    expect(current).to_have_count(0)
    ear.expect(3)
    page.get_by_role("button", name="Fail").click()
    expect(current).to_contain_text("failed")
    page.get_by_role("button", name="Report").click()
    ear.expect_all((2, "Report"), 2)


def test_tasks_are_kept_up_to_date(page: Page, serve: Serve) -> None:
    goes_on, ends, ear = Event(), Event(), Ear()

    def work() -> Iterator[list[dict[str, Any]]]:
        many: list[dict[str, Any]] = [{"title": f"Task {number}"} for number in range(200)]
        for status, gate in (("running", goes_on), ("done", ends)):
            many[1] = {"title": "Task 1", "status": status, "progress": 0.5}
            yield many
            assert gate.wait(30)

    with gr.Blocks() as demo:
        tasks = gr.TaskList(label="Plan")
        gr.Button("Go").click(work, None, tasks)
        mine = gr.TaskList(["Bread", "Milk"], label="To buy", interactive=True)
        mine.input(ear.note, mine)
    wholes: list[int] = []

    def note(frame: str | bytes) -> None:
        if len(frame) > 4000:
            wholes.append(len(frame))

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    ready(page, serve(demo))
    page.get_by_role("button", name="Go", exact=True).click()
    plan = page.get_by_role("group", name="Plan")
    expect(plan.get_by_role("progressbar", name="Progress of Task 1")).to_have_attribute(
        "aria-valuenow", "50"
    )
    eventually(page, lambda: len(wholes) == 1)
    page.evaluate("row = document.querySelector('[data-status=running]')")
    goes_on.set()
    expect(plan.get_by_text("1 of 200 done")).to_be_visible()
    expect(page.get_by_text("Task 1: done")).to_be_attached()
    until(page, "() => row.isConnected && row.dataset.status === 'done'")
    assert len(wholes) == 1  # not the whole list again
    ends.set()
    page.get_by_role("checkbox", name="Milk").check()
    ear.expect([{"title": "Bread", "status": "pending"}, {"title": "Milk", "status": "done"}])
