"""The pages of the gallery: a module for each group of components."""

from __future__ import annotations

from gallery_parts.pages import (
    actions,
    chat,
    choices,
    data,
    dates,
    feedback,
    files,
    html,
    layout,
    numbers,
    overlays,
    state,
    text,
)

_MODULES = (
    text,
    choices,
    numbers,
    dates,
    files,
    actions,
    layout,
    overlays,
    feedback,
    data,
    state,
    chat,
    html,
)

GROUPS = [module.GROUP for module in _MODULES]
"""In the order in which the pages are listed."""
