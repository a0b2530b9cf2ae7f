"""A listener's payloads as Python values, naming the block when a conversion fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.component import is_component
from limelight.core.filedata import FileData
from limelight.core.filetree import has_unmarked, walk_files
from limelight.core.narrow import is_array, is_object
from limelight.core.snapshot import Snapshot
from limelight.errors import FileAccessError, PayloadError

if TYPE_CHECKING:
    from limelight.core.block import Block
    from limelight.core.files import FileCache
    from limelight.core.listener import Listener
    from limelight.runtime.sessions import Session

__all__ = ["complete", "decode", "decode_event", "free_payloads", "holds_files", "texts_in"]


def complete(listener: Listener, data: list[Any]) -> list[Any]:
    """One payload per input: null put in for State where a client left it out, surplus cut off.

    Raises:
        PayloadError: there are too few.
    """
    inputs = listener.inputs
    if len(data) < len(inputs):
        visible = [block for block in inputs if not block.skip_api]
        if len(data) == len(visible):
            rest = iter(data)
            return [None if block.skip_api else next(rest) for block in inputs]
        names = ", ".join(map(repr, inputs))
        raise PayloadError(
            f"{listener.api_name}() got {len(data)} inputs; it takes {len(inputs)}: {names}. "
            "Send one value per input."
        )
    return data[: len(inputs)]


def kept_texts(listener: Listener, session: Session) -> list[Any]:
    """What callers sent in earlier calls, as far as States keep it and say so: `from_callers()`."""
    found: list[Any] = []
    for block in listener.inputs:
        if is_component(block) and block.is_stateful:
            tell = getattr(session.state_of(block), "from_callers", None)
            if callable(tell):
                found.append(tell())
    return found


def holds_files(value: Any) -> bool:
    """Whether a payload has an object that could be a file, at any depth."""
    if is_object(value):
        return "path" in value or "meta" in value or any(map(holds_files, value.values()))
    if is_array(value):
        return any(map(holds_files, value))
    return False


def free_payloads(listener: Listener, data: list[Any]) -> list[Any]:
    """The payloads that a caller can fill with any text, not only with one of the choices."""
    return [
        payload
        for block, payload in zip(listener.inputs, data, strict=True)
        if not hasattr(block, "choices")
        or getattr(block, "allow_custom_value", False)
        or block.is_per_session  # a function says what can be chosen, and may say anything
    ]


def texts_in(value: Any, into: set[str]) -> None:
    """Collect the strings that a caller sent: files that a function must not open for that."""
    if isinstance(value, str):
        if 0 < len(value) <= 4096:  # PATH_MAX of Linux; a longer text names no file
            into.add(value)
    elif is_object(value):
        for inner in value.values():
            texts_in(inner, into)
    elif is_array(value):
        for inner in value:
            texts_in(inner, into)


def decode_event(data: Any, owner: str | None, files: FileCache) -> Any:
    """What an event brought along, with paths in place of the handles of files.

    Such files were named by the server before, so only handles count: nothing is fetched or stored.

    Raises:
        PayloadError: a file in it is not one that this caller may read.
    """
    if not holds_files(data):
        return data
    if has_unmarked(data):
        raise PayloadError(
            'The event has an object with a "path" that is not an uploaded file: it bears no mark. '
            "Send a file as the server named it."
        )

    def visit(given: dict[str, Any]) -> Any:
        if not given.get("path") and str(given.get("url")).startswith("data:"):
            return given  # it brings its content along, and names nothing
        try:
            files.resolve(str(given.get("path") or given.get("url") or ""), owner)
        except FileAccessError:
            raise PayloadError(
                f"The event names the file {given.get('path')!r:.200}, which is not known here. "
                "Send a file as the server named it."
            ) from None
        return files.localize(given, owner)

    return walk_files(data, visit)


def decode(listener: Listener, session: Session, data: list[Any], files: FileCache) -> list[Any]:
    """The function's arguments from the payloads of a call.

    Raises:
        PayloadError: a payload does not fit its component.
    """
    whole = {i for i in listener.whole_inputs if is_object(data[i]) and "value" in data[i]}
    session.note_payloads(
        listener.inputs, [p["value"] if i in whole else p for i, p in enumerate(data)]
    )
    if holds_files(data):
        # A function that only stores what it gets may be given data that looks like a file.
        strict = not getattr(listener.fn, "opens_no_path", False)
        data = files.localize(data, session.identity, strict=strict, make=FileData.from_dict)
    values: list[Any] = []
    for number, (block, payload) in enumerate(zip(listener.inputs, data, strict=True)):
        shown = payload if number in whole else {"value": payload}
        value = _value(listener, session, block, shown["value"])
        is_whole = number in listener.whole_inputs
        values.append(_snapshot(session, block, shown, value) if is_whole else value)
    if listener.passes_dict:
        return [dict(zip(listener.inputs, values, strict=True))]
    return values


def _snapshot(session: Session, block: Block, shown: dict[str, Any], value: Any) -> Snapshot:
    effective = session.effective(block)
    assert is_component(effective)  # noqa: S101  # only components are such inputs
    return Snapshot(effective, shown, value)


def _value(listener: Listener, session: Session, block: Block, payload: Any) -> Any:
    if not is_component(block):
        return payload
    if block.is_stateful:
        return session.state_of(block)
    if not listener.preprocess:
        return payload
    effective = session.effective(block)
    assert is_component(effective)  # noqa: S101  # a copy of `block`
    return effective.preprocess(payload)
