"""Images in front of a button's caption, as the page gets them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from limelight.core.filedata import FileData

__all__ = ["icon_file"]


def icon_file(icon: Any) -> Any:
    """The image as the page gets it; addresses are left to the browser."""
    if not isinstance(icon, (str, PurePath)):
        return icon
    text = str(icon)
    if text.startswith(("http://", "https://", "data:")):
        return FileData(path=text, url=text).model_dump()
    made = FileData.from_path(text)
    if text.lower().endswith(".svg"):
        from limelight.media import images

        # As a file it would be sent as bytes of no kind, for it could hold scripts.
        made.transform = images.svg_data_url
    return made
