from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.errors import NotAvailable, PropError

if TYPE_CHECKING:
    from collections.abc import Iterator


def buttons(demo: gr.Blocks) -> list[str]:
    components = demo.get_config()["components"]
    return [c["props"]["value"] for c in components if c["type"] == "button"]


def by_name(demo: gr.Blocks) -> dict[str, Any]:
    return {d["api_name"]: d for d in demo.get_config()["dependencies"]}


def greet(name: str, times: float) -> str:
    return f"Hello {name}! " * int(times)


def test_a_function_becomes_an_app_with_labels_from_its_arguments() -> None:
    demo = gr.Interface(greet, ["text", gr.Slider(1, 5)], "text")
    parts = demo.get_config()["components"]
    labels = [c["props"].get("label") for c in parts if c["type"] in ("textbox", "slider")]
    assert labels == ["name", "times", "output"]
    assert buttons(demo) == ["Clear", "Submit", "Flag"]
    info = demo.get_api_info()["named_endpoints"]["/greet"]
    assert [p["parameter_name"] for p in info["parameters"]] == ["name", "times"]
    assert [r["label"] for r in info["returns"]] == ["output"]


def test_submitting_a_text_runs_it_too() -> None:
    targets = by_name(gr.Interface(greet, ["text", "number"], "text"))["greet"]["targets"]
    assert sorted(event for _, event in targets) == ["click", "submit", "submit"]


def test_live_apps_have_no_submit_button() -> None:
    demo = gr.Interface(lambda x: x, "slider", "number", live=True)
    assert buttons(demo) == ["Clear", "Flag"]
    assert [e for _, e in by_name(demo)["lambda"]["targets"]] == ["change"]


def test_only_streamed_input_has_a_time_limit_by_itself() -> None:
    assert by_name(gr.Interface(greet, ["text", "number"], "text"))["greet"]["time_limit"] is None
    camera = gr.Image(sources=["webcam"], streaming=True)
    streamed = by_name(gr.Interface(lambda x: x, camera, "image", live=True, api_name="see"))["see"]
    assert (streamed["time_limit"], streamed["connection"]) == (30, "stream")


def test_generators_get_a_stop_button_that_cancels_them() -> None:
    def count(n: float) -> Iterator[float]:
        yield n

    demo = gr.Interface(count, "number", "number")
    assert buttons(demo) == ["Clear", "Submit", "Stop", "Flag"]
    described = demo.get_config()["dependencies"]
    running = by_name(demo)["count"]["id"]
    assert [running] in [d["cancels"] for d in described]


@pytest.mark.parametrize(
    ("inputs", "outputs", "kind", "captions"),
    [
        (["text"], ["text"], "standard", ["Clear", "Submit", "Flag"]),
        (["text"], None, "input", ["Clear", "Submit"]),
        (None, ["text"], "output", ["Clear", "Generate", "Flag"]),
    ],
)
def test_kinds(inputs: Any, outputs: Any, kind: str, captions: list[str]) -> None:
    demo = gr.Interface((lambda x: x) if inputs else (lambda: "x"), inputs, outputs)
    assert demo.kind == kind
    assert buttons(demo) == captions


def test_one_component_for_both_is_unified() -> None:
    box = gr.Textbox(render=False)
    demo = gr.Interface(lambda x: x, box, box)
    assert demo.kind == "unified"
    assert buttons(demo) == ["Clear", "Generate", "Flag"]


def test_additional_inputs_stand_in_an_accordion() -> None:
    demo = gr.Interface(greet, "text", "text", additional_inputs=[gr.Number(2)])
    types = [c["type"] for c in demo.get_config()["components"]]
    assert "accordion" in types
    assert len(by_name(demo)["greet"]["inputs"]) == 2


def test_a_state_on_both_sides_is_one_state() -> None:
    demo = gr.Interface(lambda x, s: (x, s), ["text", "state"], ["text", "state"])
    assert [c["type"] for c in demo.get_config()["components"]].count("state") == 1
    with pytest.raises(PropError, match="1 states as inputs and 0 as outputs"):
        gr.Interface(lambda x, s: x, ["text", "state"], "text")


def test_examples_fill_the_inputs() -> None:
    demo = gr.Interface(greet, ["text", "number"], "text", examples=[["Ann", 2], ["Bob", 3]])
    dataset = next(c for c in demo.get_config()["components"] if c["type"] == "dataset")
    assert dataset["props"]["samples"] == [["Ann", 2], ["Bob", 3]]
    load = by_name(demo)["load_example"]
    assert load["queue"] is False
    assert load["api_visibility"] == "undocumented"


def test_several_apps_stand_in_tabs() -> None:
    demo = gr.TabbedInterface(
        [
            gr.Interface(lambda x: x, "text", "text"),
            gr.Interface(greet, ["text", "number"], "text"),
        ],
        ["One", "Two"],
    )
    config = demo.get_config()
    assert [c["props"]["label"] for c in config["components"] if c["type"] == "tabitem"] == [
        "One",
        "Two",
    ]
    assert set(demo.get_api_info()["named_endpoints"]) == {"/lambda", "/greet"}


def test_what_is_no_function_is_refused() -> None:
    with pytest.raises(PropError, match="expected a function"):
        gr.Interface("greet", "text", "text")  # type: ignore[arg-type]


def same(text: str) -> str:
    return text


def test_buttons_may_be_captions_or_buttons_and_nothing_else() -> None:
    own = gr.Button("Mine", render=False)
    demo = gr.Interface(same, "text", "text", submit_btn=own, clear_btn=None)
    captions = [b.value for b in demo.graph_.blocks.values() if isinstance(b, gr.Button)]
    assert captions == ["Mine", "Flag"]
    with pytest.raises(PropError, match="was given the button 3; expected a caption or a Button"):
        gr.Interface(same, "text", "text", submit_btn=3)


@pytest.mark.parametrize(
    ("inputs", "outputs", "text"),
    [
        (None, None, "neither inputs nor outputs"),
        ([3], "text", "was given inputs with 3; expected a component or the name of one"),
        ("text", gr.Row, "was given outputs with"),
        ("state", "text", "1 states as inputs and 0 as outputs"),
    ],
)
def test_parts_that_do_not_fit_are_named(inputs: Any, outputs: Any, text: str) -> None:
    with pytest.raises(PropError, match=text):
        gr.Interface(same, inputs, outputs)


def test_tabs_need_one_name_each() -> None:
    one = gr.Interface(same, "text", "text")
    demo = gr.TabbedInterface([one], title="Both")
    tabs = [b.label for b in demo.graph_.blocks.values() if isinstance(b, gr.Tab)]
    assert (tabs, demo.title) == (["Tab 0"], "Both")
    with pytest.raises(PropError, match="given 1 apps and 2 names"):
        gr.TabbedInterface([gr.Interface(same, "text", "text")], ["a", "b"])


def test_what_is_not_available_is_said() -> None:
    with pytest.raises(NotAvailable, match=r"Interface\.from_pipeline"):
        gr.Interface.from_pipeline(object())
