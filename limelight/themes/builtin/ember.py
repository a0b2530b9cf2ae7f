"""Ember: charcoal and glowing coals: warm greys, an orange accent and soft corners."""

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

__all__ = ["Ember"]

_SANS = (LocalFont("Source Sans 3"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("Source Code Pro"), "ui-monospace", "Consolas", "monospace")


class Ember(Base):
    """Charcoal and glowing coals: warm greys, an orange accent and soft corners."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.orange,
        secondary_hue: Color | str = colors.orange,
        neutral_hue: Color | str = colors.stone,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_lg,
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
            body_background_fill="linear-gradient(180deg, *primary_50, *neutral_50 320px)",
            body_background_fill_dark=(
                "radial-gradient(ellipse 80% 320px at 50% 0%, color-mix(in srgb, "
                "*primary_900 45%, *neutral_950), *neutral_950)"
            ),
            button_primary_background_fill="linear-gradient(180deg, *primary_600, *primary_700)",
            button_primary_background_fill_hover="*primary_700",
            button_primary_background_fill_dark=(
                "linear-gradient(180deg, *primary_400, *primary_500)"
            ),
            button_primary_background_fill_hover_dark="*primary_300",
            input_shadow_focus_dark=(
                "0 0 0 3px color-mix(in srgb, *primary_500 30%, transparent), "
                "0 0 18px -2px *primary_800"
            ),
        )
