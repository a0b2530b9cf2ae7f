"""Walkthrough: steps that are taken one after the other, of which one is shown."""

from __future__ import annotations

from limelight.core import events
from limelight.core.container import Container

__all__ = ["Walkthrough"]


class Walkthrough(Container, tag="walkthrough"):
    """Holds `Step` blocks and shows one of them. Steps in a row get one by themselves.

    Readers can go back to steps that they were at; a function takes them to the next one by
    returning `Walkthrough(selected=...)`.
    """

    selected: int | None = None
    """`id` of the step that is shown; the first one if None."""

    change = events.change
    select = events.select
