"""HTML: props of its own, events of its own, functions for its script."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

import limelight as gr
from limelight.components.html_.html import HTML
from limelight.errors import LayoutError, PropError

ON_LOAD = "element.addEventListener('click', function() { trigger('click') });"


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(HTML).parameters
    expected: dict[str, Any] = {
        "value": None,
        "label": None,
        "html_template": "${value}",
        "css_template": "",
        "js_on_load": ON_LOAD,
        "apply_default_css": True,
        "every": None,
        "inputs": None,
        "show_label": False,
        "scale": None,
        "min_width": None,
        "visible": True,
        "elem_id": None,
        "elem_classes": None,
        "render": True,
        "key": None,
        "preserved_by_key": "value",
        "min_height": None,
        "max_height": None,
        "container": False,
        "padding": False,
        "autoscroll": False,
        "buttons": None,
        "head": None,
        "server_functions": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert parameters["props"].kind is inspect.Parameter.VAR_KEYWORD
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    assert len(HTML.events) == 37
    assert "unload" not in HTML.events


def test_the_page_gets_its_own_props_apart() -> None:
    assert HTML("b", foo=1).wire_props() == {
        "_retryable": False,
        "_undoable": False,
        "likeable": False,
        "streamable": False,
        "html_template": "${value}",
        "css_template": "",
        "js_on_load": ON_LOAD,
        "apply_default_css": True,
        "show_label": False,
        "visible": True,
        "elem_classes": [],
        "preserved_by_key": ["value"],
        "container": False,
        "padding": False,
        "autoscroll": False,
        "buttons": [],
        "props": {"foo": 1},
        "name": "html",
        "_selectable": False,
        "component_class_name": "HTML",
    }


@pytest.mark.parametrize("value", ["<b>x</b>", None, {"a": [1]}, "  kept\n"])
def test_values_pass_unchanged(value: Any) -> None:
    assert HTML().postprocess(value) == value
    assert HTML().preprocess(value) == value


def test_a_subclass_is_drawn_by_the_same_half() -> None:
    class Card(HTML):
        def __init__(self, value: Any = None, title: str = "T", **kwargs: Any) -> None:
            super().__init__(value, title=title, html_template="<h2>${title}</h2>", **kwargs)

    card = Card("v")
    props = card.wire_props()
    assert card.tag == "html"
    assert props["props"] == {"title": "T"}
    assert props["component_class_name"] == "Card"


@pytest.mark.parametrize(
    "script", ["trigger('zap')", 'trigger(x ? "zap" : `a`)', "const n = `zap`"]
)
def test_a_name_in_quotes_is_an_event(script: str) -> None:
    block: Any = HTML(js_on_load=script)
    assert block.zap.event_name == "zap"
    assert block.has_event("zap")
    assert not block.has_event("other")
    with pytest.raises(AttributeError, match="must stand in quotes in js_on_load"):
        _ = block.other


def test_a_name_in_quotes_changes_no_attribute() -> None:
    block = HTML("v", label="L", js_on_load="props['value'] = 'label'")
    assert (block.value, block.label) == ("v", "L")


def test_functions_get_the_arguments_of_the_script() -> None:
    def none() -> str:
        return "none"

    def one(a: Any) -> Any:
        return a

    def two(a: int, b: int) -> int:
        return a - b

    async def two_later(a: int, b: int, c: int = 0) -> int:
        return a - b - c

    def many(*values: int) -> int:
        return sum(values)

    offered = HTML(server_functions=[none, one, two, two_later, many]).offered_functions()
    assert offered["none"](None) == "none"
    assert offered["one"]([1, 2]) == [1, 2]
    assert offered["two"]([5, 2]) == 3
    assert asyncio.run(offered["two_later"]([5, 2, 1])) == 2
    assert offered["many"]([1, 2, 3]) == 6
    assert HTML(server_functions=[one]).wire_props()["server_fns"] == ["one"]


def test_clients_see_a_string() -> None:
    html = HTML()
    assert html.api_info() == {"type": "string"}
    assert html.example_payload() == html.example_value() == "<p>Hello</p>"
    assert not html.skip_api


def test_a_sandbox_takes_markup_and_nothing_for_its_script() -> None:
    html = HTML("<p>", sandbox=True)
    assert html.wire_props()["sandbox"] is True
    assert "js_on_load" not in html.wire_props()
    wrong: dict[str, Any] = {
        "js_on_load": "trigger('x')",
        "head": "<style>",
        "server_functions": [print],
    }
    for name, given in wrong.items():
        with pytest.raises(PropError, match=f"was given {name}="):
            HTML("<p>", sandbox=True, **{name: given})
    with (
        pytest.raises(LayoutError, match="cannot draw blocks in the frame"),
        gr.Blocks(),
        HTML(sandbox=True),
    ):
        gr.Textbox()
