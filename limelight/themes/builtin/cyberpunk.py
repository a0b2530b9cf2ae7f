"""Cyberpunk: night city: near-black blue, hard edges, fuchsia and cyan light."""

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

__all__ = ["Cyberpunk"]

_SANS = (LocalFont("Chakra Petch"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("Share Tech Mono"), "ui-monospace", "Consolas", "monospace")


class Cyberpunk(Base):
    """Night city: near-black blue, hard edges, fuchsia and cyan light."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.fuchsia,
        secondary_hue: Color | str = colors.cyan,
        neutral_hue: Color | str = colors.slate,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_sm,
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
            body_background_fill_dark=(
                "linear-gradient(180deg, *primary_950 -40%, *neutral_950 420px)"
            ),
            block_border_color_dark="color-mix(in srgb, *secondary_500 35%, *neutral_900)",
            block_title_text_color="*primary_700",
            block_title_text_color_dark="*secondary_300",
            block_title_text_weight="600",
            block_label_text_color_dark="*secondary_300",
            input_border_color_focus="*secondary_600",
            input_border_color_focus_dark="*secondary_400",
            input_shadow_focus_dark="0 0 0 1px *secondary_400, 0 0 16px -2px *secondary_500",
            slider_color="*secondary_600",
            slider_color_dark="*secondary_400",
            loader_color_dark="*secondary_400",
            button_primary_shadow_dark="0 0 18px -4px *primary_500",
            button_primary_shadow_hover_dark="0 0 22px -2px *primary_400",
            button_secondary_background_fill_dark="*neutral_900",
            button_secondary_border_color_dark="*secondary_700",
            button_secondary_text_color_dark="*secondary_200",
            button_secondary_border_color_hover_dark="*secondary_500",
        )
