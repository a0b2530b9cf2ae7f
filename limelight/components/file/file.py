"""File and Files: any files, uploaded by the reader or offered for download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filevalues import FileValues, NamedString
from limelight.core.props import prop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from limelight.core.block import Block

__all__ = ["File", "Files", "NamedString"]


class File(FileValues, Component[Any, Any], tag="file"):
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
        self.check_files()
        self.buttons = list(self.buttons or [])


class Files(File):
    """Several files: `File(file_count="multiple")`."""

    file_count: Literal["single", "multiple", "directory"] = "multiple"
    """How much can be uploaded."""
