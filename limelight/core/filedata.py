"""`FileData`: a file on its way between a function and the page.

Only says which file; `limelight.core.files` stores it and makes the handle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_object
from limelight.wire.files import FILE_META

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FileData", "ImageData"]

_MEMBERS = ("path", "url", "size", "orig_name", "mime_type", "is_stream", "meta")


@dataclass(kw_only=True)
class FileData:
    """A file.

    In `preprocess` its `path` is a local path that may be read. `postprocess` returns one with a
    local path or URL, or made by `from_bytes`; the runtime stores it and gives the browser a handle
    instead.
    """

    path: str
    """Local path or URL."""
    url: str | None = None
    """Where it can be fetched; absolute, or a `data:` URI."""
    size: int | None = None
    """Bytes."""
    orig_name: str | None = None
    """Name that the reader knows it by."""
    mime_type: str | None = None
    is_stream: bool = False
    """Whether it is a live stream."""
    meta: dict[str, Any] = field(default_factory=lambda: dict(FILE_META))
    """What marks it as a file on the wire."""
    data: bytes | None = field(default=None, init=False, repr=False, compare=False)
    """Content that is not in a file yet."""
    stored: str | None = field(default=None, init=False, repr=False, compare=False)
    """Where its bytes are once it was handed out to the page."""
    is_own: bool = field(default=False, init=False, repr=False, compare=False)
    """Whether the app itself keeps it, so that it may be handed out wherever it lies."""
    transform: Callable[[str], tuple[bytes, str] | str] | None = field(
        default=None, init=False, repr=False, compare=False
    )
    """Makes what is shown from the local path, once the file may be read.

    Gives content and name of another file, or a `data:` URL. A component never opens a path that a
    function returned: only the runtime knows whether it may.
    """

    @classmethod
    def from_path(cls, path: str) -> FileData:
        """The file at a local path or URL."""
        return cls(path=str(path), orig_name=PurePath(path).name)

    @classmethod
    def from_bytes(cls, data: bytes, name: str, mime_type: str | None = None) -> FileData:
        """A file with this content; stored when it goes to the page."""
        made = cls(path=name, orig_name=name, mime_type=mime_type)
        made.data = data
        return made

    @classmethod
    def from_dict(cls, given: Any) -> FileData:
        """The file that a wire dictionary describes; unknown members are dropped."""
        return cls(
            path=given.get("path") or "", **{k: given[k] for k in _MEMBERS[1:] if k in given}
        )

    @staticmethod
    def is_file_data(obj: Any) -> bool:
        """Whether a JSON value is a file: an object with `path` that is marked as one."""
        if not is_object(obj) or "path" not in obj:
            return False
        meta: Any = obj.get("meta")
        return is_object(meta) and meta.get("_type") == FILE_META["_type"]

    @property
    def is_none(self) -> bool:
        """Whether it names no file."""
        return not self.path and not self.url

    def model_dump(self) -> dict[str, Any]:
        """The seven members as a dictionary."""
        return {name: getattr(self, name) for name in _MEMBERS}

    def __getitem__(self, name: str) -> Any:
        if name not in _MEMBERS:
            raise KeyError(name)
        return getattr(self, name)

    def get(self, name: str, default: Any = None) -> Any:
        """A member by name, as of a dictionary."""
        return getattr(self, name) if name in _MEMBERS else default


@dataclass(kw_only=True)
class ImageData(FileData):
    """An image: a file whose `path` may be empty and whose `url` may be a `data:` URI."""

    path: str = ""
    """Local path or URL; empty when `url` holds the image."""
