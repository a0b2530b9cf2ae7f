"""Monochrome: black on white, square corners and generous room, like a printed page."""

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

__all__ = ["Monochrome"]

_SANS = (LocalFont("Lora"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")


class Monochrome(Base):
    """Black on white, square corners and generous room, like a printed page."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.neutral,
        secondary_hue: Color | str = colors.neutral,
        neutral_hue: Color | str = colors.neutral,
        spacing_size: Size | str = sizes.spacing_lg,
        radius_size: Size | str = sizes.radius_none,
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
            body_background_fill_dark="black",
            block_border_color="*neutral_900",
            block_border_color_dark="*neutral_400",
            block_shadow="none",
            form_gap_width="1px",
            block_title_text_weight="600",
            checkbox_background_color_selected="*neutral_950",
            checkbox_border_color_selected="*neutral_950",
            checkbox_background_color_selected_dark="*neutral_600",
            checkbox_border_color_selected_dark="*neutral_400",
            input_border_color="*neutral_900",
            input_border_color_dark="*neutral_400",
            input_border_color_focus="*neutral_950",
            input_border_color_focus_dark="white",
            slider_color="*neutral_950",
            slider_color_dark="*neutral_100",
            loader_color="*neutral_950",
            loader_color_dark="*neutral_100",
            link_text_color="*neutral_950",
            link_text_color_dark="*neutral_50",
            button_primary_background_fill="*neutral_950",
            button_primary_background_fill_hover="*neutral_700",
            button_primary_background_fill_dark="*neutral_50",
            button_primary_background_fill_hover_dark="*neutral_300",
            button_primary_shadow="none",
            button_secondary_border_color="*neutral_900",
            button_secondary_border_color_hover="*neutral_900",
            button_secondary_border_color_dark="*neutral_400",
            button_secondary_shadow="none",
        )
