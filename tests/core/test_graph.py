from __future__ import annotations

import pytest

import limelight as gr
from limelight.errors import InvalidApiName, ListenerError


def same(text: str) -> str:
    return text


def test_blocks_are_numbered_in_the_order_of_making() -> None:
    with gr.Blocks() as demo:
        row = gr.Row()
        with row:
            button = gr.Button()
        text = gr.Markdown()
    graph = demo.graph_
    assert [graph.block(i) for i in range(4)] == [demo, row, button, text]
    assert graph.block(99) is None
    assert [block.tag for block in graph.placed("")] == ["row", "button", "markdown"]


def test_listeners_are_found_by_number_and_name() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(same, box, box)
        box.change(same, box, box)
        box.blur(same, box, box, api_name="hidden", api_visibility="private")
    graph = demo.graph_
    assert [x.api_name for x in graph.listeners.values()] == ["same", "same_1", "hidden"]
    assert graph.listener(0) is graph.listener_named("/same") is graph.listener_named("same")
    assert graph.listener(9) is None
    with pytest.raises(InvalidApiName, match=r"called 'sume'\. Did you mean 'same'\?"):
        graph.listener_named("/sume")
    with pytest.raises(InvalidApiName, match="called 'hidden'"):
        graph.listener_named("hidden")


def test_a_block_drawn_by_another_is_part_of_the_app() -> None:
    with gr.Blocks() as demo:
        more = gr.Button("more", render=False)
        gr.Textbox(buttons=[more, "copy"])
        more.click(lambda: None)
    assert more.graph is demo.graph


def test_a_state_made_outside_is_taken_in_and_other_blocks_are_missed() -> None:
    count = gr.State(0, render=False)
    with gr.Blocks() as demo:
        gr.Button().click(lambda n: n + 1, count, count)
    assert count.graph is demo.graph
    lost = gr.Textbox(label="Lost", render=False)
    problem = r"uses <Textbox 'Lost'>, which is not on a page"
    with pytest.raises(ListenerError, match=problem), gr.Blocks():
        gr.Button().click(lambda: "", None, lost)


def test_listening_to_select_makes_it_selectable() -> None:
    with gr.Blocks() as demo:
        box, other = gr.Textbox(), gr.Textbox()
        box.select(lambda: None)
    assert (box.wire_props()["_selectable"], other.wire_props()["_selectable"]) == (True, False)
    assert not demo.graph_.needs_heartbeat()


def test_the_server_watches_pages_that_keep_something() -> None:
    with gr.Blocks() as with_state:
        gr.State()
    with gr.Blocks() as with_unload:
        with_unload.unload(lambda: None)
    assert with_state.graph_.needs_heartbeat()
    assert with_unload.graph_.needs_heartbeat()


def test_pages_hold_their_own_blocks() -> None:
    with gr.Blocks() as demo:
        first = gr.Markdown()
    with demo.route("Settings"), gr.Row():
        second = gr.Markdown()
    graph = demo.graph_
    assert (graph.page_of(first), graph.page_of(second)) == ("", "settings")
    assert graph.page_of(gr.Markdown(render=False)) == ""
    assert list(graph.placed("")) == [first]


def test_an_app_inside_another_brings_everything_and_loads_once() -> None:
    with gr.Blocks() as inner:
        clock = gr.Textbox(lambda: "now")
        clock.submit(same, clock, clock)
        inner.load(same, clock, clock)
        state = gr.State(1)
    with gr.Blocks() as outer:
        own = gr.Textbox()
        own.submit(same, own, own)
        with gr.Column() as column:
            inner.render()
    assert [x.api_name for x in outer.graph_.listeners.values()] == [
        "same",
        "same_1",
        "same_1_1",
        "lambda",
    ]
    assert {block.graph for block in (clock, state)} == {outer.graph}
    assert clock in column.blocks()
    assert [x.targets[0] for x in outer.graph_.listeners.values()][2:] == [
        (outer, "load"),
        (outer, "load"),
    ]
    assert (inner.graph_.blocks, inner.graph_.listeners) == ({}, {})
