"""JSON schemas of Python annotations, and Python type texts of JSON schemas."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from typing import Any

from limelight.core.filedata import FileData
from limelight.core.narrow import is_object
from limelight.wire.files import FILE_SCHEMA

__all__ = ["python_type", "schema_of"]

_SIMPLE: dict[Any, dict[str, Any]] = {
    Any: {},
    None: {"type": "null"},
    type(None): {"type": "null"},
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "format": "byte"},
    dict: {"type": "object", "additionalProperties": {}},
    list: {"type": "array", "items": {}},
    tuple: {"type": "array"},
    set: {"type": "array", "uniqueItems": True},
}

_FILE: dict[str, Any] = {
    **{name: member for name, member in FILE_SCHEMA.items() if name != "$defs"},
    "properties": {
        **FILE_SCHEMA["properties"],
        "meta": FILE_SCHEMA["$defs"]["FileDataMeta"],
    },
}
"""A file without references, so that it can stand inside other schemas."""


def schema_of(hint: Any) -> dict[str, Any]:
    """The JSON schema of an annotation; `{}` when nothing is known of it."""
    import enum

    try:
        if hint in _SIMPLE:
            return dict(_SIMPLE[hint])
    except TypeError:  # not hashable
        return {}
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is not None:
        return _generic(origin, args)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and issubclass(hint, FileData):
        return _FILE
    if isinstance(hint, type) and getattr(hint, "__annotations__", None):
        return _object(hint)
    return {}


def _generic(origin: Any, args: tuple[Any, ...]) -> dict[str, Any]:
    if origin in (typing.Union, types.UnionType):
        options = [schema_of(a) for a in args if a is not type(None)]
        is_optional = len(options) < len(args)
        return {"oneOf": [{"type": "null"}, *options]} if is_optional else {"anyOf": options}
    if origin is typing.Literal:
        return {"const": args[0]} if len(args) == 1 else {"enum": list(args)}
    if origin is typing.Annotated:
        return schema_of(args[0])
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    if origin is tuple and args[1:] != (Ellipsis,):
        return {
            "type": "array",
            "prefixItems": [schema_of(a) for a in args],
            "minItems": len(args),
            "maxItems": len(args),
        }
    if origin in (set, frozenset):
        return {"type": "array", "items": schema_of(args[0]), "uniqueItems": True}
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return {"type": "array", "items": schema_of(args[0]) if args else {}}
    return {}


def _object(cls: type) -> dict[str, Any]:
    try:
        hints = typing.get_type_hints(cls)
        marked = typing.get_type_hints(cls, include_extras=True)
    except (AttributeError, NameError, SyntaxError, TypeError):  # what it names is not there
        return {"type": "object"}
    optional = _optional_fields(cls)
    # Annotations that are texts do not tell `TypedDict` of this marker.
    optional |= {n for n, h in marked.items() if typing.get_origin(h) is typing.NotRequired}
    return {
        "type": "object",
        "properties": {name: schema_of(hint) for name, hint in hints.items()},
        "required": [name for name in hints if name not in optional],
    }


def _optional_fields(cls: type[Any]) -> set[str]:
    """Fields of a dataclass, named tuple, typed dictionary or plain class that may be left away."""
    import dataclasses

    fields: dict[str, dataclasses.Field[Any]] = getattr(cls, "__dataclass_fields__", {})
    if fields:
        kinds = (dataclasses.MISSING, dataclasses.MISSING)
        return {n for n, f in fields.items() if (f.default, f.default_factory) != kinds}
    for listed in ("_field_defaults", "__optional_keys__"):
        names: Any = getattr(cls, listed, None)
        if names is not None:
            return set(names)
    annotated: dict[str, Any] = cls.__annotations__
    return {name for name in annotated if hasattr(cls, name)}


def _is_file(schema: dict[str, Any], definitions: dict[str, Any]) -> bool:
    properties: Any = schema.get("properties", {})
    if not is_object(properties) or "path" not in properties or "meta" not in properties:
        return False
    meta = _resolved(properties["meta"], definitions)
    marker = meta.get("properties", {}).get("_type", {}).get("const")
    default: Any = meta.get("default") or {}
    return "gradio.FileData" in (marker, default.get("_type"))


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        found: Any = definitions.get(reference.rsplit("/", 1)[-1], {})
        return found if is_object(found) else {}
    return schema


_ANY_JSON = "str | float | bool | list | dict"
_NAMES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}


def python_type(schema: dict[str, Any], definitions: dict[str, Any] | None = None) -> str:
    """A schema as Python type text; the wording is what clients of the protocol print.

    A definition inside itself is `Any`.
    """
    defs = definitions if definitions is not None else schema.get("$defs", {})
    reference = schema.get("$ref")
    schema = _resolved(schema, defs)
    if isinstance(reference, str):
        defs = {name: own for name, own in defs.items() if name != reference.rsplit("/", 1)[-1]}
    if schema == {"type": {}}:
        return _ANY_JSON
    if _is_file(schema, defs):
        return "filepath"
    for keyword, write in _COMBINATIONS.items():
        if keyword in schema:
            return write(schema[keyword], defs)
    kind = schema.get("type")
    if kind == "array":
        return f"list[{python_type(schema.get('items', {}), defs)}]"
    if kind == "object":
        return _object_text(schema, defs)
    if isinstance(kind, str):
        return _NAMES.get(kind, "Any")
    return _ANY_JSON if "json" in str(schema).lower() else "Any"


def _union_text(options: list[dict[str, Any]], defs: dict[str, Any]) -> str:
    return " | ".join(python_type(option, defs) for option in options)


def _listed(items: list[dict[str, Any]], defs: dict[str, Any]) -> str:
    return ", ".join(python_type(item, defs) for item in items)


_COMBINATIONS: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "const": lambda value, _: f"Literal[{value!r}]",
    "enum": lambda values, _: f"Literal[{', '.join(map(repr, values))}]",
    "anyOf": _union_text,
    "oneOf": _union_text,
    "allOf": lambda options, defs: f"All[{_listed(options, defs)}]",
    "prefixItems": lambda items, defs: f"tuple[{_listed(items, defs)}]",
}


def _object_text(schema: dict[str, Any], defs: dict[str, Any]) -> str:
    parts: list[str] = []
    for name, inner in schema.get("properties", {}).items():
        note = f" ({inner['description']})" if inner.get("description") else ""
        parts.append(f"{name}: {python_type(inner, defs)}{note}")
    if "additionalProperties" in schema:
        extra = schema["additionalProperties"]
        parts.append(f"str, {python_type(extra if is_object(extra) else {}, defs)}")
    return f"dict({', '.join(parts)})"
