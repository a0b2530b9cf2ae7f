"""JSON schema of a conversation, as the protocol has it."""

from __future__ import annotations

from typing import Any

from limelight.wire.files import FILE_SCHEMA

__all__ = ["CHAT_SCHEMA"]


def _object(title: str, properties: dict[str, Any], *required: str) -> dict[str, Any]:
    made: dict[str, Any] = {"properties": properties, "title": title, "type": "object"}
    if required:
        made["required"] = list(required)
    return made


def _text(title: str) -> dict[str, Any]:
    return {"title": title, "type": "string"}


def _kind(name: str) -> dict[str, Any]:
    return {"const": name, "default": name, "title": "Type", "type": "string"}


def _name(title: str) -> dict[str, Any]:
    return {"anyOf": [{"type": "integer"}, {"type": "string"}], "title": title}


def _maybe(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "default": None, **more}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _any_object(title: str) -> dict[str, Any]:
    return {"additionalProperties": True, "title": title, "type": "object"}


_PARTS = ("TextMessage", "FileMessage", "ComponentMessage")
_METADATA: dict[str, Any] = {
    "title": _text("Title"),
    "id": _name("Id"),
    "parent_id": _name("Parent Id"),
    "log": _text("Log"),
    "duration": {"title": "Duration", "type": "number"},
    "status": {"enum": ["pending", "done"], "title": "Status", "type": "string"},
}

CHAT_SCHEMA: dict[str, Any] = {
    "$defs": {
        "ComponentMessage": _object(
            "ComponentMessage",
            {
                "component": _text("Component"),
                "value": {"title": "Value"},
                "constructor_args": _any_object("Constructor Args"),
                "props": _any_object("Props"),
                "type": _kind("component"),
            },
            "component",
            "value",
            "constructor_args",
            "props",
        ),
        "FileData": {name: member for name, member in FILE_SCHEMA.items() if name != "$defs"},
        **FILE_SCHEMA["$defs"],
        "FileMessage": _object(
            "FileMessage",
            {
                "file": _ref("FileData"),
                "alt_text": _maybe({"type": "string"}, title="Alt Text"),
                "type": _kind("file"),
            },
            "file",
        ),
        "Message": _object(
            "Message",
            {
                "role": _text("Role"),
                "metadata": _maybe(_ref("MetadataDict")),
                "content": {
                    "items": {"anyOf": [_ref(part) for part in _PARTS]},
                    "title": "Content",
                    "type": "array",
                },
                "options": _maybe({"items": _ref("OptionDict"), "type": "array"}, title="Options"),
            },
            "role",
            "content",
        ),
        "MetadataDict": _object("MetadataDict", _METADATA),
        "OptionDict": _object(
            "OptionDict", {"value": _text("Value"), "label": _text("Label")}, "value"
        ),
        "TextMessage": _object(
            "TextMessage", {"text": _text("Text"), "type": _kind("text")}, "text"
        ),
    },
    "items": _ref("Message"),
    "title": "ChatbotDataMessages",
    "type": "array",
}
"""A list of messages."""
