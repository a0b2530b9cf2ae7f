"""Snapshot: a component as the page showed it, and what a function changed of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import limelight as gr
from limelight.core.snapshot import Snapshot


class Card(gr.HTML):
    """With props of its own."""

    def __init__(self, value: Any = None, title: str = "T", **props: Any) -> None:
        super().__init__(value, title=title, **props)


def snapshot(shown: dict[str, Any] | None = None, value: Any = "v") -> Any:
    with gr.Blocks():
        card = Card("v", tags=["a"])
    return Snapshot(card, shown or {}, value)


def test_it_has_the_props_as_the_page_shows_them() -> None:
    card = snapshot({"label": "L", "props": {"title": "by a script"}, "__class__": 1, "new": 2})
    assert isinstance(card, SimpleNamespace)
    assert (card.value, card.label, card.title, card.max_height) == (
        "v",
        "L",
        "by a script",
        None,
    )
    assert card.props == {"title": "by a script", "tags": ["a"]}
    assert type(card) is Snapshot
    assert not hasattr(card, "new")


def test_only_what_a_function_changed_is_changed() -> None:
    card = snapshot()
    assert card.changes() == {}
    card.title, card.label, card.value = "U", "L", "w"
    card.tags.append("b")
    assert card.changes() == {"title": "U", "label": "L", "value": "w", "tags": ["a", "b"]}


def test_its_own_props_may_be_changed_in_their_dictionary() -> None:
    card = snapshot()
    card.props["title"] = "U"
    card.props["more"] = 1
    assert card.changes() == {"title": "U", "more": 1}


def test_a_value_that_may_have_been_changed_in_place_is_sent() -> None:
    card = snapshot(value=[1])
    card.value.append(2)
    assert card.changes() == {"value": [1, 2]}


def test_annotated_arguments_ask_for_all_props() -> None:
    def press(name: str, card: Card, state: gr.State, other: gr.Textbox | None = None) -> None: ...

    with gr.Blocks() as demo:
        text, card, state = gr.Textbox(), Card("v"), gr.State(1)
        text.submit(press, [text, card, state, text], None)
        text.submit(lambda *_: None, [text, card], None)
    wanted = [x["component_prop_inputs"] for x in demo.get_config_file()["dependencies"]]
    assert wanted == [[1, 3], []]
