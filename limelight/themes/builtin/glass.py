"""Glass: small, dense and glossy: gradients, fine lines and cool greys."""

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

__all__ = ["Glass"]

_SANS = ("Optima", "Candara", "Noto Sans", "source-sans-pro", "sans-serif")
_MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")


class Glass(Base):
    """Small, dense and glossy: gradients, fine lines and cool greys."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.blue,
        secondary_hue: Color | str = colors.slate,
        neutral_hue: Color | str = colors.slate,
        spacing_size: Size | str = sizes.spacing_sm,
        radius_size: Size | str = sizes.radius_sm,
        text_size: Size | str = sizes.text_sm,
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
        self.color_accent_dark = "*primary_400"
        self.set(
            color_accent="*primary_700",
            body_background_fill="linear-gradient(180deg, *neutral_50, *neutral_200) fixed",
            body_background_fill_dark="linear-gradient(180deg, *neutral_900, *neutral_950) fixed",
            body_text_color_subdued="*neutral_600",
            block_background_fill="linear-gradient(180deg, white, *neutral_50)",
            block_background_fill_dark="linear-gradient(180deg, *neutral_800, *neutral_900)",
            block_border_color="*neutral_300",
            block_border_color_dark="*neutral_700",
            block_shadow="inset 0 1px 0 white, 0 1px 3px rgb(0 0 0 / 0.08)",
            block_shadow_dark="inset 0 1px 0 rgb(255 255 255 / 0.06)",
            input_background_fill_dark="*neutral_950",
            input_shadow="*shadow_inset",
            form_gap_width="0px",
            button_primary_background_fill="linear-gradient(180deg, *primary_600, *primary_700)",
            button_primary_background_fill_hover=(
                "linear-gradient(180deg, *primary_700, *primary_800)"
            ),
            button_primary_background_fill_dark=(
                "linear-gradient(180deg, *primary_600, *primary_800)"
            ),
            button_primary_background_fill_hover_dark=(
                "linear-gradient(180deg, *primary_600, *primary_700)"
            ),
            button_primary_text_color_dark="white",
            button_primary_border_color="*primary_800",
            button_primary_border_color_hover="*primary_800",
            button_secondary_background_fill="linear-gradient(180deg, white, *neutral_100)",
            button_secondary_background_fill_hover=(
                "linear-gradient(180deg, *neutral_50, *neutral_200)"
            ),
            button_secondary_background_fill_dark=(
                "linear-gradient(180deg, *neutral_700, *neutral_800)"
            ),
            button_secondary_background_fill_hover_dark=(
                "linear-gradient(180deg, *neutral_600, *neutral_700)"
            ),
        )
