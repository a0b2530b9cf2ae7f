"""Docstrings as data: Google sections, and the texts under attributes.

Reads source; writes nothing.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Doc", "attribute_docs", "one_line", "read"]

_SECTION = re.compile(r"(Args|Returns|Raises|Yields):")
_ENTRY = re.compile(r"(\*{0,2}\w+): ?(.*)")


class Doc(NamedTuple):
    """A docstring in its parts."""

    text: str
    """What stands before the first section."""
    args: dict[str, str]
    returns: str
    raises: dict[str, str]


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def read(documented: Callable[..., Any] | type) -> Doc:
    """The docstring of a class or function; an empty one for a class that has none of its own."""
    if isinstance(documented, type):
        given = documented.__dict__.get("__doc__") or ""
    else:
        given = inspect.getdoc(documented) or ""
    parts: dict[str, list[str]] = {"": []}
    section = ""
    for line in inspect.cleandoc(given).splitlines():
        found = _SECTION.fullmatch(line)
        if found is not None:
            section = found[1]
            parts[section] = []
        else:
            parts[section].append(line)
    return Doc(
        "\n".join(parts[""]).strip(),
        _entries(parts.get("Args", [])),
        one_line(" ".join(parts.get("Returns", parts.get("Yields", [])))),
        _entries(parts.get("Raises", [])),
    )


def _entries(lines: list[str]) -> dict[str, str]:
    """`name: text` by name; a line that is indented further goes on with the text above it."""
    found: dict[str, str] = {}
    name = ""
    for line in inspect.cleandoc("\n".join(lines)).splitlines():
        entry = _ENTRY.fullmatch(line)
        if entry is not None and not line.startswith(" "):
            name = entry[1].lstrip("*")
            found[name] = entry[2]
        elif name:
            found[name] = f"{found[name]} {line.strip()}"
    return found


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes at the top of a module, by name."""
    path = sys.modules[module].__file__
    if path is None:
        return {}
    tree = ast.parse(Path(path).read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _after(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement with the text under it."""
    for statement, below in pairwise(body):
        text = below.value if isinstance(below, ast.Expr) else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield statement, one_line(text.value)


def _name(statement: ast.stmt) -> str | None:
    """What a statement gives a value to: `name` in a class, `self.name` in its constructor."""
    if isinstance(statement, ast.AnnAssign):
        target: ast.expr = statement.target
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
    else:
        return None
    if isinstance(target, ast.Name):
        return target.id
    is_own = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)
    return target.attr if is_own and isinstance(target, ast.Attribute) else None


@cache
def _own_docs(cls: type) -> dict[str, str]:
    node = _classes(cls.__module__).get(cls.__qualname__)
    if node is None:
        return {}
    found = _texts(node.body)
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            found.update(_declared(item.body))
            found.update(_texts(item.body))
        elif isinstance(item, ast.If):  # fields that type checkers are not shown
            found.update(_texts(item.body))
    return found


def _texts(body: list[ast.stmt]) -> dict[str, str]:
    """The documented public names of a body."""
    named = ((_name(statement), text) for statement, text in _after(body))
    return {name: text for name, text in named if name is not None and name[0] != "_"}


def _declared(body: list[ast.stmt]) -> dict[str, str]:
    """The public attributes that a constructor gives a type, whether or not with a text."""
    names = (_name(statement) for statement in body if isinstance(statement, ast.AnnAssign))
    return {name: "" for name in names if name is not None and name[0] != "_"}


def attribute_docs(cls: type, *, inherited: bool = True) -> dict[str, str]:
    """The texts under the attributes of a class, by name."""
    found: dict[str, str] = {}
    for owner in cls.__mro__ if inherited else (cls,):
        if owner.__module__.startswith("limelight."):
            for name, text in _own_docs(owner).items():
                found.setdefault(name, text)
    return found
