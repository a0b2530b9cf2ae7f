"""`Event`, `Trigger` = an event of one block, and attaching a function to it.

Runs nothing; what is attached is a `Listener`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from limelight.core.context import open_graph
from limelight.core.listener import Listener, Target
from limelight.errors import ListenerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from inspect import Signature

    from limelight.core.block import Block
    from limelight.core.graph import Graph

__all__ = ["Dependency", "Event", "Trigger", "attach"]


class Event(str):
    """An event's name; as a class attribute, the way to attach listeners to it."""

    event_name: str
    doc: str
    trigger_mode: Literal["once", "multiple", "always_last"]
    show_progress: Literal["full", "minimal", "hidden"]

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

    def __call__(self, block: Block, *args: Any, **kwargs: Any) -> Dependency:
        """Attach a function to this event of a block: `Textbox.change(box, fn, …)`."""
        return Trigger(block, self)(*args, **kwargs)

    @property
    def __signature__(self) -> Signature:
        import inspect

        listed = inspect.signature(Trigger.__call__)
        parameters = [
            p.replace(default=self.show_progress) if p.name == "show_progress" else p
            for p in listed.parameters.values()
        ]
        return listed.replace(parameters=parameters)

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
        fn: Callable[..., Any] | Literal["decorator"] | None = "decorator",
        inputs: Block | Sequence[Block] | set[Block] | None = None,
        outputs: Block | Sequence[Block] | set[Block] | None = None,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        scroll_to_output: bool = False,
        show_progress: Literal["full", "minimal", "hidden"] | None = None,
        show_progress_on: Block | Sequence[Block] | None = None,
        queue: bool = True,
        batch: bool = False,
        max_batch_size: int = 4,
        preprocess: bool = True,
        postprocess: bool = True,
        cancels: Dependency | Sequence[Dependency] | None = None,
        trigger_mode: Literal["once", "multiple", "always_last"] | None = None,
        js: str | Literal[True] | None = None,
        concurrency_limit: int | Literal["default"] | None = "default",
        concurrency_id: str | None = None,
        api_visibility: Literal["public", "private", "undocumented"] = "public",
        time_limit: int | None = None,
        stream_every: float = 0.5,
        key: int | str | tuple[int | str, ...] | None = None,
        validator: Callable[..., Any] | None = None,
        inputs_kwargs: Mapping[str, Block] | None = None,
        *,
        max_wait: float = 0,
        on_disconnect: Literal["cancel", "keep"] = "cancel",
    ) -> Dependency:
        """Attach a function to the event.

        Args:
            fn: Gets the inputs' values, one argument each; returns the outputs' values. May be
                `async` and may yield.
                None attaches `js` or `cancels` only. Left away, the call is a decorator.
            inputs: Blocks whose values the function gets; a set passes one dictionary by block.
            outputs: Blocks that show what it returns.
            api_name: Endpoint's name; the function's name if None.
            api_description: Endpoint's description; the docstring if None, nothing if False.
            scroll_to_output: Whether the page scrolls to the first output when it is done.
            show_progress: How much of the status tracker is shown on the outputs; the event's usual
                if None.
            show_progress_on: Blocks that show it instead of the outputs.
            queue: Whether the call waits its turn; if False it runs at once.
            batch: Whether the function takes a list per input and returns a list per output.
            max_batch_size: Most calls taken together when `batch` is set.
            preprocess: Whether inputs are converted to Python values; if False the function gets
                JSON.
            postprocess: Whether results are converted; if False they are JSON already.
            cancels: Listeners whose running and waiting calls end when this event fires.
            trigger_mode: `"once"` ignores the event while a call is pending, `"multiple"` allows
                any number, `"always_last"` runs once more when the pending call is done.
            js: A JavaScript function that runs in the page first; its result replaces the inputs.
            concurrency_limit: Calls that may run at once; None is no limit.
            concurrency_id: Listeners with the same id share one limit.
            api_visibility: `"public"`, `"undocumented"` (callable, not listed) or `"private"`.
            time_limit: Seconds that a stream, or a function that yields, may go on; it ends after
                the step that it is at.
            stream_every: Seconds between two chunks of streamed input.
            key: In a render function: listeners with equal keys are the same across runs.
            validator: Runs before the call is queued; says which inputs are not valid.
            inputs_kwargs: Blocks passed to the function by argument name.
            max_wait: Seconds that a batch waits to be full before it starts with fewer calls.
            on_disconnect: `"cancel"` ends a call when its page or client is gone and does not come
                back in time (`LIMELIGHT_RESUME_WINDOW`), `"keep"` runs it to its end all the same.

        Returns:
            A handle with `.then`, `.success` and `.failure`, which `cancels=` of others can name.
        """
        options: dict[str, Any] = {k: v for k, v in locals().items() if k not in ("self", "fn")}
        if options["show_progress"] is None:
            options["show_progress"] = self.event.show_progress
        if options["trigger_mode"] is None:
            options["trigger_mode"] = self.event.trigger_mode
        return attach([(self.block, self.event_name)], fn, options, after=self.after)


