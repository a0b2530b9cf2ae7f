"""File and Files: any files, uploaded by the reader or offered for download."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.filenames import is_of_type, name_of
from limelight.core.narrow import is_listing
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.wire.files import FILE_META, FILE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.block import Block

__all__ = ["File", "Files", "NamedString"]

_COUNTS = ("single", "multiple", "directory")
_KINDS = ("filepath", "binary")


class NamedString(str):
    """Path of a file; `.name` is the same path, as of an open file."""

    __slots__ = ("name",)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.name = str(path)
        """The path."""


class File(Component[Any, Any], tag="file"):
    """A drop zone for files, and a list of files to download."""

    value: str | Path | Sequence[str | Path] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """Path or URL of the file shown first, or a list of them."""
    file_count: Literal["single", "multiple", "directory"] = "single"
    """What can be uploaded: one file, several, or a folder; functions get lists for these."""
    file_types: list[str] | None = None
    """Endings (`".pdf"`) and kinds (`"image"`, `"audio"`, `"video"`, `"text"`); all if None."""
    type: Literal["filepath", "binary"] = "filepath"
    """What a function gets: the path, or the content as bytes."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    height: int | float | str | None = None
    """Most height of the list, in pixels or as CSS; longer lists scroll."""
    allow_reordering: bool = False
    """Whether the reader can put the files into another order."""
    buttons: list[Block] | None = None
    """Buttons of your own, shown small in the corner; none if None."""

    change = events.change
    select = events.select
    clear = events.clear
    upload = events.upload
    delete = events.delete
    download = events.download

    def setup(self) -> None:
        super().setup()
        if self.file_count not in _COUNTS:
            raise PropError(
                f"{type(self).__name__}() was given file_count={self.file_count!r}; expected "
                f"one of {', '.join(map(repr, _COUNTS))}."
            )
        if self.type not in _KINDS:
            raise PropError(
                f"{type(self).__name__}() was given type={self.type!r}; expected "
                "'filepath' or 'binary'."
            )
        given: object = self.file_types
        if given is not None and not isinstance(given, (list, tuple)):
            raise PropError(
                f"{type(self).__name__}() was given file_types={given!r}; expected a list, such as "
                f"[{given!r}]."
            )
        self.buttons = list(self.buttons or [])

    # ---- page to function --------------------------------------------------------------------

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

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: Any) -> Any:
        """The file to show for a path or URL, a list for a list. `None` shows none.

        `"notes.txt"` becomes `FileData(path="notes.txt", orig_name="notes.txt", size=12)`.

        Raises:
            ValueRejected: it is neither a path nor a list of paths.
        """
        if value is None:
            return None
        if is_listing(value):
            return [self._file(item) for item in value]
        return self._file(value)

    def _file(self, value: Any) -> FileData:
        if isinstance(value, FileData):
            return value
        is_path = isinstance(value, str) or hasattr(value, "__fspath__")
        text = os.fspath(value) if is_path else ""
        if not text:
            raise ValueRejected(
                f"{self!r} was given {type(value).__name__} {value!r:.80}; expected the path of "
                "a file, a URL, or a list of them. Write content into a file and return its path."
            )
        made = FileData(path=text, orig_name=name_of(text))
        try:
            made.size = Path(text).stat().st_size
        except OSError:
            # A URL, or a file that is not there: whoever stores it says so, no more than it may.
            made.size = None
        return made

    def process_example(self, value: Any) -> str:
        """The names of the files."""
        if value is None:
            return ""
        items = value if is_listing(value) else [value]
        return ", ".join(name_of(str(item)) for item in items)

    # ---- description -------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
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
        name = "sample_file.pdf"
        file = {"path": name, "meta": dict(FILE_META), "orig_name": name, "url": name}
        return file if self.file_count == "single" else [file]

    def example_value(self) -> Any:
        return "sample_file.pdf" if self.file_count == "single" else ["sample_file.pdf"]


class Files(File):
    """Several files: `File(file_count="multiple")`."""

    file_count: Literal["single", "multiple", "directory"] = "multiple"
    """How much can be uploaded."""
