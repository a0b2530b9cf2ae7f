from __future__ import annotations

import re
from pathlib import Path

import pytest

from limelight.errors import PropError
from limelight.themes import Base, Default, Mario
from limelight.themes.css import LAYERS, MODE_SCRIPT, body_css, resolve, theme_css, theme_hash
from limelight.themes.tokens import VARIABLES

WEB = Path(__file__).parents[2] / "web" / "src" / "theme"


def rule(css: str, selector: str) -> dict[str, str]:
    """Custom properties of all rules with a selector, by name."""
    rules = re.findall(r"([^{}]+){([^{}]*)}", css)
    found = ";".join(body for selectors, body in rules if selector in selectors.split(","))
    assert found, selector
    return dict(re.findall(r"--([\w-]+):([^;]*)", found))


def test_every_variable_is_a_property_in_kebab_case() -> None:
    light = rule(theme_css(Default()), ":root")
    kebab = {n.replace("_", "-") for n in VARIABLES if not n.endswith("_dark")}
    assert kebab <= set(light)
    assert {"primary-50", "neutral-950", "spacing-xxl", "radius-xxs", "text-md"} <= set(light)
    assert light["button-primary-background-fill"] == "var(--primary-600)"
    assert light["font"].startswith("ui-sans-serif,system-ui")


def test_dark_values_stand_under_the_class() -> None:
    css = theme_css(Base().set(block_radius="3px", body_text_color_dark="*primary_200"))
    assert rule(css, ".dark")["body-text-color"] == "var(--primary-200)"
    assert "block-radius" not in rule(css, ".dark")


def test_what_refers_to_a_dark_value_is_declared_again_in_the_dark() -> None:
    css = theme_css(Base().set(block_label_shadow="0 1px *border_color_primary"))
    assert rule(css, ".dark")["block-label-shadow"] == "0 1px var(--border-color-primary)"


def test_sheet_stands_in_layers_with_the_same_order_as_the_page() -> None:
    assert theme_css(Default()).startswith(LAYERS)
    assert LAYERS in (WEB / "base.css").read_text(encoding="utf-8")


def test_rules_of_a_theme_stand_above_the_components() -> None:
    css = theme_css(Mario())
    assert "@layer limelight.skin {\n.gradio-container {" in css
    theme = Default()
    theme.custom_css = "</style><script>alert(1)</script>"
    with pytest.raises(PropError, match="contains markup"):
        theme_css(theme)


def test_reference_must_exist_and_be_light() -> None:
    with pytest.raises(PropError, match=r"'\*primary_550', which there is not. Did you mean 'prim"):
        theme_css(Base().set(block_radius="*primary_550"))
    with pytest.raises(PropError, match=r"without '_dark': '\*body_text_color' is dark where"):
        theme_css(Base().set(block_title_text_color_dark="*body_text_color_dark"))


def test_accent_of_ones_own_holds_in_the_dark_too() -> None:
    assert rule(theme_css(Default()), ".dark")["color-accent"] == "var(--primary-400)"
    assert resolve(Default().set(color_accent="#ff0066"), "color_accent_dark") == "#ff0066"
    assert "color-accent" not in rule(theme_css(Base().set(color_accent="#f06")), ".dark")


def test_attribute_of_a_subclass_is_a_property_too() -> None:
    theme = Default()
    vars(theme)["brand_color"] = "hotpink"
    css = theme_css(theme.set(color_accent="*brand_color"))
    assert rule(css, ":root")["brand-color"] == "hotpink"


def test_attribute_that_is_no_property_name_is_refused() -> None:
    theme = Default()
    vars(theme)["a{b"] = "red"
    with pytest.raises(PropError, match=r"has an attribute 'a\{b'"):
        theme_css(theme)


def test_references_are_resolved_in_the_mode_that_is_asked_for() -> None:
    theme = Default()
    assert resolve(theme, "block_background_fill") == "white"
    assert resolve(theme, "block_background_fill_dark") == theme.neutral_900
    assert resolve(theme, "block_padding") == "12px 16px"
    assert resolve(theme, "block_radius_dark") == "10px"


def test_circle_is_told_step_by_step() -> None:
    theme = Base().set(block_radius="*input_radius", input_radius="*block_radius")
    with pytest.raises(PropError, match=r"block_radius → input_radius → block_radius\. Expected"):
        resolve(theme, "block_radius")


def test_unknown_variable_cannot_be_resolved() -> None:
    with pytest.raises(PropError, match="Did you mean 'block_radius'"):
        resolve(Default(), "block_radus")


def test_body_is_known_before_the_sheet_is_there() -> None:
    assert body_css(Default()) == {
        "body_background_fill": "#f9fafb",
        "body_background_fill_dark": "#0f1014",
        "body_text_color": "#1a1b1f",
        "body_text_color_dark": "#f3f4f5",
    }


def test_hash_follows_the_sheet() -> None:
    assert theme_hash(Default()) == theme_hash(Default())
    assert theme_hash(Default()) != theme_hash(Default().set(block_radius="3px"))
    assert re.fullmatch("[0-9a-f]{64}", theme_hash(Default()))


def test_first_script_and_the_page_share_key_and_parameter() -> None:
    mode = (WEB / "mode.ts").read_text(encoding="utf-8")
    for name in ("limelight:theme", "__theme"):
        assert name in MODE_SCRIPT
        assert name in mode
    assert "<" not in MODE_SCRIPT
