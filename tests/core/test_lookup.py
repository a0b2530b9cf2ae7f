from __future__ import annotations

import pytest

import limelight as gr
from limelight.core.lookup import (
    class_of_shortcut,
    class_of_tag,
    component,
    get_component_instance,
)
from limelight.errors import PropError


@pytest.mark.parametrize(
    ("shortcut", "cls"),
    [
        ("text", gr.Text),
        ("textbox", gr.Textbox),
        ("checkboxgroup", gr.CheckboxGroup),
        ("html", gr.HTML),
    ],
)
def test_shortcuts_name_components(shortcut: str, cls: type) -> None:
    assert class_of_shortcut(shortcut) is cls
    made = component(shortcut)
    assert type(made) is cls
    assert not made.is_placed


def test_an_unknown_shortcut_names_the_nearest() -> None:
    with pytest.raises(PropError, match=r"called 'textbocks'\. Did you mean 'textbox'\?"):
        component("textbocks")


def test_tags_name_the_main_class() -> None:
    assert class_of_tag("tabitem") is gr.Tab
    with pytest.raises(PropError, match="nowhere"):
        class_of_tag("nowhere")


def test_a_component_may_be_given_as_itself_or_as_a_dictionary() -> None:
    box = gr.Textbox()
    assert component(box) is box
    assert component({"name": "number", "label": "Age"}).label == "Age"
    with pytest.raises(PropError, match="names no component; expected a 'name'"):
        component({"label": "Age"})


def test_an_instance_can_be_placed_or_taken_off() -> None:
    with gr.Blocks() as demo:
        box = get_component_instance("text", render=True)
        assert box.is_placed
        assert not get_component_instance(box, unrender=True).is_placed
        get_component_instance(box, render=True)
        assert get_component_instance(box, render=True).is_placed
    assert box.graph is demo.graph
