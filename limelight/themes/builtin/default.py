"""Default: the look of the product: calm greys, hairlines, and one teal accent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limelight.themes import colors, sizes
from limelight.themes.fonts import SYSTEM_MONO, SYSTEM_SANS
from limelight.themes.theme import Base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from limelight.themes.colors import Color
    from limelight.themes.fonts import Font
    from limelight.themes.sizes import Size

__all__ = ["Default"]


class Default(Base):
    """The look of the product: calm greys, hairlines, and one teal accent."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.teal,
        secondary_hue: Color | str = colors.teal,
        neutral_hue: Color | str = colors.zinc,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_md,
        text_size: Size | str = sizes.text_md,
        font: Font | str | Iterable[Font | str] = SYSTEM_SANS,
        font_mono: Font | str | Iterable[Font | str] = SYSTEM_MONO,
    ) -> None:
        super().__init__(
            primary_hue=primary_hue,
            secondary_hue=secondary_hue,
            neutral_hue=neutral_hue,
            spacing_size=spacing_size,
            radius_size=radius_size,
            text_size=text_size,
            font=font,
            font_mono=font_mono,
        )
