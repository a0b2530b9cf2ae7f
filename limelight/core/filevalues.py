"""Values that are files: what components that take or offer any files do alike."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Literal

from limelight.core.filedata import FileData
from limelight.core.filenames import is_of_type, name_of
from limelight.core.narrow import is_listing
from limelight.core.props import check_among
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.wire.files import FILE_META, FILE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FileValues", "NamedString", "file_for_page"]

_COUNTS = ("single", "multiple", "directory")
_KINDS = ("filepath", "binary")
_SAMPLE = "sample_file.pdf"


class NamedString(str):
    """Path of a file; `.name` is the same path, as of an open file."""

    __slots__ = ("name",)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.name = str(path)
        """The path."""


class FileValues:
    """For components whose value is a file or several, with these three props."""

    file_count: Literal["single", "multiple", "directory"]
    file_types: list[str] | None
    type: Literal["filepath", "binary"]

    def check_files(self) -> None:
        """Check the three props.

        Raises:
            PropError: one of them is none of its choices.
        """
        name = self.__class__.__name__
        check_among(self, file_count=_COUNTS, type=_KINDS)
        given: object = self.file_types
        if given is not None and not isinstance(given, (list, tuple)):
            raise PropError(
                f"{name}() was given file_types={given!r}; expected a list, such as [{given!r}]."
            )

    def preprocess(self, payload: FileData | list[FileData] | None) -> Any:
        """The path or content of the file; a list of them unless `file_count` is `"single"`.

        A `FileData` with `path="/cache/ab12/a.txt"` becomes `NamedString("/cache/ab12/a.txt")`, or
        `b"…"` with `type="binary"`. `None` stays `None`.

        Raises:
            PayloadError: it is not a file, or none of the allowed types.
        """
        if payload is None:
            return None
        files: Sequence[object] = payload if is_listing(payload) else [payload]
        values = [self._read(file) for file in files]
        if self.file_count != "single":
            return values
        return values[0] if len(values) == 1 else values

    def _read(self, file: object) -> NamedString | bytes:
        if not isinstance(file, FileData) or not file.path:
            raise PayloadError(f"{self!r} got {file!r}; expected an uploaded file.")
        if not is_of_type(file.path, self.file_types):
            raise PayloadError(
                f"{self!r} got {PurePath(file.path).name!r}; expected a file of type "
                f"{', '.join(self.file_types or [])}."
            )
        return NamedString(file.path) if self.type == "filepath" else Path(file.path).read_bytes()

    def postprocess(self, value: Any) -> Any:
        """The file to show for a path or URL, a list for a list. `None` shows none.

        `"notes.txt"` becomes `FileData(path="notes.txt", orig_name="notes.txt", size=12)`.

        Raises:
            ValueRejected: it is neither a path nor a list of paths.
        """
        if value is None:
            return None
        if is_listing(value):
            return [file_for_page(item, self) for item in value]
        return file_for_page(value, self)

    def process_example(self, value: Any) -> str:
        """The names of the files."""
        if value is None:
            return ""
        items = value if is_listing(value) else [value]
        return ", ".join(name_of(str(item)) for item in items)

    def api_info(self) -> dict[str, Any]:
        """JSON schema of a file, or of a list of files."""
        if self.file_count == "single":
            return FILE_SCHEMA
        file = {name: member for name, member in FILE_SCHEMA.items() if name != "$defs"}
        return {
            "$defs": {"FileData": file, **FILE_SCHEMA["$defs"]},
            "items": {"$ref": "#/$defs/FileData"},
            "title": "ListFiles",
            "type": "array",
        }

    def example_payload(self) -> Any:
        """A payload that a client could send."""
        file = {"path": _SAMPLE, "meta": dict(FILE_META), "orig_name": _SAMPLE, "url": _SAMPLE}
        return file if self.file_count == "single" else [file]

    def example_value(self) -> Any:
        """A value that a function could return."""
        return _SAMPLE if self.file_count == "single" else [_SAMPLE]


def file_for_page(value: Any, block: object) -> FileData:
    """The file at a path or URL that a function returned for a block.

    Raises:
        ValueRejected: it is no path.
    """
    if isinstance(value, FileData):
        return value
    is_path = isinstance(value, str) or hasattr(value, "__fspath__")
    text = os.fspath(value) if is_path else ""
    if not text:
        raise ValueRejected(
            f"{block!r} was given {type(value).__name__} {value!r:.80}; expected the path of "
            "a file, a URL, or a list of them. Write content into a file and return its path."
        )
    made = FileData(path=text, orig_name=name_of(text))
    try:
        made.size = Path(text).stat().st_size
    except OSError:
        # A URL, or a file that is not there: whoever stores it says so, no more than it may.
        made.size = None
    return made
