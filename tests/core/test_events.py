from __future__ import annotations

import inspect

import pytest

import limelight as gr
from limelight.core import events
from limelight.core.events import CATALOGUE, Event, Events


def test_every_event_is_a_name_of_the_module_and_of_the_catalogue() -> None:
    for name, event in CATALOGUE.items():
        assert getattr(events, name) is getattr(Events, name) is Events[name] is event
        assert (event, event.event_name) == (name, name)
    assert set(CATALOGUE) <= set(dir(Events))


def test_an_event_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no event 'clik'\. Did you mean 'click'\?"):
        _ = Events.clik


def test_an_event_is_a_text_that_can_be_called_with_a_block() -> None:
    assert isinstance(gr.Textbox.change, Event)
    with gr.Blocks() as demo:
        box = gr.Textbox()
        gr.Textbox.change(box, lambda x: x, box, box)
    (listener,) = demo.graph_.listeners.values()
    assert listener.targets == [(box, "change")]


def test_its_signature_shows_its_own_default_of_the_progress() -> None:
    assert inspect.signature(gr.Textbox.change).parameters["show_progress"].default == "full"
    assert inspect.signature(gr.Timer.tick).parameters["show_progress"].default == "hidden"
