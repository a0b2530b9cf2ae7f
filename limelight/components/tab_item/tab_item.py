"""Tab: one page of `Tabs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

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

    if TYPE_CHECKING:  # they cannot move an inherited field to the second place

        def __init__(
            self,
            label: str | None = None,
            visible: bool | Literal["hidden"] = True,
            interactive: bool = True,
            *,
            id: int | str | None = None,
            alignment: Literal["left", "right"] = "left",
            scale: int | None = None,
            height: int | str | None = None,
            max_height: int | str | None = None,
            render_children: bool = False,
            elem_id: str | None = None,
            elem_classes: list[str] | str | None = None,
            render: bool = True,
            key: int | str | tuple[int | str, ...] | None = None,
            preserved_by_key: list[str] | str | None = None,
        ) -> None: ...

    select = events.select

    expected_parent = "tabs"


TabItem = Tab
"""The same class under its other name."""
