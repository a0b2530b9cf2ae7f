"""Themes: what the page looks like, as values. `css.py` turns them into custom properties."""

from __future__ import annotations

from typing import Any, NoReturn

from limelight.errors import NotAvailable
from limelight.themes import colors, sizes
from limelight.themes.builtin.citrus import Citrus
from limelight.themes.builtin.cyberpunk import Cyberpunk
from limelight.themes.builtin.default import Default
from limelight.themes.builtin.ember import Ember
from limelight.themes.builtin.glass import Glass
from limelight.themes.builtin.mario import Mario
from limelight.themes.builtin.monochrome import Monochrome
from limelight.themes.builtin.neon import Neon
from limelight.themes.builtin.ocean import Ocean
from limelight.themes.builtin.origin import Origin
from limelight.themes.builtin.soft import Soft
from limelight.themes.colors import Color
from limelight.themes.fonts import Font, GoogleFont, LocalFont
from limelight.themes.sizes import Size
from limelight.themes.theme import Base, ThemeClass

__all__ = [
    "Base",
    "Citrus",
    "Color",
    "Cyberpunk",
    "Default",
    "Ember",
    "Font",
    "Glass",
    "GoogleFont",
    "LocalFont",
    "Mario",
    "Monochrome",
    "Neon",
    "Ocean",
    "Origin",
    "Size",
    "Soft",
    "Theme",
    "ThemeClass",
    "builder",
    "colors",
    "sizes",
]

Theme = Base
"""The public name of `Base`."""


def builder(*args: Any, **kwargs: Any) -> NoReturn:
    """Not available: there is no app to build themes with.

    Raises:
        NotAvailable: Always.
    """
    del args, kwargs
    raise NotAvailable(
        "builder(): there is no theme builder. Write Theme(primary_hue=..., ...).set(...) and run"
        " the app with `limelight run app.py --reload`."
    )
