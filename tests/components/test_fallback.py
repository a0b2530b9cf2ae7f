"""Fallback: what passes through it, and components that are drawn by it."""

from __future__ import annotations

from typing import Any

import limelight as gr
from limelight.components.json_.json_ import Fallback


class Point(Fallback):
    """A complex number."""

    def preprocess(self, payload: Any) -> complex:
        return complex(*payload)

    def postprocess(self, value: complex) -> list[float]:
        return [value.real, value.imag]


def test_a_value_passes_as_it_is() -> None:
    fallback = Fallback()
    for value in ({"a": [1, None]}, "text", 0, None):
        assert fallback.preprocess(fallback.postprocess(value)) == value
    assert fallback.api_info() == {"type": {}, "description": "any valid json"}
    assert fallback.example_payload() == fallback.example_value() == {"foo": "bar"}


def test_it_is_a_name_of_the_components() -> None:
    assert gr.components.Fallback is Fallback
    assert list(Fallback.EVENTS) == ["change"]


def test_a_subclass_is_drawn_by_it() -> None:
    with gr.Blocks() as demo:
        point = Point(3 + 4j, label="Point")
        gr.Button().click(lambda value: value * 1j, point, point)
    (shown,) = [c for c in demo.get_config_file()["components"] if c["id"] == point.block_id]
    assert shown["type"] == "json"
    assert shown["props"]["value"] == [3, 4]
