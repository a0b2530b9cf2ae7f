"""ParamViewer: conversions, refusals and what the page is told."""

from __future__ import annotations

from inspect import signature
from typing import Any

import pytest

from limelight.components.param_viewer.param_viewer import ParamViewer
from limelight.errors import PayloadError, PropError, ValueRejected

TABLE = {"p": {"type": "int", "description": "d", "default": "1"}}


@pytest.mark.parametrize("value", [TABLE, {}, None, {"p": {"type": "int"}}])
def test_parameters_cross_as_they_are(value: Any) -> None:
    block = ParamViewer()
    assert block.postprocess(value) == value
    assert block.preprocess(value) == value


@pytest.mark.parametrize("value", [[], "p", {"p": "int"}, {1: {}}])
def test_what_is_no_table_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a dictionary with 'type'"):
        ParamViewer().postprocess(value)
    with pytest.raises(PayloadError, match="expected a dictionary with 'type'"):
        ParamViewer().preprocess(value)


def test_all_parameters_can_be_given_by_position() -> None:
    names = [
        p.name
        for p in signature(ParamViewer).parameters.values()
        if p.kind == p.POSITIONAL_OR_KEYWORD
    ]
    assert names == [
        "value",
        "language",
        "linkify",
        "every",
        "inputs",
        "render",
        "key",
        "preserved_by_key",
        "header",
        "anchor_links",
        "max_height",
    ]


def test_the_page_is_told_all_props() -> None:
    props = ParamViewer(TABLE, "typescript", ["A"], anchor_links="x", max_height=300).wire_props()
    names = ("language", "linkify", "header", "anchor_links", "max_height")
    assert {name: props[name] for name in names} == {
        "language": "typescript",
        "linkify": ["A"],
        "header": "Parameters",
        "anchor_links": "x",
        "max_height": 300,
    }
    assert (ParamViewer.tag, list(ParamViewer.events)) == ("paramviewer", ["change", "upload"])


def test_other_languages_are_refused() -> None:
    language: Any = "rust"
    with pytest.raises(PropError, match=r"language='rust'; expected 'python' or 'typescript'"):
        ParamViewer(language=language)


def test_a_function_gives_the_value() -> None:
    assert ParamViewer(lambda: TABLE).initial_value == TABLE
    assert ParamViewer().api_info() == {"type": {}}
