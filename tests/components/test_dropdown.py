"""Dropdown: props, conversions and refusals."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from limelight.components.dropdown.dropdown import DefaultValue, Dropdown
from limelight.core.asking import Offered
from limelight.core.request import Request
from limelight.errors import PayloadError, PropError, ValueRejected

CHOICES: list[Any] = ["a", ("B", 2)]


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Dropdown).parameters
    expected = {
        "choices": None,
        "type": "value",
        "multiselect": None,
        "allow_custom_value": False,
        "max_choices": None,
        "num_choices_shown": 100,
        "filterable": True,
        "min_width": 160,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert repr(parameters["value"].default) == "DefaultValue(...)"
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["choices"]
    assert list(Dropdown.events) == ["change", "input", "select", "focus", "blur", "key_up"]


@pytest.mark.parametrize(
    ("props", "value"),
    [
        ({"choices": CHOICES}, "a"),
        ({"choices": CHOICES, "value": None}, None),
        ({"choices": CHOICES, "multiselect": True}, []),
        ({"choices": CHOICES, "value": lambda: 2}, 2),
        ({}, None),
    ],
)
def test_the_first_choice_is_picked_unless_several_can_be(
    props: dict[str, Any], value: Any
) -> None:
    assert Dropdown(**props).initial_value == value


def test_choices_become_pairs_on_the_wire() -> None:
    props = Dropdown(CHOICES).wire_props()
    assert props["choices"] == [("a", "a"), ("B", 2)]
    assert "multiselect" not in props
    assert props["buttons"] == []


@pytest.mark.parametrize(
    ("props", "payload", "value"),
    [
        ({}, 2, 2),
        ({"type": "index"}, 2, 1),
        ({}, None, None),
        ({"multiselect": True}, ["a", 2], ["a", 2]),
        ({"multiselect": True, "type": "index"}, ["a", 2], [0, 1]),
        ({"multiselect": True, "type": "index", "allow_custom_value": True}, ["zz"], [None]),
        ({"multiselect": True}, "a", ["a"]),
        ({"multiselect": True}, [], []),
        ({"allow_custom_value": True}, "zz", "zz"),
    ],
)
def test_functions_get_what_is_picked(props: dict[str, Any], payload: Any, value: Any) -> None:
    assert Dropdown(CHOICES, **props).preprocess(payload) == value


@pytest.mark.parametrize(
    ("props", "payload", "message"),
    [
        ({}, "zz", "not in the list of choices"),
        ({}, "2", "not in the list of choices"),
        ({}, ["a"], "expected one choice"),
        ({"multiselect": True}, ["a", "zz"], "not in the list of choices"),
        ({"multiselect": True, "max_choices": 1}, ["a", 2], "expected at most 1"),
        ({"allow_custom_value": True}, {"x": 1}, "expected one choice"),
        ({"multiselect": True, "allow_custom_value": True}, [{}], "expected a text or a number"),
    ],
)
def test_a_payload_that_is_no_choice_is_refused(
    props: dict[str, Any], payload: Any, message: str
) -> None:
    with pytest.raises(PayloadError, match=message):
        Dropdown(CHOICES, **props).preprocess(payload)


@pytest.mark.parametrize(
    ("props", "value", "payload"),
    [
        ({}, "a", "a"),
        ({}, 2, 2),
        ({}, None, None),
        ({"multiselect": True}, "a", ["a"]),
        ({"multiselect": True}, ("a", 2), ["a", 2]),
        ({"allow_custom_value": True}, "zz", "zz"),
    ],
)
def test_the_page_gets_the_value(props: dict[str, Any], value: Any, payload: Any) -> None:
    assert Dropdown(CHOICES, **props).postprocess(value) == payload


def test_a_returned_value_that_is_no_choice_is_shown_with_a_warning() -> None:
    with pytest.warns(UserWarning, match="not among its choices"):
        assert Dropdown(CHOICES).postprocess("zz") == "zz"


def test_the_api_names_the_choices() -> None:
    one = {"type": "string", "enum": ["a", 2]}
    assert Dropdown(CHOICES).api_info() == one
    assert Dropdown(CHOICES, multiselect=True).api_info() == {"type": "array", "items": one}
    assert Dropdown(CHOICES, multiselect=True).example_payload() == ["a"]
    assert Dropdown().example_payload() is None


def test_props_that_do_not_fit_together_are_told() -> None:
    with pytest.raises(PropError, match="expected 'value' or 'index'"):
        Dropdown(CHOICES, type="name")  # type: ignore[arg-type]  # what is tested
    with pytest.raises(PropError, match="3 parts"):
        Dropdown([("a", "b", "c")])  # type: ignore[list-item]  # what is tested
    with pytest.warns(UserWarning, match="needs typing"):
        assert Dropdown(CHOICES, allow_custom_value=True, filterable=False).filterable
    assert isinstance(DefaultValue(), DefaultValue)


# ---- choices that are searched for -------------------------------------------------------------

PEOPLE = [("Ada", 1), ("Grace", 2), ("Barbara", 3)]


def by_text(query: str) -> list[tuple[str, int]]:
    """Finds people by their names only."""
    return [(name, number) for name, number in PEOPLE if query.lower() in name.lower()]


def by_any(query: str) -> list[tuple[str, int]]:
    """Finds people by their numbers, too."""
    return by_text(query) + [(name, number) for name, number in PEOPLE if query == str(number)]


def asking(dropdown: Dropdown, fn: str, data: Any) -> Any:
    """What a function of the page's answers."""
    return dropdown.offered_functions()[fn](data, Request())


