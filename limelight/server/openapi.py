"""The API as an OpenAPI 3.0 document: upload, call by name, and read the result."""

from __future__ import annotations

from typing import Any

from limelight.server.options import VERSION

__all__ = ["document"]


def document(title: str, info: dict[str, Any]) -> dict[str, Any]:
    """The document for the public endpoints.

    Args:
        title: The app's title.
        info: The API description as at `/info`.
    """
    paths: dict[str, Any] = {"/gradio_api/upload": {"post": _upload()}}
    for name, endpoint in info["named_endpoints"].items():
        operation = name.removeprefix("/")
        paths[f"/gradio_api/call/v2{name}"] = {"post": _call(operation, endpoint)}
        paths[f"/gradio_api/call{name}/{{event_id}}"] = {"get": _result(operation)}
    return {
        "openapi": "3.0.2",
        "info": {"title": title, "description": "", "version": VERSION},
        "paths": paths,
        "components": {"schemas": {}},
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _call(operation: str, endpoint: dict[str, Any]) -> dict[str, Any]:
    parameters = endpoint["parameters"]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {p["parameter_name"]: p["type"] for p in parameters},
    }
    required = [p["parameter_name"] for p in parameters if not p["parameter_has_default"]]
    if required:
        schema["required"] = required
    return {
        "summary": f"Call {operation}",
        "description": endpoint["description"]
        or f"Queue a call of {operation}; the answer names it.",
        "operationId": operation,
        "requestBody": {"required": True, "content": _json(schema)},
        "responses": {
            "200": {
                "description": "The call was queued.",
                "content": _json(
                    {"type": "object", "properties": {"event_id": {"type": "string"}}}
                ),
            }
        },
    }


def _result(operation: str) -> dict[str, Any]:
    return {
        "summary": f"Result of {operation}",
        "description": "An event stream: `generating` for each value, then `complete` or `error`.",
        "operationId": f"{operation}_get",
        "parameters": [
            {
                "name": "event_id",
                "in": "path",
                "required": True,
                "schema": {"type": "string"},
                "description": "What the call answered.",
            }
        ],
        "responses": {
            "200": {
                "description": "The values.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            }
        },
    }


def _upload() -> dict[str, Any]:
    text = {"text/plain": {"schema": {"type": "string"}}}
    files = {
        "type": "array",
        "items": {"type": "string", "format": "binary"},
        "description": "One or more files.",
    }
    return {
        "summary": "Upload files",
        "operationId": "upload_file_upload_post",
        "parameters": [
            {
                "name": "upload_id",
                "in": "query",
                "required": False,
                "schema": {"type": "string", "nullable": True, "default": None},
                "description": "Any text, to ask for the upload's progress by.",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"files": files},
                        "required": ["files"],
                    }
                }
            },
        },
        "responses": {
            "200": {
                "description": "Handles of the files, in order.",
                "content": _json({"type": "array", "items": {"type": "string"}}),
            },
            "400": {"description": "No multipart body.", "content": text},
            "413": {"description": "A file is too large.", "content": text},
        },
        "security": [{"login_check": []}],
    }
