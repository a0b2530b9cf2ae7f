"""The conversation in a browser: reading, scrolling, and what can be done with a message."""

from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import assert_fits, barriers, eventually, ready, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

_SOURCES = [{"title": "Cats", "url": "https://example.com/cats", "text": "They sleep."}]
_PAGE = {"id": "p", "title": "Report", "kind": "document"}
_TALK: list[Any] = [
    {"role": "user", "content": "Who sleeps?"},
    {
        "role": "assistant",
        "content": "Found it.",
        "metadata": {"title": "search", "kind": "tool", "input": {"q": "cats"}, "status": "done"},
    },
    {
        "role": "assistant",
        "content": ["Cats do [1].", gr.Label({"cat": 0.7, "dog": 0.3}, render=False)],
        "metadata": {
            "sources": _SOURCES,
            "artifacts": [{**_PAGE, "content": "# One"}, {**_PAGE, "content": "# Two"}],
            "usage": {"output_tokens": 40, "seconds": 2},
            "state": "stopped",
            "followups": ["And dogs?"],
        },
    },
]


def _app(heard: list[Any], goes_on: Event | None = None) -> gr.Blocks:
    """With an answer that waits at its 20th line."""
    with gr.Blocks() as demo:
        chat = gr.Chatbot(_TALK, label="Talk", editable="user", feedback_options=("Like", "Spam"))
        said = gr.Textbox(label="Say")

        def like(event: gr.LikeData) -> None:
            heard.append(("like", event.index, event.liked))

        def edit(event: gr.EditData) -> None:
            heard.append(("edit", event.index, event.previous_value, event.value))

        def choose(event: gr.SelectData) -> None:
            heard.append(("option", event.index, event.value))

        def answer(text: str, history: list[Any]) -> Iterator[list[Any]]:
            history = [*history, {"role": "user", "content": text}]
            yield history
            answer = ""
            for number in range(40):
                answer += f"Line {number}.\n\n"
                yield [*history, {"role": "assistant", "content": answer}]
                if number == 20 and goes_on:
                    assert goes_on.wait(30)

        # One that comes while the page still waits for the end of the one before is not dropped.
        chat.like(like, trigger_mode="multiple")
        chat.edit(edit)
        chat.option_select(choose)
        chat.retry(lambda: None)
        said.submit(answer, [said, chat], chat)
    return demo


def _hear(page: Page, heard: list[Any], wanted: Any) -> None:
    eventually(page, lambda: wanted in heard, f"{wanted} was not heard, but {heard}")


def test_what_readers_do_reaches_python(serve: Serve, page: Page) -> None:
    heard: list[Any] = []
    ready(page, serve(_app(heard)))
    expect(page.get_by_role("log", name="chatbot conversation")).to_be_visible()
    expect(page.get_by_test_id("bot").locator("p").first).to_contain_text("Cats do")
    expect(page.get_by_test_id("bot").get_by_text("70%")).to_be_visible()
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.get_by_role("button", name="Liked")).to_be_visible()
    _hear(page, heard, ("like", 1, True))
    page.get_by_role("button", name="Feedback").press("Enter")
    page.get_by_role("menuitemradio", name="Spam").press("Enter")
    _hear(page, heard, ("like", 1, "Spam"))
    page.get_by_role("button", name="And dogs?").click()
    _hear(page, heard, ("option", 2, "And dogs?"))
    page.get_by_test_id("user").hover()
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Edited Message").fill("Who eats?")
    page.keyboard.press("Enter")
    _hear(page, heard, ("edit", 0, "Who sleeps?", "Who eats?"))


def test_steps_sources_and_artifacts_open(serve: Serve, page: Page) -> None:
    page.goto(serve(_app([])))
    step = page.get_by_role("button", name="search")
    expect(step).to_have_attribute("aria-expanded", "false")
    step.press("Enter")
    expect(page.get_by_role("group", name="Input")).to_contain_text('"q": "cats"')
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("link", name="Cats")).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Report Document · Version 2 of 2").click()
    pane = page.get_by_role("region", name="Report")
    expect(pane.get_by_role("heading", name="Two")).to_be_visible()
    pane.get_by_role("button", name="Previous version").click()
    expect(pane.get_by_role("heading", name="One")).to_be_visible()
    page.keyboard.press("Escape")
    expect(pane).to_have_count(0)


