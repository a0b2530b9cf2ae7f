"""Whether a JSON value fits a JSON schema, as far as `schema_of` writes schemas.

Says what is wrong in words; converts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.filedata import FileData
from limelight.core.narrow import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["mismatch"]

_DEPTH = 100
_ITEMS = 1000


def mismatch(schema: dict[str, Any], value: Any, where: str = "", depth: int = 0) -> str | None:
    """What is wrong with a value, and where in it; None if it fits.

    Numbers without a fraction are integers, however they are written; a file fits any object. Of a
    long list only the first thousand items are looked at, so that a check is always cheap.

    Args:
        schema: What is expected; unknown members of it are no restriction.
        value: JSON, with files as `FileData`.
        where: Path of the value in what is being checked, such as `[0].name`.
        depth: How many levels down that is; deeper than 100 nothing is checked.
    """
    if depth > _DEPTH or not schema:
        return None
    for options in (schema.get("oneOf"), schema.get("anyOf")):
        if options is not None:
            found = [mismatch(option, value, where, depth + 1) for option in options]
            return None if None in found else _closest(options, found, value, where)
    if "const" in schema or "enum" in schema:
        allowed: list[Any] = schema.get("enum", [schema.get("const")])
        return None if _is_among(value, allowed) else _wrong(value, where, _listed(allowed))
    kind = schema.get("type")
    if kind == "array":
        return _array(schema, value, where, depth)
    if kind == "object":
        return _object(schema, value, where, depth)
    return None if _is_kind(value, kind) else _wrong(value, where, _ARTICLES.get(str(kind), "?"))


_ARTICLES = {
    "null": "null",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}


def _is_kind(value: Any, kind: Any) -> bool:
    if kind == "null":
        return value is None
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return not isinstance(value, bool) and (
            isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        )
    if kind == "number":
        return not isinstance(value, bool) and isinstance(value, (int, float))
    return True


def _is_among(value: Any, allowed: list[Any]) -> bool:
    """Whether it is one of the values; unlike `in`, true is not 1."""
    return any(value == a and isinstance(value, bool) is isinstance(a, bool) for a in allowed)


def _short(value: Any) -> str:
    if isinstance(value, FileData):
        return "a file"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _listed(values: Iterable[Any]) -> str:
    return "one of " + ", ".join(map(repr, values))


def _wrong(value: Any, where: str, expected: str) -> str:
    return f"expected {expected}{f' at {where}' if where else ''}, got {_short(value)}"


def _closest(options: list[dict[str, Any]], found: list[str | None], value: Any, where: str) -> str:
    """What to say when no option fits: what is wrong inside, if one fits outside."""
    ending = f"got {_short(value)}"
    inside = [text for text in found if text is not None and not text.endswith(ending)]
    if inside:
        return inside[0]
    kinds = [_ARTICLES.get(str(option.get("type")), "another value") for option in options]
    return _wrong(value, where, " or ".join(dict.fromkeys(kinds)))


def _array(schema: dict[str, Any], value: Any, where: str, depth: int) -> str | None:
    if not is_array(value):
        return _wrong(value, where, "a list")
    places: list[dict[str, Any]] | None = schema.get("prefixItems")
    if places is not None and len(value) != len(places):
        return _wrong(value, where, f"a list of {len(places)}")
    for number, inner in enumerate(value[:_ITEMS]):
        expected = places[number] if places is not None else schema.get("items", {})
        found = mismatch(expected, inner, f"{where}[{number}]", depth + 1)
        if found is not None:
            return found
    return None


def _object(schema: dict[str, Any], value: Any, where: str, depth: int) -> str | None:
    if isinstance(value, FileData):
        return None
    if not is_object(value):
        return _wrong(value, where, "an object")
    properties: dict[str, Any] = schema.get("properties", {})
    missing = [name for name in schema.get("required", ()) if name not in value]
    if missing:
        return _wrong(value, where, f"an object with {missing[0]!r}")
    others: Any = schema.get("additionalProperties", {})
    for name, inner in value.items():
        expected = properties.get(name, others)
        found = mismatch(expected, inner, f"{where}.{name}" if where else str(name), depth + 1)
        if found is not None:
            return found
    return None
