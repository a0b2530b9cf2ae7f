"""Draggable: blocks that the reader can put into another order."""

from __future__ import annotations

from typing import ClassVar, Literal

from limelight.core.container import Container
from limelight.core.props import check_among

__all__ = ["Draggable"]


class Draggable(Container, tag="draggable"):
    """Blocks that the reader can put into another order, with the mouse, by touch or by keyboard.

    Functions do not hear of it: the order is the reader's own, and lasts as long as the page.
    """

    orientation: Literal["row", "column"] = "column"
    """Whether the blocks stand beside or below one another."""

    # Each block is to be moved by itself, so none of them share the frame of a form.
    makes_parents: ClassVar[bool] = False

    def setup(self) -> None:
        check_among(self, orientation=("row", "column"))
        super().setup()
