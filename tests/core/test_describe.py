from __future__ import annotations

from typing import Any

import limelight as gr
from limelight.core.describe import class_id, config, info


def keep(value: Any) -> Any:
    """No files here, so nothing to stow."""
    return value


def greet(name: str, times: float | None = None) -> str:
    """Greet somebody.

    Args:
        name: Whom.
    """
    return name


def app() -> gr.Blocks:
    with gr.Blocks(title="Greeter") as demo:
        with gr.Row(elem_id="top"):
            name = gr.Textbox("Ada", label="Name", key="name")
            times = gr.Number(label="Times")
        secret = gr.State({"kept": True})
        out = gr.Textbox(label="Greeting")
        event = name.submit(greet, [name, times], out, show_progress_on=name)
        event.success(lambda s: s, secret, secret, api_visibility="undocumented")
        gr.Button().click(None, js="() => 1", cancels=event)
    return demo


def test_a_config_describes_blocks_layout_and_listeners() -> None:
    demo = app()
    made = config(demo.graph_, keep)
    by_type = {c["type"]: c for c in made["components"]}
    assert [c["type"] for c in made["components"]][:2] == ["row", "textbox"]
    assert "blocks" not in by_type
    assert by_type["row"]["props"]["elem_id"] == "top"
    first = made["components"][1]
    assert (first["props"]["value"], first["props"]["label"]) == ("Ada", "Name")
    assert isinstance(first["key"], int)
    assert first["api_info"] == {"type": "string"}
    assert "value" not in by_type["state"]["props"]
    assert "api_info" not in by_type["state"]
    assert (made["title"], made["connect_heartbeat"], made["mode"]) == ("Greeter", True, "blocks")
    submit, then, click, _ = made["dependencies"]
    assert submit["targets"] == [[first["id"], "submit"]]
    assert submit["show_progress_on"] == [first["id"]]
    assert (then["trigger_after"], then["trigger_only_on_success"]) == (0, True)
    assert (click["backend_fn"], click["js"]) == (False, "() => 1")
    assert made["layout"]["children"][0]["children"][0]["children"][0] == {"id": first["id"]}


def test_a_page_of_several_has_its_own_part() -> None:
    state = gr.State(render=False)
    with gr.Blocks() as demo:
        box = gr.Textbox()
        chain = box.submit(lambda x, s: x, [box, state], box)
        chain.then(lambda: None)
    with demo.route("More"):
        other = gr.Number()
        other.change(lambda x: x, other, other)
        demo.load(lambda: 1, None, other)
    whole = config(demo.graph_, keep)
    assert [page[:2] for page in whole["pages"]] == [["", "Home"], ["more", "More"]]
    assert len(whole["components"]) == 5
    main, more = config(demo.graph_, keep, page=""), config(demo.graph_, keep, page="more")
    assert [c["type"] for c in main["components"]] == ["state", "form", "textbox"] or sorted(
        c["type"] for c in main["components"]
    ) == ["form", "state", "textbox"]
    assert [c["type"] for c in more["components"]][-1] == "form"
    assert [d["id"] for d in main["dependencies"]][:2] == [0, 1]
    assert more["current_page"] == "more"
    assert 2 in [d["id"] for d in more["dependencies"]]
    assert config(demo.graph_, keep, page="nowhere") == whole


def test_endpoints_are_described_for_clients() -> None:
    made = info(app().graph_, keep)
    assert list(made["named_endpoints"]) == ["/greet"]
    endpoint = made["named_endpoints"]["/greet"]
    assert endpoint["description"] == "Greet somebody."
    first, second = endpoint["parameters"]
    assert first == {
        "label": "Name",
        "parameter_name": "name",
        "parameter_has_default": True,
        "parameter_default": "Ada",
        "type": {"type": "string"},
        "python_type": {"type": "str", "description": ""},
        "component": "Textbox",
        "example_input": "Hello!!",
    }
    assert (second["parameter_name"], second["parameter_has_default"]) == ("times", True)
    assert [r["label"] for r in endpoint["returns"]] == ["Greeting"]


def test_undocumented_endpoints_are_described_on_demand() -> None:
    made = info(app().graph_, keep, all_endpoints=True)
    assert list(made["named_endpoints"]) == ["/greet", "/lambda"]
    assert made["named_endpoints"]["/lambda"]["parameters"] == []


def test_endpoints_of_one_page() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(greet, [box, box], box)
    with demo.route("More"):
        number = gr.Number()
        number.change(lambda x: x, number, number, api_name="keep", api_description=False)
    assert list(info(demo.graph_, keep, page="more")["named_endpoints"]) == ["/keep"]
    assert info(demo.graph_, keep, page="more")["named_endpoints"]["/keep"]["description"] == ""


def test_parameters_have_names_that_clients_can_use() -> None:
    def call(fn_index: str, *rest: Any, depth: int = 1) -> str:
        return fn_index

    with gr.Blocks() as demo:
        a, b, c = gr.Textbox(), gr.Textbox(), gr.Number()
        gr.Button().click(call, [a, b], a, inputs_kwargs={"depth": c})
        gr.Button().click(lambda values: values[a], {a, b}, a, api_description="As a set.")
    endpoints = info(demo.graph_, keep)["named_endpoints"]
    names = [p["parameter_name"] for p in endpoints["/call"]["parameters"]]
    assert names == ["param_0", "param_1", "depth"]
    assert [p["parameter_name"] for p in endpoints["/lambda"]["parameters"]] == [
        "param_0",
        "param_1",
    ]
    assert endpoints["/lambda"]["description"] == "As a set."


def test_a_class_has_the_same_name_in_every_process() -> None:
    assert class_id(gr.Textbox) == class_id(gr.Textbox) != class_id(gr.Number)
    assert len(class_id(gr.Textbox)) == 64
