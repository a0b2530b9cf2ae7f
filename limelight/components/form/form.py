"""Form: the frame that neighbouring form controls share."""

from __future__ import annotations

from typing import Any

from limelight.core.container import Container

__all__ = ["Form"]


class Form(Container, tag="form"):
    """One frame around form controls that follow each other. The app makes it by itself."""

    scale: int = 0
    """Its share of the width in a Row."""
    min_width: int = 0
    """Pixels it needs; the browser takes the largest of its controls."""

    makes_parents = False

    def wire_props(self) -> dict[str, Any]:
        names = ("scale", "min_width", "preserved_by_key", "name")
        return {name: value for name, value in super().wire_props().items() if name in names}
