"""An app with every component and container; what their listeners get is shown on the page."""

from __future__ import annotations

import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

import limelight as gr
from limelight.components.any_widget.demo import Clicker

SAMPLES = Path(__file__).parents[2] / "examples" / "samples"

PROSE = """\
# A heading

Some **bold** words, `code`, and a [link](#here). Mass is $$E = mc^2$$ in short.

```python
def greet(name: str) -> str:
    return f"Hello {name}"  # politely
```

| Town | People |
| ---- | -----: |
| Ulm  | 126329 |
| Bonn | 331885 |

1. first
2. second
"""


def sunset() -> Any:
    """`(120, 180, 3)` uint8 RGB."""
    down, across = np.mgrid[0:120, 0:180]
    return np.dstack([255 - down, 120 + down // 2, 90 + across // 2]).astype("uint8")


def _say(name: str) -> Any:
    return lambda *values: f"{name}: {', '.join(map(repr, values))}"


def _toasts() -> None:
    gr.Info("For your **information**.", duration=None)
    gr.Success("It worked.", duration=None)
    gr.Warning("Mind the [gap](https://example.com).", duration=None)
    raise gr.Error("It did not work.", duration=None)


def _texts(heard: Any) -> None:
    name = gr.Textbox(
        label="Name", info="As in your passport.", placeholder="Ada", max_length=40, submit_btn=True
    )
    story = gr.Textbox(label="Story", lines=3, buttons=["copy"])
    password = gr.Textbox(label="Password", type="password")
    area = gr.TextArea(label="Area", value="Several\nlines", lines=2)
    gr.Textbox("Not to be changed", label="Fixed", interactive=False)
    scene = gr.Dialogue(
        [{"speaker": "Ada", "text": "Hello"}, {"speaker": "Charles", "text": "Good day"}],
        speakers=["Ada", "Charles"],
        tags=["(laughs)", "(sighs)"],
        label="Scene",
    )
    for block in (name, story, password, area, scene):
        block.submit(_say(str(block.label)), block, heard, show_progress="hidden")


def _numbers(heard: Any) -> None:
    number = gr.Number(3, label="Number", minimum=0, maximum=10, info="Up to ten.")
    slider = gr.Slider(0, 10, 4, step=1, label="Slider", info="From none to ten.")
    span = gr.RangeSlider(0, 10, (2, 6), step=1, min_distance=1, label="Span", info="From, to.")
    stars = gr.Rating(3, label="Stars", info="Out of five.")
    gr.RangeSlider(0, 10, (2, 6), label="Settled span", interactive=False)
    gr.Rating(2.5, label="Settled stars", interactive=False)
    number.submit(_say("Number"), number, heard, show_progress="hidden")
    span.release(_say("Span"), span, heard, show_progress="hidden")
    stars.input(_say("Stars"), stars, heard, show_progress="hidden")
    slider.release(_say("Slider"), slider, heard, show_progress="hidden")


def _words(query: str) -> list[str]:
    return [f"{query} {number}".strip() for number in range(3)]


def _choices(heard: Any) -> None:
    blocks: list[Any] = [
        gr.Checkbox(label="Checkbox", info="Tick it."),
        gr.CheckboxGroup(
            ["red", "green", "blue"], value=["red"], label="Group", show_select_all=True
        ),
        gr.Radio(["tea", "coffee", "cocoa"], label="Radio", info="One of them."),
        gr.Dropdown(["apple", "banana", "cherry"], label="Single", info="Type to find."),
        gr.Dropdown(["dog", "cat", "owl"], value=["dog"], multiselect=True, label="Multiple"),
        gr.Dropdown(["oak", "elm"], value="oak", allow_custom_value=True, label="Custom"),
        gr.Dropdown(_words, label="Searched", info="One of many."),
        gr.TreeSelect(
            {"Fruit": ["Cherry", "Plum"], "Nuts": {"Hard": ["Walnut"], "Soft": ["Cashew"]}},
            value=["Plum"],
            multiselect=True,
            label="Basket",
            info="Branches, too.",
        ),
    ]
    gr.Radio(["on", "off"], value="on", label="Settled", interactive=False)
    gr.TreeSelect({"A": ["B"]}, "B", label="Settled branch", interactive=False)
    for block in blocks:
        block.input(_say(str(block.label)), block, heard, show_progress="hidden")


def _pickers(heard: Any) -> None:
    color = gr.ColorPicker("#ff7a00", alpha=True, label="Colour", info="Of the wall.")
    when = gr.DateTime("2024-02-28 09:30:00", type="string", timezone="UTC", label="When")
    day = gr.DateTime("2024-02-28", include_time=False, type="string", label="Day")
    stay = gr.DateRange(
        ("2024-02-26", "2024-03-02"),
        min="2024-01-15",
        presets=[("Leap days", ("2024-02-28", "2024-03-01")), ("Last week", ("now - 7d", "now"))],
        timezone="UTC",
        label="Stay",
        info="Arrival and departure.",
    )
    shift = gr.DateRange(
        ("2024-02-28 22:00:00", "2024-02-29 06:00:00"),
        include_time=True,
        timezone="UTC",
        label="Shift",
    )
    alarm = gr.Time("09:30", step=300, max="22:00", label="Alarm", info="Of the clock.")
    gr.DateRange(("2024-01-01", "2024-01-31"), label="Fixed range", interactive=False)
    gr.Time("17:45", label="Fixed time", interactive=False)
    files = gr.FileExplorer("*.jpg", root_dir=SAMPLES.parent, label="Explorer", max_height=240)
    gr.ColorPicker("tomato", label="Fixed colour", interactive=False)
    color.release(_say("Colour"), color, heard, show_progress="hidden")
    for block in (when, day, stay, shift, alarm):
        block.change(_say(str(block.label)), block, heard, show_progress="hidden")

    def names(paths: list[str]) -> str:
        return f"Explorer: {[Path(path).name for path in paths]}"

    files.input(names, files, heard, show_progress="hidden")


def _bars(heard: Any) -> None:
    blocks: list[Any] = [
        gr.Switch(label="Switch", info="On or off."),
        gr.SegmentedControl(["day", "week", "month"], value="day", label="Segments"),
        gr.Pills(["Mon", "Tue", "Wed"], value=["Mon"], label="Pills", info="Any of them."),
    ]
    gr.Switch(True, label="Settled switch", interactive=False)
    gr.SegmentedControl(["north", "south"], value="south", label="Settled side", interactive=False)
    for block in blocks:
        block.input(_say(str(block.label)), block, heard, show_progress="hidden")


def _figures(heard: Any) -> None:
    with gr.Row():
        metric = gr.Metric(48_250, label="Revenue", prefix="€", delta=0.12, trend=[3, 5, 4, 8])
        gr.Metric("A+", label="Grade", delta=-1, delta_label="since June", info="Of last year.")
    steps = gr.Steps(
        ["Load", {"title": "Clean", "description": "What is empty"}, "Report"],
        value=1,
        clickable=True,
        label="Training",
    )
    pages = gr.Pagination(95, page_sizes=[10, 20], label="Towns")
    tasks = gr.TaskList(
        ["Bread", {"title": "Fruit", "children": ["Apples", {"title": "Pears", "status": "done"}]}],
        label="To buy",
        interactive=True,
    )
    gr.TaskList(
        [
            {"title": "Read", "status": "done", "duration": 0.4},
            {"title": "Search", "status": "running", "progress": 0.4},
            {"title": "Ask", "status": "skipped"},
            {"title": "Check", "status": "failed", "description": "It was closed."},
        ],
        label="Plan",
        max_height=200,
    )
    metric.click(_say("Revenue"), metric, heard, show_progress="hidden")
    for block in (steps, pages):
        block.input(_say(str(block.label)), block, heard, show_progress="hidden")

    def left(given: list[dict[str, Any]]) -> str:
        return f"To buy: {[task['title'] for task in given if task['status'] == 'pending']}"

    tasks.input(left, tasks, heard, show_progress="hidden")


def _buttons(heard: Any) -> None:
    with gr.Row():
        primary = gr.Button("Primary", variant="primary")
        gr.Button("Secondary").click(_say("Secondary"), None, heard, show_progress="hidden")
        stop = gr.Button("Stop it", variant="stop")
    with gr.Row():
        gr.Button("Small", size="sm")
        gr.Button("Medium", size="md")
        gr.Button("Not now", interactive=False)
    with gr.Row():
        send = gr.UploadButton("Send up")
        bring = gr.DownloadButton("Bring down", SAMPLES / "letter.jpg")
    with gr.Row():
        gr.LoginButton()
        gr.DuplicateButton()
    primary.click(_say("Primary"), None, heard, show_progress="hidden")
    send.upload(lambda path: f"Up: {Path(path).name}", send, heard, show_progress="hidden")
    bring.click(lambda path: f"Down: {Path(path).name}", bring, heard, show_progress="hidden")
    stop.click(_say("Stop it"), None, heard, show_progress="hidden")
    gr.ClearButton(heard, value="Clear it")
    gr.Button("Toasts").click(_toasts)


def _files(heard: Any) -> None:
    letter, page = str(SAMPLES / "letter.jpg"), str(SAMPLES / "page.png")
    with gr.Row():
        empty = gr.Image(label="Empty picture")
        picture = gr.Image(sunset(), label="Picture", alt_text="A sky at sunset", interactive=True)
        gr.Image(sunset(), label="Static picture", alt_text="The same sky", interactive=False)
    with gr.Row():
        file = gr.File(label="File")
        gr.File(
            [letter, page],
            file_count="multiple",
            label="Files",
            interactive=True,
            allow_reordering=True,
        )
        gr.File(letter, label="Static file", interactive=False)
    empty.upload(lambda image: f"Picture: {image.shape}", empty, heard, show_progress="hidden")
    picture.clear(_say("Picture"), picture, heard, show_progress="hidden")
    file.upload(lambda path: f"File: {Path(path).name}", file, heard, show_progress="hidden")


def _messages(heard: Any) -> None:
    message = gr.MultimodalTextbox(
        label="Message",
        sources=["upload", "microphone"],
        file_count="multiple",
        submit_btn="Send",
    )
    gr.MultimodalTextbox(
        {"text": "A letter", "files": [str(SAMPLES / "letter.jpg"), __file__]},
        label="Static message",
        interactive=False,
    )
    message.submit(_say("Message"), message, heard, show_progress="hidden")


class _Kept:
    """Conversations to list; nothing of them changes."""

    def serve(self, data: dict[str, Any], _: gr.Request) -> Any:
        if data["action"] != "list":
            return data["id"]
        told = [("Tides", 0, False), ("Moons", 0, True), ("Light", 90_000, False)]
        threads = [
            {"id": title, "title": title, "updated": time.time() - age, "pinned": pinned}
            for title, age, pinned in told
        ]
        return {"threads": threads, "more": True}


def _chats(heard: Any) -> None:
    tool = {"title": "Look it up", "kind": "tool", "input": {"q": "tides"}, "status": "done"}
    made = {"id": "tides", "title": "Tides", "kind": "document", "content": "Two a **day**."}
    told = {
        "sources": [{"title": "Almanac", "url": "https://example.com/tides", "text": "Two."}],
        "artifacts": [{**made, "content": "One a day."}, made],
        "usage": {"output_tokens": 12, "seconds": 0.5},
        "state": "stopped",
        "followups": ["And where are none?"],
        "node": "b",
        "siblings": [1, 2],
    }
    talk: list[Any] = [
        {"role": "user", "content": "When are tides?"},
        {"role": "assistant", "content": "High and low.", "metadata": tool},
        {"role": "assistant", "content": "Twice a day [1].", "metadata": told},
    ]
    chat = gr.Chatbot(
        talk,
        label="Talk",
        editable="user",
        feedback_options=["Like", "Dislike", "Spam"],
        height=420,
    )
    chat.queued = [{"id": "q", "text": "And the Moon?"}]
    threads = gr.ChatThreads(_Kept(), "Tides", label="Talks")

    def acted(event: gr.EventData) -> str:
        return f"Talk: {event.members}"

    def picked(event: gr.SelectData) -> str:
        return f"Talk: {event.value}"

    def liked(event: gr.LikeData) -> str:
        return f"Talk: {event.liked}"

    def edited(event: gr.EditData) -> str:
        return f"Talk: {event.value}"

    for event, listener in (
        (chat.action, acted),
        (chat.option_select, picked),
        (chat.like, liked),
        (chat.edit, edited),
        (chat.retry, lambda: "Talk: again"),
        (chat.undo, lambda: "Talk: undone"),
    ):
        event(listener, None, heard, show_progress="hidden")
    threads.input(_say("Talks"), threads, heard, show_progress="hidden")


def _shown(heard: Any) -> None:
    gr.Markdown(PROSE, latex_delimiters=[{"left": "$$", "right": "$$", "display": False}])
    gr.HTML("<p>Some <em>HTML</em> of the author.</p>", label="Author's HTML")
    label = gr.Label({"cat": 0.71, "dog": 0.25, "fox": 0.04}, label="Animal")
    gr.JSON(
        {"name": "Soup", "steps": ["chop", {"boil": 35}], "vegan": True, "rating": None},
        label="Recipe",
    )
    gr.components.Fallback([3, {"unit": "m"}], label="Any value")

    def chosen(event: gr.SelectData) -> str:
        return f"Animal: {event.value}"

    label.select(chosen, None, heard, show_progress="hidden")


def _programs(heard: Any) -> None:
    program = gr.Code("a = 1", "python", label="Program", lines=2, autocomplete=True)
    gr.Code('{"a": [1, true]}', "json", label="Settings of it", lines=1, interactive=False)
    program.blur(_say("Program"), program, heard, show_progress="hidden")


def _consoles(heard: Any) -> None:
    log = "\n".join(f"\033[32mstep {n}\033[0m loss {1 / n:.3f}" for n in range(1, 61))
    gr.Terminal(log, label="Training log", line_numbers=True, height=160)
    shell = gr.Terminal("Welcome.\n", label="Shell", interactive=True, prompt="$ ", height=120)
    settings = gr.JSONEditor(
        {"model": "small", "layers": [2, 99], "deep": {"seed": 7}},
        schema={"properties": {"model": {"enum": ["small", "large"]}, "layers": {"maxItems": 5}}},
        label="Options",
    )
    gr.JSONEditor({"fixed": [1, True, None]}, label="Settled options", interactive=False)

    def run(event: gr.EventData) -> str:
        return f"Shell: {event.command}"

    shell.submit(run, None, heard, show_progress="hidden")
    settings.input(_say("Options"), settings, heard, show_progress="hidden")


def _spans(heard: Any) -> None:
    parts = [("Ada", "person"), (" lived in ", None), ("London", "place"), (".", None)]
    names = gr.HighlightedText(parts, label="Spans", show_legend=True)
    gr.HighlightedText([("bad", -1), ("so so", 0.1), ("good", 1)], label="Mood", show_legend=True)
    labels = gr.HighlightedText(
        [("Marie Curie was born in ", None), ("Warsaw", "place"), (".", None)],
        label="Labels",
        color_map={"person": "navy", "place": "#ffe066"},
        interactive=True,
    )

    def picked(event: gr.SelectData) -> str:
        return f"Spans: {event.index} {event.value}"

    names.select(picked, None, heard, show_progress="hidden")
    labels.change(
        lambda tokens: f"Labels: {[t['token'] for t in tokens if t['class_or_confidence']]}",
        labels,
        heard,
        show_progress="hidden",
    )


def _parameters() -> None:
    size = {"type": "Size | None", "description": "In `pixels`.", "default": "None"}
    gr.ParamViewer({"size": size, "name": {"type": "str"}}, linkify=["Size"], anchor_links=True)


def _widgets(heard: Any) -> None:
    clicker = Clicker(label="Clicker", step=2)
    likes = gr.HTML(
        3,
        html_template="<button>Liked ${value} times</button>",
        css_template="button { min-width: 44px; min-height: 44px }",
        js_on_load="element.addEventListener('click', () => { props.value += 1; });",
        label="Likes",
        show_label=True,
        container=True,
        padding=True,
    )
    gr.HTML("<p>Some <b>HTML</b> of a stranger.</p>", sandbox=True, label="Stranger's HTML")
    clicker.change(_say("Clicker"), clicker, heard, show_progress="hidden")
    likes.change(_say("Likes"), likes, heard, show_progress="hidden")
    if find_spec("anywidget") is None:
        return

    anywidget: Any = import_module("anywidget")
    traitlets: Any = import_module("traitlets")

    class Knob(anywidget.AnyWidget):  # type: ignore[misc]  # untyped where it is not installed
        """A slider of the browser's own."""

        _esm = """
        export default {
          render({ model, el }) {
            const knob = Object.assign(document.createElement("input"), { type: "range", max: 10 });
            knob.ariaLabel = "Turn it";
            model.on("change:turned", () => (knob.value = model.get("turned")));
            knob.value = model.get("turned");
            knob.addEventListener("change", () => {
              model.set("turned", knob.valueAsNumber);
              model.save_changes();
            });
            el.append(knob);
          },
        };
        """
        _css = "input { display: block; inline-size: 100%; margin: 0; min-block-size: 44px }"
        turned = traitlets.Int(4).tag(sync=True)

    knob = gr.AnyWidget(Knob, label="Knob")
    knob.input(lambda w: f"Knob: {w.turned}", knob, heard, show_progress="hidden")


def _containers(heard: Any) -> None:
    with gr.Group():
        gr.Textbox(label="Street")
        with gr.Row():
            gr.Textbox(label="Postcode", scale=1, min_width=80)
            gr.Textbox(label="Town", scale=3, min_width=80)
    with gr.Tabs():
        with gr.Tab("First") as first:
            gr.Textbox(label="In the first")
        with gr.Tab("Second") as second:
            gr.Textbox(label="In the second")
        with gr.Tab("Third", interactive=False):
            gr.Textbox(label="In the third")
    with gr.Walkthrough() as tour:
        for number, name in enumerate(("Begin", "Go on", "End"), 1):
            with gr.Step(name, id=number):
                gr.Textbox(label=f"In step {number}")
                forth = gr.Button(f"After {name}")
            forth.click(
                lambda to=number + 1: gr.Walkthrough(selected=to),
                None,
                tour,
                show_progress="hidden",
            )
    with gr.Draggable():
        gr.Textbox(label="Movable")
        gr.Textbox(label="Moving")
    with gr.Accordion("Details", open=False) as details:
        gr.Textbox(label="In the details")
    for tab in (first, second):
        tab.select(_say(str(tab.label)), None, heard, show_progress="hidden")
    details.expand(_say("Details open"), None, heard, show_progress="hidden")
    details.collapse(_say("Details closed"), None, heard, show_progress="hidden")


def _overlays(heard: Any) -> None:
    with gr.Modal("Question", size="sm") as question:
        answer = gr.Textbox(label="Answer")
        gr.Button("Answer it").click(
            lambda text: (f"Answer: {text!r}", gr.Modal(open=False)),
            answer,
            [heard, question],
            show_progress="hidden",
        )
    with gr.Row():
        gr.Button("Ask me").click(
            lambda: gr.Modal(open=True), None, question, show_progress="hidden"
        )
        with gr.Popover("Preferences", min_width=80) as preferences:
            gr.Checkbox(label="Preferred")
        with gr.Popover("What is preferred?", variant="help"):
            gr.Markdown("What you like **most**.")
        with gr.Tooltip("It says a secret.", min_width=80):
            gr.Button("Mystery").click(_say("Mystery"), None, heard, show_progress="hidden")
    gr.Skeleton(lines=2, label="Nothing will come")
    preferences.close(_say("Preferences closed"), None, heard, show_progress="hidden")


def _examples() -> None:
    with gr.Row():
        word = gr.Textbox(label="Word")
        times = gr.Number(1, label="Times")
    gr.Examples([["la", 3], ["tick tock", 2], ["hip", 4]], [word, times], label="Songs")
    gr.Examples(["red", "green"], word, label="Colours")


def build() -> gr.Blocks:
    """The app."""
    with gr.Blocks(title="Everything") as demo:
        count = gr.State(0)
        with gr.Sidebar("Side", open=False):
            gr.Textbox(label="In the sidebar")
        heard = gr.Textbox(label="Heard", elem_id="heard", interactive=False)
        ticks = gr.Textbox(label="Ticks", interactive=False)
        with gr.Row():
            with gr.Column():
                _texts(heard)
                _numbers(heard)
            with gr.Column():
                _choices(heard)
                _bars(heard)
                _pickers(heard)
        _figures(heard)
        _buttons(heard)
        _files(heard)
        _messages(heard)
        _chats(heard)
        with gr.Row():
            with gr.Column():
                _shown(heard)
                _programs(heard)
                _consoles(heard)
                _spans(heard)
                _parameters()
            with gr.Column():
                _containers(heard)
                _overlays(heard)
                _examples()
                _widgets(heard)
        timer = gr.Timer(0.05)
        timer.tick(
            lambda n: (n + 1, str(n + 1), gr.Timer(active=n < 2)),
            count,
            [count, ticks, timer],
            show_progress="hidden",
        )
    return demo


if __name__ == "__main__":
    build().launch()
