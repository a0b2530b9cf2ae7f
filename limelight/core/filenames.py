"""File names: made safe for every system, and the media type that goes with their extension.

Looks at names only; opens nothing.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["clean_name", "guess_mime", "is_of_type", "name_of"]

_NAME_BYTES = 200
_FOLDERS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r"[<>:\"/\\|?*`$!{}\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=[ .]|$)", re.IGNORECASE)


def clean_name(name: str | None) -> str:
    """A file name that is safe on every system and at most 200 bytes long; the extension survives.

    `None` gets a random name that starts with `tmp`.
    """
    if name is None:
        return "tmp" + os.urandom(6).hex()
    stem, suffix = os.path.splitext(_FOLDERS.split(name)[-1])
    stem = _FORBIDDEN.sub("", stem)
    suffix = _FORBIDDEN.sub("", suffix).rstrip(" .")
    if not suffix:
        stem = stem.rstrip(" .")
    made = _shorten(stem or "file", suffix)
    return _shorten("_" + (stem or "file"), suffix) if _DEVICE.match(made) else made


def _shorten(stem: str, suffix: str) -> str:
    """The name in at most 200 bytes of UTF-8, taken from the stem first."""
    ending = _cut(suffix, _NAME_BYTES - 8)
    return (_cut(stem, _NAME_BYTES - len(ending.encode())) + ending).rstrip(" .") or "file"


def _cut(text: str, size_bytes: int) -> str:
    return text.encode()[:size_bytes].decode(errors="ignore")


# Systems without /etc/mime.types do not know these, or do not agree on them.
_KNOWN = (
    (".avif", "image/avif"),
    (".csv", "text/csv"),
    (".flac", "audio/flac"),
    (".glb", "model/gltf-binary"),
    (".gltf", "model/gltf+json"),
    (".js", "text/javascript"),
    (".json", "application/json"),
    (".m4a", "audio/mp4"),
    (".md", "text/markdown"),
    (".mjs", "text/javascript"),
    (".mkv", "video/x-matroska"),
    (".mp3", "audio/mpeg"),
    (".ogg", "audio/ogg"),
    (".opus", "audio/ogg"),
    (".svg", "image/svg+xml"),
    (".ts", "video/mp2t"),
    (".wasm", "application/wasm"),
    (".wav", "audio/wav"),
    (".webm", "video/webm"),
    (".webp", "image/webp"),
)


def guess_mime(name: str) -> str:
    """The media type that goes with a name's extension; `application/octet-stream` if none does."""
    suffix = os.path.splitext(name)[1].lower()
    for known, mime in _KNOWN:
        if suffix == known:
            return mime
    import mimetypes

    mime_type, encoding = mimetypes.guess_type("x" + suffix)
    return mime_type if mime_type and not encoding else "application/octet-stream"


def is_of_type(name: str, types: Sequence[str] | None) -> bool:
    """Whether a file with this name is of one of an author's `file_types`; no types allow all.

    A type is an ending (`".pdf"` or `"pdf"`), a kind (`"image"` or `"image/*"`), a media type
    (`"text/csv"`), or `"file"` for everything.
    """
    if not types:
        return True
    lower = name.lower()
    mime = guess_mime(lower)
    kind = mime.split("/")[0]
    for wanted in (given.strip().lower() for given in types):
        if wanted in ("file", "*", "*/*", mime) or wanted.removesuffix("/*") == kind:
            return True
        if lower.endswith("." + wanted.removeprefix(".")):
            return True
    return False


def name_of(place: str) -> str:
    """Last part of a path or URL."""
    if place[:8].lower().startswith(("http://", "https://")):
        from urllib.parse import unquote, urlsplit

        parts = urlsplit(place)
        return unquote(parts.path.rsplit("/", 1)[-1]) or parts.netloc
    return os.path.basename(place.rstrip("/"))
