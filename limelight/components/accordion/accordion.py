"""Accordion: a part of the page that can be folded away."""

from __future__ import annotations

from limelight.core import events
from limelight.core.container import Container
from limelight.core.props import prop

__all__ = ["Accordion"]


class Accordion(Container, tag="accordion"):
    """A part of the page that can be folded away under its label."""

    label: str | None = prop(default=None, kw_only=False)
    """Text that opens and closes it."""
    open: bool = True
    """Whether it is open."""
    height: int | str | None = None
    """Of the content: pixels, or a CSS length; what does not fit scrolls."""
    max_height: int | str | None = None
    """Of the content: pixels, or a CSS length; what does not fit scrolls."""

    expand = events.expand
    collapse = events.collapse
