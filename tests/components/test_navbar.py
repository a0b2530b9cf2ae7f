"""Navbar: props, conversions, refusals, and the first paint of the bar."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import limelight as gr
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.server.firstpaint import paint


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(gr.Navbar).parameters
    expected = {"value": None, "visible": True, "main_page_name": "Home"}
    assert {name: parameters[name].default for name in expected} == expected
    assert list(gr.Navbar.events) == ["change"]


def test_the_page_gets_what_it_draws() -> None:
    assert gr.Navbar([("Docs", "https://example.org")]).wire_props() == {
        "visible": True,
        "main_page_name": "Home",
        "elem_classes": [],
        "name": "navbar",
        "_selectable": False,
    }
    assert gr.Navbar(visible=False).wire_props()["visible"] == "hidden"
    assert gr.Navbar(main_page_name=False).wire_props()["main_page_name"] is False


def test_links_are_pairs_of_texts() -> None:
    bar = gr.Navbar()
    assert bar.postprocess([("Docs", "https://example.org")]) == [["Docs", "https://example.org"]]
    assert bar.preprocess([["Docs", "https://example.org"]]) == [["Docs", "https://example.org"]]
    assert bar.postprocess(None) is bar.preprocess(None) is None
    assert (bar.api_info(), bar.example_payload(), bar.example_value()) == ({}, None, None)


@pytest.mark.parametrize("links", ["x", [("a", "b", "c")], [("a", 3)], {"a": "b"}, ["ab"]])
def test_anything_else_is_refused(links: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a list of pairs"):
        gr.Navbar().postprocess(links)
    with pytest.raises(PayloadError, match="expected pairs of texts"):
        gr.Navbar().preprocess(links)


def test_a_wrong_name_is_refused() -> None:
    with pytest.raises(PropError, match="main_page_name=True; expected a text, or False"):
        gr.Navbar(main_page_name=True)  # type: ignore[arg-type]  # what is tested


def _painted(demo: gr.Blocks, page: str = "") -> str:
    html = paint(demo.get_config_file(), page)
    return html[html.find("<nav>") : html.find("<main>")] if "<nav>" in html else ""


def test_the_first_paint_has_the_bar_of_its_page() -> None:
    with gr.Blocks() as demo:
        gr.Navbar([("Docs", "https://example.org")], main_page_name="<Start>")
    with demo.route("Other"):
        gr.Navbar(main_page_name=False)
    with demo.route("Bare"):
        gr.Navbar(visible=False)
    with demo.route("Usual"):
        gr.Textbox()
    names = ("Other", "Bare", "Usual")
    rest = "".join(f"<a>{name}</a>" for name in names)
    assert _painted(demo) == f"<nav><a>&lt;Start&gt;</a>{rest}<a>Docs</a></nav>"
    assert _painted(demo, "other") == f"<nav>{rest}</nav>"
    assert _painted(demo, "bare") == ""
    assert _painted(demo, "usual") == f"<nav><a>Home</a>{rest}</nav>"