def test_a_search_offers_no_list_and_two_functions() -> None:
    made = Dropdown(by_text, value=("Ada", 1))
    props = made.wire_props()
    assert props["choices"] == {"search": [("Ada", 1)]}
    assert props["server_fns"] == ["labels", "search"]
    assert (made.initial_value, Dropdown(by_text).initial_value) == (1, None)
    assert Dropdown(by_text, multiselect=True, value=[("Ada", 1), 3]).initial_value == [1, 3]
    assert made.api_info() == {"anyOf": [{"type": "string"}, {"type": "number"}]}
    assert "server_fns" not in Dropdown(CHOICES).wire_props()


def test_a_search_brings_so_many_and_says_whether_there_are_more() -> None:
    made = Dropdown(by_text, num_choices_shown=2)
    assert asking(made, "search", "") == {"pairs": PEOPLE[:2], "has_more": True}
    assert asking(made, "search", "ad") == {"pairs": PEOPLE[:1], "has_more": False}
    limits: list[int] = []

    def some(query: str, *, limit: int) -> list[str]:
        limits.append(limit)
        return [query] * limit

    assert asking(Dropdown(some, num_choices_shown=3), "search", "x")["has_more"] is True
    assert limits == [4]


def test_a_function_gets_the_request_and_may_wait() -> None:
    async def find(query: str, request: Request) -> list[str]:
        return [f"{query} for {request.session_hash}"]

    answer = Dropdown(find).offered_functions()["search"]("a", Request(session_hash="me"))
    assert asyncio.run(answer) == {"pairs": [("a for me", "a for me")], "has_more": False}


def test_what_was_offered_is_taken_and_what_was_not_is_asked_for() -> None:
    made = Dropdown(by_text)
    asking(made, "search", "ada")
    assert made.ask(1) is None
    assert made.preprocess(1) == 1
    for value in (2, True, "1"):
        look_up = made.ask(value)
        assert look_up is not None
        look_up(Request())
        with pytest.raises(PayloadError, match="did not offer"):
            made.preprocess(value)


def test_a_value_is_found_by_itself() -> None:
    made = Dropdown(by_any, multiselect=True)
    look_up = made.ask([2, 3])
    assert look_up is not None
    look_up(Request())
    assert made.preprocess([2, 3]) == [2, 3]
    assert asking(made, "labels", [2, 9]) == [("Grace", 2)]


def test_texts_given_by_python_are_known() -> None:
    made = Dropdown(by_text)
    made.enter_session(made.open_session())
    assert made.postprocess(("Nobody", 9)) == 9
    assert made.preprocess(9) == 9
    assert asking(made, "labels", [9]) == [("Nobody", 9)]


def test_custom_values_are_not_asked_for() -> None:
    made = Dropdown(by_text, allow_custom_value=True)
    assert made.ask("new") is None
    assert made.preprocess("new") == "new"


def test_another_function_begins_anew() -> None:
    made = Dropdown(by_text)
    own = made.open_session()
    made.enter_session(own)
    asking(made, "search", "ada")
    other = Dropdown(by_any)
    other.enter_session(own)
    with pytest.raises(PayloadError, match="did not offer"):
        other.preprocess(1)


def test_memory_is_bounded_and_keeps_what_is_used() -> None:
    own = Offered()
    for number in range(10_000):
        own.note("", number)
    assert own.text(0) == ""
    own.note("", -1)
    assert (own.text(0), own.text(1), own.text(-1)) == ("", None, "")
    assert own.text([]) is None


@pytest.mark.parametrize(
    "props",
    [
        {"choices": by_text, "type": "index"},
        {"choices": by_text, "filterable": False},
        {"choices": lambda *, query: [query]},
        {"choices": lambda a, b: []},
        {"choices": lambda query: (yield query)},
    ],
)
def test_what_a_search_cannot_be_is_told(props: dict[str, Any]) -> None:
    with pytest.raises(PropError, match="expected"):
        Dropdown(**props)


@pytest.mark.parametrize("answer", [None, "text", {"a": 1}, [(1, 2, 3)]])
def test_an_answer_that_is_no_list_is_told(answer: Any) -> None:
    with pytest.raises(ValueRejected, match="choices function"):
        asking(Dropdown(lambda query: answer), "search", "")


@pytest.mark.parametrize(
    ("fn", "data"),
    [
        ("search", 5),
        ("search", "x" * 1001),
        ("labels", "x"),
        ("labels", [[]]),
        ("labels", [1] * 101),
    ],
)
def test_a_crafted_question_is_refused(fn: str, data: Any) -> None:
    with pytest.raises(PayloadError):
        asking(Dropdown(by_text), fn, data)
