"""A theme: palettes, scales, fonts and variables, held as plain attributes that an author may set.

It only holds and checks values. `css.py` turns them into custom properties.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from limelight.core.props import closest
from limelight.errors import NotAvailable, PropError
from limelight.themes import colors, sizes
from limelight.themes.colors import SHADES, Color, find_color
from limelight.themes.fonts import Font, GoogleFont, LocalFont, font_stack
from limelight.themes.sizes import STEPS, Size, find_size
from limelight.themes.tokens import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Base", "ThemeClass", "check_value"]

_SANS = (LocalFont("IBM Plex Sans"), "ui-sans-serif", "system-ui", "sans-serif")
_MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")


def check_value(name: str, value: object) -> str:
    """The value, if it is one CSS value that cannot end its declaration or the style element.

    Raises:
        PropError: It is no text, or it could.
    """
    if not isinstance(value, str):
        raise PropError(
            f"theme variable {name!r} is {value!r}. Expected a CSS value as a string, such as"
            " '#0b9a90', '8px' or '*primary_500'."
        )
    culprit = _first_outside(value)
    if culprit is not None:
        raise PropError(
            f"theme variable {name!r} is {value!r}, which contains {culprit}. Expected one CSS"
            " value; put rules into css=."
        )
    return value


def _first_outside(value: str) -> str | None:  # noqa: C901  # one pass over the CSS tokens that matter
    """What in the text would end the declaration it stands in, or None."""
    if "<" in value:
        return "'<'"
    quote = ""
    depth = 0
    characters = iter(value)
    for character in characters:
        if character in "\n\r\f\0":
            return "a line break"
        if character == "\\":
            if next(characters, None) is None:
                return "a backslash at its end"
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "{};":
            return repr(character)
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return "')' without '('"
    if quote or depth:
        return "an open quote" if quote else "an open '('"
    return "a comment" if "/*" in value else None


class ThemeClass:
    """What every theme can do: be named, saved and loaded.

    Each variable, shade and step is an attribute: `theme.block_radius`, `theme.primary_500`.
    """

    name: str
    """What the theme is called; told to the page."""
    custom_css: str = ""
    """Rules that belong to the theme: stronger than the components', weaker than `css=`."""

    def __init__(self) -> None:
        self.name = type(self).__name__.lower()
        self._font: list[Font] = []
        self._font_mono: list[Font] = []
        for name, value in VARIABLES.items():
            setattr(self, name, value)

    def __getattr__(self, name: str) -> str:
        # Only for what is missing; and it tells type checkers that variables are strings.
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"the theme has no {name!r}.{closest(name, vars(self))}")

    def values(self) -> dict[str, str]:
        """Every variable, shade, step and font that was set, by attribute name.

        Raises:
            PropError: One of them is not a CSS value.
        """
        return {
            name: check_value(name, value)
            for name, value in sorted(vars(self).items())
            if not name.startswith("_") and name not in {"name", "custom_css"} and value is not None
        }

    def to_dict(self) -> dict[str, Any]:
        """The theme as `{"theme": {attribute: value}}`."""
        return {"theme": dict(sorted(vars(self).items()))}

    @classmethod
    def from_dict(cls, theme: dict[str, dict[str, Any]]) -> Self:
        """The theme that `to_dict`, or the JSON of `dump`, describes.

        Variables that it does not name have their default.

        Raises:
            PropError: It is no such dictionary, or a value is no CSS value.
        """
        described: object = theme.get("theme")
        if not isinstance(described, dict):
            raise PropError(
                f"from_dict() got {theme!r}. Expected {{'theme': {{variable: value}}}}, as"
                " to_dict() returns it."
            )
        loaded = cls()
        for name, value in described.items():
            if name in {"_font", "_font_mono"}:
                setattr(loaded, name, [_read_font(font) for font in cast("list[object]", value)])
            elif not name.startswith("_"):
                setattr(loaded, name, value)
        loaded.values()
        return loaded

    @classmethod
    def load(cls, path: str) -> Self:
        """The theme in a JSON file that `dump` wrote."""
        return cls.from_dict(json.loads(Path(path).read_text(encoding="utf-8")))

    def dump(self, filename: str) -> None:
        """Write the theme to a JSON file.

        Raises:
            PropError: The file's name does not end in `.json`.
        """
        if not str(filename).endswith(".json"):
            raise PropError(f"dump({filename!r}): expected a file name that ends in '.json'.")
        text = json.dumps(self.to_dict(), default=_write_font, indent=2)
        Path(filename).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def from_hub(cls, repo_name: str, token: str | None = None) -> Self:
        """Not available: themes are not fetched from another host.

        Raises:
            NotAvailable: Always.
        """
        del token
        raise NotAvailable(
            f"from_hub({repo_name!r}): themes are not loaded from the hub. Expected a local file:"
            " download the theme's JSON and use Theme.load(path)."
        )

    def push_to_hub(
        self,
        repo_name: str,
        org_name: str | None = None,
        version: str | None = None,
        token: str | None = None,
        theme_name: str | None = None,
        description: str | None = None,
        private: bool = False,
    ) -> None:
        """Not available: themes are not sent to another host.

        Raises:
            NotAvailable: Always.
        """
        del org_name, version, token, theme_name, description, private
        raise NotAvailable(
            f"push_to_hub({repo_name!r}): themes are not sent to the hub. Expected a local file:"
            " use dump('theme.json') and upload that."
        )


