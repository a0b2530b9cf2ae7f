"""What listeners do on a page: when they run, what they change, and how one sees that they run."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import Ear, allow, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Serve, Visit

WAIT_S = 20


class Gate:
    """Holds functions up until a test lets them go on."""

    def __init__(self) -> None:
        self._open = threading.Semaphore(0)

    def wait(self) -> None:
        """Called by functions: wait to be let through."""
        self._open.acquire(timeout=WAIT_S)

    def let(self, count: int = 1) -> None:
        """Let so many through."""
        self._open.release(count)


@pytest.fixture
def gate() -> Gate:
    """Shut at first."""
    return Gate()


@pytest.fixture
def ear() -> Ear:
    """Has heard nothing."""
    return Ear()


def press(page: Page, name: str) -> None:
    """Click a button by its whole name."""
    page.get_by_role("button", name=name, exact=True).click()


def shows(page: Page, label: str, text: str | re.Pattern[str]) -> None:
    """Wait until a field shows a text."""
    expect(page.get_by_label(label, exact=True)).to_have_value(text)


def tracker(page: Page, elem_id: str) -> Locator:
    """The status tracker of a block."""
    return page.locator(f"#{elem_id} [data-testid=status-tracker]")


# ---- when they run ----------------------------------------------------------------


def test_once_drops_what_comes_while_it_runs_and_multiple_takes_all(
    page: Page, serve: Serve, gate: Gate, ear: Ear
) -> None:
    def run(name: str) -> Callable[[], None]:
        def work() -> None:
            ear.note(f"{name} began")
            gate.wait()
            ear.note(f"{name} ended")

        return work

    with gr.Blocks() as demo:
        gr.Button("Once").click(run("once"))
        gr.Button("Many").click(run("many"), trigger_mode="multiple", concurrency_limit=None)
    ready(page, serve(demo))
    for _ in range(3):
        press(page, "Once")
    ear.expect("once began")
    gate.let()
    ear.expect("once ended")
    assert ear.forget() == []
    for _ in range(3):
        press(page, "Many")
    ear.expect_all("many began", "many began", "many began")
    gate.let(3)
    ear.expect_all("many ended", "many ended", "many ended")


def test_always_last_runs_once_more_with_the_last_value(
    page: Page, serve: Serve, gate: Gate, ear: Ear
) -> None:
    def work(text: str) -> str:
        ear.note(text)
        gate.wait()
        return text

    with gr.Blocks() as demo:
        text = gr.Textbox(label="Text")
        last = gr.Textbox(label="Last")
        text.change(work, text, last)
    ready(page, serve(demo))
    field = page.get_by_label("Text")
    field.press_sequentially("a")
    ear.expect("a")
    field.press_sequentially("bcd")
    gate.let(2)
    shows(page, "Last", "abcd")
    assert ear.forget() == ["abcd"]


def test_chains_go_on_by_how_the_one_before_ended(page: Page, serve: Serve, ear: Ear) -> None:
    def work(text: str) -> str:
        if text == "bad":
            raise gr.Error("That was bad.", title="Refused")
        return text

    def heard(name: str) -> Callable[[], None]:
        return lambda: ear.note(name)

    with gr.Blocks() as demo:
        text = gr.Textbox("good", label="Text")
        result = gr.Textbox(label="Result")
        done = gr.Textbox(label="Done")
        run = gr.Button("Run").click(work, text, result)
        run.then(heard("then")).then(lambda: "done", None, done)
        run.success(heard("success"))
        run.failure(heard("failure"))
    ready(page, serve(demo))
    press(page, "Run")
    ear.expect_all("then", "success")
    shows(page, "Result", "good")
    shows(page, "Done", "done")
    page.get_by_label("Text").fill("bad")
    press(page, "Run")
    ear.expect_all("then", "failure")
    expect(page.get_by_test_id("toast-title")).to_have_text("Refused")
    expect(page.get_by_test_id("toast-text")).to_have_text("That was bad.")
    shows(page, "Result", "good")
    assert ear.forget() == []


def test_javascript_runs_alone_or_before_python(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        first = gr.Textbox("a", label="First")
        second = gr.Textbox("b", label="Second")
        result = gr.Textbox(label="Result")
        gr.Button("Swap").click(None, [first, second], [first, second], js="(a, b) => [b, a]")
        gr.Button("Both").click(
            lambda text: text + " in Python", first, result, js="async (a) => a + ' in JavaScript'"
        )
        gr.Button("Throw").click(
            lambda text: text, first, result, js="() => { throw new Error('on purpose') }"
        )
    allow(page, "on purpose")
    ready(page, serve(demo))
    press(page, "Swap")
    shows(page, "First", "b")
    shows(page, "Second", "a")
    press(page, "Both")
    shows(page, "Result", "b in JavaScript in Python")
    press(page, "Throw")
    expect(page.get_by_test_id("toast-body")).to_be_visible()
    shows(page, "Result", "b in JavaScript in Python")


def test_on_listens_to_several_events(page: Page, serve: Serve, ear: Ear) -> None:
    with gr.Blocks() as demo:
        text = gr.Textbox("x", label="Text")
        button = gr.Button("Run")

        @gr.on([text.submit, button.click], inputs=text, trigger_mode="multiple")
        def run(text: str, event: gr.EventData) -> None:
            assert event.target is not None
            ear.note((text, type(event.target).__name__))

        other = gr.Number(1, label="Other")
        gr.on(fn=lambda *values: ear.note(values), inputs=[other])
    ready(page, serve(demo))
    ear.expect((1,))  # without triggers: when the page is loaded, and with each change
    page.get_by_label("Text").press("Enter")
    ear.expect(("x", "Textbox"))
    press(page, "Run")
    ear.expect(("x", "Button"))
    page.get_by_label("Other").fill("2")
    ear.expect((2,))


def test_load_and_callable_values_and_timers(page: Page, serve: Serve) -> None:
    counts = {"load": 0, "value": 0, "every": 0}

    def count(name: str) -> Callable[[], str]:
        def step() -> str:
            counts[name] += 1
            return f"{name} {counts[name]}"

        return step

    with gr.Blocks() as demo:
        loaded = gr.Textbox(label="Loaded")
        gr.Textbox(count("value"), label="Value")
        gr.Textbox(count("every"), label="Every", every=0.2)
        source = gr.Number(2, label="Source")
        gr.Number(lambda n: n * n, inputs=source, label="Square")
        ticks = gr.Number(0, label="Ticks")
        timer = gr.Timer(0.1, active=False)
        timer.tick(lambda n: n + 1, ticks, ticks)
        gr.Button("Start").click(lambda: gr.Timer(active=True), None, timer)
        gr.Button("Halt").click(lambda: gr.Timer(active=False), None, timer)
        demo.load(count("load"), None, loaded)
    url = serve(demo)
    ready(page, url)
    shows(page, "Loaded", "load 1")
    shows(page, "Every", re.compile(r"every ([3-9]|\d\d)"))
    shows(page, "Square", "4")
    page.get_by_label("Source").fill("5")
    shows(page, "Square", "25")
    before = counts["value"]
    ready(page, url)
    shows(page, "Value", f"value {before + 1}")
    shows(page, "Loaded", "load 2")
    shows(page, "Ticks", "0")
    press(page, "Start")
    shows(page, "Ticks", re.compile(r"[3-9]|\d\d"))
    press(page, "Halt")


def test_functions_outside_the_queue_do_not_wait_for_those_in_it(
    page: Page, serve: Serve, gate: Gate
) -> None:
    def waits() -> str:
        gate.wait()
        return "slow"

    with gr.Blocks() as demo:
        slow = gr.Textbox(label="Slow")
        quick = gr.Textbox(label="Quick")
        gr.Button("Slow one").click(waits, None, slow)
        gr.Button("Quick one").click(lambda: "quick", None, quick, queue=False)
    ready(page, serve(demo))
    press(page, "Slow one")
    press(page, "Quick one")
    shows(page, "Quick", "quick")
    shows(page, "Slow", "")
    gate.let()
    shows(page, "Slow", "slow")


# ---- what they change ----------------------------------------------------------------


def test_updates_change_props_and_leave_the_rest(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        text = gr.Textbox("kept", label="Before", elem_id="text", interactive=True)
        radio = gr.Radio(["a", "b"], value="a", label="Choice", interactive=True)
        for name, update in {
            "Remove": gr.update(visible=False),
            "Hide": gr.update(visible="hidden"),
            "Show": gr.update(visible=True),
            "Rename": gr.update(label="After"),
            "Fix": gr.update(interactive=False),
            "Skip": gr.skip(),
            "Empty": gr.Textbox(value=None),
        }.items():
            gr.Button(name).click(lambda update=update: update, None, text)
        gr.Button("Choices").click(
            lambda: gr.Radio(choices=[("Sea", "c"), ("Dew", "d")], value="d"), None, radio
        )
        seen = gr.Textbox(label="Seen")
        gr.Button("Read").click(lambda *values: repr(values), [text, radio], seen)
    ready(page, serve(demo))
    block, field = page.locator("#text"), page.get_by_label("Before", exact=True)
    press(page, "Remove")
    expect(block).to_have_count(0)
    press(page, "Read")
    shows(page, "Seen", "('kept', 'a')")
    press(page, "Show")
    expect(field).to_have_value("kept")
    press(page, "Hide")
    expect(block).to_be_attached()
    expect(block).to_be_hidden()
    press(page, "Show")
    expect(block).to_be_visible()
    press(page, "Skip")
    expect(field).to_have_value("kept")
    press(page, "Rename")
    renamed = page.get_by_label("After", exact=True)
    expect(renamed).to_have_value("kept")
    press(page, "Fix")
    expect(renamed).to_be_disabled()
    press(page, "Choices")
    expect(page.get_by_role("radio", name="Dew")).to_be_checked()
    expect(page.get_by_role("radio")).to_have_count(2)
    press(page, "Empty")
    expect(renamed).to_have_value("")
    press(page, "Read")
    shows(page, "Seen", "('', 'd')")


def test_containers_are_updated(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        with gr.Column(visible=False) as column:
            gr.Textbox(label="Inside")
        with gr.Accordion("Fold", open=False) as fold:
            gr.Textbox(label="Folded")
        with gr.Tabs() as tabs:
            with gr.Tab("One", id=1):
                gr.Textbox(label="In one")
            with gr.Tab("Two", id=2) as two:
                gr.Textbox(label="In two")
        gr.Button("Open").click(
            lambda: (
                gr.Column(visible=True),
                gr.Accordion(open=True, label="Unfolded"),
                gr.Tabs(selected=2),
            ),
            None,
            [column, fold, tabs],
        )
        gr.Button("Drop").click(lambda: gr.Tab(visible=False), None, two)
    ready(page, serve(demo))
    expect(page.get_by_label("Inside")).to_have_count(0)
    press(page, "Open")
    expect(page.get_by_label("Inside")).to_be_visible()
    expect(page.get_by_label("Folded")).to_be_visible()
    expect(page.get_by_role("button", name="Unfolded")).to_be_visible()
    expect(page.get_by_label("In two")).to_be_visible()
    expect(page.get_by_role("tab", name="Two")).to_have_attribute("aria-selected", "true")
    press(page, "Drop")
    expect(page.get_by_role("tab", name="Two")).to_have_count(0)
    expect(page.get_by_label("In one")).to_be_visible()


def test_outputs_by_name_and_dictionary(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        a = gr.Textbox("a", label="A")
        b = gr.Textbox("b", label="B")
        c = gr.Textbox(label="C")
        gr.Button("Set").click(lambda values: {c: values[a] + values[b]}, {a, b}, [a, b, c])
    ready(page, serve(demo))
    press(page, "Set")
    shows(page, "C", "ab")
    shows(page, "A", "a")


# ---- how a reader sees that they run ----------------------------------------------------


@pytest.fixture
def trackers(serve: Serve, gate: Gate) -> str:
    """An app whose functions wait behind the gate, with each kind of tracker."""

    def slow() -> str:
        gate.wait()
        return "done"

    def counted(progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008  # how it is asked for
        progress((3, 10), desc="Reading", unit="pages")
        gate.wait()
        return "done"

    def stream() -> Iterator[str]:
        yield "half"
        gate.wait()
        yield "whole"

    def fail() -> str:
        gate.wait()
        raise ZeroDivisionError

    with gr.Blocks() as demo:
        out = gr.Textbox(label="Out", elem_id="out")
        other = gr.Textbox(label="Other", elem_id="other")
        gr.Button("Full").click(slow, None, out)
        gr.Button("Minimal").click(slow, None, out, show_progress="minimal")
        gr.Button("Hidden").click(slow, None, out, show_progress="hidden")
        gr.Button("Elsewhere").click(slow, None, out, show_progress_on=other)
        gr.Button("Counted").click(counted, None, out)
        gr.Button("Stream").click(stream, None, out)
        gr.Button("Fail").click(fail, None, out)
    return serve(demo)


def test_trackers_are_full_minimal_hidden_or_elsewhere(
    page: Page, trackers: str, gate: Gate
) -> None:
    ready(page, trackers)
    out, other = tracker(page, "out"), tracker(page, "other")
    press(page, "Full")
    expect(out).to_contain_text("processing")
    expect(out).to_contain_text(re.compile(r"\d\.\ds"))
    expect(out).to_have_class(re.compile(r"\bfull\b"))
    expect(page.locator("#out")).to_have_attribute("aria-busy", "true")
    gate.let()
    shows(page, "Out", "done")
    expect(out).to_be_hidden()
    press(page, "Minimal")
    expect(out).to_have_class(re.compile(r"\bminimal\b"))
    expect(out).to_contain_text(re.compile(r"\d\.\ds"))
    gate.let()
    expect(out).to_be_hidden()
    press(page, "Elsewhere")
    expect(other).to_contain_text("processing")
    expect(out).to_be_hidden()
    gate.let()
    expect(other).to_be_hidden()
    press(page, "Hidden")
    expect(page.locator("#out")).to_have_attribute("aria-busy", "true")
    expect(out).to_be_hidden()
    gate.let()
    expect(page.locator("#out")).not_to_have_attribute("aria-busy", "true")


def test_progress_streams_and_errors_are_shown(page: Page, trackers: str, gate: Gate) -> None:
    ready(page, trackers)
    out = tracker(page, "out")
    press(page, "Counted")
    expect(out).to_contain_text("Reading")
    expect(out).to_contain_text("3/10 pages")
    expect(out.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "30")
    gate.let()
    shows(page, "Out", "done")
    press(page, "Stream")
    shows(page, "Out", "half")
    expect(out).to_have_class(re.compile(r"\bgenerating\b"))
    gate.let()
    shows(page, "Out", "whole")
    expect(out).to_be_hidden()
    press(page, "Fail")
    gate.let()
    expect(out).to_contain_text("Error")
    toast = page.get_by_test_id("toast-body")
    expect(toast).to_have_class(re.compile(r"\berror\b"))
    expect(toast).not_to_contain_text("ZeroDivisionError")  # the author's business
    out.get_by_role("button", name="Clear").click()
    expect(out).to_be_hidden()
    page.get_by_test_id("toast-close").click()
    expect(toast).to_have_count(0)


def test_readers_see_their_place_in_the_queue(visit: Visit, trackers: str, gate: Gate) -> None:
    first, second, third = (ready(visit(), trackers) for _ in range(3))
    press(first, "Full")
    expect(tracker(first, "out")).to_contain_text("processing")
    press(second, "Full")
    expect(tracker(second, "out")).to_contain_text("queue: 1/1")
    press(third, "Full")
    expect(tracker(third, "out")).to_contain_text("queue: 2/2")
    gate.let()
    shows(first, "Out", "done")
    expect(tracker(second, "out")).to_contain_text("processing")
    expect(tracker(third, "out")).to_contain_text("queue: 1/1")
    gate.let(2)
    shows(second, "Out", "done")
    shows(third, "Out", "done")


def test_toasts_of_each_kind(page: Page, serve: Serve) -> None:
    def speak() -> None:
        gr.Info("Told", title="News")
        gr.Warning("Warned", duration=None)
        gr.Success("Done", duration=None)
        gr.Info("Unseen", visible=False)

    with gr.Blocks() as demo:
        gr.Button("Speak").click(speak)
    ready(page, serve(demo))
    press(page, "Speak")
    toasts = page.get_by_test_id("toast-body")
    expect(toasts).to_have_count(3)
    for kind, title, text in (
        ("info", "News", "Told"),
        ("warning", "Warning", "Warned"),
        ("success", "Success", "Done"),
    ):
        toast = toasts.filter(has_text=text)
        expect(toast).to_have_class(re.compile(rf"\b{kind}\b"))
        expect(toast.get_by_test_id("toast-title")).to_have_text(title)


def test_errors_of_functions_are_shown_if_the_author_wants(page: Page, serve: Serve) -> None:
    def fail(kind: str) -> Any:
        raise {"shown": gr.Error("<b>Sorry</b>"), "plain": ValueError("the detail")}[kind]

    with gr.Blocks() as demo:
        for kind in ("shown", "plain"):
            gr.Button(kind.title()).click(lambda kind=kind: fail(kind))
    ready(page, serve(demo, show_error=True))
    press(page, "Plain")
    expect(page.get_by_test_id("toast-text").filter(has_text="the detail")).to_be_visible()
    press(page, "Shown")
    expect(page.get_by_test_id("toast-text").filter(has_text="Sorry")).to_be_visible()


def test_validators_speak_beside_the_control(page: Page, serve: Serve, ear: Ear) -> None:
    with gr.Blocks() as demo:
        age = gr.Number(-1, label="Age")
        gr.Button("Save").click(
            ear.note, age, None, validator=lambda n: gr.validate(n >= 0, "Nobody is that young.")
        )
    ready(page, serve(demo))
    press(page, "Save")
    field = page.get_by_label("Age")
    expect(page.get_by_role("alert").filter(has_text="Nobody is that young.")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("3")
    press(page, "Save")
    ear.expect(3)
    expect(page.get_by_text("Nobody is that young.")).to_have_count(0)
