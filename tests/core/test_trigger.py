from __future__ import annotations

import pytest

import limelight as gr
from limelight.errors import ListenerError


def same(text: str) -> str:
    """The text."""
    return text


def test_attaching_gives_a_handle_that_chains() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        first = box.submit(same, box, box)
        first.then(same, box, box).success(same, box, box).failure(same, box, box)
    a, b, c, d = demo.graph_.listeners.values()
    assert (a.trigger_after, a.trigger_only_on) == (None, None)
    assert (b.trigger_after, b.trigger_only_on, b.targets) == (a, None, [(None, "then")])
    assert (c.trigger_after, c.trigger_only_on) == (b, "success")
    assert (d.trigger_after, d.trigger_only_on) == (c, "failure")
    assert first.associated_timer is None


def test_a_chain_can_grow_when_the_app_is_closed() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        event = box.submit(same, box, box)
    event.then(same, box, box)
    assert len(demo.graph_.listeners) == 2


def test_an_event_decorates_and_leaves_the_function_callable() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()

        @box.submit(inputs=box, outputs=box, api_name="loud")
        def shout(text: str) -> str:
            return text.upper()

        @gr.on(outputs=box)
        def empty() -> str:
            return ""

        silent = box.blur(js="() => 1", fn=None)
    assert shout("a") == "A"
    assert [x.api_name for x in demo.graph_.listeners.values()] == ["loud", "empty", "js_fn"]
    with pytest.raises(ListenerError, match="has no function to call"):
        silent()


def test_events_have_defaults_that_a_call_can_change() -> None:
    with gr.Blocks() as demo:
        box, timer = gr.Textbox(), gr.Timer()
        box.change(same, box, box)
        box.submit(same, box, box)
        timer.tick(lambda: "", None, box)
        box.change(same, box, box, trigger_mode="multiple", show_progress="minimal")
    found = [(x.trigger_mode, x.show_progress) for x in demo.graph_.listeners.values()]
    assert found == [
        ("always_last", "full"),
        ("once", "full"),
        ("once", "hidden"),
        ("multiple", "minimal"),
    ]


def test_cancelling_is_a_listener_of_its_own() -> None:
    with gr.Blocks() as demo:
        box, stop = gr.Textbox(), gr.Button()
        event = box.submit(same, box, box)
        stop.click(None, cancels=event)
        stop.click(same, box, box, cancels=[event])
        stop.click(None, None, box, cancels=event, js="() => ''")
    _, only, both, its_stop, script, _ = demo.graph_.listeners.values()
    assert (only.is_cancel_only, only.cancels, only.api_visibility) == (
        True,
        [event.listener],
        "private",
    )
    assert (both.is_cancel_only, both.cancels) == (False, [])
    assert (its_stop.is_cancel_only, its_stop.cancels) == (True, [event.listener])
    assert its_stop.where == both.where
    assert (script.is_cancel_only, script.js) == (False, "() => ''")


@pytest.mark.parametrize("wrong", ["submit", [3]])
def test_only_listeners_can_be_cancelled(wrong: object) -> None:
    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(ListenerError, match="expected what another listener's call returned"):
            box.submit(same, box, box, cancels=wrong)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_outside_an_app_there_is_nothing_to_attach_to() -> None:
    with pytest.raises(ListenerError, match=r"Call it inside `with gr\.Blocks\(\):`"):
        gr.Textbox().submit(same)
