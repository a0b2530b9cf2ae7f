from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, Optional, TypedDict, Union

import pytest

from limelight.core.schema import python_type, schema_of
from limelight.wire.files import FILE_SCHEMA, IMAGE_SCHEMA


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


class Point(NamedTuple):
    x: float
    y: float = 0.0


class Depth(TypedDict):
    depth: int


class Options(Depth, total=False):
    names: list[str]


@dataclass
class Box:
    size: int
    names: list[str] = field(default_factory=list)


class Plain:
    size: int
    name: str = ""


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (str, {"type": "string"}),
        (int, {"type": "integer"}),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
        (None, {"type": "null"}),
        (Any, {}),
        (list[int], {"type": "array", "items": {"type": "integer"}}),
        (Sequence[str], {"type": "array", "items": {"type": "string"}}),
        (Iterator, {}),
        (set[str], {"type": "array", "items": {"type": "string"}, "uniqueItems": True}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        (
            tuple[int, str],
            {
                "type": "array",
                "prefixItems": [{"type": "integer"}, {"type": "string"}],
                "minItems": 2,
                "maxItems": 2,
            },
        ),
        (dict[str, float], {"type": "object", "additionalProperties": {"type": "number"}}),
        (Literal["a"], {"const": "a"}),
        (Literal["a", "b"], {"enum": ["a", "b"]}),
        (int | None, {"oneOf": [{"type": "null"}, {"type": "integer"}]}),
        (Optional[str], {"oneOf": [{"type": "null"}, {"type": "string"}]}),  # noqa: UP045
        (
            int | str | None,
            {"oneOf": [{"type": "null"}, {"type": "integer"}, {"type": "string"}]},
        ),
        (Union[int, str], {"anyOf": [{"type": "integer"}, {"type": "string"}]}),  # noqa: UP007
        (Annotated[int, "words"], {"type": "integer"}),
        (Size, {"enum": ["s", "l"]}),
        (type[int], {}),
        ([], {}),
        (object, {}),
    ],
)
def test_annotations_become_schemas(hint: Any, schema: dict[str, Any]) -> None:
    assert schema_of(hint) == schema


def test_classes_with_fields_become_objects() -> None:
    assert schema_of(Point) == {
        "type": "object",
        "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
        "required": ["x"],
    }
    assert schema_of(Options) == {
        "type": "object",
        "properties": {
            "depth": {"type": "integer"},
            "names": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["depth"],
    }
    assert schema_of(Box)["required"] == ["size"]
    assert schema_of(Plain)["required"] == ["size"]


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({}, "Any"),
        ({"type": {}}, "str | float | bool | list | dict"),
        ({"description": "any valid json"}, "str | float | bool | list | dict"),
        ({"type": "string"}, "str"),
        ({"type": "integer"}, "int"),
        ({"type": "number"}, "float"),
        ({"type": "boolean"}, "bool"),
        ({"type": "null"}, "None"),
        ({"type": "colour"}, "Any"),
        ({"const": "a"}, "Literal['a']"),
        ({"enum": ["a", 1]}, "Literal['a', 1]"),
        ({"type": "array"}, "list[Any]"),
        ({"type": "array", "items": {"type": "string"}}, "list[str]"),
        ({"type": "array", "prefixItems": [{"type": "string"}, {}]}, "tuple[str, Any]"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "str | None"),
        ({"oneOf": [{"type": "null"}, {"type": "number"}]}, "None | float"),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "All[str, int]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict(str, int)"),
        ({"type": "object", "additionalProperties": True}, "dict(str, Any)"),
        (
            {
                "type": "object",
                "properties": {
                    "a": {"type": "string"},
                    "b": {"type": "integer", "description": "B"},
                },
            },
            "dict(a: str, b: int (B))",
        ),
        (FILE_SCHEMA, "filepath"),
        (IMAGE_SCHEMA, "filepath"),
        ({"$ref": "#/$defs/Size", "$defs": {"Size": {"type": "integer"}}}, "int"),
        ({"$ref": "#/$defs/Nowhere"}, "Any"),
        (
            {
                "$ref": "#/$defs/Tree",
                "$defs": {"Tree": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
            },
            "list[Any]",
        ),
        ({"type": "object", "properties": {"path": {}, "meta": {}}}, "dict(path: Any, meta: Any)"),
    ],
)
def test_schemas_become_the_types_that_clients_print(schema: dict[str, Any], text: str) -> None:
    assert python_type(schema) == text
