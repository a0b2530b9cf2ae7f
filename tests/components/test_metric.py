"""Metric: props, conversions and refusals."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from limelight.components.metric.metric import Metric
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_a_plain_figure() -> None:
    parameters = inspect.signature(Metric).parameters
    expected = {
        "value": None,
        "label": None,
        "delta": None,
        "delta_color": "normal",
        "delta_label": None,
        "trend": None,
        "prefix": None,
        "suffix": None,
        "format": "number",
        "delta_format": None,
        "precision": None,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["value"]
    assert list(Metric.events) == ["change", "click"]


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        (None, None),
        (12, 12),
        (0.5, 0.5),
        ("A+", "A+"),
        (float("nan"), None),
        (Decimal("1.5"), 1.5),
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        ({"value": 3}, {"value": 3}),
        ({"value": 3, "delta": None}, {"value": 3}),
        ({"value": 3, "delta": "-2 %"}, {"value": 3, "delta": "-2 %"}),
        ({"value": 3, "trend": (1, None, 3)}, {"value": 3, "trend": [1, None, 3]}),
        ({"value": 3, "trend": np.array([1.5, np.nan])}, {"value": 3, "trend": [1.5, None]}),
    ],
)
def test_the_page_gets_figures(value: Any, payload: Any) -> None:
    shown = Metric().postprocess(value)
    assert shown == payload
    assert Metric().preprocess(shown) == payload  # and the function the same again


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([1, 2], "expected a number, a text or None"),
        (True, "expected a number, a text or None"),
        ({"value": 1, "delta": []}, "got the delta"),
        ({"value": 1, "trend": "123"}, "expected a list of numbers, the oldest first"),
        ({"value": 1, "trend": [1, "2"]}, "expected a list of numbers, the oldest first"),
        ({"value": 1, "trand": [1]}, "'trand' means nothing. Did you mean 'trend'"),
    ],
)
def test_other_things_are_refused(value: Any, reason: str) -> None:
    with pytest.raises(ValueRejected, match=reason):
        Metric(label="Revenue").postprocess(value)
    with pytest.raises(PayloadError, match=reason):
        Metric(label="Revenue").preprocess(value)


@pytest.mark.parametrize(
    ("props", "reason"),
    [
        ({"delta_color": "green"}, "delta_color='green'; expected 'normal'"),
        ({"format": "currency"}, "format='currency'; expected 'number'"),
        ({"delta_format": "short"}, "delta_format='short'"),
        ({"precision": -1}, "precision=-1; expected a number of digits"),
        ({"trend": 3}, "got the trend 3"),
        ({"delta": [3]}, r"got the delta \[3\]"),
    ],
)
def test_wrong_props_are_refused(props: dict[str, Any], reason: str) -> None:
    with pytest.raises(PropError, match=reason):
        Metric(**props).check()


def test_props_of_numpy_go_to_the_page_as_numbers() -> None:
    trend: Any = np.arange(3)
    props = Metric(1, delta=np.float64(0.5), trend=trend).wire_props()
    assert (props["delta"], props["trend"]) == (0.5, [0, 1, 2])


def test_what_the_api_says() -> None:
    metric = Metric()
    assert [kind.get("type") for kind in metric.api_info()["anyOf"]] == [
        "number",
        "string",
        "null",
        "object",
    ]
    assert metric.postprocess(metric.example_value()) == metric.example_payload()
