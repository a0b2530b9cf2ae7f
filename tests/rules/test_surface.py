"""Names, signatures, defaults and events that apps written for Gradio 6.31 rely on.

`tests/golden/api_surface.json` holds the facts of the names that we have.
"""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from typing import Any

import pytest

import limelight
from limelight import catalog, compat
from limelight.core.events import CATALOGUE
from limelight.core.trigger import Dependency, Trigger
from tests.rules.modules import ROOT

SURFACE: dict[str, Any] = json.loads((ROOT / "tests/golden/api_surface.json").read_text("utf-8"))
NAMES: dict[str, Any] = SURFACE["names"]
POSITIONAL = ("positional_only", "positional_or_keyword")
VARIADIC = ("var_positional", "var_keyword")


def parameters(thing: Any, *, skip_self: bool = False) -> dict[str, inspect.Parameter]:
    try:
        found = list(inspect.signature(thing).parameters.values())
    except ValueError:  # a subclass of `str` before Python 3.13
        return {}
    return {p.name: p for p in found[1 if skip_self else 0 :]}


def kind(parameter: inspect.Parameter) -> str:
    return parameter.kind.name.lower()


def differences(where: str, wanted: list[Any], have: dict[str, inspect.Parameter]) -> list[str]:
    """How our parameters differ from the recorded ones, as a caller would find out."""
    kinds = {kind(p) for p in have.values()}
    have_order = [p.name for p in have.values() if kind(p) in POSITIONAL]
    want_order = [name for name, wanted_kind, _ in wanted if wanted_kind in POSITIONAL]
    found: list[str] = []
    for name, wanted_kind, default in wanted:
        if wanted_kind in VARIADIC:
            if wanted_kind not in kinds:
                found.append(f"{where}: takes no {wanted_kind}")
            continue
        ours = have.get(name)
        if ours is None:
            found.append(f"{where}: no parameter {name!r}")
            continue
        if wanted_kind in POSITIONAL:
            place = want_order.index(name)
            if have_order[place : place + 1] != [name] and "var_positional" not in kinds:
                found.append(f"{where}: {name!r} is not argument {place}")
        our_default = repr(ours.default)
        if default is not None and our_default != default:
            found.append(f"{where}: {name}={our_default}, wanted {default}")
    known = {name for name, _, _ in wanted}
    for name, ours in have.items():
        if ours.default is ours.empty and kind(ours) not in VARIADIC and name not in known:
            found.append(f"{where}: {name!r} of ours is required")
    return found


def has_member(thing: Any, name: str) -> bool:
    """Whether instances have it: on the class, among its fields, or set by its constructor."""
    if hasattr(thing, name) or name in getattr(thing, "__annotations__", {}):
        return True
    return f"self.{name}" in "".join(
        inspect.getsource(cls) for cls in thing.__mro__ if cls.__module__.startswith("limelight")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_name_takes_the_recorded_arguments(name: str) -> None:
    facts, thing = NAMES[name], getattr(limelight, name)
    if "same_as" in facts:
        assert thing is getattr(limelight, facts["same_as"])
        return
    assert differences(name, facts["params"], parameters(thing)) == []


@pytest.mark.parametrize("name", [n for n, facts in NAMES.items() if "events" in facts])
def test_a_component_has_the_recorded_events(name: str) -> None:
    cls = getattr(limelight, name)
    assert set(NAMES[name]["events"]) - {*cls.events, *dir(cls)} == set()
    assert list(cls.EVENTS) == list(cls.events)


@pytest.mark.parametrize("name", [n for n, f in NAMES.items() if "methods" in f or "members" in f])
def test_a_class_has_the_recorded_members(name: str) -> None:
    facts, cls = NAMES[name], getattr(limelight, name)
    assert [m for m in facts.get("members", []) if not has_member(cls, m)] == []
    found: list[str] = []
    for method, wanted in facts.get("methods", {}).items():
        if not hasattr(cls, method):
            found.append(f"no {name}.{method}")
            continue
        is_bound = inspect.ismethod(getattr(cls, method))
        is_static = isinstance(inspect.getattr_static(cls, method), staticmethod)
        have = parameters(getattr(cls, method), skip_self=not is_bound and not is_static)
        found += differences(f"{name}.{method}", wanted, have)
    assert found == []


def test_a_listener_takes_the_recorded_arguments() -> None:
    have = parameters(Trigger.__call__, skip_self=True)
    usual = {
        "show_progress": "'full'",
        "trigger_mode": "None",
    }  # an event's own, when none is given
    wanted = [p if p[0] not in usual else [p[0], p[1], "None"] for p in SURFACE["listener"]]
    assert differences("listener", wanted, have) == []


@pytest.mark.parametrize("event", SURFACE["listener_overrides"])
def test_an_event_has_defaults_of_its_own(event: str) -> None:
    assert SURFACE["listener_overrides"][event] == {
        "show_progress": repr(CATALOGUE[event].show_progress)
    }


@pytest.mark.parametrize("chain", SURFACE["chains"])
def test_a_listener_can_be_chained(chain: str) -> None:
    assert isinstance(vars(Dependency)[chain], property)


@pytest.mark.parametrize("submodule", SURFACE["submodules"])
def test_a_submodule_has_the_recorded_names(submodule: str) -> None:
    compat.install()
    for package in ("limelight", "gradio"):
        module = import_module(f"{package}.{submodule}")
        names = SURFACE["submodules"][submodule]
        if package == "limelight" and submodule.startswith("components."):
            continue  # our folders of components export nothing
        assert [name for name in names if not hasattr(module, name)] == []


def test_what_is_ours_alone_is_known() -> None:
    assert set(catalog.NAMES) - set(NAMES) <= {
        "AnyWidget",
        "ChatThreads",
        "DateRange",
        "FileSize",
        "Form",
        "JSONEditor",
        "Metric",
        "Modal",
        "NamedString",
        "NoAnswer",
        "Pagination",
        "Pills",
        "Popover",
        "RangeSlider",
        "Rating",
        "SegmentedControl",
        "Skeleton",
        "Steps",
        "Switch",
        "TaskList",
        "Terminal",
        "Time",
        "Tooltip",
        "Trail",
        "TreeSelect",
        "ask",
    }
