"""Mario: a jump-and-run of the eighties: thick outlines, hard shadows and a blue sky."""

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

__all__ = ["Mario"]

_SANS = (LocalFont("Press Start 2P"), "ui-monospace", "monospace")
_MONO = (LocalFont("Press Start 2P"), "ui-monospace", "Consolas", "monospace")


class Mario(Base):
    """A jump-and-run of the eighties: thick outlines, hard shadows and a blue sky."""

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.orange,
        secondary_hue: Color | str = colors.green,
        neutral_hue: Color | str = colors.stone,
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
        self.custom_css = self.css()
        self.color_accent_dark = "*primary_400"
        self.set(
            color_accent="*primary_800",
            body_background_fill="#8fc7ff",
            body_background_fill_dark="#0b1240",
            body_text_color="*neutral_950",
            body_text_color_subdued="*neutral_700",
            body_text_color_subdued_dark="*neutral_300",
            link_text_color="*secondary_900",
            link_text_color_hover="*secondary_950",
            link_text_color_visited="*secondary_900",
            background_fill_primary="#fffaf0",
            block_border_width="3px",
            block_border_width_dark="3px",
            block_border_color="*neutral_950",
            block_border_color_dark="*neutral_400",
            block_shadow="4px 4px 0 rgb(0 0 0 / 0.35)",
            block_shadow_dark="4px 4px 0 black",
            block_radius="*radius_xs",
            input_border_width="2px",
            input_border_width_dark="2px",
            input_border_color="*neutral_950",
            input_border_color_dark="*neutral_400",
            form_gap_width="0px",
            input_placeholder_color="*neutral_600",
            button_border_width="3px",
            button_border_width_dark="3px",
            button_primary_background_fill="#d9281e",
            button_primary_background_fill_hover="#b81c14",
            button_primary_background_fill_dark="#d9281e",
            button_primary_background_fill_hover_dark="#b81c14",
            button_primary_text_color_dark="white",
            button_primary_border_color="*neutral_950",
            button_primary_border_color_hover="*neutral_950",
            button_primary_border_color_dark="*neutral_950",
            button_primary_border_color_hover_dark="*neutral_950",
            button_primary_shadow="3px 3px 0 rgb(0 0 0 / 0.4)",
            button_primary_shadow_dark="3px 3px 0 black",
            button_primary_shadow_hover="3px 3px 0 rgb(0 0 0 / 0.4)",
            button_primary_shadow_active="none",
            button_primary_shadow_active_dark="none",
            button_secondary_background_fill="#ffd23f",
            button_secondary_background_fill_hover="#ffdf74",
            button_secondary_background_fill_dark="*secondary_700",
            button_secondary_background_fill_hover_dark="*secondary_800",
            button_secondary_text_color_dark="white",
            button_secondary_border_color="*neutral_950",
            button_secondary_border_color_hover="*neutral_950",
            button_secondary_border_color_dark="*neutral_950",
            button_secondary_shadow="3px 3px 0 rgb(0 0 0 / 0.4)",
            button_secondary_shadow_dark="3px 3px 0 black",
            button_secondary_shadow_active="none",
            button_secondary_shadow_active_dark="none",
            button_transform_active="translate(3px, 3px)",
            button_transition="none",
        )

    @staticmethod
    def css() -> str:
        """The theme's own rules: a strip of turf and bricks along the foot of the page."""
        return """
.gradio-container {
  padding-block-end: 64px;
  background:
    linear-gradient(#3f9a3a 0 0) bottom 40px left 0 / 100% 12px no-repeat,
    repeating-linear-gradient(90deg, #6b3410 0 3px, transparent 3px 40px)
      bottom / 100% 40px no-repeat,
    repeating-linear-gradient(#6b3410 0 3px, #b8612b 3px 20px) bottom / 100% 40px no-repeat,
    var(--body-background-fill);
}
footer {
  color: var(--body-text-color);
}
"""
