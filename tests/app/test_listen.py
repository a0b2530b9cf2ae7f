from __future__ import annotations

import pytest

import limelight as gr
from limelight.errors import ListenerError


def same(text: str) -> str:
    return text


def test_one_function_for_several_events() -> None:
    with gr.Blocks() as demo:
        box, button = gr.Textbox(), gr.Button()
        gr.on([box.submit, button.click], same, box, box, api_name="go")
        gr.on(box.blur, same, box, box)
    first, second = demo.graph_.listeners.values()
    assert first.targets == [(box, "submit"), (button, "click")]
    assert (first.trigger_mode, second.targets) == ("once", [(box, "blur")])


def test_without_events_it_runs_with_the_page_and_with_every_change() -> None:
    with gr.Blocks() as demo:
        box, row, number = gr.Textbox(), gr.Row(), gr.Number()
        gr.on(fn=lambda a, b, c: a, inputs=[box, row, number], outputs=box)
        gr.on(fn=same, inputs=box, outputs=box)
        gr.on(fn=lambda: "", outputs=box)
    first, second, third = demo.graph_.listeners.values()
    assert first.targets == [(demo, "load"), (box, "change"), (number, "change")]
    assert second.targets == [(demo, "load"), (box, "change")]
    assert third.targets == [(demo, "load")]


def test_it_listens_to_changes_only_with_the_newest_value() -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox(), gr.Textbox()
        gr.on([a.change, b.change], lambda a, b: a, [a, b], a)
        gr.on([a.change, b.submit], lambda a, b: a, [a, b], a)
    first, second = demo.graph_.listeners.values()
    assert (first.trigger_mode, second.trigger_mode) == ("always_last", "once")


def test_what_is_no_event_is_named() -> None:
    with gr.Blocks():
        button = gr.Button()
        event = button.click(lambda: None)
        with pytest.raises(
            ListenerError, match=r"expected events of blocks, such as button\.click"
        ):
            gr.on([event], lambda: None)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]


def test_outside_an_app_there_is_nothing_to_listen_to() -> None:
    with pytest.raises(ListenerError, match=r"on\(\) was called outside an app"):
        gr.on(fn=lambda: None)
