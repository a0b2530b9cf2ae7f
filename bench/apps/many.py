"""An app with 300 components of all kinds, 50 in each of six tabs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["build"]

HERE = Path(__file__).parent
COUNT = 300
TABS = 6
LINES = [{"speaker": "Ada", "text": "Hello"}]
PROSE = (
    "### A heading\n\nSome **bold** words, `code`, and a [link](#here).\n\n1. first\n2. second\n"
)
PROGRAM = 'def greet(name: str) -> str:\n    return f"Hello {name}"\n'
WORDS = ["apple", "banana", "cherry", "damson", "elder"]

Kind = Callable[[Any, str], Any]
"""Makes a component: framework, label."""


def _or(name: str, other: str) -> Callable[..., Any]:
    """What only one of the frameworks has; the other gets what is nearest to it."""

    def make(gr: Any, *args: Any, instead: tuple[Any, ...] | None = None, **props: Any) -> Any:
        own = getattr(gr, name, None)
        if own is not None:
            return own(*args, **props)
        return getattr(gr, other)(*(args if instead is None else instead), **props)

    return make


_switch = _or("Switch", "Checkbox")
_range = _or("RangeSlider", "Slider")
_rating = _or("Rating", "Slider")
_segments = _or("SegmentedControl", "Radio")
_pills = _or("Pills", "CheckboxGroup")

KINDS: tuple[Kind, ...] = (
    lambda gr, label: gr.Textbox("some text", label=label),
    lambda gr, label: gr.Textbox(label=label, lines=3, info="More than a line."),
    lambda gr, label: gr.Number(3, label=label),
    lambda gr, label: gr.Slider(0, 10, 4, step=1, label=label),
    lambda gr, label: gr.Checkbox(True, label=label),
    lambda gr, label: gr.CheckboxGroup(WORDS, value=WORDS[:2], label=label),
    lambda gr, label: gr.Radio(WORDS, value="apple", label=label),
    lambda gr, label: gr.Dropdown(WORDS, value="banana", label=label),
    lambda gr, label: gr.Dropdown(WORDS, value=WORDS[:2], multiselect=True, label=label),
    lambda gr, label: gr.Button(label),
    lambda gr, label: gr.UploadButton(label),
    lambda gr, label: gr.DownloadButton(label),
    lambda gr, label: gr.ColorPicker("#ff7a00", label=label),
    lambda gr, label: gr.DateTime("2024-02-28 09:30:00", label=label),
    lambda gr, label: gr.Markdown(f"{PROSE}\n{label}"),
    lambda gr, label: gr.HTML(f"<p>Some <em>HTML</em> of the author: {label}</p>"),
    lambda gr, label: gr.Label({"cat": 0.71, "dog": 0.25, "fox": 0.04}, label=label),
    lambda gr, label: gr.JSON({"name": label, "steps": ["chop", {"boil": 35}]}, label=label),
    lambda gr, label: gr.Code(PROGRAM, "python", label=label),
    lambda gr, label: gr.HighlightedText([("Ada", "person"), (" lived", None)], label=label),
    lambda gr, label: gr.ParamViewer({label: {"type": "int", "description": "Of it."}}),
    lambda gr, label: gr.File(label=label),
    lambda gr, label: gr.FileExplorer("*.py", root_dir=HERE, label=label),
    lambda gr, label: gr.Image(label=label),
    lambda gr, label: gr.MultimodalTextbox({"text": "words", "files": []}, label=label),
    lambda gr, label: gr.Dialogue(
        [{"speaker": "Ada", "text": "Hello"}], speakers=["Ada"], label=label
    ),
    lambda gr, label: gr.Dataset(["textbox"], samples=[[w] for w in WORDS], label=label),
    lambda gr, label: _switch(gr, True, label=label),
    lambda gr, label: _range(gr, 0, 10, (2, 6), instead=(0, 10, 2), label=label),
    lambda gr, label: _rating(gr, 3, instead=(0, 5, 3), label=label),
    lambda gr, label: _segments(gr, WORDS, value="apple", label=label),
    lambda gr, label: _pills(gr, WORDS, value=WORDS[:2], label=label),
)
"""Every kind that takes part in a form or is shown, as far as both frameworks have it."""


def _save(*values: Any) -> str:
    return f"{len(values)} values"


def build(gr: Any, answer: Callable[[str], str], count: Callable[[], str]) -> Any:
    """The app, made of a framework's components."""
    kinds = itertools.cycle(KINDS)
    with gr.Blocks() as demo:
        with gr.Row():
            word, output = gr.Textbox(label="Word"), gr.Textbox(label="Answer")
            counted = gr.Textbox(label="Counted")
            button, counter = gr.Button("Submit"), gr.Button("Count")
        with gr.Tabs():
            for tab in range(1, TABS + 1):
                with gr.Tab(f"Part {tab}"):
                    filled = _fill(gr, kinds, tab)
                    # Inputs of something, so that a reader can change them.
                    gr.Button("Save").click(_save, filled, output, api_name=f"save_{tab}")
        button.click(answer, word, output, api_name="answer")
        counter.click(count, None, counted, api_name="count")
        word.input(answer, word, output, api_name="typed", show_progress="hidden")
    return demo


def _fill(gr: Any, kinds: itertools.cycle[Kind], tab: int) -> list[Any]:
    """What is in a tab: rows of two, and a third of it in an accordion and a group."""
    labels = [f"Part {tab}, number {number}" for number in range(1, COUNT // TABS + 1)]
    made: list[Any] = []
    for at in range(0, 32, 2):
        with gr.Row():
            made += [next(kinds)(gr, label) for label in labels[at : at + 2]]
    with gr.Accordion("More of it"):
        made += [next(kinds)(gr, label) for label in labels[32:42]]
    with gr.Group():
        made += [next(kinds)(gr, label) for label in labels[42:]]
    return made
