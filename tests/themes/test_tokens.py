"""The looks can be read: contrast as WCAG 2.2 defines it (success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from limelight.themes import Base, Default, colors
from limelight.themes.choose import choose_theme
from limelight.themes.css import resolve
from limelight.themes.tokens import EXTRAS, VARIABLES

_NAMED = {"white": "#ffffff", "black": "#000000"}
_MIX = re.compile(r"color-mix\(in srgb, (.+?) ([\d.]+)%, (.+)\)")

BUILTIN = [
    "soft",
    "monochrome",
    "glass",
    "origin",
    "citrus",
    "ocean",
    "ember",
    "cyberpunk",
    "neon",
    "mario",
]

TEXT = [
    # Text, and every surface that it stands on.
    ("body_text_color", "body_background_fill"),
    ("body_text_color", "block_background_fill"),
    ("body_text_color", "background_fill_primary"),
    ("body_text_color", "background_fill_secondary"),
    ("body_text_color", "input_background_fill"),
    ("body_text_color", "color_accent_soft"),
    ("body_text_color", "code_background_fill"),
    ("body_text_color", "panel_background_fill"),
    ("body_text_color", "stat_background_fill"),
    ("body_text_color_subdued", "body_background_fill"),
    ("body_text_color_subdued", "block_background_fill"),
    ("body_text_color_subdued", "background_fill_secondary"),
    ("body_text_color_subdued", "input_background_fill"),
    ("block_info_text_color", "block_background_fill"),
    ("block_label_text_color", "block_label_background_fill"),
    ("block_title_text_color", "block_background_fill"),
    ("accordion_text_color", "block_background_fill"),
    ("table_text_color", "table_even_background_fill"),
    ("table_text_color", "table_odd_background_fill"),
    ("table_text_color", "table_row_focus"),
    ("input_placeholder_color", "input_background_fill"),
    ("input_placeholder_color", "input_background_fill_focus"),
    ("checkbox_label_text_color", "checkbox_label_background_fill"),
    ("checkbox_label_text_color", "checkbox_label_background_fill_hover"),
    ("checkbox_label_text_color_selected", "checkbox_label_background_fill_selected"),
    ("link_text_color", "body_background_fill"),
    ("link_text_color", "block_background_fill"),
    ("link_text_color_hover", "block_background_fill"),
    ("link_text_color_visited", "block_background_fill"),
    ("button_primary_text_color", "button_primary_background_fill"),
    ("button_primary_text_color_hover", "button_primary_background_fill_hover"),
    ("button_secondary_text_color", "button_secondary_background_fill"),
    ("button_secondary_text_color_hover", "button_secondary_background_fill_hover"),
    ("button_cancel_text_color", "button_cancel_background_fill"),
    ("button_cancel_text_color_hover", "button_cancel_background_fill_hover"),
    ("color_accent", "body_background_fill"),
    ("color_accent", "block_background_fill"),
    ("color_accent", "color_accent_soft"),
    ("error_text_color", "error_background_fill"),
    ("error_text_color", "block_background_fill"),
    ("warning_text_color", "warning_background_fill"),
    ("success_text_color", "success_background_fill"),
    ("info_text_color", "info_background_fill"),
]

GRAPHICS = [
    # What shows where a control is, or what state it is in.
    ("input_border_color", "block_background_fill"),
    ("input_border_color_hover", "block_background_fill"),
    ("input_border_color_focus", "block_background_fill"),
    ("checkbox_border_color", "block_background_fill"),
    ("checkbox_background_color_selected", "block_background_fill"),
    ("checkbox_label_border_color_selected", "block_background_fill"),
    ("focus_ring", "body_background_fill"),
    ("focus_ring", "block_background_fill"),
    ("loader_color", "block_background_fill"),
    ("slider_color", "block_background_fill"),
    ("error_icon_color", "background_fill_primary"),
    ("warning_icon_color", "background_fill_primary"),
    ("success_icon_color", "background_fill_primary"),
    ("info_icon_color", "background_fill_primary"),
]


def contrast(first: str, second: str) -> float:
    """1 for equal colours, 21 for black on white."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb(colour: str) -> list[float]:
    """Red, green and blue in 0–1 of a hex colour, a name, or a mix of opaque colours."""
    mixed = _MIX.fullmatch(colour)
    if mixed:
        share = float(mixed[2]) / 100
        pairs = zip(rgb(mixed[1]), rgb(mixed[3]), strict=True)
        return [first * share + second * (1 - share) for first, second in pairs]
    digits = _NAMED.get(colour, colour).removeprefix("#")
    assert len(digits) == 6, f"{colour!r} is no opaque colour"
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


@pytest.mark.parametrize("mode", ["", "_dark"])
@pytest.mark.parametrize(("text", "surface"), TEXT)
def test_text_can_be_read_on_its_surface(text: str, surface: str, mode: str) -> None:
    theme = Default()
    assert contrast(resolve(theme, text + mode), resolve(theme, surface + mode)) >= 4.5


@pytest.mark.parametrize("mode", ["", "_dark"])
@pytest.mark.parametrize(("mark", "surface"), GRAPHICS)
def test_marks_of_controls_can_be_seen(mark: str, surface: str, mode: str) -> None:
    theme = Default()
    assert contrast(resolve(theme, mark + mode), resolve(theme, surface + mode)) >= 3


def colours(value: str) -> list[str]:
    """Every colour in a value: those of a gradient, and the ends of a mix."""
    return re.findall(r"#[0-9a-f]{6}\b|\bwhite\b|\bblack\b", value)


@pytest.mark.parametrize("mode", ["", "_dark"])
@pytest.mark.parametrize("name", BUILTIN)
def test_built_in_themes_can_be_read_anywhere_on_their_gradients(name: str, mode: str) -> None:
    theme = choose_theme(name)
    pairs = {
        f"{text} {ink} on {surface} {fill}": round(contrast(ink, fill), 2)
        for text, surface in TEXT
        for ink in colours(resolve(theme, text + mode))
        for fill in colours(resolve(theme, surface + mode))
        if "color-mix" not in resolve(theme, surface + mode)
    }
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("mode", ["", "_dark"])
@pytest.mark.parametrize("hue", [c.name for c in colors.Color.all])
def test_main_button_can_be_read_in_every_hue(hue: str, mode: str) -> None:
    theme = Base(primary_hue=hue)
    for state in ("", "_hover"):
        fill = resolve(theme, f"button_primary_background_fill{state}{mode}")
        ink = resolve(theme, f"button_primary_text_color{state}{mode}")
        assert contrast(fill, ink) >= 4.5


@pytest.mark.parametrize("hue", [c.name for c in colors.Color.all])
def test_links_can_be_read_in_every_hue(hue: str) -> None:
    theme = Base(secondary_hue=hue)
    for mode in ("", "_dark"):
        link, surface = "link_text_color" + mode, "block_background_fill" + mode
        assert contrast(resolve(theme, link), resolve(theme, surface)) >= 4.5


def test_there_are_267_variables_and_every_dark_one_has_a_light_one() -> None:
    assert len(VARIABLES) == 267
    assert all(n.removesuffix("_dark") in VARIABLES for n in VARIABLES)
    assert not set(VARIABLES) & set(EXTRAS)
    assert [n for n in VARIABLES if n.startswith("color_accent")] == [
        "color_accent",
        "color_accent_soft",
        "color_accent_soft_dark",
    ]


def test_every_default_resolves_to_plain_css() -> None:
    theme = Default()
    for name in (*VARIABLES, *EXTRAS):
        assert not re.search(r"\*[a-z]", resolve(theme, name)), name
