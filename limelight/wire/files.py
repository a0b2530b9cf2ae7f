"""Files as they cross the wire. No behaviour."""

from __future__ import annotations

from typing import Any, TypedDict

__all__ = ["FILE_META", "FILE_SCHEMA", "IMAGE_SCHEMA", "FileDataDict"]

FILE_META = {"_type": "gradio.FileData"}
"""What marks an object as a file; clients look for exactly this."""


class FileDataDict(TypedDict, total=False):
    """A file on the wire."""

    path: str | None
    """Opaque handle, made by the server."""
    url: str | None
    size: int | None
    """Bytes."""
    orig_name: str | None
    mime_type: str | None
    is_stream: bool
    meta: dict[str, Any]


def _nullable(kind: str, title: str) -> dict[str, Any]:
    return {"anyOf": [{"type": kind}, {"type": "null"}], "default": None, "title": title}


_OPTIONAL: dict[str, Any] = {
    "url": _nullable("string", "Url"),
    "size": _nullable("integer", "Size"),
    "orig_name": _nullable("string", "Orig Name"),
    "mime_type": _nullable("string", "Mime Type"),
    "is_stream": {"default": False, "title": "Is Stream", "type": "boolean"},
}

FILE_SCHEMA: dict[str, Any] = {
    "$defs": {
        "FileDataMeta": {
            "properties": {
                "_type": {"const": "gradio.FileData", "title": "Type", "type": "string"}
            },
            "required": ["_type"],
            "title": "FileDataMeta",
            "type": "object",
        }
    },
    "properties": {
        "path": {"title": "Path", "type": "string"},
        **_OPTIONAL,
        "meta": {"$ref": "#/$defs/FileDataMeta"},
    },
    "required": ["path"],
    "title": "FileData",
    "type": "object",
}
"""JSON schema of a file; `meta._type` is how clients recognise it."""

IMAGE_SCHEMA: dict[str, Any] = {
    "properties": {
        "path": _nullable("string", "Path"),
        **_OPTIONAL,
        "meta": {
            "additionalProperties": True,
            "default": {"_type": "gradio.FileData"},
            "title": "Meta",
            "type": "object",
        },
    },
    "title": "ImageData",
    "type": "object",
}
"""JSON schema of an image: a file whose `path` may be null and whose `url` may be a `data:` URI."""
