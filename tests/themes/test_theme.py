from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING

import pytest

from limelight.errors import NotAvailable, PropError
from limelight.themes import Base, Default, Soft, ThemeClass, builder
from limelight.themes.css import theme_css
from limelight.themes.fonts import GoogleFont
from limelight.themes.tokens import VARIABLES

if TYPE_CHECKING:
    from pathlib import Path


def test_signature_of_set_shows_every_variable() -> None:
    _, *variables = inspect.signature(Base.set).parameters.values()
    assert [p.name for p in variables] == list(VARIABLES)
    assert all(p.kind is p.KEYWORD_ONLY and p.default is None for p in variables)


def test_set_changes_what_is_named_and_nothing_else() -> None:
    theme = Default()
    before = theme.values()
    assert theme.set(block_radius="3px", button_primary_text_color=None) is theme
    assert theme.values() == {**before, "block_radius": "3px"}


def test_set_names_the_nearest_of_an_unknown_variable() -> None:
    with pytest.raises(PropError, match=r"Default.set\(\) has no variable 'blok_radius'. Did you"):
        Default().set(blok_radius="3px")


@pytest.mark.parametrize(
    "value",
    [
        "red; } body { display: none",
        "red</style><script>",
        "red}",
        "a{b",
        "url(x",
        "x)",
        "'open",
        "red/*",
        "red\nblue",
        "red\\",
        "'\\",
        3,
    ],
)
def test_value_that_could_leave_its_declaration_is_refused(value: object) -> None:
    with pytest.raises(PropError, match="theme variable 'block_radius' is"):
        Default().set(block_radius=value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    theme = Default()
    vars(theme)["block_radius"] = value
    with pytest.raises(PropError, match="theme variable 'block_radius' is"):
        theme_css(theme)


@pytest.mark.parametrize(
    "value",
    [
        "url(\"data:image/svg+xml;utf8,%3Csvg fill='{red}'/%3E\")",
        "0 1px 2px rgb(0 0 0 / 0.1), inset 0 0 0 1px *primary_500",
        "'\\''",
    ],
)
def test_value_with_quotes_and_functions_is_taken(value: str) -> None:
    assert Default().set(checkbox_check=value).checkbox_check == value


def test_palettes_and_scales_become_attributes() -> None:
    theme = Base(primary_hue="red", spacing_size="lg", font=["Inter", "serif"])
    assert theme.primary_500 == "#f03d41"
    assert theme.spacing_xxl == "24px"
    assert theme.font == "'Inter', serif"


def test_missing_attribute_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no 'primary_550'. Did you mean 'primary_"):
        _ = Base().primary_550


def test_name_is_the_class() -> None:
    class Seafoam(Base):
        pass

    assert (Soft().name, Seafoam().name) == ("soft", "seafoam")


def test_theme_survives_its_file(tmp_path: Path) -> None:
    theme = Soft(font=[GoogleFont("Inter", (400, 700)), "serif"]).set(block_radius="3px")
    path = str(tmp_path / "theme.json")
    theme.dump(path)
    loaded = ThemeClass.load(path)
    assert theme_css(loaded) == theme_css(theme)
    assert loaded.name == "soft"
    assert vars(loaded) == vars(theme)


def test_old_file_gets_the_variables_it_does_not_know() -> None:
    theme = ThemeClass.from_dict({"theme": {**Base().values(), "block_radius": "3px"}})
    assert theme.block_radius == "3px"
    partial = Base.from_dict({"theme": {"block_radius": "3px"}})
    assert partial.button_large_padding == Base().button_large_padding


def test_file_is_checked_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "theme.json"
    path.write_text(json.dumps({"theme": {"block_radius": "</style>"}}), encoding="utf-8")
    with pytest.raises(PropError, match="contains '<'"):
        Base.load(str(path))
    with pytest.raises(PropError, match=r"from_dict\(\) got \{\}"):
        Base.from_dict({})
    with pytest.raises(PropError, match=r"ends in '.json'"):
        Base().dump("theme.css")


def test_what_needs_another_host_is_not_available() -> None:
    with pytest.raises(NotAvailable, match=r"Theme.load\(path\)"):
        Base.from_hub("gradio/seafoam")
    with pytest.raises(NotAvailable, match="not sent to the hub"):
        Base().push_to_hub("seafoam")
    with pytest.raises(NotAvailable, match="no theme builder"):
        builder()
