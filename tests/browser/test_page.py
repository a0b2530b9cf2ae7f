"""The page around the blocks: layout, first paint, dialogs, uploads, interfaces and examples."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.app_with_all import build
from tests.browser.harness import allow, arrived, assert_fits, eventually, idle, place_of, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

SHIFTS = """() => new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(total), 50));
})"""


@pytest.fixture(scope="module")
def everything(serve: Serve) -> str:
    """An app with all components."""
    return serve(build())


def press(page: Page, name: str) -> None:
    """Click a button by its whole name."""
    page.get_by_role("button", name=name, exact=True).click()


def shows(page: Page, label: str, text: str | re.Pattern[str]) -> None:
    """Wait until a field shows a text."""
    expect(page.get_by_label(label, exact=True)).to_have_value(text)


# ---- layout --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def laid_out(serve: Serve) -> str:
    """An app with ids, classes, shares and least widths."""
    with gr.Blocks() as demo:
        with gr.Row(elem_id="row", elem_classes="mine"):
            gr.Textbox(label="One", elem_id="one", elem_classes=["mine", "too"], lines=2, scale=1)
            gr.Button("Two", elem_id="two", scale=3, min_width=100)
            gr.Button("Three", elem_id="three", scale=0, min_width=120)
        with gr.Row():
            with gr.Column(scale=1, elem_id="left"):
                gr.Textbox(label="Left")
            with gr.Column(scale=2, elem_id="right"):
                gr.Textbox(label="Right")
        with gr.Row(equal_height=True):
            gr.Textbox(label="High", lines=6, elem_id="high")
            gr.Textbox(label="Low", elem_id="low")
        with gr.Group(elem_id="group"):
            gr.Textbox(label="Joined")
    return serve(demo, css="#one textarea {color: rgb(1, 2, 3)}")


def test_ids_and_classes_are_where_authors_expect_them(page: Page, laid_out: str) -> None:
    ready(page, laid_out)
    expect(page.locator("#row")).to_have_class(re.compile(r"\brow\b.*\bmine\b"))
    expect(page.locator("#one")).to_have_class(re.compile(r"\bblock\b.*\bmine\b.*\btoo\b"))
    expect(page.locator("#one textarea")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator("#two")).to_have_role("button")
    expect(page.locator("gradio-app .gradio-container main #group.group")).to_be_visible()


def test_shares_and_least_widths_rule_a_row(page: Page, laid_out: str) -> None:
    ready(page, laid_out)
    one, two, three = (place_of(page.locator(f"#{name}")) for name in ("one", "two", "three"))
    assert two["y"] == three["y"] == pytest.approx(one["y"], abs=2)  # a form has a frame
    assert two["width"] > 1.8 * one["width"]
    assert three["width"] == pytest.approx(120, abs=1)
    left, right = place_of(page.locator("#left")), place_of(page.locator("#right"))
    assert right["width"] == pytest.approx(2 * left["width"], rel=0.05)
    high, low = place_of(page.locator("#high")), place_of(page.locator("#low"))
    assert low["height"] == pytest.approx(high["height"], abs=2)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("#right")).to_be_visible()
    # There is no room for both.
    eventually(
        page, lambda: place_of(page.locator("#right"))["y"] > place_of(page.locator("#left"))["y"]
    )
    assert_fits(page)


# ---- first paint ---------------------------------------------------------------------


def test_labels_and_layout_are_there_before_any_script(visit: Visit, everything: str) -> None:
    page = visit(java_script_enabled=False)
    page.goto(everything)
    for text in ("Name", "As in your passport.", "Slider", "Radio", "Primary", "First", "Details"):
        expect(page.get_by_text(text, exact=True).first).to_be_visible()
    expect(page.get_by_text("{'path'")).to_have_count(0)
    name = place_of(page.get_by_text("Name", exact=True))
    radio = place_of(page.get_by_text("Radio", exact=True))
    assert radio["x"] > name["x"] + 300  # beside one another, as the columns are


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_when_the_script_takes_over(
    visit: Visit, everything: str, width: int
) -> None:
    page = ready(visit(viewport={"width": width, "height": 800}), everything)
    arrived(page)
    assert page.evaluate(SHIFTS) < 0.02


# ---- dialogs and settings ------------------------------------------------------------


def test_what_the_address_names_is_brought_into_sight(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        above = gr.Markdown()
        gr.Textbox(label="Named", elem_id="named")
        gr.HTML("<div style='height: 3000px'></div>")
        demo.load(lambda: "A line.\n\n" * 80, None, above)
    url = serve(demo)
    ready(page, f"{url}#named")
    expect(page.get_by_text("A line.").last).to_be_attached()
    expect(page.get_by_label("Named")).to_be_in_viewport()
    page.mouse.wheel(0, -20_000)
    expect(page.get_by_text("A line.").first).to_be_in_viewport()
    ready(page, f"{url}#100%")  # names nothing, and breaks nothing


def test_a_sidebar_has_its_room_before_any_script(visit: Visit, serve: Serve) -> None:
    with gr.Blocks() as demo:
        with gr.Sidebar(width=200):
            gr.Textbox(label="At the side")
        gr.Textbox(label="On the page")
    url = serve(demo)
    bare = visit(java_script_enabled=False)
    bare.goto(url)
    text = place_of(bare.get_by_text("On the page"))
    drawn = ready(visit(), url)
    there = drawn.get_by_text("On the page")
    eventually(
        drawn, lambda: (place_of(there)["x"], place_of(there)["y"]) == (text["x"], text["y"])
    )


def test_the_api_dialog_shows_calls_with_the_values_on_the_page(page: Page, serve: Serve) -> None:
    def greet(name: str, times: int) -> str:
        """Greet somebody several times."""
        return name * times

    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        times = gr.Number(2, label="Times")
        out = gr.Textbox(label="Out")
        gr.Button("Greet").click(greet, [name, times], out)
        gr.Button("Private").click(lambda: "x", None, out, api_visibility="private")
    url = ready(page, serve(demo)).url
    page.get_by_label("Name").fill("Ada")
    page.get_by_role("button", name="Use via API").click()
    dialog = page.get_by_role("dialog", name="API documentation")
    expect(dialog).to_contain_text("1 endpoint")
    expect(dialog).to_contain_text("Greet somebody several times.")
    code = dialog.get_by_role("region", name="/greet").or_(dialog.locator("pre", has_text="/greet"))
    expect(code.first).to_contain_text(f'Client("{url}")')
    expect(code.first).to_contain_text('name="Ada"')
    expect(code.first).to_contain_text("times=2")
    for tab, text in (("JavaScript", '"Ada"'), ("curl", "/call/")):
        dialog.get_by_role("tab", name=tab).click()
        expect(code.first).to_contain_text(text)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_light_and_dark_are_chosen_and_remembered(visit: Visit, everything: str) -> None:
    page = ready(visit(color_scheme="dark"), everything)
    body = page.locator("body")
    expect(body).to_have_class(re.compile(r"\bdark\b"))
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("radio", name="Light").check()
    expect(body).not_to_have_class(re.compile(r"\bdark\b"))
    expect(body).not_to_have_css("background-color", dark)
    ready(page, everything)
    expect(body).not_to_have_class(re.compile(r"\bdark\b"))
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("radio", name="System").check()
    expect(body).to_have_class(re.compile(r"\bdark\b"))
    page.emulate_media(color_scheme="light")
    expect(body).not_to_have_class(re.compile(r"\bdark\b"))
    ready(page, everything + "?__theme=dark")
    expect(body).to_have_class(re.compile(r"\bdark\b"))


def test_the_page_speaks_the_language_that_is_chosen(visit: Visit, everything: str) -> None:
    page = ready(visit(locale="de-DE"), everything)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(
        page.get_by_text("Bild hierher ziehen").or_(page.get_by_text("Bild hier ablegen"))
    ).to_be_visible()
    page.locator("footer button.settings").click()
    page.locator("dialog select").select_option("en")
    expect(page.get_by_role("dialog", name="Settings")).to_be_visible()
    page.locator("dialog select").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


# ---- uploads -------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file that takes a while."""
    path = tmp_path / "large.bin"
    path.write_bytes(b"x" * 3_000_000)
    return path


