"""Dataset: rows of samples to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.lookup import component
from limelight.core.props import derived, prop
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Dataset"]


class Dataset(Component[int, Any], tag="dataset"):
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
            made = component(given)
            if not isinstance(made, Component):
                raise PropError(f"Dataset() was given {given!r}; expected a component with a value.")
            self._columns.append(made)
        self.raw_samples: list[list[Any]] = [list(row) for row in self.samples or [[]] if row]
        for row in self.raw_samples:
            if self._columns and len(row) != len(self._columns):
                raise PropError(
                    f"Dataset() was given the row {row!r} with {len(row)} values for {len(self._columns)} "
                    "components; expected one value per component."
                )
        self.samples = [
            [column.process_example(value) for column, value in zip(self._columns, row, strict=False)]
            for row in self.raw_samples
        ]
        if self.component_props is None:
            self.component_props = [_column_props(column) for column in self._columns]
        if self.headers is None and any(column.label for column in self._columns):
            self.headers = [column.label or "" for column in self._columns]
        if self.label is None and "label" not in self._given:
            self.label = "Examples"

    def components_(self) -> list[dict[str, str]]:
        """Names of what draws the columns, for the browser."""
        return [{"name": column.tag} for column in self._columns]

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
        if type(payload) is not int or not 0 <= payload < len(self.raw_samples):
            raise PayloadError(
                f"{self!r} got {payload!r}; expected the number of a row, 0 to {len(self.raw_samples) - 1}."
            )
        row = self.raw_samples[payload]
        if self.type == "index":
            return payload
        return (payload, row) if self.type == "tuple" else row

    def postprocess(self, value: Any) -> Any:
        """The number of the chosen row."""
        return None if value is None else int(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "integer", "description": "number of the sample, from 0"}

    def example_payload(self) -> Any:
        return 0

    def example_value(self) -> Any:
        return []


def _column_props(column: Component[Any, Any]) -> dict[str, Any]:
    hidden = ("name", "_selectable", "server_fns")
    return {name: value for name, value in column.wire_props().items() if name not in hidden}
