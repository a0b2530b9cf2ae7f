"""Every event of every component reaches Python, with the value and what else the event brings."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.app_with_all import SAMPLES
from tests.browser.harness import Ear, place_of, ready, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Serve, Visit

NO_VALUE = "no value"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


class Heard(NamedTuple):
    """One call of a listener."""

    block: str
    event: str
    value: Any = None
    data: Any = None


def plain(value: Any) -> Any:
    """A value in a form that can be written down: files by name, arrays by shape."""
    if isinstance(value, dict):
        if "orig_name" in value and "path" in value:
            return value["orig_name"]
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if hasattr(value, "shape"):
        return tuple(value.shape)
    if isinstance(value, str) and value.startswith("/") and Path(value).suffix:
        return Path(value).name
    return value


class App:
    """One block of each kind, with a listener for each of its events."""

    def __init__(self) -> None:
        self.ear = Ear()
        with gr.Blocks() as self.demo:
            self._controls()
            self._media()
            self._containers()
            self._others()

    def hear(self, name: str, block: Any, *events: str) -> None:
        """Listen to events of a block under a name."""
        has_value = hasattr(block, "preprocess") and not isinstance(block, gr.State)
        for event in events:
            if has_value:
                self._hear_value(name, block, event)
            else:
                self._hear_event(name, block, event)

    def _hear_value(self, name: str, block: Any, event: str) -> None:
        def note(value: Any, data: gr.EventData) -> None:
            self.ear.note(Heard(name, event, plain(value), plain(data._data)))

        getattr(block, event)(note, block, None, trigger_mode="multiple", concurrency_limit=None)

    def _hear_event(self, name: str, block: Any, event: str) -> None:
        def note(data: gr.EventData) -> None:
            self.ear.note(Heard(name, event, NO_VALUE, plain(data._data)))

        getattr(block, event)(note, None, None, trigger_mode="multiple", concurrency_limit=None)

    def _controls(self) -> None:
        text = gr.Textbox(label="Text", submit_btn=True, stop_btn=True, buttons=["copy"])
        self.hear("text", text, "change", "input", "select", "submit", "focus", "blur", "stop")
        self.hear("text", text, "copy")
        number = gr.Number(1, label="Number")
        self.hear("number", number, "change", "input", "submit", "focus", "blur")
        slider = gr.Slider(0, 10, 4, step=1, label="Slider")
        self.hear("slider", slider, "change", "input", "release")
        box = gr.Checkbox(label="Box")
        self.hear("box", box, "change", "input", "select")
        boxes = gr.CheckboxGroup([("A", "a"), ("B", "b")], label="Boxes")
        self.hear("boxes", boxes, "change", "input", "select")
        radio = gr.Radio([("Tea", "t"), ("Coffee", "c")], label="Radio")
        self.hear("radio", radio, "change", "input", "select")
        one = gr.Dropdown([("Elm", "e"), ("Oak", "o")], label="One")
        self.hear("one", one, "change", "input", "select", "focus", "blur", "key_up")
        many = gr.Dropdown(["dog", "cat"], multiselect=True, label="Many")
        self.hear("many", many, "change", "input", "select")

    def _media(self) -> None:
        picture = gr.Image(label="Picture", sources=["upload"])
        self.hear("picture", picture, "change", "input", "upload", "select", "clear")
        file = gr.File(label="File")
        self.hear("file", file, "change", "upload", "clear", "download", "select")
        files = gr.Files(label="Files")
        self.hear("files", files, "change", "upload", "delete")

    def _containers(self) -> None:
        with gr.Tabs() as tabs:
            with gr.Tab("First", id="one") as first:
                gr.Markdown("In the first")
            with gr.Tab("Second", id="two") as second:
                gr.Markdown("In the second")
        self.hear("tabs", tabs, "change", "select")
        self.hear("first", first, "select")
        self.hear("second", second, "select")
        with gr.Accordion("Details", open=False) as details:
            gr.Markdown("In the details")
        self.hear("details", details, "expand", "collapse")
        with gr.Sidebar("Side", open=False) as sidebar:
            gr.Markdown("In the sidebar")
        self.hear("sidebar", sidebar, "expand", "collapse")

    def _others(self) -> None:
        rows = gr.Dataset(
            components=["textbox", "number"], samples=[["la", 1], ["lo", 2]], label="Rows"
        )
        self.hear("rows", rows, "click", "select", "change")
        label = gr.Label({"cat": 0.75, "dog": 0.25}, label="Animal")
        self.hear("label", label, "change", "select")
        recipe = gr.JSON({"a": 1}, label="Recipe")
        self.hear("json", recipe, "change")
        words = gr.Markdown("*Words*", buttons=["copy"])
        self.hear("markdown", words, "change", "copy")
        page = gr.HTML("<p>A</p>")
        self.hear("html", page, "change", "click")
        press = gr.Button("Press")
        self.hear("button", press, "click", "change")
        state = gr.State(0)
        self.hear("state", state, "change")
        timer = gr.Timer(0.1, active=False)
        self.hear("timer", timer, "tick")
        gr.Button("Alter").click(
            lambda: ({"dog": 1.0}, {"a": 2}, "**More**", "<p>B</p>", "Pressed", 7),
            None,
            [label, recipe, words, page, press, state],
        )
        gr.Button("Start").click(lambda: gr.Timer(active=True), None, timer)


@pytest.fixture(scope="module")
def served(serve: Serve) -> App:
    """The app, running."""
    app = App()
    serve(app.demo)
    return app


def button(name: str) -> Callable[[Page], None]:
    """Click a button."""
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def keys(*pressed: str) -> Callable[[Page], None]:
    """Press keys where the focus is."""

    def act(page: Page) -> None:
        for key in pressed:
            page.keyboard.press(key)

    return act


def click(find: Callable[[Page], Locator]) -> Callable[[Page], None]:
    """Click what is found."""
    return lambda page: find(page).click()


def focus(label: str) -> Callable[[Page], None]:
    """Put the focus into a control."""
    return lambda page: page.get_by_label(label, exact=True).focus()


def in_text(name: str) -> Callable[[Page], None]:
    """Click a button of the first text field."""
    return lambda page: (
        page.locator(".block", has=page.get_by_label("Text", exact=True))
        .get_by_role("button", name=name)
        .click()
    )


def upload(label: str, *names: str) -> Callable[[Page], None]:
    """Give files to the drop zone of a block."""
    return lambda page: (
        block(page, label)
        .locator("input[type=file]")
        .set_input_files([SAMPLES / name for name in names])
    )


def block(page: Page, label: str) -> Locator:
    """A media block by its label."""
    tag = page.get_by_test_id("block-label").get_by_text(label, exact=True)
    return page.locator(".block", has=tag)


def in_block(label: str, name: str) -> Callable[[Page], None]:
    """Click a button of a media block, the first with this name."""
    return lambda page: block(page, label).get_by_role("button", name=name).first.click()


def details(page: Page) -> Locator:
    """The head of the accordion."""
    return page.get_by_role("button", name="Details")


def point_at_picture(page: Page) -> None:
    """Click its pixel (96, 50)."""
    image = block(page, "Picture").locator("img")
    expect(image).to_be_visible()
    until(image, "img => img.naturalWidth > 0")
    box = place_of(image)
    scale = box["width"] / 384
    page.mouse.click(ceil(box["x"] + 96 * scale), ceil(box["y"] + 50 * scale))


def download(page: Page) -> None:
    """Click the link of the file."""
    with page.expect_download() as saved:
        block(page, "File").get_by_test_id("download-link").click()
    assert Path(saved.value.path()).read_bytes() == (SAMPLES / "letter.jpg").read_bytes()


Step = tuple["Callable[[Page], None]", tuple[Heard, ...]]

LETTER = "letter.jpg"
ROW_ONE = {"index": 1, "value": ["lo", 2]}
TABLE: dict[str, list[Step]] = {
    "textbox": [
        (focus("Text"), (Heard("text", "focus", ""),)),
        (keys("a"), (Heard("text", "input", "a"), Heard("text", "change", "a"))),
        (keys("b"), (Heard("text", "change", "ab"),)),
        (
            keys("Shift+ArrowLeft"),
            (Heard("text", "select", "ab", {"value": "b", "index": [1, 2]}),),
        ),
        (keys("Enter"), (Heard("text", "submit", "ab"),)),
        (keys("Tab"), (Heard("text", "blur", "ab"),)),
        (in_text("Stop"), (Heard("text", "stop", "ab"),)),
        (in_text("Submit"), (Heard("text", "submit", "ab"),)),
        (in_text("Copy"), (Heard("text", "copy", "ab", {"value": "ab"}),)),
    ],
    "number": [
        (focus("Number"), (Heard("number", "focus", 1),)),
        (keys("ArrowUp"), (Heard("number", "input", 2), Heard("number", "change", 2))),
        (keys("Enter"), (Heard("number", "submit", 2),)),
        (keys("Tab"), (Heard("number", "blur", 2),)),
    ],
    "slider": [
        (focus("range slider for Slider"), ()),
        (
            keys("ArrowRight"),
            (
                Heard("slider", "input", 5),
                Heard("slider", "change", 5),
                Heard("slider", "release", 5, 5),
            ),
        ),
    ],
    "checkbox": [
        (
            click(lambda page: page.get_by_role("checkbox", name="Box", exact=True)),
            (
                Heard("box", "input", True),
                Heard("box", "select", True, {"index": 0, "value": True, "selected": True}),
                Heard("box", "change", True),
            ),
        ),
    ],
    "checkboxgroup": [
        (
            click(lambda page: page.get_by_role("checkbox", name="B", exact=True)),
            (
                Heard("boxes", "input", ["b"]),
                Heard("boxes", "select", ["b"], {"index": 1, "value": "b", "selected": True}),
                Heard("boxes", "change", ["b"]),
            ),
        ),
        (
            click(lambda page: page.get_by_role("checkbox", name="B", exact=True)),
            (Heard("boxes", "select", [], {"index": 1, "value": "b", "selected": False}),),
        ),
    ],
    "radio": [
        (
            click(lambda page: page.get_by_role("radio", name="Coffee")),
            (
                Heard("radio", "input", "c"),
                Heard("radio", "select", "c", {"index": 1, "value": "c"}),
                Heard("radio", "change", "c"),
            ),
        ),
    ],
    "dropdown": [
        (
            click(lambda page: page.get_by_role("combobox", name="One")),
            (Heard("one", "focus", "e"),),
        ),
        (keys("o"), (Heard("one", "key_up", "e", {"key": "o", "input_value": "o"}),)),
        (
            click(lambda page: page.get_by_role("option", name="Oak")),
            (
                Heard("one", "input", "o"),
                Heard("one", "select", "o", {"index": 1, "value": "o", "selected": True}),
                Heard("one", "change", "o"),
            ),
        ),
        (keys("Tab"), (Heard("one", "blur", "o"),)),
    ],
    "dropdown of several": [
        (click(lambda page: page.get_by_role("combobox", name="Many")), ()),
        (
            click(lambda page: page.get_by_role("option", name="cat")),
            (
                Heard("many", "input", ["cat"]),
                Heard("many", "select", ["cat"], {"index": 1, "value": "cat", "selected": True}),
                Heard("many", "change", ["cat"]),
            ),
        ),
        (
            button("Remove cat"),
            (Heard("many", "select", [], {"index": 1, "value": "cat", "selected": False}),),
        ),
    ],
    "image": [
        (
            upload("Picture", "page.png"),
            (
                Heard("picture", "upload", (191, 384, 3), "page.png"),
                Heard("picture", "input", (191, 384, 3)),
                Heard("picture", "change", (191, 384, 3)),
            ),
        ),
        (
            point_at_picture,
            (Heard("picture", "select", (191, 384, 3), {"index": [96, 50], "value": None}),),
        ),
        (
            in_block("Picture", "Remove Image"),
            (Heard("picture", "clear"), Heard("picture", "input"), Heard("picture", "change")),
        ),
    ],
    "file": [
        (
            upload("File", LETTER),
            (Heard("file", "upload", LETTER, LETTER), Heard("file", "change", LETTER)),
        ),
        (
            click(lambda page: block(page, "File").get_by_role("button", name=LETTER)),
            (Heard("file", "select", LETTER, {"index": 0, "value": LETTER}),),
        ),
        (download, (Heard("file", "download", LETTER, LETTER),)),
        (in_block("File", "Clear"), (Heard("file", "clear"), Heard("file", "change"))),
    ],
    "files": [
        (
            upload("Files", LETTER, "page.png"),
            (Heard("files", "upload", [LETTER, "page.png"], [LETTER, "page.png"]),),
        ),
        (
            in_block("Files", "Remove this file"),
            (
                Heard("files", "delete", ["page.png"], LETTER),
                Heard("files", "change", ["page.png"]),
            ),
        ),
    ],
    "tabs": [
        (
            lambda _: None,
            (Heard("first", "select", NO_VALUE, {"value": "First", "index": 0, "selected": True}),),
        ),
        (
            click(lambda page: page.get_by_role("tab", name="Second")),
            (
                Heard(
                    "tabs", "select", NO_VALUE, {"value": "Second", "index": 1, "selected": True}
                ),
                Heard("tabs", "change", NO_VALUE),
            ),
        ),
        (
            click(lambda page: page.get_by_role("tab", name="First")),
            (
                Heard("tabs", "select", NO_VALUE, {"value": "First", "index": 0, "selected": True}),
                Heard(
                    "first", "select", NO_VALUE, {"value": "First", "index": 0, "selected": True}
                ),
            ),
        ),
    ],
    "accordion": [
        (click(details), (Heard("details", "expand", NO_VALUE),)),
        (click(details), (Heard("details", "collapse", NO_VALUE),)),
    ],
    "sidebar": [
        (button("Toggle Sidebar"), (Heard("sidebar", "expand", NO_VALUE),)),
        (button("Toggle Sidebar"), (Heard("sidebar", "collapse", NO_VALUE),)),
    ],
    "dataset": [
        (
            click(lambda page: page.get_by_role("row", name="lo 2")),
            (
                Heard("rows", "click", ["lo", 2], ROW_ONE),
                Heard("rows", "select", ["lo", 2], ROW_ONE),
                Heard("rows", "change", ["lo", 2]),
            ),
        ),
    ],
    "label": [
        (
            button("dog 25%"),
            (
                Heard(
                    "label",
                    "select",
                    {"cat": 0.75, "dog": 0.25},
                    {"index": 1, "value": "dog", "selected": True},
                ),
            ),
        ),
    ],
    "changes by a function": [
        (
            button("Alter"),
            (
                Heard("label", "change", {"dog": 1.0}),
                Heard("json", "change", {"a": 2}),
                Heard("markdown", "change", "**More**"),
                Heard("html", "change", "<p>B</p>"),
                Heard("button", "change", "Pressed"),
                Heard("state", "change", NO_VALUE),
            ),
        ),
        (button("Alter"), ()),  # nothing changes now
    ],
    "button": [(button("Press"), (Heard("button", "click", "Press"),))],
    "html": [
        (
            click(lambda page: page.locator(".html-container p")),
            (Heard("html", "click", "<p>A</p>"),),
        )
    ],
    "markdown": [
        (
            click(
                lambda page: page.locator(".block", has_text="Words").get_by_role(
                    "button", name="Copy"
                )
            ),
            (Heard("markdown", "copy", "*Words*", {"value": "*Words*"}),),
        ),
    ],
    "timer": [
        (button("Start"), (Heard("timer", "tick", 0.1), Heard("timer", "tick", 0.1))),
    ],
}


@pytest.mark.parametrize("kind", TABLE)
def test_events_reach_python(kind: str, visit: Visit, served: App) -> None:
    page = visit(permissions=CLIPBOARD)
    url = served.demo.local_url
    assert url is not None
    served.ear.forget()
    ready(page, url)
    for act, wanted in TABLE[kind]:
        act(page)
        served.ear.expect_all(*wanted)