def test_uploads_show_their_progress_and_can_be_cancelled(
    page: Page, serve: Serve, large: Path
) -> None:
    with gr.Blocks() as demo:
        file = gr.File(label="File")
        size = gr.Textbox(label="Size")
        file.upload(lambda path: str(Path(path).stat().st_size), file, size)
    ready(page, serve(demo))
    session = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": 300_000})
    choose = page.locator("input[type=file]")
    choose.set_input_files(large)
    expect(page.get_by_text("Uploading large.bin")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^[1-9]\d?%$"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Uploading large.bin")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("Click to upload"))).to_be_enabled()
    session.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    choose.set_input_files(large)
    shows(page, "Size", "3000000")


def test_files_that_are_too_large_or_of_another_kind_are_refused(
    page: Page, serve: Serve, large: Path
) -> None:
    with gr.Blocks() as demo:
        gr.File(label="Small", elem_id="small")
        gr.Image(label="Picture", elem_id="picture")
    allow(page, "413")
    ready(page, serve(demo, max_file_size="1mb"))
    page.locator("#small input[type=file]").set_input_files(large)
    expect(page.locator("#small").get_by_role("alert")).to_be_visible()
    page.locator("#picture input[type=file]").set_input_files(large)
    expect(page.locator("#picture").get_by_role("alert")).to_contain_text("large.bin")


