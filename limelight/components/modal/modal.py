"""Modal: blocks in a dialog over the page."""

from __future__ import annotations

from typing import Literal

from limelight.core import events
from limelight.core.container import Container
from limelight.core.props import check_among, prop

__all__ = ["Modal"]


class Modal(Container, tag="modal"):
    """Blocks in a dialog over the page, which cannot be used meanwhile.

    A function opens and closes it by returning `gr.Modal(open=True)` or `gr.update(open=False)` for
    it. What is inside is drawn when it first opens and keeps its values; functions get them whether
    it is open or not. Several can be open, one above the other.
    """

    title: str | None = prop(default=None, kw_only=False)
    """Its heading, which stays in sight when the content scrolls; also its name for screen
    readers."""
    is_open: bool = prop(default=False, alias="open")
    """Whether it is open."""
    size: Literal["sm", "md", "lg", "full"] = "md"
    """How wide it is: `"full"` takes the whole window. On phones it comes up from the bottom."""
    dismissible: bool = True
    """Whether the reader can close it, by its button, Escape or a press beside it."""

    open = events.open
    close = events.close

    def setup(self) -> None:
        check_among(self, size=("sm", "md", "lg", "full"))
        super().setup()
