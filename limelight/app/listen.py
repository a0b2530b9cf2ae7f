"""`on` and `api`: attach a function to several triggers, or to none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core.context import open_graph
from limelight.core.events import CATALOGUE
from limelight.core.narrow import is_listing
from limelight.core.trigger import Dependency, Trigger, attach
from limelight.errors import ListenerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from limelight.core.block import Block

__all__ = ["api", "on"]


def on(
    triggers: Sequence[Trigger] | Trigger | None = None,
    fn: Callable[..., Any] | Literal["decorator"] | None = "decorator",
    inputs: Block | Sequence[Block] | set[Block] | None = None,
    outputs: Block | Sequence[Block] | set[Block] | None = None,
    *,
    inputs_kwargs: Mapping[str, Block] | None = None,
    api_visibility: Literal["public", "private", "undocumented"] = "public",
    api_name: str | Literal[False] | None = None,
    api_description: str | Literal[False] | None = None,
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
    concurrency_limit: int | Literal["default"] | None = "default",
    concurrency_id: str | None = None,
    time_limit: int | None = None,
    stream_every: float = 0.5,
    key: int | str | tuple[int | str, ...] | None = None,
    validator: Callable[..., Any] | None = None,
    max_wait: float = 0,
    on_disconnect: Literal["cancel", "keep"] = "cancel",
) -> Dependency:
    """Attach a function to several events at once.

    Args:
        triggers: Events of blocks, such as `[name.submit, button.click]`; if None, the page's load
            and the change of each input.
        fn: The function; left away, the call is a decorator.
        inputs: Blocks whose values it gets.
        outputs: Blocks that show what it returns.
        inputs_kwargs: Blocks passed by argument name.
        api_visibility: Whether its endpoint is listed.
        api_name: Name of its endpoint; the function's name if None.
        api_description: Description of its endpoint; the docstring if None.
        scroll_to_output: Whether the page scrolls to the first output.
        show_progress: How much of the status tracker is shown.
        show_progress_on: Blocks that show it instead of the outputs.
        queue: Whether calls wait their turn.
        batch: Whether it takes a list per input.
        max_batch_size: Most calls taken together.
        preprocess: Whether inputs are converted.
        postprocess: Whether results are converted.
        cancels: Listeners whose calls end.
        trigger_mode: What happens to events while a call is pending; if None, `"once"`, or
            `"always_last"` when it listens to changes only.
        js: JavaScript that runs first.
        concurrency_limit: Calls that may run at once.
        concurrency_id: Listeners with the same id share one limit.
        time_limit: Seconds that a stream, or a function that yields, may go on; it ends after
            the step that it is at.
        stream_every: Seconds between two chunks of streamed input.
        key: In a render function: listeners with equal keys are the same across runs.
        validator: Runs before the call is queued.
        max_wait: Seconds that a batch waits to be full.
        on_disconnect: Whether a call ends when its page or client is gone for good.
    """
    options: dict[str, Any] = {k: v for k, v in locals().items() if k not in ("triggers", "fn")}
    given = _triggers(triggers, inputs)
    if options["trigger_mode"] is None:
        modes = {t.event.trigger_mode for t in given}
        options["trigger_mode"] = modes.pop() if len(modes) == 1 else "once"
    targets: list[tuple[Block | None, str]] = [(t.block, t.event_name) for t in given]
    after = next((t.after for t in given if t.after is not None), None)
    return attach(targets, fn, options, after=after)


def api(
    fn: Callable[..., Any] | Literal["decorator"] = "decorator",
    *,
    api_name: str | None = None,
    api_description: str | None = None,
    queue: bool = True,
    batch: bool = False,
    max_batch_size: int = 4,
    concurrency_limit: int | Literal["default"] | None = "default",
    concurrency_id: str | None = None,
    api_visibility: Literal["public", "private", "undocumented"] = "public",
    time_limit: int | None = None,
    stream_every: float = 0.5,
    max_wait: float = 0,
    on_disconnect: Literal["cancel", "keep"] = "cancel",
) -> Dependency:
    """Offer a function to clients without components: its type hints say what it takes and gives.

    Values come and go as JSON: an argument whose hint is a class gets an object, not an instance.
    What does not fit its hint is refused before the function runs. Without a return hint nothing
    is given back; a tuple is several values, and of a generator each yielded value counts.

    Args:
        fn: The function, with a type hint for each argument; left away, the call is a decorator
            that gives the function back.
        api_name: Name of its endpoint; the function's name if None.
        api_description: Description of its endpoint; the docstring if None.
        queue: Whether calls wait their turn.
        batch: Whether it takes a list per argument.
        max_batch_size: Most calls taken together.
        concurrency_limit: Calls that may run at once.
        concurrency_id: Listeners with the same id share one limit.
        api_visibility: Whether its endpoint is listed.
        time_limit: Seconds that a stream, or a function that yields, may go on; it ends after
            the step that it is at.
        stream_every: Seconds between two chunks of streamed input.
        max_wait: Seconds that a batch waits to be full.
        on_disconnect: Whether a call ends when its client is gone for good.

    Raises:
        ListenerError: an argument has no type hint, or no app is being built.
    """
    options: dict[str, Any] = {k: v for k, v in locals().items() if k != "fn"}
    if fn == "decorator":

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            api(function, **options)
            return function

        return decorate  # type: ignore[return-value]  # a decorator until it meets its function
    if open_graph.get() is None:
        raise ListenerError("api() was called outside an app. Call it inside `with gr.Blocks():`.")
    if not callable(fn):
        raise ListenerError(
            f"api() was given fn={fn!r}; expected a function. Pass it without calling it."
        )
    from limelight.core.endpoint import arguments_of, results_of

    by_position, by_keyword = arguments_of(fn)
    options |= {
        "inputs": by_position,
        "inputs_kwargs": by_keyword,
        "outputs": results_of(fn),
        "show_progress": "hidden",
    }
    return attach([], fn, options)


def _triggers(triggers: Sequence[Trigger] | Trigger | None, inputs: Any) -> list[Trigger]:
    if triggers is None:
        graph = open_graph.get()
        if graph is None:
            raise ListenerError(
                "on() was called outside an app. Call it inside `with gr.Blocks():`."
            )
        several = is_listing(inputs) or isinstance(inputs, set)
        blocks: list[Any] = [*inputs] if several else [inputs]
        changes = [b.trigger("change") for b in blocks if b is not None and b.has_event("change")]
        return [Trigger(graph.root, CATALOGUE["load"]), *changes]
    items: list[Any] = [triggers] if isinstance(triggers, Trigger) else list(triggers)
    for item in items:
        if not isinstance(item, Trigger):
            raise ListenerError(
                f"on() was given the trigger {item!r}; expected events of blocks, such as "
                "button.click (without parentheses)."
            )
    return items
