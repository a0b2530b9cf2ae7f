"""Label: conversions and refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from limelight.components.label.label import Label, LabelConfidence, LabelData
from limelight.errors import PayloadError, ValueRejected


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        (
            {"dog": 0.3, "cat": np.float32(0.5)},
            {
                "label": "cat",
                "confidences": [
                    {"label": "cat", "confidence": 0.5},
                    {"label": "dog", "confidence": 0.3},
                ],
            },
        ),
        ({np.int64(3): 1}, {"label": 3, "confidences": [{"label": 3, "confidence": 1.0}]}),
        ("cat", {"label": "cat", "confidences": None}),
        (5, {"label": "5", "confidences": None}),
        (None, {}),
        ({}, {}),
        (LabelData(label="x"), {"label": "x", "confidences": None}),
    ],
)
def test_the_page_gets_the_most_likely_first(value: Any, payload: Any) -> None:
    assert Label().postprocess(value) == payload


def test_only_the_top_classes_are_sent() -> None:
    payload = Label(num_top_classes=2).postprocess({"a": 0.1, "b": 0.2, "c": 0.7})
    assert [entry["label"] for entry in payload["confidences"]] == ["c", "b"]


@pytest.mark.parametrize("value", [[1, 2], {"a": "b"}, {"a": None}])
def test_what_is_no_classification_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected"):
        Label().postprocess(value)


@pytest.mark.parametrize(
    ("payload", "value"),
    [
        (
            {"label": "cat", "confidences": [{"label": "cat", "confidence": 0.7}]},
            {"cat": 0.7},
        ),
        ({"label": "cat", "confidences": None}, "cat"),
        (LabelData(label="a", confidences=[LabelConfidence(label="a", confidence=1)]), {"a": 1}),
        ({}, None),
        (None, None),
    ],
)
def test_functions_get_confidences_by_class(payload: Any, value: Any) -> None:
    assert Label().preprocess(payload) == value


@pytest.mark.parametrize(
    "payload",
    [
        "cat",
        {"label": [], "confidences": None},
        {"label": "a", "confidences": "a"},
        {"label": "a", "confidences": [{"label": "a", "confidence": "high"}]},
        {"label": "a", "confidences": ["a"]},
    ],
)
def test_a_payload_of_another_shape_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected"):
        Label().preprocess(payload)


def test_the_wire_and_the_log_round_trip() -> None:
    label = Label({"a": 1.0}, color="red")
    props = label.wire_props()
    assert (props["color"], props["show_heading"], props["buttons"]) == ("red", True, [])
    payload = label.postprocess(label.example_value())
    assert label.read_from_flag(label.flag(payload)) == payload
    assert set(label.api_info()["properties"]) == {"label", "confidences"}
