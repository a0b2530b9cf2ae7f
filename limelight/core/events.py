"""The catalogue of events: each once, with its sentence.

How a function is attached to one stands in `limelight.core.trigger`.
"""

from __future__ import annotations

from typing import Any

from limelight.core.props import closest
from limelight.core.trigger import Event, Trigger

__all__ = ["CATALOGUE", "Event", "Events", "Trigger"]


def _catalogue() -> dict[str, Event]:
    last = {"trigger_mode": "always_last"}
    described: dict[str, tuple[str, dict[str, Any]]] = {
        "change": ("The value changed, by the reader or by a function.", last),
        "input": ("The reader changed the value.", {}),
        "click": ("The reader clicked it.", {}),
        "double_click": ("The reader clicked it twice.", {}),
        "submit": ("The reader pressed Enter or the submit button.", {}),
        "stop": ("The reader pressed stop, or playback came to its end.", {}),
        "edit": ("The reader edited the content.", {}),
        "clear": ("The reader emptied it.", {}),
        "play": ("Playback began.", {}),
        "pause": ("Playback was paused.", {}),
        "end": ("Playback reached the end.", {}),
        "start_recording": ("Recording began.", {}),
        "pause_recording": ("Recording was paused.", {}),
        "stop_recording": ("Recording ended.", {}),
        "focus": ("It got the keyboard focus.", {}),
        "blur": ("It lost the keyboard focus.", {}),
        "upload": ("The reader uploaded a file.", {}),
        "release": ("The reader let the handle go.", {}),
        "select": ("The reader selected a part of it; `SelectData` says which.", {}),
        "stream": (
            "A chunk of streamed input is ready.",
            {"trigger_mode": "multiple", "show_progress": "minimal"},
        ),
        "like": ("The reader liked or disliked a message.", {}),
        "example_select": ("The reader chose an example.", {}),
        "option_select": ("The reader chose an option of a message.", {}),
        "load": ("The page was loaded.", {}),
        "unload": ("The page was closed.", {}),
        "key_up": ("The reader released a key.", last),
        "apply": ("The reader applied the changes.", {}),
        "delete": ("The reader deleted an item.", {}),
        "tick": ("The timer's interval went by.", {"show_progress": "hidden"}),
        "undo": ("The reader took a message back.", {}),
        "retry": ("The reader asked for another answer.", {}),
        "expand": ("It was opened.", {}),
        "collapse": ("It was closed.", {}),
        "open": ("It was opened, by the reader or by a function.", {}),
        "close": ("It was closed, by the reader or by a function.", {}),
        "download": ("The reader downloaded a file.", {}),
        "copy": ("The reader copied the content.", {}),
        "action": ("The reader did something else; `.action` says what.", {}),
    }
    return {name: Event(name, doc, **options) for name, (doc, options) in described.items()}


CATALOGUE = _catalogue()
"""Every event that a built-in component can have, by name."""


class _Catalogue(type):
    """Gives a class the events of the catalogue as attributes."""

    def __getattr__(cls, name: str) -> Event:
        if name in CATALOGUE:
            return CATALOGUE[name]
        raise AttributeError(f"There is no event {name!r}.{closest(name, CATALOGUE)}")

    def __getitem__(cls, name: str) -> Event:
        return CATALOGUE[name]

    def __dir__(cls) -> list[str]:
        return [*super().__dir__(), *CATALOGUE]


class Events(metaclass=_Catalogue):
    """The catalogue as attributes, as custom components name events: `EVENTS = [Events.change]`."""


change = CATALOGUE["change"]
input = CATALOGUE["input"]  # the field's name for it
click = CATALOGUE["click"]
double_click = CATALOGUE["double_click"]
submit = CATALOGUE["submit"]
stop = CATALOGUE["stop"]
edit = CATALOGUE["edit"]
clear = CATALOGUE["clear"]
play = CATALOGUE["play"]
pause = CATALOGUE["pause"]
end = CATALOGUE["end"]
start_recording = CATALOGUE["start_recording"]
pause_recording = CATALOGUE["pause_recording"]
stop_recording = CATALOGUE["stop_recording"]
focus = CATALOGUE["focus"]
blur = CATALOGUE["blur"]
upload = CATALOGUE["upload"]
release = CATALOGUE["release"]
select = CATALOGUE["select"]
stream = CATALOGUE["stream"]
like = CATALOGUE["like"]
example_select = CATALOGUE["example_select"]
option_select = CATALOGUE["option_select"]
load = CATALOGUE["load"]
unload = CATALOGUE["unload"]
key_up = CATALOGUE["key_up"]
apply = CATALOGUE["apply"]
delete = CATALOGUE["delete"]
tick = CATALOGUE["tick"]
undo = CATALOGUE["undo"]
retry = CATALOGUE["retry"]
expand = CATALOGUE["expand"]
collapse = CATALOGUE["collapse"]
open = CATALOGUE["open"]
close = CATALOGUE["close"]
download = CATALOGUE["download"]
copy = CATALOGUE["copy"]
action = CATALOGUE["action"]
