"""`fingerprint`: a short name for the content of any value.

Equal contents have equal names, whichever objects hold them. Keeps nothing.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import pickle
import struct
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from limelight.core.narrow import is_object
from limelight.errors import LimelightError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["NotNameable", "code_fingerprint", "fingerprint"]

_BYTES = 20
_DEEPEST = 100


class NotNameable(LimelightError):
    """A value has no content that could be compared."""

    code = "not-nameable"


def fingerprint(value: Any) -> bytes:
    """A name for the content of a value, the same for equal contents of the same types.

    Texts, numbers, dates, containers, dataclasses, enumerations, numpy arrays, PIL images, pandas
    tables and files are compared by their content; a `Path` by the file's size and time of change,
    too. What else there is, by what `pickle` writes of it.

    Raises:
        NotNameable: it cannot be pickled, or it contains itself.
    """
    return _digest(value, 0)


def _named(tag: str, *parts: bytes) -> bytes:
    """Parts of any length in an order that cannot be read another way."""
    made = hashlib.blake2b(digest_size=_BYTES)
    for part in (tag.encode(), *parts):
        made.update(struct.pack("<Q", len(part)))
        made.update(part)
    return made.digest()


def _digest(value: Any, depth: int) -> bytes:
    if depth > _DEEPEST:
        raise NotNameable(
            f"a value is nested more than {_DEEPEST} deep, or contains itself; expected less."
        )
    kind: Any = cast("Any", type(value))
    if value is None or kind in (bool, int, float, complex):
        return _named(kind.__name__, repr(value).encode())
    if kind is str:
        return _named("str", value.encode("utf-8", "surrogatepass"))
    if kind in (bytes, bytearray):
        return _named(kind.__name__, value)
    if kind in (list, tuple, dict, set, frozenset):
        return _container(value, kind.__name__, depth)
    special = _special(value, kind)
    if special is not None:
        return special(value, _name_of(kind), depth)
    return _pickled(value, _name_of(kind))


def _name_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _container(value: Any, name: str, depth: int) -> bytes:
    if is_object(value):  # two dictionaries with equal pairs are equal in any order
        pairs = [_digest(k, depth + 1) + _digest(v, depth + 1) for k, v in value.items()]
        return _named(name, *sorted(pairs))
    items: Iterable[Any] = value
    parts = [_digest(item, depth + 1) for item in items]
    return _named(name, *(sorted(parts) if isinstance(value, (set, frozenset)) else parts))


def _special(value: Any, kind: type) -> Callable[[Any, str, int], bytes] | None:
    """How values of a known kind are named; found by names, so that no library is imported."""
    if isinstance(value, enum.Enum):
        return _member
    if isinstance(value, PurePath):
        return _path
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields
    root = kind.__module__.partition(".")[0]
    if root == "numpy" and hasattr(value, "dtype"):
        return _array
    if root == "PIL" and hasattr(value, "tobytes"):
        return _picture
    if root == "pandas" and hasattr(value, "columns"):
        return _table
    if isinstance(value, (list, tuple, dict, set, frozenset, str)):
        return _derived
    return None


def _member(value: enum.Enum, name: str, depth: int) -> bytes:
    return _named(name, value.name.encode() if value.name else _digest(value.value, depth + 1))


def _path(value: PurePath, name: str, _depth: int) -> bytes:
    import os

    parts = [os.fsencode(value)]
    try:
        state = os.stat(value)
        parts.append(f"{state.st_size} {state.st_mtime_ns}".encode())
    except (OSError, ValueError):  # it names nothing here
        parts.append(b"-")
    return _named(name, *parts)


def _fields(value: Any, name: str, depth: int) -> bytes:
    members = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return _named(name, _container(members, "fields", depth))


def _array(value: Any, name: str, depth: int) -> bytes:
    facts = f"{value.dtype.str} {value.shape}".encode()
    if value.dtype.hasobject:
        return _named(name, facts, _digest(value.tolist(), depth + 1))
    return _named(name, facts, str(value.dtype.descr).encode(), value.tobytes())


def _picture(value: Any, name: str, depth: int) -> bytes:
    palette = value.getpalette() if value.mode == "P" else None
    facts = f"{value.mode} {value.size}".encode()
    _ = name  # the class only says which file format it came from
    return _named("picture", facts, _digest(palette, depth + 1), value.tobytes())


def _table(value: Any, name: str, depth: int) -> bytes:
    columns = [_digest(value.iloc[:, i].to_numpy(), depth + 1) for i in range(value.shape[1])]
    heads = [_digest([*value.columns], depth + 1), _digest(value.index.to_numpy(), depth + 1)]
    return _named(name, *heads, *columns)


def _derived(value: Any, name: str, depth: int) -> bytes:
    """A value of a class made from a container or text: its items, and what else it holds."""
    own = getattr(value, "__dict__", None)
    extra = _digest(own, depth + 1) if own else b""
    if isinstance(value, str):
        return _named(name, str.__str__(value).encode("utf-8", "surrogatepass"), extra)
    return _named(name, _container(value, "items", depth), extra)


def _pickled(value: Any, name: str) -> bytes:
    try:
        written = pickle.dumps(value, protocol=5)
    except Exception as problem:  # locks, sockets, lambdas: whatever their classes raise
        raise NotNameable(
            f"a {name} has no content to compare ({type(problem).__name__}: {problem}); expected "
            "a value that can be pickled."
        ) from problem
    return _named(name, written)


def code_fingerprint(fn: Callable[..., Any]) -> bytes:
    """A name for what a function does, as far as its own code and defaults say.

    What it calls and reads from outside is not looked at.
    """
    import functools
    import inspect

    parts: list[bytes] = []
    given: Any = fn
    while isinstance(given, functools.partial):
        parts += [_lenient(given.args), _lenient(given.keywords)]
        given = given.func
    given = inspect.unwrap(given)
    if not inspect.isroutine(given) and not inspect.isclass(given):
        parts.append(_lenient(given))
        given = type(given).__call__
    given = getattr(given, "__func__", given)
    code = getattr(given, "__code__", None)
    parts.append(_lenient(getattr(given, "__defaults__", None)))
    parts.append(_code(code) if code is not None else repr(given).encode())
    return _named(str(getattr(given, "__qualname__", "")), *parts)


def _code(code: Any) -> bytes:
    constants = [
        _code(item) if hasattr(item, "co_code") else repr(item).encode() for item in code.co_consts
    ]
    return _named("code", code.co_code, *(n.encode() for n in code.co_names), *constants)


def _lenient(value: Any) -> bytes:
    """A name that cannot fail: for what has no content, its kind alone."""
    try:
        return fingerprint(value)
    except NotNameable:
        return _named("unnamed", type(value).__qualname__.encode())
