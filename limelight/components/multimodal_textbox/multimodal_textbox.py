"""MultimodalTextbox: a field for a message, with files and recordings beside its text."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict, cast

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.filedata import FileData
from limelight.core.filenames import guess_mime, is_of_type, name_of
from limelight.core.narrow import is_listing, is_object
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.wire.files import FILE_META, FILE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from limelight.components.textbox.attributes import InputHTMLAttributes

__all__ = ["MultimodalTextbox"]

_SOURCES = ("upload", "microphone")
_COUNTS = ("single", "multiple", "directory")


class MultimodalValue(TypedDict):
    """What functions get."""

    text: str
    files: list[str]
    """Local paths."""


class _Wire(TypedDict):
    """What crosses to the page."""

    text: str
    files: list[FileData]


@dataclass(kw_only=True)
class MultimodalData:
    """A message as it crosses the wire, for code that makes one by hand."""

    text: str
    """What was written."""
    files: list[FileData] = field(default_factory=list[FileData])
    """What was attached."""


class MultimodalTextbox(
    FormComponent["_Wire | None", "MultimodalValue | None"], tag="multimodaltextbox"
):
    """A field for a message: text, with files that are chosen, dropped, pasted or recorded.

    With one line Enter submits and Shift+Enter starts a new line; with more lines they change
    places.
    """

    value: str | dict[str, Any] | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """The message at first: a text, or a dict with `text` and `files` (paths or URLs)."""
    sources: list[Literal["upload", "microphone"]] | Literal["upload", "microphone"] | None = None
    """Where files come from; None is `["upload"]`, which also allows dropping and pasting them."""
    file_types: list[str] | None = None
    """Endings (`".pdf"`) and kinds (`"image"`, `"audio"`, `"video"`, `"text"`); all if None."""
    file_count: Literal["single", "multiple", "directory"] = "single"
    """How many files a message can have: one, several, or those of whole folders."""
    lines: int = 1
    """Lines it is high at least."""
    max_lines: int = 20
    """Lines it grows to with its text; after that it scrolls."""
    placeholder: str | None = None
    """Shown while there is no text."""
    autofocus: bool = False
    """Whether it has the keyboard focus when the page is loaded."""
    autoscroll: bool = True
    """Whether it keeps its end in sight while a function adds text."""
    text_align: Literal["left", "right"] | None = None
    """Side that lines begin at; that of the text's direction if None."""
    rtl: bool = False
    """Whether text runs from right to left."""
    submit_btn: str | bool | None = True
    """Whether a submit button stands in the field; a text is its caption."""
    stop_btn: str | bool | None = False
    """Whether a stop button stands in the field; a text is its caption."""
    max_plain_text_length: int = 1000
    """Most characters that are pasted as text; longer texts become a file."""
    html_attributes: InputHTMLAttributes | dict[str, Any] | None = None
    """More attributes of the HTML element."""

    change = events.change
    input = events.input
    select = events.select
    submit = events.submit
    focus = events.focus
    blur = events.blur
    stop = events.stop

    def setup(self) -> None:
        given: Any = self.sources
        sources: Any = ["upload"] if given is None else given
        if isinstance(given, str):
            sources = [given]
        if not is_listing(sources) or any(source not in _SOURCES for source in sources):
            raise PropError(
                f"MultimodalTextbox() was given sources={given!r}; expected a list of "
                f"{' and '.join(map(repr, _SOURCES))}."
            )
        self.sources = list(sources)
        check_among(self, file_count=_COUNTS)
        types: object = self.file_types
        if types is not None and not is_listing(types):
            raise PropError(
                f"MultimodalTextbox() was given file_types={types!r}; expected a list, such as "
                f"[{types!r}]."
            )
        if self.html_attributes is not None and not isinstance(self.html_attributes, dict):
            attributes = vars(self.html_attributes)
            self.html_attributes = {k: v for k, v in attributes.items() if v is not None}
        super().setup()

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: Any) -> MultimodalValue | None:
        """The text and the paths of the files.

        `{"text": "What is this?", "files": [FileData(path="/cache/ab12/cat.png")]}` becomes
        `{"text": "What is this?", "files": ["/cache/ab12/cat.png"]}`. `None` stays `None`.

        Raises:
            PayloadError: it is no such message, or a file is none of the allowed types.
        """
        if payload is None:
            return None
        if isinstance(payload, MultimodalData):
            payload = vars(payload)
        text: object = payload.get("text", "") if is_object(payload) else None
        files: object = (payload.get("files") or []) if is_object(payload) else None
        if not isinstance(text, str) or not is_listing(files):
            raise PayloadError(
                f"{self!r} got {payload!r:.200}; expected an object with `text` and `files`."
            )
        return {"text": text, "files": [self._path(file) for file in files]}

    def _path(self, file: object) -> str:
        if not isinstance(file, FileData) or not file.path:
            raise PayloadError(f"{self!r} got {file!r} among `files`; expected an uploaded file.")
        records = "microphone" in (self.sources or ()) and is_of_type(file.path, ["audio", "webm"])
        if not records and not is_of_type(file.path, self.file_types):
            raise PayloadError(
                f"{self!r} got {name_of(file.path)!r}; expected files of type "
                f"{', '.join(self.file_types or [])}."
            )
        return file.path

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: Any) -> _Wire | None:
        """The message to show for a text, or for a dict with `text`, `files` or both.

        `"Hello"` becomes `{"text": "Hello", "files": []}`; `None` empties the field. Paths become
        `FileData(path="cat.png", orig_name="cat.png", mime_type="image/png")`.

        Raises:
            ValueRejected: it is neither, or a file is not the path of one.
        """
        if value is None:
            return {"text": "", "files": []}
        if isinstance(value, str):
            return {"text": value, "files": []}
        if isinstance(value, MultimodalData):
            value = vars(value)
        text: object = value.get("text", "") if is_object(value) else None
        files: Any = value.get("files") if is_object(value) else None
        if not isinstance(text, str):
            raise ValueRejected(
                f"{self!r} was given {type(value).__name__} {value!r:.80}; expected a text, or a "
                'dict such as {"text": "Hello", "files": ["cat.png"]}.'
            )
        listed = files if is_listing(files) else [] if files is None else [files]
        return {"text": text, "files": [self._file(file) for file in listed]}

    def _file(self, file: Any) -> FileData:
        if isinstance(file, FileData):
            return file
        if FileData.is_file_data(file) or (is_object(file) and isinstance(file.get("path"), str)):
            return FileData.from_dict(file)
        is_path = isinstance(file, str) or hasattr(file, "__fspath__")
        path = os.fspath(cast("Path", file)) if is_path else ""
        if not path:
            raise ValueRejected(
                f"{self!r} was given {file!r:.80} among `files`; expected the path of a file, or a "
                "URL."
            )
        name = name_of(path)
        return FileData(path=path, orig_name=name, mime_type=guess_mime(name))

    # ---- description -------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        file = {name: member for name, member in FILE_SCHEMA.items() if name != "$defs"}
        return {
            "$defs": {"FileData": file, **FILE_SCHEMA["$defs"]},
            "properties": {
                "text": {"title": "Text", "type": "string"},
                "files": {
                    "items": {"$ref": "#/$defs/FileData"},
                    "title": "Files",
                    "type": "array",
                },
            },
            "required": ["text"],
            "title": "MultimodalData",
            "type": "object",
        }

    def example_payload(self) -> Any:
        name = "sample_image.png"
        file = {"path": name, "meta": dict(FILE_META), "orig_name": name, "url": name}
        return {"text": "Describe this image", "files": [file]}

    def example_value(self) -> Any:
        return {"text": "Describe this image", "files": ["sample_image.png"]}
