from __future__ import annotations

import pytest

from limelight.errors import PropError
from limelight.themes import Base, Default, Glass, Soft
from limelight.themes.choose import choose_theme
from limelight.themes.css import theme_css


def test_theme_is_passed_through_and_none_is_the_default() -> None:
    theme = Soft()
    assert choose_theme(theme) is theme
    assert type(choose_theme(None)) is Default


@pytest.mark.parametrize(
    ("name", "kind"), [("soft", Soft), ("gradio/glass", Glass), ("Base", Base)]
)
def test_built_in_theme_is_found_by_name(name: str, kind: type[Base]) -> None:
    assert type(choose_theme(name)) is kind


def test_unknown_name_warns_and_means_the_default() -> None:
    with pytest.warns(UserWarning, match="Did you mean 'ocean'"):
        assert type(choose_theme("ocaen")) is Default


def test_something_else_is_refused() -> None:
    with pytest.raises(PropError, match="theme=3 is not a theme"):
        choose_theme(3)


@pytest.mark.parametrize(
    "name",
    [
        "base",
        "default",
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
    ],
)
def test_every_built_in_theme_can_be_drawn(name: str) -> None:
    theme = choose_theme(name)
    assert theme.name == name
    assert ".dark{" in theme_css(theme)
