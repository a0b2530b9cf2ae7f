"""The browser half that a component brings along: an ES module and CSS, each with a name that
follows from its content.

Serves nothing; `server/routes/components.py` does.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from limelight.core.binary import pack, unpack
from limelight.core.narrow import is_listing, is_object
from limelight.core.schema import schema_of
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "FOLDER",
    "BrowserCode",
    "browser_code",
    "file_of",
    "message_door",
    "pack_conversions",
    "schema_of_state",
]

FOLDER = "gradio_api/custom_component/"
"""Where the code is served, relative to the app."""

_SUFFIXES = {"_esm": (".js", ".mjs"), "_css": (".css",)}
_LONGEST_PATH = 1024


class BrowserCode(NamedTuple):
    """One file for the browser."""

    name: str
    """`<digest of the content>.js` or `.css`; empty for what is served elsewhere."""
    text: str
    url: str
    """Where the page finds it; relative to the app, or absolute on its server."""


def browser_code(given: Any, kind: str, owner: str) -> BrowserCode | None:
    """The code that `_esm` or `_css` of a class stands for.

    Args:
        given: The code itself, the path of a file, or a URL of this server.
        kind: `_esm` or `_css`.
        owner: Name of the class, for errors.

    Raises:
        PropError: the file is not there, or the URL is of another host.
    """
    if given is None or given == "":
        return None
    if (path := file_of(given, kind)) is not None:
        return _of_text(_read(path, kind, owner), kind)
    text = str(given)
    if _is_code(text):
        return _of_text(text, kind)
    if text.startswith(("http://", "https://", "//")):
        raise PropError(
            f"{owner}.{kind} is {text!r}, on another host; an app's page makes no request to any "
            "other host. Save the file beside the app and give its path."
        )
    if text.startswith(("gradio_api/", "/")) and not Path(text).is_file():
        return BrowserCode("", "", text)
    return _of_text(text, kind)


def file_of(given: Any, kind: str) -> Path | None:
    """The file that `_esm` or `_css` of a class names; None for the code itself or a URL."""
    if isinstance(given, os.PathLike):
        return Path(cast("os.PathLike[str]", given))
    text = "" if given is None else str(given)
    if _is_code(text) or not text.endswith(_SUFFIXES[kind]) or "://" in text:
        return None
    if text.startswith(("//", "gradio_api/", "/")) and not Path(text).is_file():
        return None
    return Path(text)


def _is_code(text: str) -> bool:
    return "\n" in text or len(text) > _LONGEST_PATH or any(c in text for c in "{};")


def _read(path: Path, kind: str, owner: str) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PropError(
            f"{owner}.{kind} is the file {str(path)!r}, which cannot be read ({problem}). Give the "
            "path of a text file, or the code itself."
        ) from problem


def _of_text(text: str, kind: str) -> BrowserCode:
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    name = digest + _SUFFIXES[kind][0]
    return BrowserCode(name, text, FOLDER + name)


def pack_conversions(cls: type) -> None:
    """Let `preprocess` and `postprocess` of a class with `_esm` see bytes where JSON has none."""
    is_first = not any(base.__dict__.get("_esm") is not None for base in cls.__mro__[1:])
    for name, before, after in (("preprocess", unpack, _same), ("postprocess", _same, pack)):
        if name in cls.__dict__ or is_first:
            setattr(cls, name, _around(getattr(cls, name), before, after))


def _same(value: Any) -> Any:
    return value


def _around(
    convert: Callable[..., Any], before: Callable[[Any], Any], after: Callable[[Any], Any]
) -> Callable[[Any, Any], Any]:
    @functools.wraps(convert)
    def converted(self: Any, value: Any) -> Any:
        return after(convert(self, before(value)))

    return converted


def message_door(listen: Callable[..., Any]) -> Callable[[Any], Any]:
    """`on_message(content, buffers)` of a component as the server function that the page calls.

    What it returns is the answer: the content, or a pair of it and a list of buffers; None is none.
    """

    def on_message(data: Any) -> Any:
        if not is_object(data) or "content" not in data:
            raise PayloadError(f"A message came as {data!r:.80}; expected content and buffers.")
        given = unpack(data)
        buffers: list[Any] = given.get("buffers") or []
        answer: Any = listen(given["content"], [memoryview(b) for b in buffers])
        if answer is None:
            return None
        if not is_listing(answer) or len(answer) != 2:
            answer = (answer, [])
        return pack({"content": answer[0], "buffers": list(answer[1])})

    return on_message


def schema_of_state(cls: Any, names: Sequence[str], *, whole: bool) -> dict[str, Any]:
    """JSON schema of the value of a component with `_esm`, from its annotations.

    Args:
        cls: Its class.
        names: The props that it declares.
        whole: Whether these together are the value, not `value` alone.
    """
    if not whole:
        return _schema_of_prop(cls, "value") or {"type": {}}
    properties = {name: _schema_of_prop(cls, name) for name in names}
    return {"type": "object", "properties": properties}


def _schema_of_prop(cls: Any, name: str) -> dict[str, Any]:
    found = cls.prop_table[name]
    owner = next((base for base in cls.__mro__ if base.__name__ == found.owner), cls)
    scope = vars(sys.modules.get(owner.__module__, sys.modules["builtins"]))
    try:
        # The annotation is the author's own code, kept as text by `from __future__`.
        hint = eval(found.annotation, {**scope})
        return schema_of(hint)
    except Exception:  # it may name anything, also what is imported for type checkers only
        return {}
