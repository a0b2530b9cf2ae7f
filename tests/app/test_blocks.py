from __future__ import annotations

import inspect
from typing import Any

import pytest

import limelight as gr
from limelight.errors import (
    DuplicateBlockError,
    LayoutError,
    ListenerError,
    NotAvailable,
    PropError,
)


def tree(demo: gr.Blocks) -> Any:
    """The layout as nested lists of types."""
    config = demo.get_config()
    types = {c["id"]: c["type"] for c in config["components"]}

    def node(item: dict[str, Any]) -> Any:
        name = types[item["id"]]
        return [name, *map(node, item["children"])] if "children" in item else name

    return [node(child) for child in config["layout"]["children"]]


def test_neighbouring_form_controls_share_a_form() -> None:
    with gr.Blocks() as demo:
        gr.Textbox()
        gr.State()
        gr.Number()
        gr.Button()
        gr.Slider()
    assert tree(demo) in (
        [["form", "textbox", "state", "number"], "button", ["form", "slider"]],
        [["form", "textbox", "number"], "state", "button", ["form", "slider"]],
    )


def test_a_tab_without_tabs_gets_them() -> None:
    with gr.Blocks() as demo:
        with gr.Tab("One"):
            gr.Markdown("a")
        with gr.Tab("Two"):
            gr.Markdown("b")
    assert tree(demo) == [["tabs", ["tabitem", "markdown"], ["tabitem", "markdown"]]]


def test_a_block_made_without_render_is_placed_later() -> None:
    box = gr.Textbox(render=False)
    with gr.Blocks() as demo:
        gr.Markdown("first")
        box.render()
        with pytest.raises(DuplicateBlockError, match="on the page already"):
            box.render()
    assert tree(demo) == ["markdown", ["form", "textbox"]]


def test_a_block_outside_an_app_has_no_number() -> None:
    with pytest.raises(LayoutError, match="not part of an app"):
        _ = gr.Textbox(render=False).block_id


def test_a_misspelt_prop_is_named() -> None:
    with pytest.raises(PropError, match=r"Textbox\(\) has no prop 'lable'. Did you mean 'label'\?"):
        gr.Textbox(lable="Name")  # type: ignore[call-arg]


def test_listening_outside_an_app_says_what_to_do() -> None:
    box = gr.Textbox(render=False)
    with pytest.raises(ListenerError, match=r"Call it inside `with gr.Blocks\(\):`"):
        box.change(lambda x: x, box, box)


def test_too_many_inputs_name_the_listeners_line() -> None:
    with gr.Blocks():
        a, b = gr.Textbox(), gr.Textbox()
        line = inspect.currentframe().f_lineno + 2  # type: ignore[union-attr]
        with pytest.raises(ListenerError, match="passes 2 inputs") as caught:
            gr.Button().click(lambda x: x, [a, b], a)
    assert f"{__file__}:{line}" in str(caught.value)


def test_too_few_inputs_warn() -> None:
    def two(a: str, b: str) -> str:
        return a + b

    with gr.Blocks():
        a = gr.Textbox()
        with pytest.warns(UserWarning, match="passes 1 inputs; two\\(\\) takes 2"):
            a.change(two, a, a)


def test_what_is_not_a_block_cannot_be_an_input() -> None:
    with gr.Blocks(), pytest.raises(ListenerError, match="expected blocks such as a Textbox"):
        gr.Button().click(lambda x: x, "name", None)  # type: ignore[arg-type]


def test_a_component_that_is_on_no_page_cannot_be_an_output() -> None:
    lost = gr.Textbox(render=False, label="Lost")
    with pytest.raises(ListenerError, match=r"'Lost'.*not on a page"), gr.Blocks():
        gr.Button().click(lambda: "x", None, lost)


def test_endpoint_names_are_made_different() -> None:
    def go() -> str:
        return ""

    with gr.Blocks() as demo:
        out = gr.Textbox()
        for _ in range(3):
            gr.Button().click(go, None, out)
    assert list(demo.get_api_info()["named_endpoints"]) == ["/go", "/go_1", "/go_2"]


def test_private_and_undocumented_endpoints_are_not_listed() -> None:
    with gr.Blocks() as demo:
        out = gr.Textbox()
        gr.Button().click(lambda: "", None, out, api_name="a", api_visibility="private")
        gr.Button().click(lambda: "", None, out, api_name="b", api_visibility="undocumented")
        gr.Button().click(lambda: "", None, out, api_name="c")
    assert list(demo.get_api_info()["named_endpoints"]) == ["/c"]
    assert list(demo.get_api_info(all_endpoints=True)["named_endpoints"]) == ["/b", "/c"]


def test_chains_name_what_they_run_after() -> None:
    with gr.Blocks() as demo:
        out = gr.Textbox()
        first = gr.Button().click(lambda: "a", None, out)
        first.then(lambda: "b", None, out)
        first.success(lambda: "c", None, out).failure(lambda: "d", None, out)
    described = demo.get_config()["dependencies"]
    assert [d["trigger_after"] for d in described] == [None, 0, 0, 2]
    assert [d["targets"] for d in described[1:]] == [
        [[None, "then"]],
        [[None, "success"]],
        [[None, "failure"]],
    ]
    assert [d["trigger_only_on_success"] for d in described] == [False, False, True, False]
    assert [d["trigger_only_on_failure"] for d in described] == [False, False, False, True]


