from __future__ import annotations

import json
from typing import Any

import pytest

import limelight as gr
from limelight.core.component import is_component, server


class Tree(gr.Component, tag="tree"):
    """A component of another package, with functions for its browser half."""

    value: Any = None
    """Folders by name."""

    @server
    def children(self, path: str) -> list[str]:
        """What is in a folder."""
        return [f"{path}/a"]

    @server
    async def size(self, path: str) -> int:
        """Bytes."""
        return len(path)


def test_a_component_of_unknown_kind_passes_values_through() -> None:
    tree = Tree(value={"a": []}, render=False)
    assert tree.preprocess({"a": []}) == {"a": []}
    assert tree.postprocess({"a": []}) == {"a": []}
    assert tree.initial_value == {"a": []}
    assert (tree.api_info(), tree.example_inputs(), tree.example_value()) == (
        {"type": {}},
        None,
        None,
    )
    assert tree.as_example([1]) == tree.process_example([1]) == [1]
    assert (tree.skip_api, tree.stateful) == (False, False)


def test_its_server_functions_are_offered_by_name() -> None:
    tree = Tree(render=False)
    assert sorted(tree.offered_functions()) == ["children", "size"]
    assert tree.offered_functions()["children"]("x") == ["x/a"]
    assert tree.wire_props()["server_fns"] == ["children", "size"]
    assert "server_fns" not in gr.Textbox(render=False).wire_props()


def test_flagged_values_are_text() -> None:
    box = gr.Textbox(render=False)
    assert box.flag("plain") == "plain"
    assert json.loads(box.flag({"ä": [1]})) == {"ä": [1]}
    assert box.read_from_flag("plain") == "plain"


def test_a_function_as_value_runs_with_each_load() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox(lambda: "now")
    (listener,) = demo.graph_.listeners.values()
    assert box.value == "now"
    assert (listener.targets, listener.outputs) == ([(demo, "load")], [box])
    assert listener.show_progress == "hidden"


def test_a_function_as_value_may_take_inputs_and_come_back_every_second() -> None:
    with gr.Blocks() as demo:
        name = gr.Textbox()
        greeting = gr.Textbox(lambda name: f"Hello {name}", inputs=name, every=1)
        gr.Number(lambda: 1, every=gr.Timer(3))
    first, second = demo.graph_.listeners.values()
    timer = first.targets[0][0]
    assert isinstance(timer, gr.Timer)
    assert (timer.value, timer.graph) == (1, demo.graph)
    assert first.targets == [(timer, "tick"), (demo, "load"), (name, "change")]
    assert (first.inputs, first.outputs, first.trigger_mode) == ([name], [greeting], "always_last")
    assert greeting.value is None
    assert second.targets[1] == (demo, "load")


def test_completing_an_app_again_adds_nothing() -> None:
    with gr.Blocks() as demo:
        gr.Textbox(lambda: "now")
    demo.graph_.complete()
    with demo:
        gr.Markdown("more")
    assert len(demo.graph_.listeners) == 1


def test_a_function_as_value_runs_on_its_own_page_only() -> None:
    with gr.Blocks() as demo:
        gr.Textbox("x")
    with demo.route("Settings", "settings"):
        name = gr.Textbox("y")
        gr.Textbox(str.upper, inputs=name)
        gr.Textbox(lambda: "z")
    pages = demo.get_config_file()["page"]
    assert {path: page["dependencies"] for path, page in pages.items()} == {
        "": [],
        "settings": [0, 1],
    }


def test_a_load_function_can_be_attached_later() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.attach_load_event(lambda: "now", None)
    assert [x.targets for x in demo.graph_.listeners.values()] == [[(demo, "load")]]
    assert gr.Textbox(render=False).listen_for_load() is None


def test_buttons_of_a_component_become_numbers() -> None:
    with gr.Blocks():
        button = gr.Button("more", render=False)
        box = gr.Textbox(buttons=["copy", button])
        assert box.wire_props()["buttons"] == ["copy", button.block_id]


@pytest.mark.parametrize(
    ("thing", "answer"), [(gr.Textbox(), True), (gr.Row(), False), ("a", False)]
)
def test_components_are_told_from_other_things(thing: object, answer: bool) -> None:
    assert is_component(thing) is answer
