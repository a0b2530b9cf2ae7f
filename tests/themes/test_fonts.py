from __future__ import annotations

import pytest

from limelight.errors import PropError
from limelight.themes.fonts import Font, GoogleFont, LocalFont, font_stack


def test_names_are_quoted_and_keywords_are_not() -> None:
    stack = font_stack([GoogleFont("Exo 2"), "Segoe UI", "sans-serif"], parameter="font")
    assert [str(f) for f in stack] == ["'Exo 2'", "'Segoe UI'", "sans-serif"]


def test_single_font_is_a_list_of_one() -> None:
    assert font_stack("Arial", parameter="font") == [Font("Arial")]


@pytest.mark.parametrize("name", ["a'b", "x; color: red", "</style>", "", "a\nb", 'a"b', "\\"])
def test_name_that_could_leave_its_quotes_is_refused(name: str) -> None:
    with pytest.raises(PropError, match="is not the name of a font"):
        Font(name)


def test_something_else_is_refused() -> None:
    with pytest.raises(PropError, match="font: 3 is not a font"):
        font_stack(3, parameter="font")


def test_fonts_are_equal_by_kind_name_and_weights() -> None:
    assert LocalFont("Inter") == LocalFont("Inter")
    assert LocalFont("Inter") != GoogleFont("Inter")
    assert LocalFont("Inter") != LocalFont("Inter", weights=(500,))


def test_only_the_catalogue_has_an_address() -> None:
    assert Font("Inter").stylesheet() == {"url": None, "css": None}
    assert LocalFont("Inter").stylesheet() == {"url": None, "css": None}
    url = GoogleFont("Noto Sans", (400, 700)).stylesheet()["url"]
    assert url is not None
    assert "family=Noto+Sans:wght@400;700" in url
