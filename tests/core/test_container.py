from __future__ import annotations

import pytest

import limelight as gr
from limelight.core.context import open_container


def tags(block: gr.Component | gr.Row | gr.Column | gr.Blocks) -> list[str]:
    return [inner.tag for inner in block.blocks()]


def test_blocks_stand_where_they_were_made() -> None:
    with gr.Blocks() as demo:
        with gr.Row():
            gr.Markdown("a")
            with gr.Column():
                gr.Button("b")
        gr.Markdown("c")
    assert tags(demo) == ["blocks", "row", "markdown", "column", "button", "markdown"]


def test_a_container_can_be_opened_again() -> None:
    with gr.Blocks() as demo:
        with gr.Column() as column:
            gr.Markdown("a")
        gr.Markdown("c")
        with column:
            gr.Button("b")
    assert tags(demo) == ["blocks", "column", "markdown", "button", "markdown"]


def test_form_controls_share_forms_and_others_part_them() -> None:
    with gr.Blocks(), gr.Column() as column:
        gr.Textbox()
        gr.Number()
        gr.Markdown("between")
        gr.Checkbox()
    assert tags(column) == ["column", "form", "textbox", "number", "markdown", "form", "checkbox"]


def test_a_bare_control_stands_alone() -> None:
    with gr.Blocks(), gr.Column() as column:
        gr.Textbox(container=False)
    assert tags(column) == ["column", "textbox"]


def test_tabs_may_be_left_away() -> None:
    with gr.Blocks() as demo:
        with gr.Tab("a"):
            gr.Markdown("a")
        with gr.Tab("b"):
            gr.Markdown("b")
    assert tags(demo) == ["blocks", "tabs", "tabitem", "markdown", "tabitem", "markdown"]


def test_an_error_inside_closes_the_container() -> None:
    with pytest.raises(RuntimeError, match="of the author"), gr.Blocks(), gr.Row():
        raise RuntimeError("of the author")
    assert open_container.get() is None


def test_a_block_can_be_put_behind_another() -> None:
    with gr.Blocks(), gr.Column() as column:
        first, _ = gr.Markdown("a"), gr.Markdown("c")
        column.insert_after(first, gr.Button(render=False))
    assert tags(column) == ["column", "markdown", "button", "markdown"]
