"""The editor: what is fetched for it, and what happens to its text between reader and server."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import Ear, assert_fits, picture, ready, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

MOST_CORE_BYTES = 150_000
"""Of what is fetched for an editor without language, compressed with gzip."""


def scripts(visit: Visit, url: str) -> dict[str, bytes]:
    """What a page fetched, by name."""
    page = visit()
    got: list[Any] = []
    page.on("response", lambda answer: got.append(answer))
    ready(page, url)
    expect(page.locator(".cm-content, textarea").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return {one.url.rsplit("/", 1)[-1]: one.body() for one in got if one.url.endswith(".js")}


def app(language: Any) -> gr.Blocks:
    """An app with one editor."""
    with gr.Blocks() as demo:
        gr.Code("a = 1", language, label="Program")
    return demo


def test_only_the_chosen_language_is_fetched(visit: Visit, serve: Serve) -> None:
    with gr.Blocks() as without:
        gr.Textbox()
        gr.Label()
    shell = scripts(visit, serve(without))
    plain = scripts(visit, serve(app(None)))
    python = scripts(visit, serve(app("python")))
    shell_scripts = scripts(visit, serve(app("shell")))
    core = {name: body for name, body in plain.items() if name not in shell}
    size = sum(len(gzip.compress(body, 9)) for body in core.values())
    assert 50_000 < size < MOST_CORE_BYTES, size
    assert set(plain) < set(python)
    assert set(plain) < set(shell_scripts)
    assert not (set(python) - set(plain)) & (set(shell_scripts) - set(plain))


@pytest.fixture
def ear() -> Ear:
    """Hears what the app's functions got."""
    return Ear()


@pytest.fixture
def counting(page: Page, serve: Serve, ear: Ear) -> Page:
    """An editor whose first line says how long the text is, written by the server meanwhile."""

    def count(text: str) -> str:
        _, _, rest = text.partition("\n")
        return f"# {len(rest)}\n{rest}"

    with gr.Blocks() as demo:
        code = gr.Code("# 1\na", "python", label="Program", lines=3, max_lines=4)
        code.input(count, code, code, show_progress="hidden")
        code.focus(lambda: ear.note("focus"))
        code.blur(lambda text: ear.note(("blur", text)), code)
    return ready(page, serve(demo))


def test_a_value_of_the_server_leaves_the_cursor_where_it_is(counting: Page, ear: Ear) -> None:
    program = counting.get_by_label("Program")
    program.click()
    ear.expect("focus")
    counting.keyboard.press("Control+End")
    for letter in "bcdef":
        counting.keyboard.type(letter)
        expect(program.locator(".cm-line").first).to_have_text(f"# {ord(letter) - 96}")
    expect(program.locator(".cm-line").nth(1)).to_have_text("abcdef")
    counting.keyboard.press("Control+z")
    expect(program.locator(".cm-line").first).not_to_have_text("# 6")
    counting.keyboard.press("Escape")
    counting.keyboard.press("Tab")
    expect(program).not_to_be_focused()


def test_a_long_text_scrolls_and_is_searched(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        text = "\n".join(f"x{number} = {number}" for number in range(500))
        gr.Code(text, "python", label="Program", lines=3, max_lines=9, interactive=True)
    ready(page, serve(demo))
    program = page.get_by_label("Program")
    program.click()
    scroller = page.locator(".cm-scroller")
    until(scroller, "element => element.scrollHeight > element.clientHeight + 20")
    page.keyboard.press("Control+f")
    field = page.get_by_role("textbox", name="Find")
    expect(field).to_be_focused()
    page.keyboard.type("x499")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-searchMatch-selected")).to_have_text("x499")
    picture(page, "code-search", full=False)
    page.keyboard.press("Escape")
    expect(program).to_be_focused()


def test_words_are_suggested(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        gr.Code("population = 3\n", "python", label="Program", autocomplete=True, interactive=True)
    ready(page, serve(demo))
    program = page.get_by_label("Program")
    program.click()
    page.keyboard.press("Control+End")
    expect(program.locator(".tok-number")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("popul", delay=20)
    option = page.get_by_role("option", name="population")
    expect(option).to_be_visible()
    picture(page, "code-completion", full=False)
    page.wait_for_timeout(300)  # the list takes no key in its first moment
    page.keyboard.press("Enter")
    expect(program.locator(".cm-line").last).to_have_text("population")


def test_a_listener_changes_language_and_props(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        code = gr.Code("[true]", "json", label="Program", buttons=["download"])
        gr.Button("Turn").click(
            lambda: gr.Code("if x: pass", "python", show_line_numbers=False, interactive=False),
            None,
            code,
        )
    ready(page, serve(demo))
    expect(page.locator(".cm-lineNumbers")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "file.json"
    page.get_by_role("button", name="Turn").click()
    expect(page.locator(".tok-keyword").first).to_have_text("if")
    expect(page.locator(".cm-lineNumbers")).to_have_count(0)
    expect(page.get_by_label("Program")).to_have_attribute("contenteditable", "false")


def test_an_editor_fits_a_phone(visit: Visit, serve: Serve) -> None:
    page = visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    with gr.Blocks() as demo:
        gr.Code("x = " + "1 + " * 60 + "1", "python", label="A program with a long name, too")
        gr.Code("x = " + "1 + " * 60 + "1", "python", label="Wrapped", wrap_lines=True)
    ready(page, serve(demo))
    expect(page.locator(".tok-number").first).to_be_visible()
    picture(page, "code-360")
    assert_fits(page)
    page.get_by_label("Wrapped").tap()
    expect(page.get_by_label("Wrapped")).to_be_focused()
