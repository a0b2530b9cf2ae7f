"""Form: the frame that neighbouring form controls share."""

from __future__ import annotations

from typing import Any

from limelight.core.container import Container

__all__ = ["Form"]


class Form(Container, tag="form"):
    """One frame around form controls that follow each other. The app makes it by itself."""

    scale: int = 0
    """Its share of the width in a Row, where the shares of its controls are added."""
    min_width: int = 0
    """Pixels it needs; in a Row those of its controls are added."""

    makes_parents = False

    def wire_props(self) -> dict[str, Any]:
        names = ("scale", "min_width", "preserved_by_key", "name")
        props = {name: value for name, value in super().wire_props().items() if name in names}
        if self.parent is not None and self.parent.tag == "row":
            for child in self.children:
                scale = getattr(child, "scale", None)
                props["scale"] += 1 if scale is None else scale
                props["min_width"] += getattr(child, "min_width", None) or 0
        return props