class Base(ThemeClass):
    """A theme from palettes, scales and font stacks; `set` changes single variables.

    Args:
        primary_hue: Palette of the accent: main buttons, focus, sliders.
        secondary_hue: Palette of links.
        neutral_hue: Palette of text, surfaces and lines.
        text_size: Scale of text, or its name: `"sm"`, `"md"`, `"lg"`.
        spacing_size: Scale of gaps and paddings, or its name: `"sm"`, `"md"`, `"lg"`.
        radius_size: Scale of corners, or its name: `"none"`, `"sm"`, `"md"`, `"lg"`, `"xxl"`.
        font: Typefaces in order of preference.
        font_mono: Typefaces of code in order of preference.
    """

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.blue,
        secondary_hue: Color | str = colors.blue,
        neutral_hue: Color | str = colors.zinc,
        text_size: Size | str = sizes.text_md,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_md,
        font: Font | str | Iterable[Font | str] = _SANS,
        font_mono: Font | str | Iterable[Font | str] = _MONO,
    ) -> None:
        super().__init__()
        hues = {"primary": primary_hue, "secondary": secondary_hue, "neutral": neutral_hue}
        for prefix, hue in hues.items():
            palette = find_color(hue, parameter=f"{prefix}_hue")
            for step, shade in zip(SHADES, palette.expand(), strict=True):
                setattr(self, f"{prefix}_{step}", shade)
        scales = {"text": text_size, "spacing": spacing_size, "radius": radius_size}
        for prefix, size in scales.items():
            scale = find_size(size, prefix=prefix)
            for step, length in zip(STEPS, scale.expand(), strict=True):
                setattr(self, f"{prefix}_{step}", length)
        self._font = font_stack(font, parameter="font")
        self._font_mono = font_stack(font_mono, parameter="font_mono")
        self.font = ", ".join(str(f) for f in self._font)
        self.font_mono = ", ".join(str(f) for f in self._font_mono)

    def set(self, **variables: str | None) -> Self:
        """Change single variables; None leaves one as it is.

        A value is CSS. `*name` in it stands for another variable, shade or step.
        A name that ends in `_dark` holds where the page is dark.

        Returns:
            The theme itself, so that the call can follow the constructor.

        Raises:
            PropError: There is no such variable, or its value is not CSS.
        """
        for name, value in variables.items():
            if name not in VARIABLES:
                raise PropError(
                    f"{type(self).__name__}.set() has no variable {name!r}."
                    f"{closest(name, VARIABLES)} Names as in `inspect.signature(Theme.set)`;"
                    " other custom properties go into css=."
                )
            if value is not None:
                setattr(self, name, check_value(name, value))
        return self


def _signature_of_set() -> inspect.Signature:
    self_ = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    variables = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in VARIABLES
    ]
    return inspect.Signature([self_, *variables])


# Editors and notebooks complete the names from here; they are declared once, in `tokens.py`.
Base.set.__signature__ = _signature_of_set()  # type: ignore[attr-defined]  # functions take any attribute


def _write_font(value: object) -> dict[str, object]:
    if not isinstance(value, Font):
        raise PropError(f"dump(): {value!r} cannot be written as JSON. Expected strings and fonts.")
    written: dict[str, object] = {"__gradio_font__": True, "name": value.name, "class": "font"}
    if isinstance(value, (GoogleFont, LocalFont)):
        written["class"] = "google" if isinstance(value, GoogleFont) else "local"
        written["weights"] = list(value.weights)
    return written


def _read_font(value: object) -> Font:
    if isinstance(value, Font):
        return value
    if isinstance(value, dict):
        written = cast("dict[str, Any]", value)
        name, weights = str(written.get("name")), written.get("weights", (400, 600))
        if written.get("class") == "google":
            return GoogleFont(name, weights)
        return LocalFont(name, weights) if written.get("class") == "local" else Font(name)
    return Font(str(value))
