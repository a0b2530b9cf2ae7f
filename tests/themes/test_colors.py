from __future__ import annotations

import pytest

from limelight.errors import PropError
from limelight.themes.colors import Color, find_color, teal


def test_there_are_22_palettes_of_11_shades() -> None:
    assert len(Color.all) == 22
    assert all(len(set(c.expand())) == 11 for c in Color.all)


def test_palette_is_found_by_name_or_passed_through() -> None:
    own = Color(*["#000000"] * 11)
    assert find_color("teal", parameter="primary_hue") is teal
    assert find_color(own, parameter="primary_hue") is own


def test_unknown_palette_names_the_nearest() -> None:
    with pytest.raises(PropError, match=r"primary_hue='tael'.*Did you mean 'teal'\?"):
        find_color("tael", parameter="primary_hue")
    with pytest.raises(PropError, match="primary_hue=3"):
        find_color(3, parameter="primary_hue")
