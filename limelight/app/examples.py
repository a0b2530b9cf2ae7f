"""`Examples`: rows to click that fill the inputs, and show kept results."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.core.context import current_reporter, open_container, open_graph
from limelight.core.events import CATALOGUE
from limelight.core.examplerows import rows_of
from limelight.core.function import facts_of
from limelight.core.listener import Listener
from limelight.core.lookup import class_of_tag
from limelight.core.narrow import is_listing
from limelight.core.rehearsal import ExampleFailed
from limelight.core.trigger import Trigger
from limelight.core.updates import skip
from limelight.errors import PropError
from limelight.settings import settings

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Callable, Sequence

    from limelight.core.component import Component
    from limelight.core.examplefolder import ExampleFolder
    from limelight.core.rehearsal import Stage
    from limelight.core.trigger import Dependency

__all__ = ["Examples"]


class Examples:
    """Rows of examples; a click on one fills the inputs.

    With `cache_examples` a click also shows the function's result, which is computed once and kept
    on disk, in the folder that the setting `examples_cache` names. A kept result is used as long
    as the row, the function's own code and the kinds of inputs and outputs stay as they are; after
    a change in what the function calls or reads, delete the folder, or set
    `LIMELIGHT_RESET_EXAMPLES_CACHE`.

    Args:
        examples: One list of values per row, or one value per row when there is one input, or a
            folder with a `log.csv` or with one file per row. A row may be shorter than the
            inputs, and None in it is an empty value.
        inputs: Components that are filled.
        outputs: Components that show the function's result.
        fn: Function of the results, for `cache_examples` and `run_on_click`.
        cache_examples: Whether results are computed once and kept; if None, as the setting
            `cache_examples` says, where `fn` and `outputs` are given.
        cache_mode: When they are computed: all when the app is launched (`"eager"`), or each at
            its first click (`"lazy"`); if None, as the setting `cache_mode` says, else eager.
        examples_per_page: Most rows shown at once.
        _api_mode: Accepted for old apps.
        label: Title; "Examples" if None.
        elem_id: `id` of the outer element.
        run_on_click: Whether a click also runs the function, if results are not kept.
        preprocess: Whether values are converted before the function gets them.
        postprocess: Whether results are converted.
        api_visibility: Whether the endpoint that loads a row is listed.
        api_name: Name of that endpoint.
        api_description: Description of that endpoint.
        batch: Whether the function takes a list per input.
        example_labels: Names shown instead of the rows.
        visible_columns: Numbers of the columns that are shown; all if None.
        visible: Whether the rows are on the page.
        preload: Number of the row that is loaded with the page, when results are computed at
            launch; False for none.
    """

    def __init__(
        self,
        examples: list[Any] | list[list[Any]] | str,
        inputs: Component[Any, Any] | Sequence[Component[Any, Any]],
        outputs: Component[Any, Any] | Sequence[Component[Any, Any]] | None = None,
        fn: Callable[..., Any] | None = None,
        cache_examples: bool | None = None,
        cache_mode: Literal["eager", "lazy"] | None = None,
        examples_per_page: int = 10,
        _api_mode: bool = False,
        label: str | None = None,
        elem_id: str | None = None,
        run_on_click: bool = False,
        preprocess: bool = True,
        postprocess: bool = True,
        api_visibility: Literal["public", "private", "undocumented"] = "undocumented",
        api_name: str | None = "load_example",
        api_description: str | Literal[False] | None = None,
        batch: bool = False,
        *,
        example_labels: list[str] | None = None,
        visible_columns: list[int] | None = None,
        visible: bool | Literal["hidden"] = True,
        preload: int | Literal[False] = 0,
    ) -> None:
        self.inputs = _as_list(inputs)
        self.outputs = _as_list(outputs)
        self.fn = fn
        self.cache_examples = self._caching(cache_examples, cache_mode)
        """False, True (computed at launch) or `"lazy"` (at the first click)."""
        self.preload = preload
        self.run_on_click = run_on_click
        self.preprocess, self.postprocess, self.batch = preprocess, postprocess, batch
        self.api_visibility: Literal["public", "private", "undocumented"] = api_visibility
        self.api_name = api_name
        self.api_description: str | Literal[False] | None = api_description
        self.example_labels = example_labels
        self.examples = rows_of(examples, self.inputs)
        self.cached_folder = Path(settings().examples_cache)
        """Where results are kept."""
        self.filled = [
            block
            for number, block in enumerate(self.inputs)
            if any(self._cell(row, number) is not None for row in self.examples)
        ]
        """The inputs that any row has a value for."""
        self.inputs_with_examples = self.filled
        if run_on_click and fn is None:
            raise PropError(
                "Examples() was given run_on_click=True without fn. Pass fn=… and outputs=…."
            )
        if example_labels is not None and len(example_labels) != len(self.examples):
            raise PropError(
                f"Examples() was given {len(example_labels)} example_labels for "
                f"{len(self.examples)} rows; expected one per row."
            )
        self.columns = self._columns(visible_columns)
        self.dataset = self._dataset(label, examples_per_page, elem_id, visible)
        self.load_input_event: Dependency | None = None
        """What fills the inputs."""
        self.cache_event: Dependency | None = None
        """What shows a kept result."""
        self._stage: Stage | None = None
        self._locks: dict[int, asyncio.Lock] = {}
        if open_graph.get() is None:
            warnings.warn(
                "Examples() was called outside an app. Call its .create() inside "
                "`with gr.Blocks():` to place it.",
                UserWarning,
                stacklevel=2,
            )
        else:
            self.create()

    # ---- what the author said --------------------------------------------------------------------

    def _caching(self, given: bool | None, mode: str | None) -> bool | Literal["lazy"]:
        if given not in (None, True, False):
            raise PropError(
                f"Examples() was given cache_examples={given!r}; expected True or False. Say when "
                "with cache_mode='eager' or 'lazy'."
            )
        can_cache = self.fn is not None and bool(self.outputs)
        if given and not can_cache:
            missing = "fn" if self.fn is None else "outputs"
            raise PropError(
                f"Examples() was given cache_examples=True without {missing}. Pass fn=… and "
                "outputs=…, whose results are kept."
            )
        mode = mode or settings().cache_mode or "eager"
        if mode not in ("eager", "lazy"):
            raise PropError(
                f"Examples() was given cache_mode={mode!r}; expected 'eager' or 'lazy'."
            )
        is_on = settings().cache_examples is True and can_cache if given is None else given
        return "lazy" if is_on and mode == "lazy" else is_on

    @staticmethod
    def _cell(row: list[Any], column: int) -> Any:
        return row[column] if column < len(row) else None

    def _columns(self, numbers: list[int] | None) -> list[Component[Any, Any]]:
        if numbers is None:
            return self.filled
        for number in numbers:
            if not 0 <= number < len(self.inputs):
                raise PropError(
                    f"Examples() was given visible_columns={numbers!r}; expected numbers from 0 to "
                    f"{len(self.inputs) - 1}."
                )
        return [self.inputs[number] for number in numbers]

    def _dataset(self, label: str | None, per_page: int, elem_id: str | None, visible: Any) -> Any:
        numbers = [self.inputs.index(block) for block in self.columns]
        return cast("Any", class_of_tag("dataset"))(
            components=self.columns,
            samples=[[self._cell(row, n) for n in numbers] or [None] for row in self.examples]
            if self.columns
            else [],
            type="tuple",
            label=label if label is not None else "Examples",
            samples_per_page=per_page,
            elem_id=elem_id,
            visible=visible,
            sample_labels=self.example_labels,
        )

    # ---- listeners -------------------------------------------------------------------------------

    def create(self) -> None:
        """Place the rows, if they are not placed yet, and attach what a click does."""
        if not self.dataset.is_placed:
            self.dataset.render()
        if self.cache_examples:
            self._listen_cached()
        else:
            self._listen()

    def _listen(self) -> None:
        filled = self.filled
        numbers = [self.inputs.index(b) for b in filled]

        def load_example(sample: tuple[int, list[Any]] | None) -> Any:
            if sample is None:
                return skip()
            row = self.examples[sample[0]]
            made = [_filled(b, self._cell(row, n)) for b, n in zip(filled, numbers, strict=True)]
            return made if len(made) != 1 else made[0]

        self.load_input_event = self.dataset.click(
            load_example,
            inputs=self.dataset,
            outputs=filled,
            show_progress="hidden",
            queue=False,
            api_name=self.api_name,
            api_description=self.api_description,
            api_visibility=self.api_visibility,
        )
        if self.run_on_click:
            assert self.load_input_event is not None  # noqa: S101  # made above
            self.load_input_event.then(
                self.fn,
                inputs=self.inputs,
                outputs=self.outputs,
                preprocess=self.preprocess,
                postprocess=self.postprocess,
                batch=self.batch,
                api_visibility="undocumented",
            )

    def _listen_cached(self) -> None:
        filled = self.filled
        numbers = [self.inputs.index(b) for b in filled]

        def load_example_input(sample: tuple[int, list[Any]] | None) -> Any:
            if sample is None:
                return skip()
            values = [self._cell(self.examples[sample[0]], n) for n in numbers]
            return values if len(values) != 1 else values[0]

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "undocumented"}
        self.load_input_event = self.dataset.click(
            load_example_input, inputs=self.dataset, outputs=filled, queue=False, **quiet
        )
        assert self.load_input_event is not None  # noqa: S101  # made above
        self.cache_event = self.load_input_event.then(
            self._loader("load_example"),
            inputs=self.dataset,
            outputs=self.outputs,
            postprocess=False,
            api_name=self.api_name,
            api_description=self.api_description,
            api_visibility=self.api_visibility,
        )
        graph = open_graph.get()
        if graph is None:
            return
        graph.preparations.append(self)
        number = self.preload
        if self.cache_examples is True and number is not False and number < len(self.examples):
            load = Trigger(_page_root(), CATALOGUE["load"])
            state: Any = class_of_tag("state")
            load(
                load_example_input,
                inputs=state((number, [])),
                outputs=filled,
                queue=False,
                **quiet,
            )
            load(
                self._loader("load_example_output"),
                inputs=state((number, [])),
                outputs=self.outputs,
                postprocess=False,
                **quiet,
            )

    def _loader(self, name: str) -> Callable[..., Any]:
        """A function that gives a row's kept result: all steps of a generator, else the one."""
        assert self.fn is not None  # noqa: S101  # results are kept only with one
        if facts_of(self.fn).is_generator:

            async def replay(sample: tuple[int, list[Any]] | None) -> AsyncGenerator[Any]:
                if sample is None:
                    yield skip()
                    return
                async for step in self.steps(sample[0]):
                    yield self._returned(step)

            replay.__name__ = name
            return replay

        async def load(sample: tuple[int, list[Any]] | None) -> Any:
            returned: Any = skip()
            if sample is not None:
                async for step in self.steps(sample[0]):
                    returned = self._returned(step)
            return returned

        load.__name__ = name
        return load

    def _returned(self, step: list[Any]) -> Any:
        made = [
            skip() if block.is_stateful else payload
            for block, payload in zip(self.outputs, step, strict=True)
        ]
        return made if len(made) != 1 else made[0]

    # ---- results ---------------------------------------------------------------------------------

    @property
    def _folder(self) -> ExampleFolder:
        from limelight.core.examplefolder import ExampleFolder

        return ExampleFolder(self.cached_folder)

    def attach(self, stage: Stage) -> None:
        """Keep what can run the function; the runtime calls it before the app is served."""
        self._stage = stage
        self._locks = {}
        if settings().reset_examples_cache:
            for number in range(len(self.examples)):
                self._folder.drop(self._name(number))

    async def prepare(self) -> None:
        """Compute the results that are not kept yet, unless each waits for its first click.

        Raises:
            ExampleFailed: the function failed; the text names the row.
        """
        if self.cache_examples is True:
            await self.cache()

    async def cache(self, example_id: int | None = None, request: Any = None) -> int | None:
        """Compute and keep the result of a row, or of all rows, where it is not kept.

        Args:
            example_id: Number of the row; all if None.
            request: Accepted for old apps.

        Returns:
            `example_id`.

        Raises:
            ExampleFailed: the function failed; the text names the row.
        """
        _ = request
        numbers = range(len(self.examples)) if example_id is None else [example_id]
        missing = [n for n in numbers if self._folder.load(self._name(n)) is None]
        if missing and example_id is None:
            print(f"* Caching examples at: {str(self.cached_folder.absolute())!r}", flush=True)
        for number in missing:
            async for _step in self.steps(number):
                pass
        return example_id

    def load_from_cache(self, example_id: int, request: Any = None) -> list[Any]:
        """The kept result of a row: a payload per output, the last step of a generator.

        Raises:
            PropError: none is kept.
        """
        _ = request
        steps = self._kept(self._name(example_id))
        if not steps:
            raise PropError(
                f"No result of example {example_id!r} is kept in {str(self.cached_folder)!r}. Use "
                "cache_examples=True, and launch the app or call cache() first."
            )
        return steps[-1]

    def _name(self, number: int) -> str:
        """What a row's result is kept under: a name of all that it depends on."""
        from limelight.core.fingerprint import NotNameable, code_fingerprint, fingerprint

        assert self.fn is not None  # noqa: S101  # results are kept only with one
        values = [_with_file(value) for value in self._values(number)]
        try:
            content = fingerprint(values)
        except NotNameable:
            content = fingerprint(repr(values))
        kinds = [type(block).__qualname__ for block in (*self.inputs, *self.outputs)]
        how = [self.preprocess, self.postprocess, self.batch, len(self.inputs)]
        return fingerprint([content, code_fingerprint(self.fn), kinds, how]).hex()

    def _values(self, number: int) -> list[Any]:
        """What the function gets for a row; of inputs that no row fills, what the page has."""
        row = self.examples[number]
        return [
            self._cell(row, i) if block in self.filled else block.initial_value
            for i, block in enumerate(self.inputs)
        ]

    def _kept(self, name: str) -> list[list[Any]] | None:
        steps = self._folder.load(name)
        if steps is not None and self._stage is not None:
            for path in self._folder.paths_in(steps):
                self._stage.vouch(path)
        return steps

    async def steps(self, number: int) -> AsyncGenerator[list[Any]]:
        """The steps of a row's result: kept ones, or those of a run that is kept afterwards."""
        import asyncio

        name = await asyncio.to_thread(self._name, number)
        steps = await asyncio.to_thread(self._kept, name)
        if steps is None:
            async with self._locks.setdefault(number, asyncio.Lock()):
                steps = await asyncio.to_thread(self._kept, name)
                if steps is None:
                    made: list[list[Any]] = []
                    async for step in self._run(number):
                        made.append(step)
                        yield step
                    await asyncio.to_thread(self._folder.save, name, made)
                    return
        for step in steps:
            yield step

    async def _run(self, number: int) -> AsyncGenerator[list[Any]]:
        assert self.fn is not None  # noqa: S101  # results are kept only with one
        if self._stage is None:
            raise PropError(
                f"No result of example {number!r} is kept, and none can be computed before the app "
                "runs. Launch it first."
            )
        listener = Listener(
            [],
            self.fn,
            inputs=self.inputs,
            outputs=self.outputs,
            preprocess=self.preprocess,
            postprocess=self.postprocess,
            batch=self.batch,
            api_visibility="private",
        )
        listener.graph = self.outputs[0].graph
        steps = self._stage.perform(listener, self._values(number))
        try:
            async for step in steps:
                yield step
        except Exception as problem:
            if current_reporter.get() is not None:  # who clicked is told as of any call
                raise
            raise ExampleFailed(
                f"Example {number} of {self.dataset.label!r}, {self.examples[number]!r:.200}, has "
                f"no result: {listener.facts.name}() failed ({type(problem).__name__}: {problem}). "
                "Change the row or the function, or use cache_mode='lazy'."
            ) from problem
        finally:
            await steps.aclose()


def _filled(block: Component[Any, Any], value: Any) -> Component[Any, Any]:
    """The component as an update that sets it to an example: its own props and the value."""
    return cast("Component[Any, Any]", block.as_update(value=value))


def _as_list(given: Any) -> list[Component[Any, Any]]:
    if given is None:
        return []
    return [*given] if is_listing(given) else [given]


def _page_root() -> Any:
    """What holds all blocks of the page that is being made."""
    container: Any = open_container.get()
    while container is not None and container.parent is not None:
        container = container.parent
    return container


def _with_file(value: Any) -> Any:
    """A value of a row; a text that names a file as its path, so that its content counts."""
    is_file = isinstance(value, str) and os.path.isfile(value)  # False for any odd text
    return Path(value) if is_file else value
