"""Walkthrough, Step and Draggable: props on the wire, and the parents that blocks are given."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import limelight as gr
from limelight.errors import PropError


def _blocks(demo: Any, tag: str) -> list[dict[str, Any]]:
    return [c["props"] for c in demo.get_config_file()["components"] if c["type"] == tag]


SHARED: dict[str, Any] = {"visible": True, "elem_classes": [], "preserved_by_key": []}


def test_the_wire_has_the_props_of_each_container() -> None:
    with gr.Blocks() as demo:
        with gr.Walkthrough(selected=1):
            gr.Step("A", id=1)
        gr.Draggable()
    assert _blocks(demo, "walkthrough") == [{"selected": 1, "name": "walkthrough", **SHARED}]
    assert _blocks(demo, "walkthroughstep") == [
        {"label": "A", "interactive": True, "id": 1, "name": "step", **SHARED}
    ]
    assert _blocks(demo, "draggable") == [{"orientation": "column", "name": "draggable", **SHARED}]


def test_a_step_alone_gets_a_walkthrough_around_it() -> None:
    with gr.Blocks() as demo:
        first = gr.Step("One")
        gr.Step("Two", False, False)
    assert len(_blocks(demo, "walkthrough")) == 1
    assert isinstance(first.parent, gr.Walkthrough)
    assert [step["visible"] for step in _blocks(demo, "walkthroughstep")] == [True, False]


def test_steps_can_be_selected_by_a_function() -> None:
    assert gr.Walkthrough(selected=2, render=False).given_props() == {"selected": 2}


def test_they_have_their_events_and_defaults() -> None:
    assert list(gr.Walkthrough.events) == ["change", "select"]
    assert list(gr.Step.events) == ["select"]
    assert not gr.Draggable.events
    assert inspect.signature(gr.Walkthrough).parameters["selected"].default is None
    assert inspect.signature(gr.Draggable).parameters["orientation"].default == "column"


def test_each_block_in_a_draggable_is_moved_by_itself() -> None:
    with gr.Blocks() as demo, gr.Draggable():
        gr.Textbox()
        gr.Textbox()
    assert not _blocks(demo, "form")


def test_a_wrong_orientation_is_refused() -> None:
    with pytest.raises(PropError, match="orientation='diagonal'; expected 'row' or 'column'"):
        gr.Draggable(orientation="diagonal")  # type: ignore[arg-type]  # what is tested
