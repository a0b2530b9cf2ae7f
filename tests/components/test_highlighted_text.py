"""HighlightedText: conversions, refusals and what the page is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from limelight.components.highlighted_text.highlighted import Highlight, HighlightedText
from limelight.errors import PayloadError, PropError, ValueRejected

PARTS = [("a ", "x"), ("b", "x"), (" c", None), ("d", None), ("e", 0.5)]


def _pairs(payload: list[dict[str, Any]] | None) -> list[tuple[str, Any]]:
    assert payload is not None
    return [(token["token"], token["class_or_confidence"]) for token in payload]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, PARTS),
        ({"combine_adjacent": True}, [("a b", "x"), (" cd", None), ("e", 0.5)]),
        (
            {"combine_adjacent": True, "adjacent_separator": "-"},
            [("a -b", "x"), (" c-d", None), ("e", 0.5)],
        ),
        (
            {"show_whitespaces": False},
            [("a", "x"), ("b", "x"), ("c", None), ("d", None), ("e", 0.5)],
        ),
        (
            {"combine_adjacent": True, "show_whitespaces": False},
            [("a b", "x"), ("cd", None), ("e", 0.5)],
        ),
    ],
)
def test_neighbours_and_blanks(options: dict[str, Any], expected: list[Any]) -> None:
    assert _pairs(HighlightedText(**options).postprocess(PARTS)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"text": "a cat", "entities": [{"entity": "N", "start": 2, "end": 5}]},
            [("a ", None), ("cat", "N"), ("", None)],
        ),
        (
            {
                "text": "abcdef",
                "entities": [
                    {"start": 4, "end": 5, "entity_group": "Q"},
                    {"start": 0, "end": 2, "entity": "P"},
                ],
            },
            [("", None), ("ab", "P"), ("cd", None), ("e", "Q"), ("f", None)],
        ),
        ({"text": "abc", "entities": []}, [("abc", None)]),
        (
            {"text": "ab", "entities": [{"start": 0, "end": 1}]},
            [("", None), ("a", None), ("b", None)],
        ),
        ([["a", "b"], ("c", 1), ("d", np.float32(0.5))], [("a", "b"), ("c", 1.0), ("d", 0.5)]),
        ([{"token": "a", "class_or_confidence": "N"}, {"token": "b"}], [("a", "N"), ("b", None)]),
        ([], []),
    ],
)
def test_the_page_gets_tokens(value: Any, expected: list[Any]) -> None:
    assert _pairs(HighlightedText().postprocess(value)) == expected


def test_nothing_stays_nothing() -> None:
    assert HighlightedText().postprocess(None) is None
    assert HighlightedText().preprocess(None) is None


def test_entities_are_combined_without_what_is_empty() -> None:
    value = {
        "text": "a b",
        "entities": [{"start": 0, "end": 1, "entity": "Q"}, {"start": 2, "end": 3, "entity": "Q"}],
    }
    expected = [("a", "Q"), (" ", None), ("b", "Q")]
    assert _pairs(HighlightedText(combine_adjacent=True).postprocess(value)) == expected


@pytest.mark.parametrize(
    "value",
    [
        "abc",
        5,
        {},
        {"text": "ab"},
        {"entities": []},
        [("a",)],
        [(None, "a")],
        [("a", [])],
        {"text": "ab", "entities": [{"start": 0}]},
    ],
)
def test_what_is_no_highlighted_text_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a list of"):
        HighlightedText().postprocess(value)


def test_functions_get_tokens_and_may_return_them() -> None:
    block = HighlightedText()
    tokens = [
        {"token": "a", "class_or_confidence": "N"},
        {"token": "b", "class_or_confidence": None},
    ]
    assert block.preprocess([tokens[0], {"token": "b"}]) == tokens
    assert block.postprocess(block.preprocess(tokens)) == tokens


@pytest.mark.parametrize(
    "payload",
    ["a", {"token": "a"}, ["a"], [{"token": 1}], [{"token": "a", "class_or_confidence": []}]],
)
def test_a_payload_of_another_shape_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected"):
        HighlightedText().preprocess(payload)


def test_the_page_is_told_all_props() -> None:
    block = HighlightedText(color_map={"a": "red"}, rtl=True, show_legend=True)
    names = (
        "color_map",
        "show_legend",
        "show_inline_category",
        "combine_adjacent",
        "adjacent_separator",
        "show_whitespaces",
        "rtl",
        "buttons",
    )
    props = block.wire_props()
    assert {name: props[name] for name in names} == {
        "color_map": {"a": "red"},
        "show_legend": True,
        "show_inline_category": True,
        "combine_adjacent": False,
        "adjacent_separator": "",
        "show_whitespaces": True,
        "rtl": True,
        "buttons": [],
    }
    assert Highlight is HighlightedText
    assert (HighlightedText.tag, list(HighlightedText.events)) == (
        "highlightedtext",
        ["change", "select"],
    )


def test_colours_that_are_no_texts_are_refused() -> None:
    colors: Any = {"a": 0xFF0000}
    with pytest.raises(PropError, match="expected CSS colours by class"):
        HighlightedText(color_map=colors)


def test_the_log_round_trips() -> None:
    block = HighlightedText()
    payload = block.postprocess(block.example_value())
    assert block.read_from_flag(block.flag(payload)) == payload
    assert block.api_info()["items"] == {"$ref": "#/$defs/HighlightedToken"}
