"""Column: blocks below one another."""

from __future__ import annotations

from typing import Literal

from limelight.core.container import Container

__all__ = ["Column"]


class Column(Container, tag="column"):
    """Blocks below one another; columns in a Row share its width."""

    scale: int = 1
    """Its share of the width in a Row; 0 does not grow."""
    min_width: int = 320
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    variant: Literal["default", "panel", "compact"] = "default"
    """`"default"`, `"panel"` with a background, or `"compact"` without gaps."""
    show_progress: bool = False  # type: ignore[misc]  # of the class in `Container`
    """Whether it shows the status tracker when it is an output."""

    def setup(self) -> None:
        super().setup()
        self.makes_parents = self.variant != "compact"  # type: ignore[misc]  # per instance