# ---- interfaces and examples ---------------------------------------------------------


def test_an_interface_submits_clears_and_takes_examples(page: Page, serve: Serve) -> None:
    demo = gr.Interface(
        lambda name, loud: f"Hello {name}{'!' if loud else '.'}",
        [gr.Textbox(label="Name"), gr.Checkbox(label="Loud")],
        gr.Textbox(label="Greeting"),
        title="Greeter",
        description="Greets *you*.",
        examples=[["Ada", True], ["Grace", False]],
    )
    ready(page, serve(demo))
    expect(page).to_have_title("Greeter")
    expect(page.get_by_role("heading", name="Greeter")).to_be_visible()
    expect(page.locator("em", has_text="you")).to_be_visible()
    page.get_by_label("Name").fill("Emmy")
    press(page, "Submit")
    shows(page, "Greeting", "Hello Emmy.")
    page.get_by_role("row", name="Ada").click()
    shows(page, "Name", "Ada")
    expect(page.get_by_label("Loud")).to_be_checked()
    page.get_by_label("Name").press("Enter")
    shows(page, "Greeting", "Hello Ada!")
    press(page, "Clear")
    shows(page, "Name", "")
    shows(page, "Greeting", "")
    expect(page.get_by_label("Loud")).not_to_be_checked()


def test_a_live_interface_answers_while_one_types(page: Page, serve: Serve) -> None:
    demo = gr.Interface(
        lambda text: text[::-1],
        gr.Textbox(label="Text"),
        gr.Textbox(label="Turned"),
        live=True,
    )
    ready(page, serve(demo))
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    page.get_by_label("Text").press_sequentially("abc")
    shows(page, "Turned", "cba")


def test_the_stop_button_ends_a_generator(page: Page, serve: Serve) -> None:
    ended = threading.Event()
    going = threading.Event()

    def count() -> Iterator[str]:
        try:
            for number in range(1000):
                yield str(number)
                going.wait(0.05)
        finally:
            ended.set()

    demo = gr.Interface(count, None, gr.Textbox(label="Count"))
    ready(page, serve(demo))
    start = page.get_by_role("button", name=re.compile("^(Submit|Generate)$"))
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    start.click()
    shows(page, "Count", re.compile(r"[3-9]|\d\d"))
    press(page, "Stop")
    assert ended.wait(10)
    expect(start).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    idle(page)


def test_examples_run_the_function_on_a_click_and_have_pages(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        word = gr.Textbox(label="Word")
        shouted = gr.Textbox(label="Shouted")
        gr.Button("Shout").click(str.upper, word, shouted)
        gr.Examples(
            [f"word {number}" for number in range(1, 25)],
            word,
            shouted,
            str.upper,
            run_on_click=True,
            examples_per_page=10,
        )
    ready(page, serve(demo))
    press(page, "word 3")
    shows(page, "Word", "word 3")
    shows(page, "Shouted", "WORD 3")
    page.get_by_role("button", name="3", exact=True).or_(
        page.get_by_role("button", name="Page 3")
    ).click()
    press(page, "word 24")
    shows(page, "Shouted", "WORD 24")


def test_the_clear_button_empties_blocks_and_state(page: Page, serve: Serve) -> None:
    def add(word: str, words: list[str]) -> Any:
        words = [*words, word]
        return words, " ".join(words)

    with gr.Blocks() as demo:
        words = gr.State([])
        word = gr.Textbox("la", label="Word")
        all_words = gr.Textbox(label="All")
        gr.Button("Add").click(add, [word, words], [words, all_words])
        gr.ClearButton([words, all_words])
    ready(page, serve(demo))
    press(page, "Add")
    shows(page, "All", "la")
    press(page, "Add")
    shows(page, "All", "la la")
    press(page, "Clear")
    shows(page, "All", "")
    idle(page)
    press(page, "Add")
    shows(page, "All", "la")
