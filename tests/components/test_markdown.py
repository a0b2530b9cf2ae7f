"""Markdown: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from limelight.components.markdown.markdown import Markdown
from limelight.errors import PayloadError, PropError


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Markdown).parameters
    expected: dict[str, Any] = {
        "value": None,
        "label": None,
        "every": None,
        "inputs": None,
        "show_label": None,
        "scale": None,
        "min_width": None,
        "rtl": False,
        "latex_delimiters": None,
        "visible": True,
        "elem_id": None,
        "elem_classes": None,
        "render": True,
        "key": None,
        "preserved_by_key": "value",
        "sanitize_html": True,
        "line_breaks": False,
        "header_links": False,
        "height": None,
        "max_height": None,
        "min_height": None,
        "buttons": None,
        "container": False,
        "padding": False,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    assert list(Markdown.events) == ["change", "copy"]


def test_the_page_gets_these_props() -> None:
    assert Markdown("a", render=False).wire_props() == {
        "show_label": False,
        "rtl": False,
        "latex_delimiters": [{"left": "$$", "right": "$$", "display": True}],
        "visible": True,
        "elem_classes": [],
        "preserved_by_key": ["value"],
        "sanitize_html": True,
        "line_breaks": False,
        "header_links": False,
        "container": False,
        "padding": False,
        "name": "markdown",
        "_selectable": False,
    }


@pytest.mark.parametrize(
    ("value", "payload"),
    [("  # hi\n  there", "# hi\nthere"), ("\n\n  a\n", "a"), ("", ""), (5, "5"), (None, None)],
)
def test_common_indentation_goes(value: Any, payload: str | None) -> None:
    assert Markdown().postprocess(value) == payload


@pytest.mark.parametrize("payload", ["# hi", "", None])
def test_functions_get_the_text(payload: str | None) -> None:
    assert Markdown().preprocess(payload) == payload


@pytest.mark.parametrize("payload", [1, ["# hi"], {"a": 1}, True])
def test_a_payload_that_is_no_text_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a string"):
        Markdown().preprocess(payload)


def test_delimiters_without_sides_are_refused() -> None:
    with pytest.raises(PropError, match=r"was given \{'left': '\$'\}.*expected a dictionary"):
        Markdown(latex_delimiters=[{"left": "$"}])


def test_no_delimiters_mean_no_formulas() -> None:
    assert Markdown(latex_delimiters=[]).wire_props()["latex_delimiters"] == []


def test_clients_see_a_string() -> None:
    text = Markdown()
    assert text.api_info() == {"type": "string"}
    assert text.example_payload() == text.example_value() == "# Hello!"
