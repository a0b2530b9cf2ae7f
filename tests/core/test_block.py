from __future__ import annotations

from typing import ClassVar

import pytest

import limelight as gr
from limelight.core.block import Block
from limelight.core.events import Events
from limelight.errors import DuplicateBlockError, LayoutError, PropError


class Canvas(gr.Component, tag="canvas"):
    """A component as its package declares it."""

    EVENTS: ClassVar[list[str]] = [Events.click, "scribbled"]


def test_classes_and_keys_become_lists() -> None:
    box = gr.Textbox(elem_classes="big", preserved_by_key="value")
    assert (box.elem_classes, box.preserved_by_key) == (["big"], ["value"])
    assert gr.Textbox(preserved_by_key=None).preserved_by_key == []


def test_visible_is_a_claim_or_hidden() -> None:
    assert gr.Row(visible="hidden").visible == "hidden"
    with pytest.raises(PropError, match=r"Row\(\) was given visible='no'; expected True, False or"):
        gr.Row(visible="no")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_block_knows_its_app_and_its_place() -> None:
    box = gr.Textbox(render=False, label="Name")
    assert (box.graph, box.parent, box.is_placed) == (None, None, False)
    assert repr(box) == "<Textbox 'Name'>"
    with gr.Blocks() as demo, gr.Row() as row:
        assert box.render() is box
    assert (box.graph, box.is_placed, box in row.blocks()) == (demo.graph, True, True)
    assert repr(box) == f"<Textbox #{box.block_id} 'Name'>"


def test_a_block_leaves_the_page_and_comes_back() -> None:
    with gr.Blocks() as demo:
        with gr.Column() as column:
            box = gr.Markdown("x")
        number = box.block_id
        box.unrender()
        assert (box.is_placed, column.children) == (False, [])
        box.unrender()  # twice does no harm
        box.render()
    assert (box.parent, box.block_id) == (demo, number)


def test_a_block_stands_in_one_place() -> None:
    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(DuplicateBlockError, match="is on the page already"):
            box.render()


def test_outside_an_app_rendering_waits_and_there_is_no_number() -> None:
    box = gr.Textbox()
    assert box.render() is box
    with pytest.raises(LayoutError, match="is not part of an app"):
        _ = box.block_id


def test_events_are_bound_to_the_block() -> None:
    box = gr.Textbox(render=False)
    trigger = box.trigger("submit")
    assert (trigger.block, trigger.event_name) == (box, "submit")
    assert box.has_event("change")
    assert not box.has_event("click")
    with pytest.raises(PropError, match=r"Textbox has no event 'click'; it has change, input"):
        box.trigger("click")
    with pytest.raises(PropError, match="has no event 'click'; it has none"):
        gr.Row(render=False).trigger("click")


def test_a_component_of_others_names_its_events_as_a_list() -> None:
    canvas = Canvas(render=False)
    assert Canvas.EVENTS == ["click", "scribbled"]
    assert Canvas.scribbled.doc == "Fired by the component as 'scribbled'."  # type: ignore[attr-defined]  # pyright: ignore
    assert canvas.trigger("scribbled").event_name == "scribbled"


def test_names_of_the_browser_half() -> None:
    assert (gr.Tab.get_block_name(), gr.Tab(render=False).get_block_class()) == ("tabitem", "tab")
    assert gr.Textbox(render=False).get_config()["name"] == "textbox"

    class Loose(Block):
        """Names itself after nothing, so after its base."""

    assert Loose.tag == "loose"


def test_an_update_of_a_whole_block_gives_all_that_the_browser_gets() -> None:
    box = gr.Textbox("a", label="Name", render=False)
    update = box.as_update(value="b", lines=3)
    given = update.given_props()
    assert (given["value"], given["lines"], given["label"]) == ("b", 3, "Name")
    assert (box.value, box.lines) == ("a", 1)
