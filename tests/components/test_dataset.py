"""Dataset: rows, conversions and refusals."""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING, Any

import pytest

from limelight.components.dataset.dataset import Dataset
from limelight.components.number.number import Number
from limelight.components.textbox.textbox import Textbox
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from limelight.core.component import Component


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Dataset).parameters
    expected = {
        "label": None,
        "show_label": True,
        "components": None,
        "component_props": None,
        "samples": None,
        "headers": None,
        "type": "values",
        "layout": None,
        "samples_per_page": 10,
        "container": True,
        "scale": None,
        "min_width": 160,
        "proxy_url": None,
        "sample_labels": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(Dataset.events) == ["change", "click", "select"]


def test_the_page_gets_rows_headers_and_what_draws_them() -> None:
    columns: list[Component[Any, Any]] = [Textbox(label="w"), Number(label="h")]
    props = Dataset(components=columns, samples=[["a", 3], ["b", 5]]).wire_props()
    assert [column["name"] for column in props["components"]] == ["textbox", "number"]
    assert props["samples"] == [["a", 3], ["b", 5]]
    assert props["headers"] == ["w", "h"]
    assert [column["label"] for column in props["component_props"]] == ["w", "h"]
    assert "label" not in props
    assert "layout" not in props


def test_without_labels_there_are_no_headers() -> None:
    assert Dataset(components=["textbox"], samples=[["a"]]).headers == []


@pytest.mark.parametrize(
    ("kind", "value"), [("values", ["b"]), ("index", 1), ("tuple", (1, ["b"]))]
)
def test_functions_get_the_chosen_row(kind: Any, value: Any) -> None:
    field = Dataset(components=["textbox"], samples=[["a"], ["b"]], type=kind)
    assert field.preprocess(1) == value
    assert field.preprocess(None) is None


@pytest.mark.parametrize("payload", [2, -1, "1", 1.0, True, [0]])
def test_a_row_that_is_not_there_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected the number of a row, 0 to 1"):
        Dataset(components=["textbox"], samples=[["a"], ["b"]]).preprocess(payload)


def test_the_page_gets_the_number_of_a_row() -> None:
    field = Dataset(components=["textbox"], samples=[["a"], ["b"]])
    assert [field.postprocess(value) for value in (1, ["b"], ["z"], None)] == [1, 1, None, None]
    with pytest.raises(ValueRejected, match="expected the number of a row, or the row"):
        field.postprocess("b")  # type: ignore[arg-type]  # what a function may return by mistake


def test_rows_of_an_update_can_be_chosen() -> None:
    changed = copy.copy(Dataset(components=["textbox"], samples=[["a"]]))
    changed.samples = Dataset(samples=[["x"], ["y"]]).samples
    assert changed.preprocess(1) == ["y"]


def test_a_single_value_is_a_row_and_rows_may_be_short() -> None:
    assert Dataset(components=["textbox"], samples=["abc"]).samples == [["abc"]]  # type: ignore[list-item]
    assert Dataset(components=["textbox", "number"], samples=[["a"]]).samples == [["a"]]


def test_a_row_that_is_too_long_is_refused() -> None:
    with pytest.raises(PropError, match=r"row \['a', 1\] with 2 values for 1 components"):
        Dataset(components=["textbox"], samples=[["a", 1]])


def test_the_schema_is_a_number() -> None:
    assert Dataset().api_info()["type"] == "integer"
    assert (Dataset().example_payload(), Dataset().example_value()) == (0, [])
