"""Steps: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from limelight.components.steps.steps import Steps
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_steps_side_by_side() -> None:
    parameters = inspect.signature(Steps).parameters
    expected = {
        "steps": None,
        "value": 0,
        "orientation": "horizontal",
        "status": "process",
        "clickable": False,
        "min_width": 240,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["steps"]
    assert list(Steps.events) == ["change", "input", "select"]


def test_steps_are_titles_or_more() -> None:
    steps = Steps(["Load", {"title": "Clean", "description": None, "status": "error"}])
    assert steps.wire_props()["steps"] == [
        {"title": "Load"},
        {"title": "Clean", "status": "error"},
    ]
    assert Steps().wire_props()["steps"] == []


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (3, "given the step 3; expected a title"),
        ({"description": "x"}, "expected a title, or a dictionary with 'title'"),
        ({"title": "a", "state": "error"}, "'state' means nothing. Did you mean 'status'"),
        ({"title": "a", "status": "done"}, "its status to be 'wait', 'process', 'finish' or"),
    ],
)
def test_wrong_steps_are_refused(step: Any, reason: str) -> None:
    with pytest.raises(PropError, match=reason):
        Steps([step])


@pytest.mark.parametrize(
    ("props", "reason"),
    [({"orientation": "diagonal"}, "'horizontal' or 'vertical'"), ({"status": "ok"}, "'wait'")],
)
def test_wrong_props_are_refused(props: dict[str, Any], reason: str) -> None:
    with pytest.raises(PropError, match=reason):
        Steps(**props).check()


@pytest.mark.parametrize("payload", [None, 0, 2])
def test_functions_get_the_place(payload: Any) -> None:
    assert Steps(["a", "b"]).preprocess(payload) == payload


@pytest.mark.parametrize("payload", [-1, 3, "1", True, 1.0, [1]])
def test_a_payload_that_is_no_step_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected the place of a step, from 0 to 2"):
        Steps(["a", "b"]).preprocess(payload)


@pytest.mark.parametrize(("value", "payload"), [(None, None), (1, 1), (9, 9), (np.int64(1), 1)])
def test_the_page_gets_the_place(value: Any, payload: Any) -> None:
    assert Steps(["a", "b"]).postprocess(value) == payload


@pytest.mark.parametrize("value", [-1, "1", True, 1.0, ["a"]])
def test_a_value_that_is_no_place_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match=r"return gr.Steps\(steps=...\)"):
        Steps(["a", "b"]).postprocess(value)


def test_what_the_api_says() -> None:
    steps = Steps(["a", "b"])
    assert steps.api_info() == {"type": "integer", "minimum": 0, "maximum": 2}
    assert (steps.example_payload(), steps.example_value()) == (0, 0)
