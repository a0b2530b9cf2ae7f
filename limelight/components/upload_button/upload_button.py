"""UploadButton: a button that asks for files and sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filevalues import FileValues
from limelight.core.props import prop
from limelight.media.icons import icon_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["UploadButton"]


class UploadButton(FileValues, Component[Any, Any], tag="uploadbutton"):
    """A button that asks for files and sends them; it shows how far that is.

    Files can be dropped on it, too. Pressing it while files are on their way stops them.
    """

    label: str | None = prop(default="Upload a File", kw_only=False)
    """Its caption."""
    value: str | Path | Sequence[str | Path] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """Path or URL of the file that a function gets before any is uploaded, or a list of them."""
    variant: Literal["primary", "secondary", "stop"] = "secondary"
    """`"primary"` for the main action of a page, `"stop"` for ending something."""
    size: Literal["sm", "md", "lg"] = "lg"
    """How large it is drawn."""
    icon: str | Path | None = None
    """Path or URL of an image in front of the caption."""
    interactive: bool | None = True
    """Whether it can be pressed."""
    type: Literal["filepath", "binary"] = "filepath"
    """What a function gets: the path, or the content as bytes."""
    file_count: Literal["single", "multiple", "directory"] = "single"
    """What can be uploaded: one file, several, or a folder; functions get lists for these."""
    file_types: list[str] | None = None
    """Endings (`".pdf"`) and kinds (`"image"`, `"audio"`, `"video"`, `"text"`); all if None."""

    change = events.change
    click = events.click
    upload = events.upload

    def setup(self) -> None:
        super().setup()
        self.check_files()
        self.icon = icon_file(self.icon)
