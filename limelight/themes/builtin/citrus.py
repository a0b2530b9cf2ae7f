"""Citrus: warm greys, sharp edges and amber buttons that sink when they are pressed."""

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

__all__ = ["Citrus"]

_SANS = (LocalFont("Ubuntu"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("Roboto Mono"), "ui-monospace", "Consolas", "monospace")


class Citrus(Base):
    """Warm greys, sharp edges and amber buttons that sink when they are pressed."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.amber,
        secondary_hue: Color | str = colors.amber,
        neutral_hue: Color | str = colors.stone,
        spacing_size: Size | str = sizes.spacing_lg,
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
            block_border_color="*neutral_300",
            block_border_color_dark="*neutral_700",
            block_shadow="0 2px 0 *neutral_200",
            block_shadow_dark="0 2px 0 black",
            form_gap_width="0px",
            block_title_text_weight="600",
            button_primary_background_fill="*primary_500",
            button_primary_background_fill_hover="*primary_400",
            button_primary_text_color="*neutral_950",
            button_primary_background_fill_dark="*primary_500",
            button_primary_background_fill_hover_dark="*primary_400",
            button_primary_text_color_dark="*neutral_950",
            button_primary_shadow="0 3px 0 *primary_700",
            button_primary_shadow_dark="0 3px 0 *primary_700",
            button_primary_shadow_hover="0 3px 0 *primary_700",
            button_primary_shadow_hover_dark="0 3px 0 *primary_700",
            button_primary_shadow_active="0 1px 0 *primary_700",
            button_primary_shadow_active_dark="0 1px 0 *primary_700",
            button_secondary_shadow="0 3px 0 *neutral_300",
            button_secondary_shadow_dark="0 3px 0 black",
            button_secondary_shadow_hover="0 3px 0 *neutral_300",
            button_secondary_shadow_hover_dark="0 3px 0 black",
            button_secondary_shadow_active="0 1px 0 *neutral_300",
            button_secondary_shadow_active_dark="0 1px 0 black",
            button_cancel_shadow="none",
            button_cancel_shadow_dark="none",
            button_transform_active="translateY(2px)",
        )
