"""Modules hold no state: it hangs on a runtime, a session or an app.

Tables in capitals are constants, which nothing may change after their module was made.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping, MutableMapping, MutableSequence, MutableSet
from importlib import import_module

import pytest

from tests.rules.modules import module_names, source

ALLOWED: Mapping[str, str] = {
    "routes": "each topic of the server ends in the list of its routes",
}
"""Names of what is mutable and has to be there, with the reason."""
CACHED: Mapping[str, str] = {
    "limelight.settings.settings": "the environment is read once, so that it means the same always",
    "limelight.codegen.docstrings._classes": "sources do not change while their docs are written",
    "limelight.server.middleware._date": "one `Date` header a second, the same for every app",
    "limelight.codegen.docstrings._own_docs": "sources do not change while their docs are written",
}
"""`module.name` of functions that keep their results for the process, with the reason."""
CHANGES = {
    "add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove",
    "setdefault", "update",
}  # fmt: skip
MUTABLE = (MutableMapping, MutableSequence, MutableSet)


@pytest.mark.parametrize("module", module_names())
def test_a_module_holds_no_mutable_object(module: str) -> None:
    made = import_module(module)
    found = [
        name
        for name, value in vars(made).items()
        if isinstance(value, MUTABLE)
        and not name.startswith("__")
        and name.strip("_").upper() != name.strip("_")
        and name not in ALLOWED
    ]
    assert found == []


@pytest.mark.parametrize("module", module_names())
def test_a_module_changes_none_of_its_tables(module: str) -> None:
    tree = ast.parse(source(module))
    tables = {
        target.id
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    found: list[str] = []
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        local = {a.arg for a in [*function.args.args, *function.args.kwonlyargs]}
        for node in ast.walk(function):
            name = _changed(node)
            if name in tables - local:
                found.append(f"{function.name}, line {getattr(node, 'lineno', 0)}: {name}")
    assert found == []


def _changed(node: ast.AST) -> str | None:
    """The name that a statement or call changes, if it is a change of a table."""
    if isinstance(node, ast.Global):
        return node.names[0]
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
        return node.value.id if isinstance(node.value, ast.Name) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return owner.id if node.func.attr in CHANGES and isinstance(owner, ast.Name) else None
    return None


@pytest.mark.parametrize("module", module_names())
def test_a_function_that_remembers_for_the_process_is_listed(module: str) -> None:
    kind = type(functools.cache(lambda: None))
    found = [
        name
        for name, value in vars(import_module(module)).items()
        if isinstance(value, kind)
        and getattr(value, "__module__", None) == module
        and f"{module}.{name}" not in CACHED
    ]
    assert found == []
