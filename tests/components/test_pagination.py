"""Pagination: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from limelight.components.pagination.pagination import Pagination
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_pages_of_ten() -> None:
    parameters = inspect.signature(Pagination).parameters
    expected = {
        "total": 0,
        "page_size": 10,
        "value": 1,
        "type": "page",
        "siblings": 1,
        "boundaries": 1,
        "show_total": True,
        "page_sizes": None,
        "container": False,
        "show_label": False,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD] == ["total"]
    assert list(Pagination.events) == ["change", "input", "select"]


@pytest.mark.parametrize(
    ("total", "payload", "page", "entries"),
    [
        (25, 1, 1, slice(0, 10)),
        (25, 3, 3, slice(20, 25)),
        (25, 9, 3, slice(20, 25)),
        (25, None, 1, slice(0, 10)),
        (0, 4, 1, slice(0, 0)),
        (25, {"page": 2, "page_size": 20}, 2, slice(20, 25)),
        (25, {"page": 9, "page_size": 20}, 2, slice(20, 25)),
    ],
)
def test_functions_get_a_page_that_is_there(
    total: int, payload: Any, page: int, entries: slice
) -> None:
    assert Pagination(total, page_sizes=[10, 20]).preprocess(payload) == page
    assert Pagination(total, page_sizes=[10, 20], type="slice").preprocess(payload) == entries


@pytest.mark.parametrize("payload", [0, -1, "2", True, 1.5, [1], {"page": None}, {}])
def test_a_payload_that_is_no_page_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected the number of a page, from 1 on"):
        Pagination(100).preprocess(payload)


@pytest.mark.parametrize("size", [0, 7, 10_000_000, "10", None, True])
def test_a_size_that_is_not_offered_is_refused(size: Any) -> None:
    with pytest.raises(PayloadError, match=r"expected a page_size among \[10, 20\]"):
        Pagination(100, page_sizes=[20]).preprocess({"page": 1, "page_size": size})


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        (None, 1),
        (3, 3),
        (0, 1),
        (np.int64(4), 4),
        ({"page": 2, "page_size": 20}, {"page": 2, "page_size": 20}),
    ],
)
def test_the_page_gets_a_number(value: Any, payload: Any) -> None:
    assert Pagination(100).postprocess(value) == payload


@pytest.mark.parametrize("value", ["3", 1.5, True, [3], slice(0, 10), {"page": 1}])
def test_a_value_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match=r"return gr.Pagination\(total=...\)"):
        Pagination(100).postprocess(value)


@pytest.mark.parametrize(
    ("props", "reason"),
    [
        ({"total": -1}, "total=-1; expected a whole number, at least 0"),
        ({"page_size": 0}, "page_size=0; expected a whole number, at least 1"),
        ({"siblings": 1.5}, "siblings=1.5"),
        ({"page_sizes": [10, 0]}, r"page_sizes=\[10, 0\]; expected a list of whole numbers"),
        ({"type": "offset"}, "type='offset'; expected 'page' or 'slice'"),
    ],
)
def test_wrong_props_are_refused(props: dict[str, Any], reason: str) -> None:
    with pytest.raises(PropError, match=reason):
        Pagination(**props).check()


def test_flagged_values_come_back() -> None:
    pages = Pagination(100, page_sizes=[20])
    for payload in (3, {"page": 2, "page_size": 20}):
        assert pages.read_from_flag(pages.flag(payload)) == payload


def test_what_the_api_says() -> None:
    assert Pagination().api_info() == {"type": "integer", "minimum": 1}
    both = Pagination(page_sizes=[20]).api_info()["anyOf"][1]
    assert both["properties"]["page_size"]["enum"] == [10, 20]
    assert (Pagination().example_payload(), Pagination().example_value()) == (1, 1)
