"""Messages between their two forms: what functions give and get, and what crosses to the page."""

from __future__ import annotations

import dataclasses
import inspect
import os
from typing import TYPE_CHECKING, Any

from limelight import catalog
from limelight.core.block import Block
from limelight.core.component import is_component
from limelight.core.filedata import FileData
from limelight.core.filenames import guess_mime, name_of
from limelight.core.lookup import class_of_tag
from limelight.core.narrow import is_listing, is_object
from limelight.errors import LimelightError, PayloadError, ValueRejected

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["components_in", "from_page", "steps_of", "to_page"]

_MEMBERS = ("role", "metadata", "content", "options")
_EXPECTED = "a dictionary with 'role' and 'content', or a gr.ChatMessage"
_PARTS = ("text", "file", "component")
_PAIR = ("user", "assistant")


# ---- function to page ----------------------------------------------------------------------------


def to_page(message: Any, block: object) -> list[dict[str, Any]]:
    """The messages on the page for one of a function: one, or two for a pair.

    Raises:
        ValueRejected: it is no message.
    """
    if is_listing(message) and len(message) == 2:
        return [
            _made(role, said, None, None, block)
            for role, said in zip(_PAIR, message, strict=True)
            if said is not None
        ]
    given: Any = message
    if dataclasses.is_dataclass(given) and not isinstance(given, (type, FileData)):
        given = {name: getattr(given, name, None) for name in _MEMBERS}
    if not is_object(given) or not isinstance(given.get("role"), str) or "content" not in given:
        raise ValueRejected(
            f"{block!r} was given the message {message!r:.120}; expected {_EXPECTED}."
        )
    return [_made(given["role"], given["content"], given.get("metadata"), _options(given), block)]


def _made(role: str, content: Any, metadata: Any, options: Any, block: object) -> dict[str, Any]:
    parts = content if is_listing(content) and _file_pair(content) is None else [content]
    return {
        "role": role,
        "metadata": _metadata(metadata),
        "content": [_part(part, block) for part in parts],
        "options": options,
    }


def _options(message: dict[Any, Any]) -> Any:
    options = message.get("options")
    return list(options) if is_listing(options) else None


def _metadata(metadata: Any) -> dict[str, Any] | None:
    if not is_object(metadata):
        return None
    made = {name: value for name, value in metadata.items() if value is not None}
    author: Any = made.get("author")
    picture = _path_in(author, "avatar")
    if picture:
        made["author"] = {**author, "avatar": _file(picture)}
    if "artifacts" in made:
        made["artifacts"] = [_artifact(artifact) for artifact in made["artifacts"]]
    return made


def _artifact(given: Any) -> Any:
    picture = _path_in(given, "content")
    if picture and given.get("kind") == "image":
        return {**given, "content": _file(picture)}
    return given


def _path_in(given: Any, name: str) -> str:
    """The path among the members of something; empty if there is none."""
    found: Any = given.get(name) if is_object(given) else None
    return os.fspath(found) if isinstance(found, (str, os.PathLike)) else ""


def _part(part: Any, block: object) -> dict[str, Any]:
    """One part of a message's content as the page gets it."""
    if isinstance(part, str):
        return {"text": _unindented(part), "type": "text"}
    if dataclasses.is_dataclass(part) and not isinstance(part, (type, FileData)):
        part = vars(part)
    if isinstance(part, FileData):
        return _file_part(part)
    if isinstance(part, Block):
        return _component_part(part)
    if is_object(part):
        kind = part.get("type")
        if kind == "text" and isinstance(part.get("text"), str):
            return {"text": part["text"], "type": "text"}
        if kind == "component" and isinstance(part.get("component"), str):
            names = ("component", "value", "constructor_args", "props")
            return {**{name: part.get(name) for name in names}, "type": "component"}
        alt: Any = part.get("alt_text")
        file: Any = part.get("file") if kind == "file" else part
        if isinstance(file, FileData) or FileData.is_file_data(file):
            return _file_part(file, alt)
        path = _path_in(file, "path")
        if path:
            made = _file(path)
            made.mime_type = file.get("mime_type") or made.mime_type
            made.orig_name = file.get("orig_name")
            return _file_part(made, alt)
    pair = _file_pair(part)
    if pair is not None:
        return _file_part(_file(pair[0]), pair[1])
    raise ValueRejected(
        f"{block!r} was given {type(part).__name__} {part!r:.80} as content of a message; expected "
        'a text, a component, gr.FileData, or a file as {"path": "cat.png"}.'
    )


def _unindented(text: str) -> str:
    """A text without the indentation of Python code.

    NOTE: only a text in triple quotes begins with a blank; others are not looked through, because
    they may be long and come again with every token.
    """
    return inspect.cleandoc(text) if text[:1].isspace() else text


def _file_pair(content: Any) -> tuple[str, str | None] | None:
    """A path with what the file shows, as older apps name a file: a tuple, not a list."""
    given: list[Any] = [*content] if isinstance(content, tuple) else []
    path, alt_text, *_ = *given, None, None
    if not isinstance(path, (str, os.PathLike)) or not isinstance(alt_text, (str, type(None))):
        return None
    return os.fspath(path), alt_text


