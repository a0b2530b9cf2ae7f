"""`Examples`: rows to click that fill the inputs."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.core.lookup import class_of_tag
from limelight.core.narrow import is_listing
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.component import Component
    from limelight.core.trigger import Dependency

__all__ = ["Examples"]


class Examples:
    """Rows of examples; a click on one fills the inputs.

    Args:
        examples: One list of values per row, or one value per row when there is one input, or a
            folder with a `log.csv` or with one file per row.
        inputs: Components that are filled.
        outputs: Components that show the function's result, with `run_on_click`.
        fn: Function that runs with `run_on_click`.
        cache_examples: Whether results are computed once; not in this version, a warning says so.
        cache_mode: When they are computed.
        examples_per_page: Most rows shown at once.
        _api_mode: Accepted for old apps.
        label: Title; "Examples" if None.
        elem_id: `id` of the outer element.
        run_on_click: Whether a click also runs the function.
        preprocess: Whether values are converted before the function gets them.
        postprocess: Whether results are converted.
        api_visibility: Whether the endpoint that loads a row is listed.
        api_name: Name of that endpoint.
        api_description: Description of that endpoint.
        batch: Whether the function takes a list per input.
        example_labels: Names shown instead of the rows.
        visible_columns: Numbers of the columns that are shown; all if None.
        visible: Whether the rows are on the page.
        preload: Number of the row that is loaded with the page, when results are cached; False for
            none.
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
        if cache_examples:
            warnings.warn(
                "cache_examples=True is not available in this version: a click fills the inputs "
                "and runs nothing. Use run_on_click=True to run the function.",
                UserWarning,
                stacklevel=2,
            )
        self.inputs = _as_list(inputs)
        self.outputs = _as_list(outputs)
        self.fn = fn
        self.cache_examples = False
        self.cache_mode = cache_mode
        self.preload = preload
        self.run_on_click = run_on_click
        self.preprocess, self.postprocess, self.batch = preprocess, postprocess, batch
        self.api_visibility, self.api_name = api_visibility, api_name
        self.api_description = api_description
        self.examples = _rows(examples, len(self.inputs))
        self.filled = [
            block
            for number, block in enumerate(self.inputs)
            if any(self._cell(row, number) is not None for row in self.examples)
        ]
        columns = self.filled
        if visible_columns is not None:
            columns = [self.inputs[i] for i in visible_columns]
        self.columns = columns
        samples = [
            [self._cell(row, self.inputs.index(b)) for b in columns] for row in self.examples
        ]
        self.dataset = cast("Any", class_of_tag("dataset"))(
            components=columns,
            samples=samples,
            type="tuple",
            label=label if label is not None else "Examples",
            samples_per_page=examples_per_page,
            elem_id=elem_id,
            visible=visible,
            sample_labels=example_labels,
        )
        self.load_input_event: Dependency | None = None
        self.create()

    @staticmethod
    def _cell(row: list[Any], column: int) -> Any:
        return row[column] if column < len(row) else None

    def create(self) -> None:
        """Attach the listeners that fill the inputs."""
        filled = self.filled
        numbers = [self.inputs.index(b) for b in filled]

        def load_example(sample: tuple[int, list[Any]] | None) -> Any:
            if sample is None:
                skips = [{"__type__": "update"} for _ in filled]
                return skips if len(filled) != 1 else skips[0]
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
            if self.fn is None:
                raise PropError(
                    "Examples() was given run_on_click=True without fn. Pass fn=… and outputs=…."
                )
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

    def cache(self, example_id: int | None = None, request: Any = None) -> None:
        """Compute results ahead; not in this version."""
        _ = example_id, request

    def load_from_cache(self, example_id: int, request: Any = None) -> list[Any]:
        """The stored results of a row; not in this version.

        Raises:
            PropError: always, as nothing is stored.
        """
        _ = request
        raise PropError(f"No result of example {example_id!r} is stored: caching is not available.")


def _filled(block: Component[Any, Any], value: Any) -> Component[Any, Any]:
    """The component as an update that sets it to an example: its own props and the value."""
    return cast("Component[Any, Any]", block.as_update(value=value))


def _as_list(given: Any) -> list[Component[Any, Any]]:
    if given is None:
        return []
    return [*given] if is_listing(given) else [given]


def _rows(examples: Any, width: int) -> list[list[Any]]:
    if isinstance(examples, str):
        return _rows_of_folder(examples, width)
    rows = list(examples)
    if not rows:
        raise PropError("Examples() was given no examples; expected at least one row.")
    if all(isinstance(row, (list, tuple)) for row in rows):
        made = [list(row) for row in rows]
        if width == 1 and any(len(row) != 1 for row in made):
            made = [[row] for row in rows]
    else:
        made = [[row] for row in rows]
    for row in made:
        if len(row) > width:
            raise PropError(
                f"Examples() was given the row {row!r} with {len(row)} values for {width} inputs; "
                "expected at most one value per input."
            )
    return made


def _rows_of_folder(folder: str, width: int) -> list[list[Any]]:
    import csv
    from pathlib import Path

    place = Path(folder)
    if not place.is_dir():
        raise PropError(
            f"Examples() was given {folder!r}, which is not a folder; expected one with log.csv."
        )
    log = place / "log.csv"
    if log.exists():
        with log.open(newline="") as lines:
            rows = list(csv.reader(lines))[1:]
        return [[_resolved(place, cell) for cell in row[:width]] for row in rows]
    if width != 1:
        raise PropError(f"{folder!r} has no log.csv, which rows of {width} inputs need.")
    return [
        [str(path)] for path in sorted(place.iterdir()) if path.is_file() and path.name[0] != "."
    ]


def _resolved(folder: Any, cell: str) -> str:
    path = folder / cell
    return str(path) if cell and path.is_file() else cell
