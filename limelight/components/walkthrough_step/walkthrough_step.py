"""Step: one step of a `Walkthrough`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from limelight.core import events
from limelight.core.container import Container
from limelight.core.props import prop

__all__ = ["Step"]


class Step(Container, tag="walkthroughstep"):
    """One step of a `Walkthrough`. What is inside is drawn when the step is shown first."""

    label: str | None = prop(default=None, kw_only=False)
    """What the step is about."""
    visible: bool | Literal["hidden"] = prop(default=True, kw_only=False)
    """Whether the step is there."""
    interactive: bool = prop(default=True, kw_only=False)
    """Whether the reader can go back to it."""
    id: int | None = None
    """Its name, for `Walkthrough(selected=...)`."""
    scale: int | None = None
    """Its share of the height, when the page is filled."""

    if TYPE_CHECKING:  # they cannot move an inherited field to the second place

        def __init__(
            self,
            label: str | None = None,
            visible: bool | Literal["hidden"] = True,
            interactive: bool = True,
            *,
            id: int | None = None,
            scale: int | None = None,
            elem_id: str | None = None,
            elem_classes: list[str] | str | None = None,
            render: bool = True,
            key: int | str | tuple[int | str, ...] | None = None,
            preserved_by_key: list[str] | str | None = None,
        ) -> None: ...

    select = events.select

    expected_parent = "walkthrough"
