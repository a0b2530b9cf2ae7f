"""JSON text to Python objects and back without loss, and whether a value meets a JSON Schema.

The part of JSON Schema that can be shown as hints while somebody edits; a library with all of it
would say nothing more to the reader, and would be one more thing to install.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["mismatch", "parse", "unknown", "write"]

_MOST_LEVELS = 100  # NOTE: document.ts takes as many

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_CHECKED = frozenset(
    (
        "type", "enum", "const", "properties", "required", "additionalProperties", "items",
        "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems",
    )
)  # fmt: skip
_SAID = frozenset(
    (
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "format",
        "deprecated", "readOnly", "writeOnly",
    )
)  # fmt: skip
_TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
}  # fmt: skip


def parse(text: str) -> Any:
    """The value of a JSON text, with NaN and the infinities.

    Raises:
        ValueError: it is no JSON, has a name twice, or too many levels; says where.
    """
    depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        depth += (sign in "[{") - (sign in "]}") if len(sign) == 1 else 0
        if depth > _MOST_LEVELS:
            raise ValueError(f"it has more than {_MOST_LEVELS} levels")
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} occurs twice in an object")
    return made


def write(value: Any) -> str:
    """A value as JSON text with a line for each item.

    Raises:
        TypeError, ValueError, RecursionError: it is no JSON.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False, default=_plain)
    try:
        text.encode()
    except UnicodeEncodeError:  # halves of characters, which only escapes can tell
        return json.dumps(value, indent=2, default=_plain)
    return text


def _plain(value: Any) -> Any:
    """What a value of another library is as JSON."""
    for name in ("tolist", "item"):  # arrays and their numbers
        convert = getattr(value, name, None)
        if callable(convert):
            return convert()
    from limelight.wire import codec

    return codec.decode(codec.encode(value))


def unknown(schema: Any) -> str | None:
    """The first part of a schema that is not checked, as text for a message."""
    if not is_object(schema):
        return f"the part {schema!r}"
    for name in schema:
        if name not in _CHECKED and name not in _SAID:
            return f"the keyword {name!r}"
    others = schema.get("additionalProperties")
    inner = [*schema.get("properties", {}).values(), *_given(schema, "items")]
    if others is not None and not isinstance(others, bool):
        inner.append(others)
    return next((found for part in inner if (found := unknown(part))), None)


def _given(schema: Mapping[str, Any], name: str) -> list[Any]:
    return [schema[name]] if name in schema else []


def mismatch(value: Any, schema: Mapping[str, Any]) -> str | None:
    """What about a value does not meet the schema first, as text; None if all does."""
    return next(_mismatches(value, schema, "the value"), None)


def _mismatches(value: Any, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    wanted = schema.get("type")
    types: list[str] = [wanted] if isinstance(wanted, str) else list(wanted or ())
    if types and not any(_is_of(value, each) for each in types):
        yield f"expected {where} to be of type {' or '.join(types)}"
        return
    allowed = schema.get("enum", _given(schema, "const") or None)
    if allowed is not None and not any(_is_same(value, each) for each in allowed):
        yield f"expected {where} to be one of {', '.join(map(repr, allowed))}"
    yield from _out_of_bounds(value, schema, where)
    if is_object(value):
        yield from _members(value, schema, where)
    elif is_array(value) and "items" in schema:
        for index, item in enumerate(value):
            yield from _mismatches(item, schema["items"], f"item {index} of {where}")


def _members(value: Mapping[Any, Any], schema: Mapping[str, Any], where: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"expected {where} to have {name!r}"
    properties: Mapping[str, Any] = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name, item in value.items():
        inner = properties.get(name, others)
        if inner is False:
            yield f"expected {where} to have no {name!r}"
        elif is_object(inner):
            yield from _mismatches(item, inner, f"{name!r} of {where}")


def _out_of_bounds(value: Any, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if _is_number(value):
        size, least, most, what = value, "minimum", "maximum", ""
    elif isinstance(value, str):
        size, least, most, what = len(value), "minLength", "maxLength", " characters"
    elif is_array(value):
        size, least, most, what = len(value), "minItems", "maxItems", " items"
    else:
        return
    if least in schema and not size >= schema[least]:
        yield f"expected {where} to be at least {schema[least]!r}{what}"
    if most in schema and not size <= schema[most]:
        yield f"expected {where} to be at most {schema[most]!r}{what}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_of(value: Any, name: str) -> bool:
    if name == "number":
        return _is_number(value)
    if name == "integer":
        return _is_number(value) and math.isfinite(value) and value == math.trunc(value)
    kind = _TYPES.get(name)
    return kind is not None and isinstance(value, kind)


def _is_same(value: Any, other: Any) -> bool:
    """As JSON has it: 1 is 1.0, and neither is true."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)
