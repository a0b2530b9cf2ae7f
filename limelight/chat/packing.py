"""Messages as JSON and back, with their files in a folder of their thread's own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

from limelight.core.chatcontent import to_page
from limelight.core.filedata import FileData
from limelight.core.filenames import clean_name
from limelight.core.narrow import is_listing, is_object
from limelight.core.places import open_regular
from limelight.errors import FileAccessError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fixed", "pack", "plain_messages", "unpack"]

_KEPT = "$kept"
_PLACE = re.compile(r"[0-9a-f]{32}/[^/\\\x00-\x1f]{1,200}")
_TEXTS = ("title", "log", "status", "id", "parent_id")


def fixed(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Messages whose files stay the same objects, so that it is known what became of them."""
    made: list[dict[str, Any]] = []
    for message in messages:
        is_plain = isinstance(message.get("content"), str) and not message.get("metadata")
        made += [message] if is_plain else to_page(message, "Chatbot")
    return made


def pack(messages: list[dict[str, Any]], folder: Path) -> str:
    """Messages as JSON; their files are copied into `folder`.

    Only files that were handed out to the page are kept: what a function named but may not show is
    not read here either.
    """
    return json.dumps([_packed(message, folder) for message in fixed(messages)])


def _packed(value: Any, folder: Path) -> Any:
    if isinstance(value, FileData):
        return _file(value, folder)
    if is_object(value):
        return {str(key): _packed(inner, folder) for key, inner in value.items()}
    if is_listing(value):
        return [_packed(inner, folder) for inner in value]
    if isinstance(value, float) and value - value != 0:
        return None  # no number of JSON
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _file(file: FileData, folder: Path) -> dict[str, Any]:
    members = {**file.model_dump(), "path": None, "url": None}
    members["orig_name"] = file.orig_name or os.path.basename(file.path)
    if file.path.startswith(("http://", "https://")):
        return {**members, _KEPT: None, "path": file.path}
    if not file.path or file.path.startswith("data:"):
        url = file.url or file.path
        return {**members, _KEPT: None, "url": url}
    source = file.stored or (file.path if file.is_own else None)
    return {**members, _KEPT: _copied(source, folder) if source else None}


def _copied(source: str, folder: Path) -> str | None:
    """Name in `folder` of a copy of a file; None if it is gone."""
    from pathlib import Path

    path = Path(source)
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    try:
        about = path.stat()
        facts = f"{path}\0{about.st_size}\0{about.st_mtime_ns}"
        name = hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]
        place = f"{name}/{clean_name(path.name)}"
        target = folder / place
        if not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            arriving = target.with_name(f".{os.getpid()}")
            with open_regular(path) as file, open(arriving, "wb") as copy:
                shutil.copyfileobj(file, copy)
            arriving.replace(target)
    except (OSError, FileAccessError):
        return None
    return place


def unpack(text: str, folder: Path) -> list[dict[str, Any]]:
    """Messages again; a file that is gone is told by its name."""
    given: Any = json.loads(text)
    return [_message(message, folder) for message in given]


def _message(message: dict[str, Any], folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = {**message, "metadata": _unpacked(message.get("metadata"), folder)}
    content: Any = message.get("content")
    if is_listing(content):
        parts: list[Any] = [_part(part, folder) for part in content]
        if len(parts) == 1 and parts[0].get("type") == "text":
            made["content"] = parts[0]["text"]
        else:
            made["content"] = parts
    return made


def _part(part: Any, folder: Path) -> Any:
    made = _unpacked(part, folder)
    if is_object(made) and made.get("type") == "file" and not isinstance(made["file"], FileData):
        return {"type": "text", "text": f"[{made['file']['orig_name']}]"}
    return made


def _unpacked(value: Any, folder: Path) -> Any:
    if is_listing(value):
        return [_unpacked(inner, folder) for inner in value]
    if not is_object(value):
        return value
    if _KEPT not in value:
        return {key: _unpacked(inner, folder) for key, inner in value.items()}
    place = value.pop(_KEPT)
    if value.get("path") or value.get("url"):
        return FileData.from_dict(value)
    path = folder / place if isinstance(place, str) and _PLACE.fullmatch(place) else None
    if path is None or not path.is_file():
        return {"orig_name": str(value.get("orig_name") or "file")}
    made = FileData.from_dict({**value, "path": str(path), "url": None})
    made.url, made.is_own = None, True
    return made


def plain_messages(given: Any) -> list[dict[str, Any]]:
    """Messages that came from outside, with nothing but their texts: a component or an address
    among them could be made to harm those who are shown it.
    """
    made: list[dict[str, Any]] = []
    for message in given if is_listing(given) else ():
        if not is_object(message) or message.get("role") not in ("user", "assistant", "system"):
            continue
        content: Any = message.get("content")
        parts: list[Any] = [*content] if is_listing(content) else [content]
        texts = [_text(part) for part in parts]
        known: Any = message.get("metadata")
        kept: dict[str, Any] = {}
        if is_object(known):
            kept = {n: known[n] for n in _TEXTS if isinstance(known.get(n), str)}
            if isinstance(known.get("duration"), (int, float)):
                kept["duration"] = known["duration"]
        text = "\n\n".join(text for text in texts if text)
        made.append({"role": message["role"], "content": text, "metadata": kept or None})
    return made


def _text(part: Any) -> str:
    if isinstance(part, str):
        return part
    if not is_object(part):
        return ""
    file: Any = part.get("file")
    name: Any = part.get("text") or (file.get("orig_name") if is_object(file) else None)
    if isinstance(part.get("text"), str):
        return str(part["text"])
    return f"[{name}]" if isinstance(name, str) else ""
