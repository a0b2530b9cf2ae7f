"""Tooltip: a word of help about the blocks inside."""

from __future__ import annotations

from typing import Literal

from limelight.core.container import Container
from limelight.core.props import check_among, prop
from limelight.errors import PropError

__all__ = ["Tooltip"]


class Tooltip(Container, tag="tooltip"):
    """A word of help about the blocks inside, shown while one is pointed at or has the focus.

    On touch screens a long press shows it, and Escape hides it everywhere. It is for what one can
    do without, for many never see it: form controls have `info=` for what everybody should read.
    """

    text: str | None = prop(default=None, kw_only=False)
    """What it says, as plain text; without any, nothing is shown."""
    placement: Literal["top", "bottom", "left", "right"] = "top"
    """Side of the blocks on which it is shown, if there is room."""
    delay: float = 0.5
    """Seconds that the mouse rests before it is shown; with the keyboard there is no wait."""
    scale: int | None = None
    """Share of the width in a Row; 0 does not grow, None is 1."""
    min_width: int | None = None
    """Pixels it needs; in a Row it wraps to the next line when there is less."""

    def setup(self) -> None:
        check_among(self, placement=("top", "bottom", "left", "right"))
        if not self.delay >= 0:
            raise PropError(
                f"Tooltip() was given delay={self.delay!r}; expected seconds, 0 or more."
            )
        super().setup()
