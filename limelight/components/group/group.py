"""Group: blocks in one frame, without gaps."""

from __future__ import annotations

from limelight.core.container import Container

__all__ = ["Group"]


class Group(Container, tag="group"):
    """Blocks in one frame, without gaps between them."""
