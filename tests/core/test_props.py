from __future__ import annotations

import inspect
from typing import ClassVar, Literal

import pytest

from limelight.core.block import Block
from limelight.core.props import closest, derived, prop
from limelight.errors import PropError


class Gauge(Block, tag="gauge"):
    """A test's own block."""

    low: float = prop(default=0, kw_only=False)
    """Lower end."""
    high: float = prop(default=10, kw_only=False)
    """Upper end."""
    kind: Literal["bar", "dial"] = "bar"
    """How it is drawn."""
    secret: str | None = prop(default=None, wire=False)
    """For the server only."""
    marks: list[float] = prop(default_factory=list)
    """Lines across."""
    shape: ClassVar[str] = "round"
    _private: int = 3

    @derived
    def span(self) -> float:
        return self.high - self.low


class Meter(Gauge, tag="gauge"):
    """A gauge with another order of arguments."""

    unit: str = prop(kw_only=False)  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    """What it measures; required."""
    low: float = 5
    """By name only, here."""


def test_annotated_attributes_become_the_constructor() -> None:
    gauge = Gauge(1, high=4, kind="dial", elem_id="g")
    assert (gauge.low, gauge.high, gauge.kind, gauge.elem_id) == (1, 4, "dial", "g")
    assert (gauge.marks, gauge.visible, gauge.secret) == ([], True, None)


def test_defaults_that_can_change_are_made_for_each_instance() -> None:
    one, other = Gauge(), Gauge()
    one.marks.append(1)
    assert other.marks == []


def test_own_positional_props_come_first_and_inherited_ones_last() -> None:
    names = list(inspect.signature(Gauge).parameters)
    assert names[:5] == ["low", "high", "kind", "secret", "marks"]
    assert "shape" not in names
    assert "_private" not in names
    kinds = {p.name: p.kind for p in inspect.signature(Gauge).parameters.values()}
    assert kinds["high"] is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert kinds["visible"] is inspect.Parameter.KEYWORD_ONLY
    assert "render" in names
    assert "is_rendered" not in names


def test_a_subclass_may_change_place_and_default() -> None:
    signature = inspect.signature(Meter)
    assert list(signature.parameters)[:2] == ["unit", "high"]
    assert signature.parameters["unit"].default is inspect.Parameter.empty
    assert signature.parameters["low"].default == 5
    assert list(inspect.signature(Meter.__init__).parameters)[:2] == ["self", "unit"]


def test_the_constructor_can_be_called_by_a_subclass() -> None:
    class Own(Gauge):
        def __init__(self, name: str) -> None:
            Gauge.__init__(self, 1, elem_id=name)

    assert Own("x").elem_id == "x"
    assert list(inspect.signature(Own).parameters) == ["name"]


def test_the_browser_gets_what_it_may_and_what_is_not_none() -> None:
    assert Gauge(secret="s", marks=[2]).wire_props() == {
        "low": 0,
        "high": 10,
        "kind": "bar",
        "marks": [2],
        "visible": True,
        "elem_classes": [],
        "preserved_by_key": [],
        "span": 10,
        "name": "gauge",
    }


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        ((), {"hihg": 1}, r"Gauge\(\) has no prop 'hihg'\. Did you mean 'high'\?"),
        ((), {"zzz": 1}, r"Gauge\(\) has no prop 'zzz'\.$"),
        ((1, 2, 3), {}, r"was given 3 positional arguments; it takes 2 \(low, high\)"),
        ((1,), {"low": 1}, r"'low' twice"),
    ],
)
def test_what_does_not_fit_is_named(
    args: tuple[float, ...], kwargs: dict[str, float], text: str
) -> None:
    make: type[Block] = Gauge
    with pytest.raises(PropError, match=text):
        make(*args, **kwargs)  # type: ignore[arg-type]  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_a_required_prop_is_asked_for() -> None:
    with pytest.raises(PropError, match=r"not given 'unit', which it needs\. Pass unit=…"):
        Meter()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def test_an_instance_remembers_what_it_was_given() -> None:
    assert Gauge(1, kind="dial", secret="s").given_props() == {"low": 1, "kind": "dial"}


def test_the_nearest_name_is_found_or_nothing() -> None:
    assert closest("lable", ["label", "value"]) == " Did you mean 'label'?"
    assert closest("xyz", ["label", "value"]) == ""
