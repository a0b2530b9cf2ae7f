"""The catalogue of events: each once, with its sentence; `Event`, and `Trigger` = an event of one block.

Attaching is the same for all: a `Trigger` hands what it was given to `limelight.core.listener`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from limelight.core.listener import Dependency, attach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from limelight.core.block import Block

__all__ = ["CATALOGUE", "Event", "Trigger"]


class Event(str):
    """An event's name; as a class attribute, the way to attach listeners to it."""

    __slots__ = ("doc", "event_name", "show_progress", "trigger_mode")

    def __new__(
        cls,
        name: str,
        doc: str = "",
        *,
        trigger_mode: Literal["once", "multiple", "always_last"] = "once",
        show_progress: Literal["full", "minimal", "hidden"] = "full",
    ) -> Event:
        self = super().__new__(cls, name)
        self.event_name = name
        self.doc = doc
        self.trigger_mode = trigger_mode
        self.show_progress = show_progress
        return self

    @staticmethod
    def named(name: str) -> Event:
        """The event of the catalogue, or a new one for a custom component's own event."""
        return CATALOGUE.get(name) or Event(name, f"Fired by the component as {name!r}.")

    @overload
    def __get__(self, instance: None, owner: type[Block]) -> Event: ...
    @overload
    def __get__(self, instance: Block, owner: type[Block]) -> Trigger: ...
    def __get__(self, instance: Block | None, owner: type[Block]) -> Event | Trigger:
        return self if instance is None else Trigger(instance, self)


class Trigger:
    """An event of one block. Call it to attach a function, or use it as a decorator."""

    __slots__ = ("after", "block", "event", "event_name")

    def __init__(
        self, block: Block | None, event: Event, *, after: Dependency | None = None
    ) -> None:
        self.block = block
        self.event = event
        self.event_name = str(event)
        self.after = after

    def __call__(
        self,
        fn: Callable[..., Any] | None | Literal["decorator"] = "decorator",
        inputs: Block | Sequence[Block] | set[Block] | None = None,
        outputs: Block | Sequence[Block] | set[Block] | None = None,
        api_name: str | Literal[False] | None = None,
        api_description: str | None | Literal[False] = None,
        scroll_to_output: bool = False,
        show_progress: Literal["full", "minimal", "hidden"] = "full",
        show_progress_on: Block | Sequence[Block] | None = None,
        queue: bool = True,
        batch: bool = False,
        max_batch_size: int = 4,
        preprocess: bool = True,
        postprocess: bool = True,
        cancels: Dependency | Sequence[Dependency] | None = None,
        trigger_mode: Literal["once", "multiple", "always_last"] | None = None,
        js: str | Literal[True] | None = None,
        concurrency_limit: int | None | Literal["default"] = "default",
        concurrency_id: str | None = None,
        api_visibility: Literal["public", "private", "undocumented"] = "public",
        time_limit: int | None = None,
        stream_every: float = 0.5,
        key: int | str | tuple[int | str, ...] | None = None,
        validator: Callable[..., Any] | None = None,
        inputs_kwargs: Mapping[str, Block] | None = None,
    ) -> Dependency:
        """Attach a function to the event.

        Args:
            fn: Gets the inputs' values, one argument each; returns the outputs' values. May be `async` and may yield.
                None attaches `js` or `cancels` only. Left away, the call is a decorator.
            inputs: Blocks whose values the function gets; a set passes one dictionary by block.
            outputs: Blocks that show what it returns.
            api_name: Endpoint's name; the function's name if None.
            api_description: Endpoint's description; the docstring if None, nothing if False.
            scroll_to_output: Whether the page scrolls to the first output when it is done.
            show_progress: How much of the status tracker is shown on the outputs.
            show_progress_on: Blocks that show it instead of the outputs.
            queue: Whether the call waits its turn; if False it runs at once.
            batch: Whether the function takes a list per input and returns a list per output.
            max_batch_size: Most calls taken together when `batch` is set.
            preprocess: Whether inputs are converted to Python values; if False the function gets JSON.
            postprocess: Whether results are converted; if False they are JSON already.
            cancels: Listeners whose running and waiting calls end when this event fires.
            trigger_mode: `"once"` ignores the event while a call is pending, `"multiple"` allows any number,
                `"always_last"` runs once more when the pending call is done.
            js: A JavaScript function that runs in the page first; its result replaces the inputs.
            concurrency_limit: Calls that may run at once; None is no limit.
            concurrency_id: Listeners with the same id share one limit.
            api_visibility: `"public"`, `"undocumented"` (callable, not listed) or `"private"`.
            time_limit: Seconds a stream may last.
            stream_every: Seconds between two chunks of streamed input.
            key: In a render function: listeners with equal keys are the same across runs.
            validator: Runs before the call is queued; says which inputs are not valid.
            inputs_kwargs: Blocks passed to the function by argument name.

        Returns:
            A handle with `.then`, `.success` and `.failure`, which `cancels=` of others can name.
        """
        options: dict[str, Any] = {k: v for k, v in locals().items() if k not in ("self", "fn")}
        if options["show_progress"] == "full":
            options["show_progress"] = self.event.show_progress
        if options["trigger_mode"] is None:
            options["trigger_mode"] = self.event.trigger_mode
        return attach([(self.block, self.event_name)], fn, options, after=self.after)


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
        "download": ("The reader downloaded a file.", {}),
        "copy": ("The reader copied the content.", {}),
    }
    return {name: Event(name, doc, **options) for name, (doc, options) in described.items()}


CATALOGUE = _catalogue()
"""Every event that a built-in component can have, by name."""

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
download = CATALOGUE["download"]
copy = CATALOGUE["copy"]
