"""TreeSelect: what choices can be, conversions, and branches that are read when they are opened."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from limelight.components.tree_select.tree_select import TreeSelect
from limelight.core.branches import nodes_of
from limelight.core.request import Request
from limelight.errors import PayloadError, PropError, ValueRejected

FOOD: dict[str, Any] = {"Fruit": {"Stone": ["Peach", ("Plum", 2)]}, "Nuts": ["Almond"]}


def test_defaults() -> None:
    parameters = inspect.signature(TreeSelect).parameters
    expected = {
        "choices": None,
        "value": None,
        "multiselect": False,
        "cascade": True,
        "leaves_only": False,
        "filterable": True,
        "max_choices": None,
        "expanded": False,
        "placeholder": None,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(TreeSelect.events) == ["change", "input", "select", "focus", "blur"]


def leaf(label: str, value: Any = None) -> dict[str, Any]:
    """A node without others inside."""
    return {"label": label, "value": label if value is None else value}


@pytest.mark.parametrize(
    ("choices", "nodes"),
    [
        (None, []),
        ({"A": ["b"], "C": None}, [{**leaf("A"), "children": [leaf("b")]}, leaf("C")]),
        (["a", ("B", 2)], [leaf("a"), leaf("B", 2)]),
        (
            [{"label": "A", "value": 1, "children": ["b"]}],
            [{**leaf("A", 1), "children": [leaf("b")]}],
        ),
        (["a", {"B": ["c"]}], [leaf("a"), {**leaf("B"), "children": [leaf("c")]}]),
        ([{"label": "A", "children": []}, {"value": 5}], [leaf("A"), leaf("5", 5)]),
    ],
)
def test_choices_become_nodes(choices: Any, nodes: Any) -> None:
    assert TreeSelect(choices).wire_props()["choices"] == nodes


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"choices": "text"}, "dictionary of branches"),
        ({"choices": [("a", "b", "c")]}, "parts"),
        ({"choices": [None]}, "a text or a number"),
        ({"choices": {"A": ["x"], "B": ["x"]}}, "'x' twice"),
        ({"choices": {"A": True}}, "children=True"),
        ({"choices": FOOD, "max_choices": 0}, "max_choices=0"),
        ({"choices": lambda path: path, "cascade": True}, "cascade=False"),
        ({"choices": lambda *, path: [path]}, "a function of one argument"),
    ],
)
def test_what_cannot_be_is_told(props: dict[str, Any], message: str) -> None:
    with pytest.raises(PropError, match=message):
        TreeSelect(**props)


def test_nesting_is_bounded() -> None:
    deep: Any = ["end"]
    for number in range(200):
        deep = {str(number): deep}
    with pytest.raises(PropError, match="deeper than"):
        nodes_of(deep)


@pytest.mark.parametrize(
    ("props", "payload", "value"),
    [
        ({}, None, None),
        ({}, "Fruit", "Fruit"),
        ({}, 2, 2),
        ({"multiselect": True}, ["Fruit", "Almond", 2], ["Peach", 2, "Almond"]),
        ({"multiselect": True, "leaves_only": True}, ["Nuts"], ["Almond"]),
        ({"multiselect": True, "cascade": False}, ["Fruit", 2], ["Fruit", 2]),
    ],
)
def test_functions_get_what_is_chosen(props: dict[str, Any], payload: Any, value: Any) -> None:
    made = TreeSelect(FOOD, **props)
    assert made.preprocess(payload) == value
    if payload is not None:
        assert made.postprocess(payload) == value


@pytest.mark.parametrize(
    ("props", "payload", "message"),
    [
        ({}, "Salt", "not among the choices"),
        ({}, ["Nuts"], "not among"),
        ({}, {"a": 1}, "not among"),
        ({}, True, "not among"),
        ({"leaves_only": True}, "Nuts", "without others inside"),
        ({"multiselect": True}, "Nuts", "a list"),
        ({"multiselect": True, "max_choices": 1}, ["Fruit"], "at most 1"),
        ({"multiselect": True, "cascade": False, "leaves_only": True}, ["Nuts"], "without others"),
    ],
)
def test_what_a_request_may_not_send(props: dict[str, Any], payload: Any, message: str) -> None:
    with pytest.raises(PayloadError, match=message):
        TreeSelect(FOOD, **props).preprocess(payload)


@pytest.mark.parametrize("value", ["Salt", ["Nuts"], object()])
def test_what_a_function_may_not_return(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected one"):
        TreeSelect(FOOD).postprocess(value)


def test_the_api_lists_what_can_be_sent() -> None:
    values = ["Fruit", "Stone", "Peach", 2, "Nuts", "Almond"]
    assert TreeSelect(FOOD).api_info() == {"type": "string", "enum": values}
    only = TreeSelect(FOOD, multiselect=True, cascade=False, leaves_only=True)
    assert only.api_info()["items"]["enum"] == ["Peach", 2, "Almond"]
    assert TreeSelect(FOOD).example_value() == "Peach"


# ---- branches that are read when they are opened -----------------------------------------------

WORLD: dict[str, Any] = {
    "": [{"label": "Europe", "value": "eu", "children": True}, "Sea"],
    "eu": [("Malta", "mt"), {"France": True}],
    "eu/France": ["Paris"],
}


def children(path: list[str]) -> Any:
    """What is in a place."""
    return WORLD["/".join(path)]


def read(tree: TreeSelect, path: Any) -> Any:
    """What the page gets for a branch."""
    return tree.offered_functions()["children"](path, Request())


def look_up(tree: TreeSelect, payload: Any) -> None:
    """What happens before a payload is converted."""
    wanted = tree.ask(payload)
    if wanted is not None:
        wanted(Request())


def test_branches_are_read_one_by_one() -> None:
    tree = TreeSelect(children)
    assert tree.wire_props()["choices"] is True
    assert tree.wire_props()["cascade"] is False
    assert read(tree, []) == [{**leaf("Europe", "eu"), "children": True}, leaf("Sea")]
    assert read(tree, ["eu"]) == [leaf("Malta", "mt"), {**leaf("France"), "children": True}]
    assert read(tree, ["no", "such"]) == []  # and the function is not asked for it


def test_a_path_is_taken_if_each_step_is_found() -> None:
    tree = TreeSelect(children)
    for path in (["eu", "France", "Paris"], ["Sea"]):
        look_up(tree, path)
        assert tree.preprocess(path) == path
    refused: list[Any] = [["eu", "Rome"], ["Paris"], [], "eu", [["eu"]], ["Sea", "x"]]
    for wrong in refused:
        look_up(tree, wrong)
        if wrong:
            with pytest.raises(PayloadError, match="not among"):
                tree.preprocess(wrong)
    several = TreeSelect(children, multiselect=True, leaves_only=True)
    look_up(several, [["Sea"], ["eu"]])
    assert several.preprocess([["Sea"]]) == [["Sea"]]
    with pytest.raises(PayloadError, match="without others"):
        several.preprocess([["eu"]])


def test_the_top_is_no_choice() -> None:
    tree = TreeSelect(children)
    look_up(tree, [])
    with pytest.raises(PayloadError, match="not among"):
        tree.preprocess([])


def test_a_function_may_wait_and_take_the_request() -> None:
    async def inside(path: list[str], request: Request) -> list[str]:
        return [f"{request.session_hash} {len(path)}"]

    tree = TreeSelect(inside)
    answer = tree.offered_functions()["children"]([], Request(session_hash="me"))
    assert asyncio.run(answer) == [leaf("me 0")]


def test_values_of_python_are_paths() -> None:
    assert TreeSelect(children).postprocess(("eu", "mt")) == ["eu", "mt"]
    assert TreeSelect(children, multiselect=True).postprocess([["Sea"]]) == [["Sea"]]
    with pytest.raises(ValueRejected, match="a path"):
        TreeSelect(children).postprocess("Sea")


def test_an_answer_that_is_no_list_is_told() -> None:
    with pytest.raises(ValueRejected, match="choices function"):
        read(TreeSelect(lambda path: 5), [])
