"""Payloads as texts for a log of flagged rows, with their files kept beside the log, and back.

Writes no log; `limelight.core.csvlog` does.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from limelight.core.filedata import FileData
from limelight.core.filenames import clean_name
from limelight.core.filetree import META_TYPE, walk_files
from limelight.core.narrow import is_listing, is_object

__all__ = ["folder_name", "read", "simplified", "text_of"]


def text_of(payload: Any, folder: Path) -> str:
    """A payload as one cell: text as it is, everything else as JSON.

    Args:
        payload: What the page sent, with files as `FileData` or as objects whose `path` is local.
        folder: Where copies of its files are kept, each in a folder of its own; made when needed.
    """
    kept = _keep(payload, folder)
    if isinstance(kept, str):
        return kept
    try:
        return json.dumps(kept, ensure_ascii=False, default=str)
    except (TypeError, ValueError):  # a State may hold anything
        return str(kept)


def read(text: Any, schema: dict[str, Any]) -> Any:
    """The payload that `text_of` wrote, given the component's JSON schema; text if it is none."""
    kind: Any = schema.get("type")
    is_text = kind not in ("object", "array", "number", "integer", "boolean", {})
    if is_text or not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def simplified(text: str) -> str:
    """A cell with the path of each file in it instead of the object that describes the file."""
    if META_TYPE not in text:
        return text
    try:
        payload = walk_files(json.loads(text), lambda file: file.get("path") or file.get("url"))
    except (ValueError, RecursionError):
        return text
    return payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)


def folder_name(label: str) -> str:
    """A label as the name of a folder."""
    return clean_name(re.sub(r"[/\\]", "", label))


def _keep(value: Any, folder: Path) -> Any:
    if isinstance(value, FileData):
        return _kept_file(value.model_dump(), folder)
    if FileData.is_file_data(value):
        return _kept_file(dict(value), folder)
    if is_object(value):
        return {name: _keep(inner, folder) for name, inner in value.items()}
    if is_listing(value):
        return [_keep(inner, folder) for inner in value]
    return value


def _kept_file(members: dict[str, Any], folder: Path) -> dict[str, Any]:
    import shutil

    path = members["path"]
    if isinstance(path, str) and os.path.isfile(path):
        place = folder / os.urandom(10).hex() / clean_name(Path(path).name)
        place.parent.mkdir(parents=True)
        shutil.copyfile(path, place)
        members["path"] = str(place)
    return members
