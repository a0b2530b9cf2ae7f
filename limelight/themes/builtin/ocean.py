"""Ocean: deep round corners and buttons that run from green to blue."""

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

__all__ = ["Ocean"]

_SANS = (LocalFont("IBM Plex Sans"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")


class Ocean(Base):
    """Deep round corners and buttons that run from green to blue."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.emerald,
        secondary_hue: Color | str = colors.sky,
        neutral_hue: Color | str = colors.zinc,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_xxl,
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
            body_background_fill=(
                "radial-gradient(circle at 100% 0%, *secondary_50, *neutral_50 45%)"
            ),
            body_background_fill_dark=(
                "radial-gradient(circle at 100% 0%, *secondary_950, *neutral_950 45%)"
            ),
            button_primary_background_fill="linear-gradient(100deg, *primary_600, *secondary_600)",
            button_primary_background_fill_hover=(
                "linear-gradient(100deg, *primary_700, *secondary_700)"
            ),
            button_primary_background_fill_dark=(
                "linear-gradient(100deg, *primary_600, *secondary_700)"
            ),
            button_primary_background_fill_hover_dark=(
                "linear-gradient(100deg, *primary_700, *secondary_800)"
            ),
            button_primary_text_color_dark="white",
            button_large_radius="*radius_xxl",
            button_medium_radius="*radius_xxl",
            button_small_radius="*radius_xl",
            form_gap_width="0px",
            button_secondary_background_fill=(
                "linear-gradient(100deg, *primary_100, *secondary_100)"
            ),
            button_secondary_background_fill_hover=(
                "linear-gradient(100deg, *primary_200, *secondary_200)"
            ),
            button_secondary_border_color="transparent",
            button_secondary_border_color_hover="transparent",
            slider_color="*secondary_600",
            slider_color_dark="*secondary_400",
        )
