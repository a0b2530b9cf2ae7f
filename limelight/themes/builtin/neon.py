"""Neon: pure greys, pill-shaped controls and a lime tube that is lit in the dark."""

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

__all__ = ["Neon"]

_SANS = (LocalFont("Lexend"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("Space Mono"), "ui-monospace", "Consolas", "monospace")


class Neon(Base):
    """Pure greys, pill-shaped controls and a lime tube that is lit in the dark."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.lime,
        secondary_hue: Color | str = colors.cyan,
        neutral_hue: Color | str = colors.neutral,
        spacing_size: Size | str = sizes.spacing_lg,
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
            body_background_fill="white",
            body_background_fill_dark="black",
            border_color_accent="*primary_600",
            input_border_color_focus="*primary_600",
            checkbox_border_color_focus="*primary_600",
            checkbox_label_border_color_selected="*primary_600",
            loader_color="*primary_600",
            button_primary_background_fill="*primary_500",
            button_primary_background_fill_hover="*primary_400",
            button_primary_text_color="*neutral_950",
            button_primary_background_fill_dark="*primary_500",
            button_primary_background_fill_hover_dark="*primary_400",
            button_primary_shadow="none",
            button_primary_shadow_dark="0 0 22px -6px *primary_500",
            button_primary_shadow_hover_dark="0 0 26px -4px *primary_400",
            button_large_radius="*radius_xxl",
            button_medium_radius="*radius_xxl",
            button_small_radius="*radius_xxl",
            input_shadow_focus_dark="0 0 0 1px *primary_500, 0 0 18px -4px *primary_500",
            form_gap_width="0px",
        )
