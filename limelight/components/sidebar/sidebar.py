"""Sidebar: blocks at the side of the page that can be slid away."""

from __future__ import annotations

from typing import Literal

from limelight.core import events
from limelight.core.container import Container
from limelight.core.props import prop

__all__ = ["Sidebar"]


class Sidebar(Container, tag="sidebar"):
    """Blocks at the side of the page that can be slid away; over the page where it is narrow."""

    label: str | None = prop(default=None, kw_only=False)
    """Its name for screen readers."""
    open: bool = True
    """Whether it is open."""
    width: int | str = 320
    """Pixels, or a CSS length."""
    position: Literal["left", "right"] = "left"
    """Side of the page at which it stands."""

    expand = events.expand
    collapse = events.collapse
