"""Skeleton: grey shapes in the place of what is still to come."""

from __future__ import annotations

from typing import Literal

from limelight.core.block import Block
from limelight.core.props import check_among, prop
from limelight.errors import PropError

__all__ = ["Skeleton"]

MOST_LINES = 100


class Skeleton(Block, tag="skeleton"):
    """Grey shapes in the place of what is still to come, so that the page does not jump.

    A function swaps it: it returns `gr.update(visible=False)` for the skeleton and
    `gr.update(visible=True)` for what takes its place.
    """

    variant: Literal["text", "rect", "circle", "card", "chat"] = prop(default="text", kw_only=False)
    """What it stands for: lines of text, a picture or chart, a portrait, a card with a picture and
    text, or messages."""
    lines: int = 3
    """How many lines of text, or messages, there are."""
    width: int | str | None = None
    """Pixels, or a CSS length; as wide as there is room if None."""
    height: int | str | None = None
    """Of the picture, the portrait or a line of text: pixels, or a CSS length."""
    label: str | None = None
    """What screen readers say; "Loading", in the reader's language, if None."""
    scale: int | None = None
    """Share of the width in a Row; 0 does not grow, None is 1."""
    min_width: int | None = None
    """Pixels it needs; in a Row it wraps to the next line when there is less."""

    def setup(self) -> None:
        check_among(self, variant=("text", "rect", "circle", "card", "chat"))
        lines: object = self.lines
        if isinstance(lines, bool) or not isinstance(lines, int) or not 1 <= lines <= MOST_LINES:
            raise PropError(
                f"Skeleton() was given lines={lines!r}; expected a whole number from 1 to "
                f"{MOST_LINES}."
            )
        super().setup()
