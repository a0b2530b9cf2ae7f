"""Dataset: rows of samples to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.describe import class_id
from limelight.core.lookup import component
from limelight.core.narrow import is_listing
from limelight.core.props import derived, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Dataset"]


class Dataset(Component[int | None, Any], tag="dataset"):
    """Rows of samples; a click on one gives its values to a listener."""

    label: str | None = None
    """Its name, shown above it."""
    components: Sequence[Component[Any, Any]] | list[str] | None = prop(default=None, wire=False)
    """What draws each column: components, or their names."""
    component_props: list[dict[str, Any]] | None = None
    """Props of the components that draw the columns; taken from `components` if None."""
    samples: list[list[Any]] | None = None
    """The rows; one value per component each."""
    headers: list[str] | None = None
    """Titles of the columns; the components' labels if None."""
    type: Literal["values", "index", "tuple"] = "values"
    """What a listener gets: the row, its number, or both as a pair."""
    layout: Literal["gallery", "table"] | None = None
    """How the rows are drawn; a gallery for one column, a table for more, if None."""
    samples_per_page: int = 10
    """Most rows shown at once."""
    container: bool = True
    """Whether it is drawn in a frame."""
    min_width: int | None = 160
    """Pixels it needs."""
    show_label: bool | None = True
    """Whether the label is shown."""
    proxy_url: str | None = None
    """Accepted for old apps."""
    sample_labels: list[str] | None = None
    """Names shown instead of the rows."""

    change = events.change
    click = events.click
    select = events.select

    def setup(self) -> None:
        super().setup()
        self._columns: list[Component[Any, Any]] = []
        for given in self.components or []:
            made: Any = component(given)
            if not issubclass(type(made), Component):
                raise PropError(
                    f"Dataset() was given {given!r}; expected a component with a value."
                )
            self._columns.append(made)
        given_rows: list[Any] = self.samples or []
        self.raw_samples: list[list[Any]] = [
            list(row) if is_listing(row) else [row]
            for row in given_rows
            if not is_listing(row) or row
        ]
        """The rows as given, with Python values."""
        self.samples = [self._shown(row) for row in self.raw_samples]
        self._shown_samples = self.samples
        if self.component_props is None:
            self.component_props = [_column_props(column) for column in self._columns]
        if self.headers is None:
            labels = [column.label or "" for column in self._columns]
            self.headers = labels if any(labels) else []

    def _shown(self, row: list[Any]) -> list[Any]:
        """A row as the page draws it; as it is when the columns are not known (an update)."""
        if not self._columns:
            return row
        if len(row) > len(self._columns):
            raise PropError(
                f"Dataset() was given the row {row!r} with {len(row)} values for "
                f"{len(self._columns)} components; expected at most one value per component."
            )
        columns = zip(self._columns, row, strict=False)
        return [column.process_example(value) for column, value in columns]

    @property
    def rows(self) -> list[list[Any]]:
        """The rows that can be chosen now: those given first, or those of the last update."""
        return self.raw_samples if self.samples is self._shown_samples else self.samples or []

    def components_(self) -> list[dict[str, str]]:
        """Names of what draws the columns, for the browser."""
        return [{"name": c.tag, "class_id": class_id(type(c))} for c in self._columns]

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        props["components"] = self.components_()
        return props

    @derived
    def component_ids(self) -> list[int]:
        """Ids of the components on the page that draw the columns."""
        return [c.block_id for c in self._columns if c.graph is not None]

    def preprocess(self, payload: int | None) -> Any:
        """The chosen row, its number, or both; None when nothing is chosen.

        Raises:
            PayloadError: no row has this number.
        """
        if payload is None:
            return None
        rows = self.rows
        if type(payload) is not int or not 0 <= payload < len(rows):
            raise PayloadError(
                f"{self!r} got {payload!r}; expected the number of a row, 0 to {len(rows) - 1}."
            )
        row = rows[payload]
        if self.type == "index":
            return payload
        return (payload, row) if self.type == "tuple" else row

    def postprocess(self, value: int | list[Any] | None) -> int | None:
        """The number of the chosen row, for the number or the row itself; None chooses none.

        Raises:
            ValueRejected: it is neither a number nor a row.
        """
        if value is None or type(value) is int:
            return value
        if is_listing(value):
            row = list(value)
            return next((i for i, known in enumerate(self.rows) if known == row), None)
        raise ValueRejected(
            f"{self!r} was given {value!r:.80}; expected the number of a row, or the row. "
            "To change the rows, return gr.Dataset(samples=[...])."
        )

    def api_info(self) -> dict[str, Any]:
        return {"type": "integer", "description": "number of the sample, from 0"}

    def example_payload(self) -> Any:
        return 0

    def example_value(self) -> Any:
        return []


def _column_props(column: Component[Any, Any]) -> dict[str, Any]:
    hidden = ("name", "_selectable", "server_fns")
    return {name: value for name, value in column.wire_props().items() if name not in hidden}
