"""Soft: tinted surfaces without lines, round corners and an indigo accent."""

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

__all__ = ["Soft"]

_SANS = (LocalFont("Montserrat"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")


class Soft(Base):
    """Tinted surfaces without lines, round corners and an indigo accent."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.indigo,
        secondary_hue: Color | str = colors.indigo,
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
            body_background_fill="*neutral_100",
            body_background_fill_dark="*neutral_950",
            block_border_width="0px",
            block_border_width_dark="0px",
            block_radius="*radius_xl",
            block_shadow="0 1px 3px rgb(0 0 0 / 0.06), 0 6px 20px -8px rgb(0 0 0 / 0.08)",
            block_title_text_color="*primary_700",
            block_title_text_color_dark="*primary_300",
            block_title_text_weight="600",
            block_label_background_fill="*primary_100",
            block_label_background_fill_dark="color-mix(in srgb, *primary_500 22%, *neutral_900)",
            block_label_border_width="0px",
            block_label_border_width_dark="0px",
            block_label_text_color="*primary_800",
            block_label_text_color_dark="*primary_200",
            input_background_fill="*neutral_50",
            input_radius="*radius_lg",
            button_large_radius="*radius_xl",
            button_medium_radius="*radius_xl",
            button_small_radius="*radius_lg",
            button_primary_background_fill="*primary_600",
            button_primary_background_fill_hover="*primary_700",
            button_primary_background_fill_dark="*primary_600",
            button_primary_background_fill_hover_dark="*primary_700",
            button_primary_text_color_dark="white",
            button_secondary_background_fill="white",
            button_secondary_border_color="*neutral_200",
            form_gap_width="0px",
        )
