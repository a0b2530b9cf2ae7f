"""Terminal: output that streams, following it, searching, copying, and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import Ear, assert_fits, assert_no_barriers, picture, ready, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
COLORS = "\n".join(
    " ".join(f"\x1b[{base + n}m{base + n:3}\x1b[0m" for n in range(8)) for base in (30, 40, 90, 100)
)
STYLES = (
    "\x1b[1mbold\x1b[0m \x1b[2mdim\x1b[0m \x1b[3mitalic\x1b[0m \x1b[4munder\x1b[0m "
    "\x1b[7minverse\x1b[0m \x1b[9mstrike\x1b[0m \x1b[38;5;226mpale\x1b[0m "
    "\x1b[38;2;20;20;60mdark\x1b[0m \x1b]8;;https://example.com\x07link\x1b]8;;\x07"
)
heard = Ear()


def _lines(count: int) -> str:
    return "\n".join(f"\x1b[32mINFO\x1b[0m step {number}" for number in range(count))


def _stream() -> Iterator[str]:
    text = ""
    for number in range(120):
        text += f"line {number}\n"
        yield text
    for percent in range(0, 101, 20):
        text += f"\r{percent:3}% done"
        yield text


def _answer(text: str, event: gr.EventData) -> str:
    heard.note((event.command, text))
    return f"{text}You said \x1b[36m{event.command}\x1b[0m\n"


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """The app."""
    with gr.Blocks() as demo:
        with gr.Tabs():
            with gr.Tab("Colours"):
                gr.Terminal(f"{COLORS}\n{STYLES}", label="Colours", line_numbers=True)
                log = gr.Terminal(label="Log", height=160, timestamps=True)
                go = gr.Button("Go")
                shell = gr.Terminal(label="Shell", prompt="$ ", height=100)
            with gr.Tab("Hidden"):
                gr.Terminal(_lines(300), label="Hidden log", height=160)
        gr.Terminal(_lines(100_000), label="Long", max_lines=100_000, line_numbers=True)
        go.click(_stream, None, log).then(lambda: heard.note("streamed"))
        shell.submit(_answer, shell, shell)
        log.clear(lambda: heard.note("cleared"))
    return serve(demo)


def test_output_streams_and_is_followed(page: Page, url: str) -> None:
    ready(page, url)
    log = page.get_by_role("log", name="Log", exact=True)
    page.get_by_role("button", name="Go", exact=True).click()
    expect(log).to_contain_text("100% done")
    heard.expect("streamed")
    # Each percentage overwrote the one before.
    until(log, "log => log.innerText.split('% done').length === 2")
    is_at_end = "log => log.scrollHeight - log.scrollTop - log.clientHeight < 8"
    until(log, is_at_end)
    log.evaluate("log => log.scrollTop = 0")
    jump = page.get_by_role("button", name="Jump to latest")
    expect(jump).to_be_visible()
    page.get_by_role("button", name="Go", exact=True).click()
    heard.expect("streamed")
    expect(log).to_contain_text("100% done")
    until(log, "log => log.scrollTop === 0")
    jump.click()
    expect(jump).to_have_count(0)
    until(log, is_at_end)
    block = page.locator(".block.terminal").filter(has=log)
    block.get_by_role("button", name="Clear").click()
    heard.expect("cleared")
    expect(log).to_have_text("")


def test_commands_reach_python_with_the_text(page: Page, url: str) -> None:
    ready(page, url)
    field = page.get_by_role("textbox", name="Command for Shell")
    field.fill("make it so")
    field.press("Enter")
    heard.expect(("make it so", "$ make it so\n"))
    log = page.get_by_role("log", name="Shell")
    expect(log).to_contain_text("You said make it so")
    field.press("ArrowUp")
    expect(field).to_have_value("make it so")


def test_a_hundred_thousand_lines_are_smooth(page: Page, url: str) -> None:
    ready(page, url)
    log = page.get_by_role("log", name="Long")
    expect(log).to_contain_text("step 99999")
    until(page, "() => document.querySelectorAll('*').length < 4000")
    usual = log.evaluate(
        """async (log) => {
          const took = [];
          for (let at = 0; at <= 30; at++) {
            const began = performance.now();
            log.scrollTop = (log.scrollHeight / 30) * at;
            await new Promise(requestAnimationFrame);
            await new Promise((done) => setTimeout(done));
            took.push(performance.now() - began);
          }
          return took.sort((a, b) => a - b)[15];
        }"""
    )
    assert usual < 150  # a single long one may be the machine's
    log.evaluate("log => log.scrollTop = log.scrollHeight / 2")
    expect(log.locator(".c2").first).to_be_attached()


def test_text_is_found_and_copied(visit: Visit, url: str) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ready(page, url)
    log = page.get_by_role("log", name="Long")
    log.focus()
    page.keyboard.press("/")
    field = page.get_by_role("search").get_by_role("textbox", name="Search")
    expect(field).to_be_focused()
    field.fill("step 4242")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("11 of 11")
    expect(log.get_by_text("step 42429", exact=False)).to_be_in_viewport()
    until(page, "() => [...CSS.highlights.get('terminal-current')].join() === 'step 4242'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("10 of 11")
    log.focus()
    page.keyboard.press("Shift+N")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("11 of 11")
    picture(page, "terminal-search", full=False)
    page.keyboard.press("Escape")
    expect(page.get_by_role("search")).to_have_count(0)
    # A selection over plain and styled lines, with the numbers left out.
    page.evaluate(
        """() => {
          const blocks = document.querySelectorAll('.block.terminal .signs .lines');
          const log = [...blocks].at(-1).parentElement;
          getSelection().selectAllChildren(log);
        }"""
    )
    page.keyboard.press("Control+c")
    until(page, "async () => (await navigator.clipboard.readText()).includes('step 99999')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r", "").strip().split("\n") == [
        f"INFO step {n}" for n in range(100_000)
    ]


def test_one_that_was_hidden_shows_its_end(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("tab", name="Hidden").click()
    log = page.get_by_role("log", name="Hidden log")
    expect(log.get_by_text("step 299")).to_be_in_viewport()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_it_has_no_barriers(
    visit: Visit, url: str, scheme: str, size: dict[str, int] | None, direction: str
) -> None:
    page = ready(visit(color_scheme=scheme, **({"viewport": size} if size else {})), url)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    page.get_by_role("button", name="Search").first.click()
    field = page.get_by_role("search").get_by_role("textbox")
    field.fill("l")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(re.compile(r"of"))
    picture(page, f"terminal-{scheme}-{'360' if size else '1280'}-{direction}", full=False)
    assert_no_barriers(page)
    assert_fits(page)
