"""Tabs: several pages in one place, of which one is shown."""

from __future__ import annotations

from typing import Literal

from limelight.core import events
from limelight.core.container import Container

__all__ = ["Tabs"]


class Tabs(Container, tag="tabs"):
    """Holds `Tab` blocks and shows one of them. Tabs in a row get one by themselves."""

    selected: int | str | None = None
    """`id` of the tab that is shown; the first one if None."""
    overflow_behavior: Literal["menu", "wrap"] = "menu"
    """Where tabs go that do not fit in a line: into a `"menu"`, or `"wrap"` to the next line."""

    change = events.change
    select = events.select
