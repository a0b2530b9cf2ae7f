"""The edits between two successive outputs of a generator.

The format is the protocol's: `[action, path, value]` with the actions replace, append, add and
delete, applied in order.
Equal parts are recognised by identity first, so an unchanged prefix costs nothing.
"""

from __future__ import annotations

from typing import Any

from limelight.core.narrow import is_array, is_object

__all__ = ["apply", "diff"]

Edit = list[Any]


def diff(old: Any, new: Any) -> list[Edit]:
    """Edits that turn `old` into `new`; none if they are equal."""
    edits: list[Edit] = []
    _collect(old, new, [], edits)
    return edits


def _collect(old: Any, new: Any, path: list[Any], edits: list[Edit]) -> None:
    if old is new:
        return
    if isinstance(old, str) and isinstance(new, str):
        if new == old:
            return
        if new.startswith(old):
            edits.append(["append", path, new[len(old) :]])
        else:
            edits.append(["replace", path, new])
    elif is_array(old) and is_array(new):
        _lists(old, new, path, edits)
    elif is_object(old) and is_object(new):
        _objects(old, new, path, edits)
    elif old != new:
        edits.append(["replace", path, new])


def _lists(old: list[Any], new: list[Any], path: list[Any], edits: list[Edit]) -> None:
    common = min(len(old), len(new))
    for index in range(common):
        _collect(old[index], new[index], [*path, index], edits)
    for _ in range(len(old) - common):
        edits.append(["delete", [*path, common], None])
    for index in range(common, len(new)):
        edits.append(["add", [*path, index], new[index]])


def _objects(old: dict[str, Any], new: dict[str, Any], path: list[Any], edits: list[Edit]) -> None:
    for key, value in old.items():
        if key in new:
            _collect(value, new[key], [*path, key], edits)
        else:
            edits.append(["delete", [*path, key], None])
    for key, value in new.items():
        if key not in old:
            edits.append(["add", [*path, key], value])


def apply(value: Any, edits: list[Edit]) -> Any:
    """What a reader has after the edits; `value` is changed in place where it can be."""
    for action, path, new in edits:
        if not path:
            value = value + new if action == "append" else new
            continue
        parent = value
        for step in path[:-1]:
            parent = parent[step]
        last = path[-1]
        if action == "replace":
            parent[last] = new
        elif action == "append":
            parent[last] = parent[last] + new
        elif action == "add":
            if is_array(parent):
                parent.insert(last, new)
            else:
                parent[last] = new
        else:
            del parent[last]
    return value
