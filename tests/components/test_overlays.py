"""Modal, Popover, Tooltip and Skeleton: what the page gets of them, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

import limelight as gr
from limelight.core.filedata import FileData
from limelight.core.trigger import Trigger
from limelight.errors import PropError

SHARED = {"visible": True, "elem_classes": [], "preserved_by_key": []}


def _blocks(demo: Any, tag: str) -> list[dict[str, Any]]:
    return [c for c in demo.get_config_file()["components"] if c["type"] == tag]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Modal", {"open": False, "size": "md", "dismissible": True}),
        (
            "Popover",
            {
                "open": False,
                "variant": "secondary",
                "size": "md",
                "placement": "bottom",
                "interactive": True,
            },
        ),
        ("Tooltip", {"placement": "top", "delay": 0.5}),
        ("Skeleton", {"variant": "text", "lines": 3}),
    ],
)
def test_the_wire_has_their_props(name: str, expected: dict[str, Any]) -> None:
    with gr.Blocks() as demo:
        getattr(gr, name)()
    (block,) = _blocks(demo, name.lower())
    assert block["props"] == {**SHARED, "name": name.lower(), **expected}
    assert block["skip_api"] is True  # none has a value


def test_the_first_argument_is_what_they_say() -> None:
    with gr.Blocks() as demo:
        gr.Modal("Settings")
        gr.Popover("Filters")
        gr.Tooltip("A word")
        gr.Skeleton("card")
    props = [_blocks(demo, tag)[0]["props"] for tag in ("modal", "popover", "tooltip", "skeleton")]
    found = [p[name] for p, name in zip(props, ("title", "label", "text", "variant"), strict=True)]
    assert found == ["Settings", "Filters", "A word", "card"]


@pytest.mark.parametrize("name", ["Modal", "Popover"])
def test_open_is_a_parameter_and_an_event(name: str) -> None:
    with gr.Blocks() as demo:
        with getattr(gr, name)("It", open=True) as block:
            inside = gr.Textbox("Ada", label="Inside")
        assert isinstance(block.open, Trigger)
        assert block.is_open is True
        block.open(lambda: None)
        block.close(lambda value: value, inside, inside)
    config = demo.get_config_file()
    assert [d["targets"][0][1] for d in config["dependencies"]] == ["open", "close"]
    (text,) = _blocks(demo, "textbox")
    assert text["props"]["value"] == "Ada"  # though nothing is drawn before it opens
    assert getattr(gr, name).EVENTS == ["open", "close"]


@pytest.mark.parametrize("name", ["Modal", "Popover"])
def test_a_new_instance_changes_what_it_was_given(name: str) -> None:
    cls = getattr(gr, name)
    assert cls(open=True, render=False).given_props() == {"open": True}
    assert gr.update(open=False)["open"] is False


def test_the_icon_of_a_popover_is_a_file() -> None:
    icon = gr.Popover("Filters", icon="funnel.png", render=False).wire_props()["icon"]
    assert isinstance(icon, FileData)
    assert icon.path == "funnel.png"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: gr.Modal(size="huge"), r"Modal\(\) was given size='huge'; expected 'sm', 'md'"),  # type: ignore[arg-type]
        (lambda: gr.Popover(placement="botom"), "placement='botom'.* Did you mean 'bottom'"),  # type: ignore[arg-type]
        (lambda: gr.Popover(variant="link"), "variant='link'; expected 'primary'"),  # type: ignore[arg-type]
        (lambda: gr.Popover(size="full"), "size='full'"),  # type: ignore[arg-type]
        (lambda: gr.Tooltip("x", placement="over"), "placement='over'"),  # type: ignore[arg-type]
        (lambda: gr.Tooltip("x", delay=-1), "delay=-1; expected seconds, 0 or more"),
        (lambda: gr.Skeleton("table"), "variant='table'"),  # type: ignore[arg-type]
        (lambda: gr.Skeleton(lines=0), "lines=0; expected a whole number from 1 to 100"),
        (lambda: gr.Skeleton(lines=True), "lines=True; expected a whole number"),
        (lambda: gr.Modal(opened=True), "has no prop 'opened'. Did you mean 'open'"),  # type: ignore[call-arg]
    ],
)
def test_what_they_cannot_be_is_said(make: Any, message: str) -> None:
    with pytest.raises(PropError, match=message):
        make()
