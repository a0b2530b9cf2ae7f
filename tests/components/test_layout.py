"""Containers: props on the wire, and the parents that blocks are given."""

from __future__ import annotations

from typing import Any

import pytest

import limelight as gr


def _blocks(demo: Any, tag: str) -> list[dict[str, Any]]:
    return [c["props"] for c in demo.get_config_file()["components"] if c["type"] == tag]


def _without(props: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in props.items() if name not in names}


@pytest.mark.parametrize(
    ("name", "tag", "expected"),
    [
        ("Group", "group", {}),
        ("Tabs", "tabs", {"overflow_behavior": "menu"}),
        ("Accordion", "accordion", {"open": True}),
        ("Sidebar", "sidebar", {"open": True, "width": 320, "position": "left"}),
        ("Row", "row", {"variant": "default", "equal_height": False, "show_progress": False}),
        (
            "Column",
            "column",
            {"scale": 1, "min_width": 320, "variant": "default", "show_progress": False},
        ),
    ],
)
def test_the_wire_has_the_props_of_each_container(
    name: str, tag: str, expected: dict[str, Any]
) -> None:
    with gr.Blocks() as demo:
        getattr(gr, name)()
    (props,) = _blocks(demo, tag)
    shared = {"visible": True, "elem_classes": [], "preserved_by_key": [], "name": tag}
    assert props == {**shared, **expected}


def test_a_tab_alone_gets_tabs_around_it() -> None:
    with gr.Blocks() as demo:
        gr.Tab("One")
        with gr.Tab("Two", id="two"):
            gr.Textbox()
    assert len(_blocks(demo, "tabs")) == 1
    first, second = _blocks(demo, "tabitem")
    assert _without(first, "visible", "elem_classes", "preserved_by_key") == {
        "label": "One",
        "interactive": True,
        "alignment": "left",
        "render_children": False,
        "name": "tab",
    }
    assert second["id"] == "two"
    assert gr.TabItem is gr.Tab


def test_a_form_in_a_row_adds_the_shares_of_its_controls() -> None:
    with gr.Blocks() as demo:
        with gr.Row():
            gr.Textbox(scale=2)
            gr.Textbox(min_width=300)
            gr.Textbox(scale=0)
        with gr.Column():
            gr.Textbox(scale=3)
    shares = [(props["scale"], props["min_width"]) for props in _blocks(demo, "form")]
    assert shares == [(3, 620), (0, 0)]


def test_tabs_can_be_selected_by_a_function() -> None:
    assert gr.Tabs(selected="two", render=False).given_props() == {"selected": "two"}


def test_containers_have_their_events() -> None:
    assert list(gr.Tabs.events) == ["change", "select"]
    assert list(gr.Tab.events) == ["select"]
    assert list(gr.Accordion.events) == list(gr.Sidebar.events) == ["expand", "collapse"]