def test_a_reader_who_scrolls_back_is_left_alone(serve: Serve, page: Page) -> None:
    goes_on = Event()
    page.goto(serve(_app([], goes_on)))
    box = page.get_by_label("Say")
    box.fill("Go")
    box.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_text("Line 20.", exact=True)).to_be_in_viewport()
    log.hover()
    page.mouse.wheel(0, -2000)
    to_end = page.get_by_role("button", name="Scroll to bottom")
    expect(to_end).to_be_visible()
    until(log, "log => log.scrollTop === 0")
    goes_on.set()
    expect(log).to_contain_text("Line 39.")
    until(log, "log => log.scrollTop < 40")
    to_end.click()
    expect(log.get_by_text("Line 39.", exact=True)).to_be_in_viewport()
    expect(to_end).to_have_count(0)
    spoken = page.get_by_test_id("chat-spoken")
    eventually(page, lambda: "Line 39." in " ".join(spoken.all_text_contents()))


@pytest.mark.parametrize("width", [360, 1280])
def test_has_no_barriers(serve: Serve, visit: Visit, scheme: str, width: int) -> None:
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(serve(_app([])))
    expect(page.get_by_role("button", name="And dogs?")).to_be_visible()
    page.get_by_role("button", name="search").click()
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_role("heading", name="Two")).to_be_visible()
    assert barriers(page) == []
    assert_fits(page)


def test_thousands_of_messages_stay_findable(serve: Serve, page: Page) -> None:
    roles = ("user", "assistant")
    talk: list[Any] = [{"role": roles[n % 2], "content": f"Message {n}."} for n in range(2000)]
    with gr.Blocks() as demo:
        gr.Chatbot(talk, label="Long")
    page.goto(serve(demo))
    expect(page.get_by_text("Message 1999.", exact=True)).to_be_in_viewport()
    expect(page.get_by_text("Message 0.", exact=True)).to_have_count(1, timeout=20_000)
    expect(page.get_by_text("Message 1999.", exact=True)).to_be_in_viewport()
    # As the browser's own search does, which without a window only selects what it found.
    until(page, "() => find('Message 6.')")
    page.evaluate("getSelection().anchorNode.parentElement.scrollIntoView()")
    found = page.locator(".said", has=page.get_by_text("Message 6.", exact=True))
    expect(found).to_be_in_viewport()
    expect(found.get_by_role("button", name="Copy")).to_be_attached()


_HAND_OVER = """([type, target]) => {
  const files = new DataTransfer();
  files.items.add(new File(["hello"], "note.txt", { type: "text/plain" }));
  const given = { bubbles: true, cancelable: true };
  const event = type === "paste"
    ? new ClipboardEvent(type, { ...given, clipboardData: files })
    : new DragEvent(type, { ...given, dataTransfer: files });
  document.querySelector(target).dispatchEvent(event);
}"""


def test_a_chat_takes_files_dropped_anywhere_pasted_and_recorded(serve: Serve, page: Page) -> None:
    def answer(message: dict[str, Any], _: list[Any]) -> str:
        names = [path.rsplit("/", 1)[-1].rsplit(".", 1)[-1] for path in message["files"]]
        return f"{message['text']} {names}"

    page.goto(serve(gr.ChatInterface(answer, multimodal=True, title="Files")))
    box = page.get_by_test_id("textbox")
    expect(box).to_be_visible()
    zone = page.get_by_text("Release to upload")
    page.evaluate(_HAND_OVER, ["dragenter", "h1"])
    expect(zone).to_be_visible()
    until(zone, "zone => zone.getBoundingClientRect().height > innerHeight - 40")
    page.evaluate(_HAND_OVER, ["dragleave", "h1"])
    expect(zone).to_have_count(0)
    page.evaluate(_HAND_OVER, ["drop", "h1"])
    page.evaluate(_HAND_OVER, ["paste", "[data-testid=textbox]"])
    page.get_by_test_id("microphone-button").click()
    expect(page.get_by_role("timer", name="Recording")).to_have_text(re.compile("0:0[1-9]"))
    page.get_by_role("button", name="Stop recording").click()
    files = page.locator(".chat-composer .files")
    expect(files.get_by_role("listitem")).to_have_count(3)
    box.fill("Three")
    box.press("Enter")
    answered = re.compile(r"Three \['txt', 'txt', '(wav|webm)'\]")
    expect(page.get_by_role("log")).to_contain_text(answered)
    expect(page.get_by_test_id("user").get_by_text("note.txt")).to_have_count(2)
    expect(page.get_by_test_id("user").locator("audio, video")).to_be_visible()