def _file(path: str) -> FileData:
    return FileData(path=path, mime_type=guess_mime(name_of(path)))


def _file_part(file: Any, alt_text: str | None = None) -> dict[str, Any]:
    made = file if isinstance(file, FileData) else FileData.from_dict(file)
    return {"file": made, "alt_text": alt_text, "type": "file"}


def components_in(said: Any) -> Iterator[Block]:
    """The components in messages of any form."""
    if isinstance(said, Block):
        yield said
    elif is_listing(said):
        for one in said:
            yield from components_in(one)
    else:
        content = said.get("content") if is_object(said) else getattr(said, "content", None)
        if content is not None:
            yield from components_in(content)


def _component_part(block: Block) -> dict[str, Any]:
    props = block.wire_props()
    value: Any = None
    if is_component(block):
        value = block.postprocess(block.initial_value)
        props["value"] = value
    given = {name: getattr(block, name, None) for name in block.given_props() if name != "value"}
    return {
        "component": block.get_block_class(),
        "value": value,
        "constructor_args": {**given, "render": False},
        "props": props,
        "type": "component",
    }


# ---- page to function ----------------------------------------------------------------------------


def from_page(message: Any, block: object) -> dict[str, Any]:
    """A message as functions get it.

    Raises:
        PayloadError: it is no message.
    """
    if dataclasses.is_dataclass(message) and not isinstance(message, type):
        message = vars(message)
    parts = message.get("content") if is_object(message) else None
    if not is_object(message) or not isinstance(message.get("role"), str):
        raise PayloadError(f"{block!r} got the message {message!r:.120}; expected {_EXPECTED}.")
    metadata, options = message.get("metadata"), message.get("options")
    if isinstance(parts, str):
        parts = [{"text": parts, "type": "text"}]
    if not is_listing(parts) or not (metadata is None or is_object(metadata)):
        raise PayloadError(
            f"{block!r} got a message with content {parts!r:.80}; expected a list of parts."
        )
    if not (options is None or is_listing(options)):
        raise PayloadError(f"{block!r} got options {options!r:.80}; expected a list.")
    return {
        "role": message["role"],
        "metadata": metadata,
        "content": [_part_from_page(part, block) for part in parts],
        "options": options,
    }


def _part_from_page(part: Any, block: object) -> dict[str, Any]:
    if dataclasses.is_dataclass(part) and not isinstance(part, (type, FileData)):
        part = vars(part)
    kind = part.get("type") if is_object(part) else None
    if is_object(part):
        if kind is None:
            kind = next((name for name in _PARTS if name in part), None)
        if kind == "text" and isinstance(part.get("text"), str):
            return {"text": part["text"], "type": "text"}
        if kind == "file" and isinstance(part.get("file"), FileData):
            file: dict[str, Any] = part["file"].model_dump()
            return {"file": file, "alt_text": part.get("alt_text"), "type": "file"}
        if kind == "component" and isinstance(part.get("component"), str):
            return _component_from_page(part, block)
    raise PayloadError(
        f"{block!r} got {part!r:.120} in a message; expected a text, an uploaded file, or a "
        "component."
    )


def _component_from_page(part: dict[Any, Any], block: object) -> dict[str, Any]:
    tag: str = part["component"]
    made: dict[str, Any] = {
        "component": tag,
        "value": part.get("value"),
        "constructor_args": part.get("constructor_args"),
        "props": part.get("props"),
        "type": "component",
    }
    if tag not in catalog.TAGS:
        raise PayloadError(f"{block!r} got the component {tag!r:.40}; there is none of that name.")
    kind: Any = class_of_tag(tag)
    try:
        # Without what the page says of its props: a request could send any.
        instance: Any = kind(render=False)
        instance.value = instance.preprocess(part.get("value"))
    except (LimelightError, TypeError):
        return made  # one that cannot be without its props
    return {**made, "instance": instance}


# ---- thoughts ------------------------------------------------------------------------------------


def steps_of(message: dict[str, Any], tags: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """A message with the thoughts in its texts as messages of their own, in order."""
    rest: list[dict[str, Any]] = []
    metadata: dict[str, Any] = message["metadata"] or {}
    for part in message["content"]:
        text = part.get("text") if part["type"] == "text" else None
        if text is None or tags.search(text) is None or metadata.get("title"):
            rest.append(part)
            continue
        at = 0
        for found in tags.finditer(text):
            before = text[at : found.start()]
            if before.strip():
                rest.append({"text": before, "type": "text"})
            if rest:
                yield {**message, "content": rest, "options": None}
                rest = []
            *_, thought, end = [group for group in (*found.groups(),) if group is not None]
            yield {
                **message,
                "metadata": {"title": "Reasoning", "status": "done" if end else "pending"},
                "content": [{"text": thought, "type": "text"}],
                "options": None,
            }
            at = found.end()
        if text[at:].strip():
            rest.append({"text": text[at:], "type": "text"})
    if rest or not message["content"] or message["options"]:
        yield {**message, "content": rest}
