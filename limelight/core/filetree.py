"""Files inside JSON: where they are in a payload, and which handle each one carries.

Opens nothing; what a handle stands for is known to `core/files.py` only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["FILE_ROUTE", "META_TYPE", "handle_in", "has_files", "has_unmarked", "walk_files"]

FILE_ROUTE = "gradio_api/file="
"""What stands before a handle in a URL."""
META_TYPE = "gradio.FileData"
"""`meta._type` of an object that is a file; clients look for exactly this."""

_HANDLE = re.compile(r"[0-9a-f]{32}/[^/\x00-\x1f]{1,200}")
_MAX_DEPTH = 200


def handle_in(text: str) -> str | None:
    """The handle in any form that clients send back: plain, or as a URL of the file route."""
    if _HANDLE.fullmatch(text):
        return text
    _, found, tail = text.partition(FILE_ROUTE)
    if not found:
        return None
    from urllib.parse import unquote

    handle = unquote(re.split(r"[?#]", tail, maxsplit=1)[0])
    return handle if _HANDLE.fullmatch(handle) else None


def _is_file(value: dict[str, Any]) -> bool:
    meta: Any = value.get("meta")
    kind = cast("type[object]", type(meta))
    if kind is not dict or meta.get("_type") != META_TYPE:
        return False
    return "path" in value or "url" in value


def _is_unmarked(value: dict[str, Any]) -> bool:
    return isinstance(value.get("path"), str) and not _is_file(value)


_CONTAINERS = (dict, list, tuple)


def _any_dict(value: Any, is_wanted: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether an object that `is_wanted` accepts is anywhere in `value`. Survives cycles."""
    stack: list[Any] = [value]
    seen: set[int] = set()
    while stack:
        item = stack.pop()
        kind = cast("type[object]", type(item))
        if kind not in _CONTAINERS or id(item) in seen:
            continue
        seen.add(id(item))
        if kind is dict and is_wanted(item):
            return True
        children: Iterable[Any] = item.values() if kind is dict else item
        stack.extend(child for child in children if type(child) in _CONTAINERS)
    return False


def has_files(value: Any) -> bool:
    """Whether an object that is marked as a file is anywhere in a JSON value."""
    return _any_dict(value, _is_file)


def has_unmarked(value: Any) -> bool:
    """Whether an object with a text as `path` that is not marked as a file is anywhere in it."""
    return _any_dict(value, _is_unmarked)


def walk_files(value: Any, visit: Callable[[dict[str, Any]], Any]) -> Any:
    """`value` with each file in it replaced by what `visit` returns for it.

    What holds no file is not copied: without files the same object comes back.

    Raises:
        PayloadError: a value with files is nested more than 200 levels deep.
    """
    return _rewrite(value, visit, 0) if has_files(value) else value


def _rewrite(value: Any, visit: Callable[[dict[str, Any]], Any], depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise PayloadError(
            f"a value with files is nested deeper than {_MAX_DEPTH} levels. Flatten it."
        )
    kind = cast("type[object]", type(value))
    if kind is dict:
        if _is_file(value):
            return visit(value)
        made = {key: _rewrite(inner, visit, depth + 1) for key, inner in value.items()}
        return made if any(made[key] is not value[key] for key in made) else value
    if kind is list or kind is tuple:
        items: list[Any] = [_rewrite(inner, visit, depth + 1) for inner in value]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return items if kind is list else tuple(items)
    return value
