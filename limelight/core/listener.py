"""`Listener`: when what fires, which function runs with which blocks.

Once for all ways of attaching.

Runs nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from limelight.core.props import HasProps
from limelight.errors import ListenerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.block import Block
    from limelight.core.function import FunctionFacts
    from limelight.core.graph import Graph

__all__ = ["Listener", "Target"]

Target = tuple["Block | None", str]

_VISIBILITIES = ("public", "private", "undocumented")
_PROGRESS = ("full", "minimal", "hidden")
_MODES = ("once", "multiple", "always_last")
_WITHOUT_READER = ("cancel", "keep")


class Listener:
    """One function attached to one or more events; the wire calls its `id` `fn_index`."""

    def __init__(  # noqa: PLR0915  # one assignment per option
        self,
        targets: list[Target],
        fn: Callable[..., Any] | None,
        *,
        inputs: Block | Sequence[Block] | set[Block] | None = None,
        outputs: Block | Sequence[Block] | set[Block] | None = None,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        scroll_to_output: bool = False,
        show_progress: str = "full",
        show_progress_on: Block | Sequence[Block] | None = None,
        queue: bool = True,
        batch: bool = False,
        max_batch_size: int = 4,
        preprocess: bool = True,
        postprocess: bool = True,
        cancels: Sequence[Listener] | None = None,
        trigger_mode: str = "once",
        js: str | Literal[True] | None = None,
        concurrency_limit: int | Literal["default"] | None = "default",
        concurrency_id: str | None = None,
        api_visibility: str = "public",
        time_limit: float | None = None,
        stream_every: float = 0.5,
        key: int | str | tuple[int | str, ...] | None = None,
        validator: Callable[..., Any] | None = None,
        inputs_kwargs: dict[str, Block] | None = None,
        trigger_after: Listener | None = None,
        trigger_only_on: Literal["success", "failure"] | None = None,
        connection: Literal["sse", "stream"] = "sse",
        is_cancel_only: bool = False,
        max_wait: float = 0,
        on_disconnect: str = "cancel",
    ) -> None:
        self.id = -1
        """Number in its app; `fn_index` on the wire."""
        self.graph: Graph | None = None
        """The app that it is part of."""
        self.where = _caller()
        """`file:line` of the call that made it."""
        self.targets = targets
        self.fn = fn
        self.passes_dict = isinstance(inputs, set)
        """Whether the function gets one dictionary by block."""
        self.inputs: list[Block] = _blocks(inputs, "inputs", self.where)
        self.outputs: list[Block] = _blocks(outputs, "outputs", self.where)
        self.kwarg_names: tuple[str, ...] = ()
        """Argument names of the last inputs, for `inputs_kwargs`."""
        if inputs_kwargs:
            self.kwarg_names = tuple(inputs_kwargs)
            self.inputs += _blocks(list(inputs_kwargs.values()), "inputs_kwargs", self.where)
        if api_name is False:
            api_visibility, api_name = "private", None
        if fn is None:
            api_visibility = "private"
        self.api_name = api_name or _name_for(fn, js)
        self.api_description = api_description
        self.scroll_to_output = scroll_to_output
        self.show_progress = _one_of("show_progress", show_progress, _PROGRESS, self.where)
        self.show_progress_on = (
            _blocks(show_progress_on, "show_progress_on", self.where) if show_progress_on else None
        )
        self.queue = queue if fn is not None else False
        self.batch = batch
        self.max_batch_size = max_batch_size
        self.preprocess = preprocess
        self.postprocess = postprocess
        self.cancels: list[Listener] = list(cancels or ())
        self.trigger_mode = _one_of("trigger_mode", trigger_mode, _MODES, self.where)
        self.js = js
        self.concurrency_limit = concurrency_limit
        self.concurrency_id = concurrency_id
        self.api_visibility = _one_of("api_visibility", api_visibility, _VISIBILITIES, self.where)
        self.time_limit = time_limit
        self.stream_every = stream_every
        self.key = key
        self.validator = validator
        self.trigger_after = trigger_after
        self.trigger_only_on = trigger_only_on
        self.connection = connection
        self.is_cancel_only = is_cancel_only
        self.max_wait = max_wait
        self.on_disconnect = _one_of("on_disconnect", on_disconnect, _WITHOUT_READER, self.where)
        self.rendered_in: int | None = None
        self.render_id: int | None = None
        self._facts: FunctionFacts | None = None
        self._check_queue()
        if fn is not None:
            if not callable(fn):
                raise ListenerError(
                    f"{self.describe()} was given fn={fn!r}; expected a function. "
                    "Pass the function itself, without calling it."
                )
            self._check_arguments()

    @property
    def facts(self) -> FunctionFacts:
        """What is known of the function."""
        if self._facts is None:
            from limelight.core.function import facts_of

            if self.fn is None:
                raise ListenerError(f"{self.describe()} has no function.")
            self._facts = facts_of(self.fn)
        return self._facts

    @property
    def whole_inputs(self) -> list[int]:
        """Positions of the inputs for which the page sends all props: the function wants them."""
        if self.fn is None or self.passes_dict or not self.facts.components:
            return []
        count = len(self.inputs) - len(self.kwarg_names)
        names = [n for n in self.facts.parameters if n not in self.kwarg_names][:count]
        names += [""] * (count - len(names)) + [*self.kwarg_names]
        return [
            position
            for position, (name, block) in enumerate(zip(names, self.inputs, strict=True))
            if name in self.facts.components and not getattr(block, "is_stateful", True)
        ]

    @property
    def asks(self) -> bool:
        """Whether an input may have something to look up before its payload is converted."""
        return any(getattr(block, "may_ask", False) for block in self.inputs)

    @property
    def group(self) -> str:
        """Listeners with the same function, or the same `concurrency_id`, share a limit."""
        return self.concurrency_id or str(id(self.fn))

    def describe(self) -> str:
        """The listener in words, for messages."""
        block, event = self.targets[0] if self.targets else (None, "")
        what = f"{block!r}.{event}" if block is not None else (event and f".{event}") or "gr.api"
        return f"The listener {what}() at {self.where}"

    def _check_queue(self) -> None:
        limit, size, wait_s = self.concurrency_limit, self.max_batch_size, self.max_wait
        if limit is not None and limit != "default" and not _is_count(limit):
            raise ListenerError(
                f"{self.describe()} was given concurrency_limit={limit!r}; expected None (no "
                "limit) or a number of at least 1."
            )
        if self.batch and not _is_count(size):
            raise ListenerError(
                f"{self.describe()} was given max_batch_size={size!r}; expected a number of at "
                "least 1."
            )
        if not _is_time(wait_s):
            raise ListenerError(
                f"{self.describe()} was given max_wait={wait_s!r}; expected seconds, 0 or more."
            )
        if wait_s and not self.batch:
            raise ListenerError(
                f"{self.describe()} was given max_wait={wait_s!r} without batch=True; expected it "
                "with batches, which it fills. Add batch=True or leave max_wait away."
            )

    def _check_arguments(self) -> None:
        facts = self.facts
        if self.batch and facts.is_generator:
            raise ListenerError(
                f"{self.describe()}: {facts.name}() yields, and batch=True needs a function that "
                "returns."
            )
        if facts.takes_any and not facts.parameters:
            return
        filled = 1 if self.passes_dict and self.inputs else len(self.inputs) - len(self.kwarg_names)
        names = [n for n in facts.parameters if n not in self.kwarg_names]
        needed = min(facts.required, len(names))
        most = float("inf") if facts.takes_any else len(names)
        if needed <= filled <= most:
            return
        import warnings

        span = str(needed) if needed == most else f"{needed} to {most}"
        text = (
            f"{self.describe()} passes {filled} inputs; {facts.name}() takes {span}: "
            f"({', '.join(facts.parameters)}). Change inputs=[…] or the function."
        )
        if filled > most:
            raise ListenerError(text)
        # A caller of the API may still fill a missing one, so it is not fatal before the call.
        warnings.warn(text, UserWarning, stacklevel=5)


def _caller() -> str:
    """`file:line` of the nearest frame outside this package."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith("limelight."):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame is not None else "?"


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_time(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return 0 <= value < float("inf")


def _one_of(name: str, value: str, options: tuple[str, ...], where: str) -> str:
    if value not in options:
        raise ListenerError(
            f"The listener at {where} was given {name}={value!r}; expected one of "
            f"{', '.join(map(repr, options))}."
        )
    return value


def _blocks(given: Any, name: str, where: str) -> list[Block]:
    if given is None:
        return []
    items: list[Any] = [*given] if isinstance(given, Iterable) else [given]
    for item in items:
        if not isinstance(item, HasProps):
            raise ListenerError(
                f"The listener at {where} was given {name} with {item!r}; expected blocks such as "
                "a Textbox. Pass the component that you made, not its name or value."
            )
    if isinstance(given, set):  # in the order of making, so that the page and clients agree
        items.sort(key=lambda block: block.block_id if block.graph is not None else 0)
    return items


def _name_for(fn: Callable[..., Any] | None, js: object) -> str:
    if fn is None:
        return "js_fn" if js else "unnamed"
    from limelight.core.function import unwrapped

    name = getattr(fn, "__name__", None) or getattr(unwrapped(fn), "__name__", None)
    if not name or name == "__call__":
        name = type(fn).__name__
    return "lambda" if name == "<lambda>" else str(name)
