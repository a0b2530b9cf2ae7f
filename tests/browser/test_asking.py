"""Questions of running functions: in a dialog, and inside the answer of a chat."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import assert_no_barriers, picture, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.harness import Serve, Visit


def test_a_function_asks_in_a_dialog_which_comes_back_after_a_reload(
    serve: Serve, visit: Visit
) -> None:
    def act(text: str) -> str:
        name = gr.ask("What shall it be called?", "text")
        size = gr.ask("How large?", options=["small", "large"])
        return f"{text}: {name}, {size}, {gr.ask('Sure?', details={'path': text})}"

    with gr.Blocks() as demo:
        box, out = gr.Textbox(label="In"), gr.Textbox(label="Out")
        gr.Button("Go").click(act, box, out)
    url = serve(demo)
    page = ready(visit(), url)
    page.get_by_label("In").fill("a.txt")
    page.get_by_role("button", name="Go", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("What shall it be called?")
    ready(page, url)
    dialog.get_by_role("textbox").fill("Ada")
    dialog.get_by_role("textbox").press("Enter")
    dialog.get_by_role("button", name="large").click()
    expect(dialog).to_contain_text('"path": "a.txt"')
    assert_no_barriers(page)
    picture(page, "ask-dialog")
    dialog.get_by_role("button", name="Allow").click()
    expect(page.get_by_label("Out")).to_have_value("a.txt: Ada, large, True")
    expect(dialog).to_have_count(0)


def test_closing_the_dialog_declines(serve: Serve, visit: Visit) -> None:
    with gr.Blocks() as demo:
        out = gr.Textbox(label="Out")
        gr.Button("Go").click(lambda: str(gr.ask("Sure?")), None, out)
    url = serve(demo)
    page = ready(visit(), url)
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Out")).to_have_value("False")


def test_a_folded_step_stays_folded_while_an_agent_goes_on(serve: Serve, visit: Visit) -> None:
    go_on = threading.Event()

    def answer(message: str, history: list[Any]) -> Iterator[Any]:
        trail = gr.Trail()
        with trail.step("Outer", kind="agent") as outer:
            one, two = outer.step("One"), outer.step("Two")
            one.say("first of one")
            two.say("first of two")
            yield trail
            assert go_on.wait(10)
            one.say(", more of one")
            two.say(", more of two")
            yield trail
            gr.ask("Sure?")
            one.end()
            two.end()
        trail.say("Done.")
        yield trail

    page = ready(visit(), serve(gr.ChatInterface(answer)))
    page.get_by_role("textbox").fill("go")
    page.get_by_role("textbox").press("Enter")
    log = page.get_by_role("log")
    expect(log).to_contain_text("first of one")
    one = log.get_by_role("button", name="One")
    one.press("Enter")
    expect(one).to_have_attribute("aria-expanded", "false")
    go_on.set()
    expect(log).to_contain_text("more of two")
    expect(one).to_have_attribute("aria-expanded", "false")
    log.get_by_role("button", name="Allow").press("Enter")
    expect(log).to_contain_text("Done.")
    expect(log.get_by_role("button", name="Outer")).to_have_attribute("aria-expanded", "false")


def test_a_chat_asks_inside_its_answer(serve: Serve, visit: Visit) -> None:
    def answer(message: str, history: list[Any]) -> Iterator[Any]:
        yield ["Looking."]
        allowed = gr.ask("Delete it?", details={"path": message})
        yield ["Looking.", f"Deleted: {allowed}"]

    url = serve(gr.ChatInterface(answer))
    page = ready(visit(), url)
    field = page.get_by_role("textbox")
    field.fill("a.txt")
    field.press("Enter")
    log = page.get_by_role("log")
    question = log.get_by_test_id("ask")
    expect(question).to_contain_text("Delete it?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    picture(page, "ask-chat")
    question.get_by_role("button", name="Allow").click()
    expect(log).to_contain_text("Deleted: True")
    expect(question).to_contain_text(re.compile("Allowed"))
    expect(question.get_by_role("button")).to_have_count(0)
