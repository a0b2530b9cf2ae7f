"""Origin: a plain sheet with an orange accent, close to what the first apps looked like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limelight.themes import colors, sizes
from limelight.themes.fonts import LocalFont
from limelight.themes.theme import Base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from limelight.themes.colors import Color
    from limelight.themes.fonts import Font
    from limelight.themes.sizes import Size

__all__ = ["Origin"]

_SANS = (LocalFont("Source Sans Pro"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")


class Origin(Base):
    """A plain sheet with an orange accent, close to what the first apps looked like."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.orange,
        secondary_hue: Color | str = colors.blue,
        neutral_hue: Color | str = colors.gray,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_md,
        text_size: Size | str = sizes.text_md,
        font: Font | str | Iterable[Font | str] = _SANS,
        font_mono: Font | str | Iterable[Font | str] = _MONO,
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
        self.set(
            body_background_fill="white",
            body_background_fill_dark="*neutral_950",
            block_shadow="none",
            block_radius="*radius_md",
            block_background_fill="*neutral_50",
            block_background_fill_dark="*neutral_900",
            button_primary_background_fill=(
                "linear-gradient(to bottom right, *primary_100, *primary_300)"
            ),
            button_primary_background_fill_hover=(
                "linear-gradient(to bottom right, *primary_100, *primary_200)"
            ),
            button_primary_background_fill_dark=(
                "linear-gradient(to bottom right, *primary_700, *primary_600)"
            ),
            button_primary_background_fill_hover_dark=(
                "linear-gradient(to bottom right, *primary_700, *primary_700)"
            ),
            button_primary_text_color="*primary_900",
            button_primary_text_color_dark="white",
            button_primary_border_color="*primary_200",
            button_primary_border_color_hover="*primary_300",
            button_secondary_background_fill=(
                "linear-gradient(to bottom right, *neutral_100, *neutral_200)"
            ),
            button_secondary_background_fill_hover=(
                "linear-gradient(to bottom right, *neutral_100, *neutral_100)"
            ),
        )