class Dependency:
    """What attaching returns: a handle of the listener; still the function, if it decorated one."""

    def __init__(self, listener: Listener, graph: Graph) -> None:
        self.listener = listener
        self.graph = graph
        self.fn = listener.fn

    def _chain(self, kind: str) -> Trigger:
        return Trigger(None, Event(kind), after=self)

    @property
    def then(self) -> Trigger:
        """Attach a function that runs when this one is done, however it ended."""
        return self._chain("then")

    @property
    def success(self) -> Trigger:
        """Attach a function that runs when this one ended well."""
        return self._chain("success")

    @property
    def failure(self) -> Trigger:
        """Attach a function that runs when this one failed."""
        return self._chain("failure")

    @property
    def associated_timer(self) -> None:
        """Kept for old apps; timers are blocks of their own."""
        return

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.fn is None:
            raise ListenerError(f"{self.listener.describe()} has no function to call.")
        return self.fn(*args, **kwargs)


def attach(
    targets: list[Target],
    fn: Callable[..., Any] | Literal["decorator"] | None,
    options: dict[str, Any],
    *,
    after: Dependency | None = None,
    **extra: Any,
) -> Dependency:
    """Make a listener and add it to the app that is being built.

    Args:
        targets: Which events of which blocks it listens to.
        fn: The function; None for JavaScript or cancelling only; `"decorator"` to get it later.
        options: Arguments of `Listener` that an author can give.
        after: The listener whose end is the event, for chains.
        extra: Arguments of `Listener` that only this package gives.

    Raises:
        ListenerError: no app is being built, or function and blocks do not fit together.
    """
    if fn == "decorator":

        def decorate(function: Callable[..., Any]) -> Dependency:
            return attach(targets, function, options, after=after, **extra)

        return decorate  # type: ignore[return-value]  # a decorator until it meets its function

    graph = open_graph.get() or (after.graph if after is not None else None)
    if graph is None:
        block, event = targets[0] if targets else (None, "api")
        raise ListenerError(
            f"{block!r}.{event}() was called outside an app. Call it inside `with gr.Blocks():`."
        )
    if after is not None:
        kind = targets[0][1]
        extra["trigger_after"] = after.listener
        extra["trigger_only_on"] = None if kind == "then" else kind
    if any(event == "stream" for _, event in targets):
        extra.setdefault("connection", "stream")
    options = {**options, "cancels": _cancelled(options.get("cancels"))}
    listener = Listener(targets, fn, **options, **extra)
    if fn is None and listener.cancels and not listener.js:
        listener.is_cancel_only, listener.api_visibility = True, "private"
        return Dependency(graph.add_listener(listener), graph)
    cancelled, listener.cancels = listener.cancels, []
    graph.add_listener(listener)
    if cancelled:
        chain = {k: v for k, v in extra.items() if k.startswith("trigger_")}
        stop = Listener(targets, None, is_cancel_only=True, api_visibility="private", **chain)
        stop.cancels, stop.where = cancelled, listener.where
        graph.add_listener(stop)
    return Dependency(listener, graph)


def _cancelled(given: Any) -> list[Listener]:
    if given is None:
        return []
    items: list[Any] = [*given] if isinstance(given, Sequence) else [given]
    found: list[Listener] = []
    for item in items:
        if not isinstance(item, Dependency):
            raise ListenerError(
                f"A listener was given cancels with {item!r}; expected what another "
                "listener's call returned: `event = button.click(…)`, then `cancels=event`."
            )
        found.append(item.listener)
    return found
