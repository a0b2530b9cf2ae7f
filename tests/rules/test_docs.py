"""Every public thing says what it is; the reference is made from that."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from typing import Any

import pytest

from limelight import catalog, errors
from limelight.core.events import CATALOGUE
from tests.rules.modules import module_names, source


def public_parts(module: str) -> list[tuple[str, Any]]:
    """What a module defines and exports, and the public members of its classes, by name."""
    made = import_module(module)
    found: list[tuple[str, Any]] = []
    for name in getattr(made, "__all__", []):
        thing = getattr(made, name)
        if getattr(thing, "__module__", None) != module or not (
            inspect.isclass(thing) or inspect.isfunction(thing)
        ):
            continue
        found.append((name, thing))
        for member, value in vars(thing).items() if inspect.isclass(thing) else ():
            is_callable = inspect.isfunction(value) or isinstance(
                value, (property, classmethod, staticmethod)
            )
            if is_callable and not member.startswith("_"):
                found.append((f"{name}.{member}", getattr(thing, member)))
    return found


@pytest.mark.parametrize("module", module_names())
def test_a_module_says_what_it_is(module: str) -> None:
    text = source(module)
    if not text.strip():
        return  # an `__init__.py` that only marks its folder
    doc = ast.get_docstring(ast.parse(text))
    assert doc, f"{module} has no docstring"
    assert re.search(r"[.:`)]$", doc.split("\n\n")[0]), doc


@pytest.mark.parametrize("module", module_names())
def test_what_a_module_exports_says_what_it_is(module: str) -> None:
    silent = [name for name, thing in public_parts(module) if not inspect.getdoc(thing)]
    assert silent == []


@pytest.mark.parametrize("module", module_names())
def test_the_first_sentence_of_a_docstring_ends(module: str) -> None:
    endless = [
        name
        for name, thing in public_parts(module)
        if not re.search(r"[.:?]$", (inspect.getdoc(thing) or ".").split("\n\n")[0])
    ]
    assert endless == []


@pytest.mark.parametrize("event", sorted(CATALOGUE))
def test_an_event_has_a_sentence(event: str) -> None:
    assert re.fullmatch(r"[A-Z`].+\.", CATALOGUE[event].doc)


@pytest.mark.parametrize("tag", sorted(catalog.TAGS))
def test_every_event_of_a_component_is_in_the_catalogue(tag: str) -> None:
    cls = getattr(import_module(catalog.NAMES[catalog.TAGS[tag]]), catalog.TAGS[tag])
    assert set(cls.events) <= set(CATALOGUE)


def test_every_error_is_in_the_tree_and_has_a_code_of_its_own() -> None:
    tree = errors.__doc__ or ""
    classes = [getattr(errors, name) for name in errors.__all__]
    assert [c.__name__ for c in classes if c.__name__ not in tree] == []
    codes = [c.code for c in classes]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []
    assert [c.__name__ for c in classes if not issubclass(c, errors.LimelightError)] == []
