"""Tab: one page of `Tabs`."""

from __future__ import annotations

from typing import Literal

from limelight.core import events
from limelight.core.container import Container
from limelight.core.props import prop

__all__ = ["Tab", "TabItem"]


class Tab(Container, tag="tabitem"):
    """One page of `Tabs`. What is inside is drawn when the tab is selected first, and then kept."""

    label: str | None = prop(default=None, kw_only=False)
    """Text of the tab."""
    visible: bool | Literal["hidden"] = prop(default=True, kw_only=False)
    """Whether the tab is there."""
    interactive: bool = prop(default=True, kw_only=False)
    """Whether it can be selected."""
    id: int | str | None = None
    """Its name, for `Tabs(selected=...)`."""
    alignment: Literal["left", "right"] = "left"
    """End of the line of tabs at which it stands."""
    scale: int | None = None
    """Its share of the height, when the page is filled."""
    height: int | str | None = None
    """Pixels, or a CSS length; content that does not fit scrolls."""
    max_height: int | str | None = None
    """Pixels, or a CSS length; content that does not fit scrolls."""
    render_children: bool = False
    """Whether what is inside is drawn at once, out of sight, not when the tab is selected first."""

    select = events.select

    expected_parent = "tabs"


TabItem = Tab
"""The same class under its other name."""