def test_decorators_attach_and_leave_the_function_callable() -> None:
    with gr.Blocks() as demo:
        name = gr.Textbox()

        @name.change(inputs=name, outputs=name)
        def shout(text: str) -> str:
            return text.upper()

        @gr.on([name.submit, name.blur], inputs=name, outputs=name)
        def whisper(text: str) -> str:
            return text.lower()

    assert shout("a") == "A"
    described = demo.get_config()["dependencies"]
    assert [d["api_name"] for d in described] == ["shout", "whisper"]
    assert [d["trigger_mode"] for d in described] == ["always_last", "once"]
    assert len(described[1]["targets"]) == 2


def test_cancels_make_a_listener_of_their_own() -> None:
    with gr.Blocks() as demo:
        out = gr.Textbox()
        running = gr.Button().click(lambda: "a", None, out)
        gr.Button().click(None, cancels=running)
        gr.Button().click(lambda: "b", None, out, cancels=[running])
    described = demo.get_config()["dependencies"]
    assert [d["cancels"] for d in described] == [[], [0], [], [0]]
    assert [d["types"]["cancel"] for d in described] == [False, True, False, True]


def test_a_function_as_value_is_called_with_each_page() -> None:
    with gr.Blocks() as demo:
        source = gr.Textbox()
        gr.Textbox(lambda: "now", every=2)
        gr.Textbox(lambda s: s, inputs=source)
    described = demo.get_config()["dependencies"]
    events = [[event for _, event in d["targets"]] for d in described]
    assert events == [["tick", "load"], ["load", "change"]]


def test_an_app_inside_an_app_brings_its_blocks_and_listeners() -> None:
    with gr.Blocks() as inner:
        box = gr.Textbox()
        box.change(lambda x: x, box, box, api_name="same")
        inner.load(lambda: "x", None, box, api_name="hello")
    with gr.Blocks() as outer:
        gr.Markdown("above")
        inner.render()
    assert tree(outer) == ["markdown", ["form", "textbox"]]
    described = {d["api_name"]: d for d in outer.get_config()["dependencies"]}
    assert set(described) == {"same", "hello"}
    assert described["hello"]["targets"] == [[outer.block_id, "load"]]
    assert described["same"]["inputs"] == [box.block_id]


def test_pages_have_blocks_and_listeners_of_their_own() -> None:
    with gr.Blocks() as demo:
        gr.Textbox()
    with demo.route("Settings", "settings"):
        number = gr.Number()
        number.change(lambda x: x, number, number)
    config = demo.get_config()
    assert [page[0] for page in config["pages"]] == ["", "settings"]
    assert config["page"]["settings"]["dependencies"] == [0]
    assert number.block_id in config["page"]["settings"]["components"]
    assert number.block_id not in config["page"][""]["components"]


def test_shortcuts_name_components() -> None:
    assert isinstance(gr.component("text"), gr.Textbox)
    assert isinstance(gr.component("check_box"), gr.Checkbox)
    with pytest.raises(PropError, match="Did you mean 'slider'"):
        gr.component("slidr")


def test_an_app_describes_itself() -> None:
    with gr.Blocks(title="Greeter") as demo:
        box, file = gr.Textbox(), gr.File(__file__)
        box.submit(lambda text: text, box, box, api_name="same")
    assert demo.config == demo.get_config_file() == demo.get_config()
    shown = next(c for c in demo.config["components"] if c["id"] == file.block_id)
    assert shown["props"]["value"]["path"] == __file__
    assert list(demo.get_api_info()["named_endpoints"]) == ["/same"]
    assert [x.api_name for x in demo.fns.values()] == ["same"]
    assert demo not in gr.Blocks.get_instances()


def test_an_app_can_be_called_with_python_values() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(lambda text: text.upper(), box, box, api_name="shout")
    assert demo("a") == demo("a", api_name="/shout") == "A"
    with pytest.raises(PropError, match=r"No function has the number 7; expected one of \[0\]"):
        demo(fn_index=7)


def test_an_app_can_be_emptied() -> None:
    with gr.Blocks() as demo:
        gr.Button().click(lambda: None)
    assert demo.clear() is demo
    assert (demo.children, len(demo.graph_.blocks), demo.graph_.listeners) == ([], 1, {})


def test_how_calls_wait_is_a_setting_of_the_app() -> None:
    demo = gr.Blocks().queue(2, api_open=False, max_size=3, default_concurrency_limit=None)
    settings = demo.graph_.settings
    assert (settings.status_update_rate, settings.api_open, settings.max_size) == (2, False, 3)
    assert settings.default_concurrency_limit is None
    usual = gr.Blocks().queue().graph_.settings
    assert (usual.default_concurrency_limit, usual.fairness) == ("not_set", None)


def test_the_look_of_older_apps_is_kept_for_launching() -> None:
    make: Any = gr.Blocks
    demo = make(theme="soft", css="a {}")
    assert demo._look == {"theme": "soft", "css": "a {}"}


@pytest.mark.parametrize("path", ["", "/", "settings", "gradio_api/x", "static"])
def test_a_page_needs_a_path_of_its_own(path: str) -> None:
    with gr.Blocks() as demo:
        gr.Markdown()
    demo.route("Settings")
    with pytest.raises(PropError, match="taken or not possible"):
        demo.route("Again", path)


def test_trackers_are_not_available() -> None:
    with pytest.raises(NotAvailable, match="'wandb' is not available"):
        gr.Blocks().integrate(wandb="wandb")


def test_an_app_that_was_not_launched_can_be_closed() -> None:
    demo = gr.Blocks()
    demo.close()
    demo.block_thread()
    assert demo.render() is demo
