"""Popover: a button that opens a small panel of blocks beside itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from limelight.core import events
from limelight.core.container import Container
from limelight.core.props import check_among, prop
from limelight.media.icons import icon_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Popover"]


class Popover(Container, tag="popover"):
    """A button that opens a small panel of blocks beside itself. The page can be used meanwhile.

    Escape, a press elsewhere or moving on with Tab closes the panel. What is inside is drawn when
    it first opens and keeps its values; functions get them whether it is open or not.
    """

    label: str | None = prop(default=None, kw_only=False)
    """Text of the button, and the panel's name for screen readers."""
    is_open: bool = prop(default=False, alias="open")
    """Whether the panel is open."""
    icon: str | Path | None = None
    """Path or URL of an image in front of the text."""
    variant: Literal["primary", "secondary", "stop", "help"] = "secondary"
    """Look of the button; `"help"` is a small round one with a question mark."""
    size: Literal["sm", "md", "lg"] = "md"
    """How large the button is."""
    placement: Literal["bottom", "top", "left", "right"] = "bottom"
    """Side of the button on which the panel opens, if there is room."""
    interactive: bool = True
    """Whether the button can be pressed."""
    scale: int | None = None
    """The button's share of the width in a Row; 0 does not grow, None is 1."""
    min_width: int | None = None
    """Pixels that the button needs; in a Row it wraps to the next line when there is less."""

    open = events.open
    close = events.close

    def setup(self) -> None:
        check_among(
            self,
            variant=("primary", "secondary", "stop", "help"),
            size=("sm", "md", "lg"),
            placement=("bottom", "top", "left", "right"),
        )
        self.icon = icon_file(self.icon)
        super().setup()
