"""DownloadButton: a button that gives a file to the reader."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.filenames import name_of
from limelight.core.props import prop
from limelight.errors import PayloadError, ValueRejected
from limelight.media.icons import icon_file
from limelight.wire.files import FILE_META, FILE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["DownloadButton"]


class DownloadButton(Component["FileData | None", "str | None"], tag="downloadbutton"):
    """A button that gives a file to the reader; without a file it only tells of clicks."""

    label: str | None = prop(default="Download", kw_only=False)
    """Its caption."""
    value: str | Path | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """Path or URL of the file."""
    variant: Literal["primary", "secondary", "stop"] = "secondary"
    """`"primary"` for the main action of a page, `"stop"` for ending something."""
    size: Literal["sm", "md", "lg"] = "lg"
    """How large it is drawn."""
    icon: str | Path | None = None
    """Path or URL of an image in front of the caption."""
    interactive: bool | None = True
    """Whether it can be pressed."""

    change = events.change
    click = events.click

    def setup(self) -> None:
        super().setup()
        self.icon = icon_file(self.icon)

    def preprocess(self, payload: Any) -> str | None:
        """The path of the file. `None` stays `None`.

        Raises:
            PayloadError: it is not a file.
        """
        if payload is None:
            return None
        if not isinstance(payload, FileData) or not payload.path:
            raise PayloadError(f"{self!r} got {payload!r}; expected a file.")
        return payload.path

    def postprocess(self, value: Any) -> FileData | None:
        """The file to offer for a path or URL. `None` offers none.

        Raises:
            ValueRejected: it is not a path.
        """
        if value is None or isinstance(value, FileData):
            return value
        is_path = isinstance(value, str) or hasattr(value, "__fspath__")
        text = os.fspath(value) if is_path else ""
        if not text:
            raise ValueRejected(
                f"{self!r} was given {type(value).__name__} {value!r:.80}; expected the path of "
                "a file, or a URL. Write content into a file and return its path."
            )
        return FileData(path=text, orig_name=name_of(text))

    def process_example(self, value: Any) -> str:
        """The name of the file."""
        return "" if value is None else name_of(str(value))

    def api_info(self) -> dict[str, Any]:
        return FILE_SCHEMA

    def example_payload(self) -> Any:
        name = "sample_file.pdf"
        return {"path": name, "meta": dict(FILE_META), "orig_name": name, "url": name}

    def example_value(self) -> Any:
        return "sample_file.pdf"
