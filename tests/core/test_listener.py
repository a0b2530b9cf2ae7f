from __future__ import annotations

import functools
import warnings
from typing import Any, Literal

import pytest

import limelight as gr
from limelight.core.listener import Listener
from limelight.errors import ListenerError


def same(text: str) -> str:
    return text


def test_inputs_and_outputs_may_be_one_block_several_or_a_set() -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox(), gr.Textbox()
        gr.Button().click(lambda values: values[a], {b, a}, [a])
        gr.Button().click(same, a, a)
        gr.Button().click(lambda: None)
    as_set, one, none = demo.graph_.listeners.values()
    assert (as_set.inputs, as_set.passes_dict, as_set.outputs) == ([a, b], True, [a])
    assert (one.inputs, one.passes_dict, one.outputs) == ([a], False, [a])
    assert (none.inputs, none.outputs) == ([], [])


def test_inputs_can_go_to_arguments_by_name() -> None:
    def ask(question: str, *, depth: int = 1) -> str:
        return question * depth

    with gr.Blocks() as demo:
        text, number = gr.Textbox(), gr.Number()
        text.submit(ask, text, text, inputs_kwargs={"depth": number})
    (listener,) = demo.graph_.listeners.values()
    assert (listener.inputs, listener.kwarg_names) == ([text, number], ("depth",))


class Model:
    """Something with a `__call__`."""

    def __call__(self, text: str) -> str:
        return text

    def method(self, text: str) -> str:
        return text


@pytest.mark.parametrize(
    ("fn", "name"),
    [
        (same, "same"),
        (lambda text: text, "lambda"),
        (functools.partial(same), "same"),
        (Model(), "Model"),
        (Model().method, "method"),
    ],
)
def test_an_endpoint_is_called_like_its_function(fn: Any, name: str) -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(fn, box, box)
    assert [x.api_name for x in demo.graph_.listeners.values()] == [name]


def test_names_of_listeners_without_function() -> None:
    with gr.Blocks() as demo:
        gr.Button().click(None, js="() => 1")
        gr.Button().click(None)
    assert [x.api_name for x in demo.graph_.listeners.values()] == ["js_fn", "unnamed"]
    assert {x.api_visibility for x in demo.graph_.listeners.values()} == {"private"}
    (first, _) = demo.graph_.listeners.values()
    assert first.queue is False
    with pytest.raises(ListenerError, match="has no function"):
        _ = first.facts


def test_an_endpoint_without_name_is_private() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(same, box, box, api_name=False)
    (listener,) = demo.graph_.listeners.values()
    assert (listener.api_name, listener.api_visibility) == ("same", "private")


def test_functions_share_a_limit_when_they_are_the_same_or_have_one_id() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(same, box, box)
        box.blur(same, box, box)
        box.focus(lambda: "", None, box, concurrency_id="gpu")
        box.input(lambda: "", None, box, concurrency_id="gpu")
    a, b, c, d = [x.group for x in demo.graph_.listeners.values()]
    assert a == b
    assert c == d == "gpu"


def test_it_says_where_it_was_made() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox(label="Name")
        box.submit(same, box, box)
    (listener,) = demo.graph_.listeners.values()
    assert listener.where.startswith(f"{__file__}:")
    assert listener.describe() == f"The listener {box!r}.submit() at {listener.where}"
    assert Listener([(None, "load")], None).describe().startswith("The listener .load()")
    assert Listener([], None).describe().startswith("The listener gr.api()")


def test_what_is_no_function_is_refused() -> None:
    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(ListenerError, match="was given fn='same'; expected a function"):
            box.submit("same", box, box)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("option", "value", "text"),
    [
        ("show_progress", "none", "show_progress='none'; expected one of 'full', 'minimal'"),
        ("trigger_mode", "often", "trigger_mode='often'; expected one of 'once', 'multiple'"),
        ("api_visibility", "hidden", "api_visibility='hidden'; expected one of 'public'"),
        ("concurrency_limit", 0, "concurrency_limit=0; expected None"),
        ("inputs", "text", "inputs with 't'; expected blocks"),
        ("outputs", 3, "outputs with 3; expected blocks"),
    ],
)
def test_options_that_do_not_fit_are_named(option: str, value: object, text: str) -> None:
    given: dict[str, Any] = {option: value}
    with gr.Blocks(), pytest.raises(ListenerError, match=text):
        gr.Button().click(lambda: None, **given)


def test_too_many_inputs_are_refused() -> None:
    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(ListenerError, match=r"passes 2 inputs; same\(\) takes 1: \(text\)"):
            box.submit(same, [box, box], box)


def test_too_few_inputs_are_told() -> None:
    def ask(question: str, depth: int, seed: int = 0) -> str:
        return question * depth * seed

    with gr.Blocks():
        box = gr.Textbox()
        with pytest.warns(UserWarning, match=r"passes 1 inputs; ask\(\) takes 2 to 3"):
            box.submit(ask, box, box)


def test_functions_that_take_anything_get_anything() -> None:
    def several(*texts: str) -> str:
        return "".join(texts)

    def one_or_more(first: str, *texts: str) -> str:
        return first + "".join(texts)

    with gr.Blocks(), warnings.catch_warnings():
        warnings.simplefilter("error")
        box = gr.Textbox()
        box.submit(several, [box, box], box)
        box.submit(one_or_more, [box, box, box], box)
        box.submit(print, [box, box])


def test_a_batch_function_returns() -> None:
    def numbers(texts: list[str]) -> Any:
        yield texts

    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(ListenerError, match=r"numbers\(\) yields, and batch=True needs"):
            box.submit(numbers, box, box, batch=True)


@pytest.mark.parametrize(("mode", "expected"), [("once", "once"), ("always_last", "always_last")])
def test_a_mode_is_kept(mode: Literal["once", "always_last"], expected: str) -> None:
    assert Listener([], None, trigger_mode=mode).trigger_mode == expected
