"""`Interface`: a function with its inputs and outputs, laid out for you."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.app.blocks import Blocks
from limelight.app.examples import Examples
from limelight.app.flagging import CSVLogger, FlagMethod, flag_choices, flag_mode
from limelight.app.listen import on
from limelight.core.component import Component, is_component
from limelight.core.lookup import class_of_tag, component
from limelight.core.narrow import is_listing, is_object
from limelight.core.updates import update
from limelight.errors import NotAvailable, PropError
from limelight.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.app.flagging import FlaggingCallback
    from limelight.core.events import Trigger
    from limelight.core.trigger import Dependency

__all__ = ["Interface"]


def _make(tag: str, *args: Any, **props: Any) -> Any:
    """A built-in block by tag; `app` names components only this way."""
    return cast("Any", class_of_tag(tag))(*args, **props)


class Interface(Blocks, tag="interface"):
    """An app for one function.

    Args:
        fn: The function.
        inputs: What it gets: components, or their names such as `"text"`, one per argument. None
            for no inputs.
        outputs: What it gives: components or names, one per returned value. None for no outputs.
        examples: Rows that fill the inputs with a click.
        cache_examples: Whether results of examples are computed once and kept on disk; if None, as
            the setting `cache_examples` says.
        cache_mode: When they are computed: all at launch (`"eager"`), or each at its first click
            (`"lazy"`).
        examples_per_page: Most example rows shown at once.
        example_labels: Names shown instead of the example rows.
        preload_example: Row that is loaded with the page when results are computed at launch; False
            for none.
        live: Whether the function runs whenever an input changes; there is no submit button then.
        title: Heading, and title of the browser's tab.
        description: Markdown below the heading.
        article: Markdown below everything.
        flagging_mode: `"manual"` shows buttons that keep a result with its inputs, `"auto"` keeps
            every result, `"never"` none. If None, what the environment variable
            `LIMELIGHT_FLAGGING_MODE` says, else `"manual"`.
        flagging_options: Reasons to choose from, a button for each: texts, or pairs of a caption
            and a text; one button without a reason if None.
        flagging_dir: Folder for flagged rows; made with the first one.
        flagging_callback: What stores flagged rows; a `CSVLogger` if None.
        analytics_enabled: Accepted for old apps; nothing is ever reported.
        batch: Whether the function takes a list per input.
        max_batch_size: Most calls taken together.
        api_visibility: Whether the endpoint is listed.
        api_name: Name of the endpoint; the function's name if None.
        api_description: Description of the endpoint; the docstring if None.
        _api_mode: Accepted for old apps.
        allow_duplication: Accepted for old apps.
        concurrency_limit: Calls that may run at once; None is no limit.
        additional_inputs: More inputs, in an accordion below the others.
        additional_inputs_accordion: The accordion, or its label.
        submit_btn: The button that runs the function, or its caption.
        stop_btn: The button that ends a running generator, or its caption.
        clear_btn: The button that empties everything, or its caption; None for no such button.
        delete_cache: Seconds between two sweeps of old files, and the age at which they go.
        show_progress: How much of the status tracker is shown.
        fill_width: Whether the page uses the whole width of the window.
        time_limit: Seconds that streamed input may last.
        stream_every: Seconds between two chunks of streamed input.
        deep_link: Accepted for old apps.
        validator: Runs before a call is queued; says which inputs are not valid.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        inputs: str | Component[Any, Any] | Sequence[str | Component[Any, Any]] | None,
        outputs: str | Component[Any, Any] | Sequence[str | Component[Any, Any]] | None,
        examples: list[Any] | list[list[Any]] | str | None = None,
        *,
        cache_examples: bool | None = None,
        cache_mode: Literal["eager", "lazy"] | None = None,
        examples_per_page: int = 10,
        example_labels: list[str] | None = None,
        preload_example: int | Literal[False] = 0,
        live: bool = False,
        title: str | None = None,
        description: str | None = None,
        article: str | None = None,
        flagging_mode: Literal["never", "auto", "manual"] | None = None,
        flagging_options: list[str] | list[tuple[str, str]] | None = None,
        flagging_dir: str = ".gradio/flagged",
        flagging_callback: FlaggingCallback | None = None,
        analytics_enabled: bool | None = None,
        batch: bool = False,
        max_batch_size: int = 4,
        api_visibility: Literal["public", "private", "undocumented"] = "public",
        api_name: str | None = None,
        api_description: str | Literal[False] | None = None,
        _api_mode: bool = False,
        allow_duplication: bool = False,
        concurrency_limit: int | Literal["default"] | None = "default",
        additional_inputs: str
        | Component[Any, Any]
        | Sequence[str | Component[Any, Any]]
        | None = None,
        additional_inputs_accordion: Any = None,
        submit_btn: Any = "Submit",
        stop_btn: Any = "Stop",
        clear_btn: Any = "Clear",
        delete_cache: tuple[int, int] | None = None,
        show_progress: Literal["full", "minimal", "hidden"] = "full",
        fill_width: bool = False,
        time_limit: int | None = 30,
        stream_every: float = 0.5,
        deep_link: Any = None,
        validator: Callable[..., Any] | None = None,
        **kwargs: Any,
    ) -> None:
        _ = allow_duplication, deep_link  # old apps pass them
        if title:
            kwargs["title"] = title
        super().__init__(
            analytics_enabled=analytics_enabled,
            mode="interface",
            fill_width=fill_width,
            delete_cache=delete_cache,
            **kwargs,
        )
        if not callable(fn):
            raise PropError(
                f"Interface() was given fn={fn!r}; expected a function. Pass it without calling it."
            )
        self.fn = fn
        self.live = live
        self.description, self.article = description, article
        self.flagging_mode = flag_mode(flagging_mode, settings().flagging_mode)
        self.flagging_options = flag_choices(flagging_options)
        self.flagging_dir = flagging_dir
        self.flagging_callback = flagging_callback or CSVLogger()
        self.examples_given = examples
        self.listener_options: dict[str, Any] = {
            "api_name": api_name,
            "api_description": api_description,
            "api_visibility": api_visibility,
            "batch": batch,
            "max_batch_size": max_batch_size,
            "concurrency_limit": concurrency_limit,
            "show_progress": show_progress,
            "time_limit": time_limit,
            "stream_every": stream_every,
            "validator": validator,
        }
        self.main_inputs = _parts(inputs, "inputs")
        self.additional_inputs = _parts(additional_inputs, "additional_inputs")
        self.output_components = _parts(outputs, "outputs")
        self._share_states()
        self.input_components = [*self.main_inputs, *self.additional_inputs]
        self.kind = self._kind()
        if not self.input_components and not self.output_components:
            raise PropError(
                "Interface() was given neither inputs nor outputs; expected at least one of them."
            )
        self._label_parts()
        with self:
            if self.flagging_mode != "never" and self.output_components:
                flagged = [*self.input_components, *self.output_components]
                self.flagging_callback.setup(flagged, flagging_dir)
            self._lay_out(additional_inputs_accordion, submit_btn, stop_btn, clear_btn, title=title)
            if examples is not None and self.input_components:
                self.examples_handler = Examples(
                    examples,
                    self.main_inputs if not self.additional_inputs else self.input_components,
                    self.output_components,
                    fn,
                    cache_examples,
                    cache_mode,
                    examples_per_page,
                    batch=batch,
                    example_labels=example_labels,
                    preload=preload_example,
                )
            if article:
                _make("markdown", article)

    @classmethod
    def from_pipeline(cls, pipeline: Any, **kwargs: Any) -> Interface:
        """An app for a pipeline of a model library; not available in this version."""
        raise NotAvailable(
            f"Interface.from_pipeline() with {type(pipeline).__name__} is not available in this "
            "version. "
            f"Wrap the pipeline in a function and pass that to Interface() (got {sorted(kwargs)})."
        )

    # ---- parts -----------------------------------------------------------------------------------

    def _kind(self) -> str:
        if not self.input_components:
            return "output"
        if not self.output_components:
            return "input"
        if set(self.main_inputs) == set(self.output_components):
            return "unified"
        return "standard"

    def _share_states(self) -> None:
        """A state among the inputs and one among the outputs are the same one."""
        before = [b for b in self.main_inputs if b.is_stateful]
        after = [b for b in self.output_components if b.is_stateful]
        if len(before) != len(after):
            if before or after:
                raise PropError(
                    f"Interface() was given {len(before)} states as inputs and {len(after)} as "
                    "outputs; expected as many of one as of the other."
                )
            return
        for old, new in zip(after, before, strict=True):
            self.output_components[self.output_components.index(old)] = new

    def _label_parts(self) -> None:
        from limelight.core.function import facts_of

        facts = facts_of(self.fn)
        plain = [b for b in self.input_components if not b.is_stateful]
        names = [
            n
            for n, b in zip(facts.parameters, self.input_components, strict=False)
            if not b.is_stateful
        ]
        for number, block in enumerate(plain):
            if block.label is None:
                block.label = names[number] if number < len(names) else f"input {number}"
        shown = [b for b in self.output_components if not b.is_stateful]
        for number, block in enumerate(shown):
            is_also_input = self.kind == "unified" or block in self.input_components
            if block.interactive is None and not is_also_input:
                block.interactive = False
            if block.label is None:
                block.label = "output" if len(shown) == 1 else f"output {number}"

    def _button(self, given: Any, variant: str, **props: Any) -> Any:
        if isinstance(given, str):
            return _make("button", given, variant=variant, **props)
        if not is_component(given) or given.tag != "button":
            raise PropError(
                f"Interface() was given the button {given!r}; expected a caption or a Button."
            )
        if given.parent is None:
            given.render()
        return given

    # ---- layout ----------------------------------------------------------------------------------

    def _lay_out(
        self,
        accordion: Any,
        submit_btn: Any,
        stop_btn: Any,
        clear_btn: Any,
        *,
        title: str | None,
    ) -> None:
        if title:
            _make("markdown", f"<h1 style='text-align: center; margin-bottom: 1rem'>{title}</h1>")
        if self.description:
            _make("markdown", self.description)
        flags: list[Any] = []
        with _make("row"):
            if self.kind != "output":
                with _make("column"):
                    with _make("column"):
                        _place(self.main_inputs)
                        if self.additional_inputs:
                            self._place_additional(accordion)
                    if self.kind in ("standard", "input"):
                        self._buttons(submit_btn, stop_btn, clear_btn)
            if self.kind in ("standard", "output"):
                with _make("column"):
                    _place([b for b in self.output_components if b not in self.input_components])
                    if self.kind == "output":
                        self._buttons(
                            submit_btn if submit_btn != "Submit" else "Generate",
                            stop_btn,
                            clear_btn,
                        )
                    flags = self._flag_buttons()
        if self.kind == "unified":
            self._buttons(submit_btn if submit_btn != "Submit" else "Generate", stop_btn, clear_btn)
            flags = self._flag_buttons()
        self._listen_flags(flags)

    def _place_additional(self, accordion: Any) -> None:
        if accordion is None or isinstance(accordion, str):
            accordion = _make("accordion", accordion or "Additional Inputs", open=False)
        elif accordion.parent is None:
            accordion.render()
        with accordion:
            _place(self.additional_inputs)

    def _buttons(self, submit_btn: Any, stop_btn: Any, clear_btn: Any) -> None:
        from limelight.core.function import facts_of

        is_generator = facts_of(self.fn).is_generator
        with _make("row"):
            clear = None
            if clear_btn is not None:
                clear = self._button(clear_btn, "secondary")
            submit = None if self.live else self._button(submit_btn, "primary")
            stop = None
            if is_generator:
                stop = self._button(
                    stop_btn, "stop", **({"visible": False} if isinstance(stop_btn, str) else {})
                )
        self._called = self._listen(submit, stop)
        self._clear = clear
        if clear is not None:
            self._listen_clear(clear)

    def _flag_buttons(self) -> list[Any]:
        if self.flagging_mode != "manual" or not self.flagging_options:
            return []
        with _make("row"):
            return [_make("button", caption) for caption, _ in self.flagging_options]

    # ---- listeners -------------------------------------------------------------------------------

    def _listen(self, submit: Any, stop: Any) -> Dependency:
        """Attach the function; what it returns is what flagging follows."""
        options = dict(self.listener_options)
        if not (self.live and any(getattr(b, "streaming", False) for b in self.input_components)):
            options["time_limit"] = None  # the default is meant for streams
        parts: dict[str, Any] = {"inputs": self.input_components, "outputs": self.output_components}
        if self.live:
            triggers = self._live_triggers()
            event = on(triggers, self.fn, **parts, **options)
            if stop is not None:
                stop.visible = True
                stop.click(None, cancels=event)
            return event
        triggers = [submit.click]
        triggers += [b.trigger("submit") for b in self.input_components if b.has_event("submit")]
        if stop is None:
            scrolls = self.kind == "standard"
            return on(triggers, self.fn, **parts, scroll_to_output=scrolls, **options)
        quiet: dict[str, Any] = {
            "inputs": None,
            "outputs": [submit, stop],
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "undocumented",
        }

        def running() -> list[dict[str, Any]]:
            return [update(visible=False), update(visible=True)]

        def cleanup() -> list[dict[str, Any]]:
            return [update(visible=True), update(visible=False)]

        begun = on(triggers, running, **quiet)
        event = begun.then(self.fn, **parts, scroll_to_output=True, **options)
        event.then(cleanup, **quiet)
        stop.click(cleanup, **quiet, cancels=event)
        return event

    def _live_triggers(self) -> list[Trigger]:
        triggers = [
            b.trigger("stream" if getattr(b, "streaming", False) else "change")
            for b in self.input_components
            if b.has_event("change")
        ]
        return triggers or [self.trigger("load")]

    def _listen_clear(self, clear: Any) -> None:
        blocks = list(dict.fromkeys([*self.input_components, *self.output_components]))
        shown = [b for b in blocks if not b.is_stateful]
        values = json.dumps([b.postprocess(None) for b in shown])
        clear.click(
            None, [], shown, js=f"() => {values}", show_progress="hidden", api_visibility="private"
        )
        states = [b for b in blocks if b.is_stateful]
        if states:
            initial = [b.initial_value for b in states]
            clear.click(
                lambda: initial if len(initial) > 1 else initial[0],
                None,
                states,
                queue=False,
                show_progress="hidden",
                api_visibility="undocumented",
            )

    def _listen_flags(self, buttons: list[Any]) -> None:
        """Attach what stores a row: to each flag button, or to every result."""
        quiet: dict[str, Any] = {
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "undocumented",
        }
        row = [*self.input_components, *self.output_components]
        if self.flagging_mode == "auto" and self.output_components:
            store = FlagMethod(self.flagging_callback, "", None, visual_feedback=False)
            self._called.success(store, row, None, preprocess=False, **quiet)
        for button, (caption, reason) in zip(buttons, self.flagging_options, strict=False):
            store = FlagMethod(self.flagging_callback, caption, reason)
            button.click(store.saving, None, button, **quiet)
            button.click(store, row, button, preprocess=False, **quiet)
            if self._clear is not None:
                self._clear.click(store.reset, None, button, **quiet)


def _place(parts: list[Component[Any, Any]]) -> None:
    for part in parts:
        if part.parent is None:
            part.render()


def _parts(given: Any, name: str) -> list[Component[Any, Any]]:
    items: list[Any] = [*given] if is_listing(given) else [given] if given is not None else []
    made: list[Component[Any, Any]] = []
    for item in items:
        if not isinstance(item, str) and not is_object(item) and not is_component(item):
            raise PropError(
                f"Interface() was given {name} with {item!r}; expected a component or the name of "
                "one, such as 'text'."
            )
        part = component(item)
        if not is_component(part):
            raise PropError(f"Interface() was given {name} with {item!r}, which has no value.")
        if part.parent is not None:
            part.unrender()
        made.append(part)
    return made
