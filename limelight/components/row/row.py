"""Row: blocks side by side."""

from __future__ import annotations

from typing import Any, Literal

from limelight.core.container import Container
from limelight.core.updates import update

__all__ = ["Row"]


class Row(Container, tag="row"):
    """Blocks side by side; they wrap to the next line when their `min_width` does not fit."""

    variant: Literal["default", "panel", "compact"] = "default"
    """`"default"`, `"panel"` with a background, or `"compact"` without gaps."""
    scale: int | None = None
    """Its share of the height or width in the container around it."""
    height: int | str | None = None
    """Pixels, or a CSS length; content that does not fit scrolls."""
    max_height: int | str | None = None
    """Pixels, or a CSS length; content that does not fit scrolls."""
    min_height: int | str | None = None
    """Pixels, or a CSS length."""
    equal_height: bool = False
    """Whether all blocks are as high as the highest."""
    show_progress: bool = False  # type: ignore[misc]  # of the class in `Container`
    """Whether it shows the status tracker when it is an output."""

    def setup(self) -> None:
        super().setup()
        self.makes_parents = self.variant != "compact"  # type: ignore[misc]  # per instance

    @staticmethod
    def update(visible: bool | None = None) -> dict[str, Any]:
        """Show or hide the row."""
        return update(visible=visible)
