"""TaskList: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from limelight.components.task_list.task_list import TaskList
from limelight.errors import PayloadError, ValueRejected


def test_defaults_are_a_list_that_is_only_shown() -> None:
    parameters = inspect.signature(TaskList).parameters
    expected = {
        "value": None,
        "collapsible": True,
        "open": True,
        "show_count": True,
        "max_height": None,
        "min_width": 240,
        "interactive": False,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["value"]
    assert list(TaskList.events) == ["change", "input", "select"]


def test_tasks_are_texts_or_more() -> None:
    assert TaskList().postprocess(None) == []
    assert TaskList().postprocess(("Read", {"title": "Write", "status": None})) == [
        {"title": "Read", "status": "pending"},
        {"title": "Write", "status": "pending"},
    ]
    whole = {
        "title": "Search",
        "status": "running",
        "description": "On the web",
        "progress": np.float64(0.5),
        "duration": 2,
        "children": ["Library"],
    }
    assert TaskList().postprocess([whole]) == [
        {
            "title": "Search",
            "status": "running",
            "description": "On the web",
            "progress": 0.5,
            "duration": 2.0,
            "children": [{"title": "Library", "status": "pending"}],
        }
    ]


def test_what_the_page_has_comes_back() -> None:
    tasks = TaskList().postprocess(["Read", {"title": "Write", "children": ["One", "Two"]}])
    assert TaskList().preprocess(tasks) == tasks
    assert TaskList().preprocess(None) == []
    assert TaskList().read_from_flag(TaskList().flag(tasks)) == tasks


def nested(depth: int) -> dict[str, Any]:
    """A task inside a task, and so on."""
    return {"title": "one", "children": [nested(depth - 1)] if depth else []}


@pytest.mark.parametrize(
    ("tasks", "reason"),
    [
        ("Read", "expected a list of tasks"),
        ({"title": "Read"}, "expected a list of tasks"),
        ([3], "expected a text, or a dictionary with 'title'"),
        ([{"status": "done"}], "expected a text, or a dictionary with 'title'"),
        ([{"title": "a", "state": "done"}], "'state' means nothing. Did you mean 'status'"),
        ([{"title": "a", "status": "finished"}], "expected its status to be one of 'pending'"),
        ([{"title": "a", "progress": 40}], "its progress to be a number from 0 to 1"),
        ([{"title": "a", "progress": True}], "its progress to be a number from 0 to 1"),
        ([{"title": "a", "duration": -1}], "its duration to be a number of seconds"),
        ([{"title": "a", "duration": float("inf")}], "its duration to be a number of seconds"),
        ([{"title": "a", "children": "b"}], "expected a list of tasks"),
        ([nested(40)], "too deep"),
    ],
)
def test_other_things_are_refused(tasks: Any, reason: str) -> None:
    with pytest.raises(ValueRejected, match=reason):
        TaskList().postprocess(tasks)
    with pytest.raises(PayloadError, match=reason):
        TaskList().preprocess(tasks)


def test_what_the_api_says() -> None:
    tasks = TaskList()
    info = tasks.api_info()
    assert (info["type"], info["items"]["required"]) == ("array", ["title"])
    # The official clients follow a reference to itself for ever, and do not even connect.
    assert "$ref" not in str(info)
    assert tasks.postprocess(tasks.example_value()) == tasks.example_payload()
