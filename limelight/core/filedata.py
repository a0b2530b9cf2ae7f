"""`FileData`: a file on its way between a function and the page.

Only says which file; `limelight.core.files` stores it and makes the handle.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from limelight.wire.files import FILE_META, FileDataDict

__all__ = ["FileData", "ImageData"]

_MEMBERS = ("path", "url", "size", "orig_name", "mime_type", "is_stream", "meta")


class FileData:
    """A file.

    In `preprocess` its `path` is a local path that may be read. `postprocess` returns one with a local path or URL,
    or made by `from_bytes`; the runtime stores it and gives the browser a handle instead.
    """

    __slots__ = ("data", *_MEMBERS)

    def __init__(
        self,
        *,
        path: str,
        url: str | None = None,
        size: int | None = None,
        orig_name: str | None = None,
        mime_type: str | None = None,
        is_stream: bool = False,
        meta: dict[str, Any] = FILE_META,  # noqa: B006  # never changed
    ) -> None:
        self.path = path
        self.url = url
        self.size = size
        self.orig_name = orig_name
        self.mime_type = mime_type
        self.is_stream = is_stream
        self.meta = dict(meta)
        self.data: bytes | None = None
        """Content that is not in a file yet."""

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
    def from_dict(cls, given: FileDataDict | dict[str, Any]) -> FileData:
        """The file that a wire dictionary describes; unknown members are dropped."""
        return cls(
            path=given.get("path") or "", **{k: given[k] for k in _MEMBERS[1:] if k in given}
        )

    @staticmethod
    def is_file_data(obj: Any) -> bool:
        """Whether a JSON value is a file: an object with `path` that is marked as one."""
        return (
            isinstance(obj, dict)
            and "path" in obj
            and isinstance(obj.get("meta"), dict)
            and obj["meta"].get("_type") == FILE_META["_type"]
        )

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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FileData) and self.model_dump() == other.model_dump()

    __hash__ = None  # type: ignore[assignment]  # mutable

    def __repr__(self) -> str:
        return f"FileData(path={self.path!r}, orig_name={self.orig_name!r})"


class ImageData(FileData):
    """An image: a file whose `path` may be empty and whose `url` may be a `data:` URI."""

    __slots__ = ()

    def __init__(self, *, path: str | None = None, **members: Any) -> None:
        super().__init__(path=path or "", **members)
