"""The typefaces a theme is set in: names that the browser looks up among the installed fonts.

The page fetches nothing from another host, so a font that is not installed falls through to the
next in the list. Fonts of one's own are served with the app and declared by `@font-face` in `css=`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from limelight.errors import PropError

__all__ = ["SYSTEM_MONO", "SYSTEM_SANS", "Font", "GoogleFont", "LocalFont", "font_stack"]

_GENERIC = frozenset(
    {
        "-apple-system",
        "cursive",
        "emoji",
        "fangsong",
        "fantasy",
        "math",
        "monospace",
        "sans-serif",
        "serif",
        "system-ui",
        "ui-monospace",
        "ui-rounded",
        "ui-sans-serif",
        "ui-serif",
    }
)
_NAME = re.compile(r"[\w][\w .,+&()-]*")


class Font:
    """A typeface that the reader may have installed.

    Args:
        name: The family's name, as in CSS, without quotes.
    """

    def __init__(self, name: str) -> None:
        if name not in _GENERIC and not _NAME.fullmatch(name):
            raise PropError(
                f"{name!r} is not the name of a font. Expected letters, digits, spaces and hyphens,"
                " such as 'IBM Plex Sans'; give fallbacks as further items of the list."
            )
        self.name = name

    def stylesheet(self) -> dict[str, str | None]:
        """Where it comes from: `url` of a style sheet, `css` for the page; both None here."""
        return {"url": None, "css": None}

    def __str__(self) -> str:
        return self.name if self.name in _GENERIC or "," in self.name else f"'{self.name}'"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class LocalFont(Font):
    """A typeface that comes with the reader's system.

    Args:
        name: The family's name.
        weights: The weights that are used.
    """

    def __init__(self, name: str, weights: Iterable[int] = (400, 600)) -> None:
        super().__init__(name)
        self.weights = tuple(weights)

    def stylesheet(self) -> dict[str, str | None]:
        """Nothing to load: the browser finds installed fonts by their name."""
        return super().stylesheet()


class GoogleFont(Font):
    """A typeface of the Google Fonts catalogue, used where the reader has it installed.

    The page asks no other host for it. To give it to every reader, serve its files with the app.

    Args:
        name: The family's name in the catalogue.
        weights: The weights that are used.
    """

    def __init__(self, name: str, weights: Iterable[int] = (400, 600)) -> None:
        super().__init__(name)
        self.weights = tuple(weights)

    def stylesheet(self) -> dict[str, str | None]:
        """`url` of the catalogue's style sheet; the page asks for it only where `head=` says so."""
        weights = ";".join(str(w) for w in self.weights)
        family = self.name.replace(" ", "+")
        url = f"https://fonts.googleapis.com/css2?family={family}:wght@{weights}&display=swap"
        return {"url": url, "css": None}


def font_stack(fonts: object, *, parameter: str) -> list[Font]:
    """The fonts of one parameter as a list.

    Args:
        fonts: A `Font`, a name, or an iterable of both.
        parameter: What the author called it, for the message.

    Raises:
        PropError: Something else was given.
    """
    given: list[object] = (
        [fonts] if isinstance(fonts, (str, Font)) or not isinstance(fonts, Iterable) else [*fonts]
    )
    stack: list[Font] = []
    for font in given:
        if isinstance(font, Font):
            stack.append(font)
        elif isinstance(font, str):
            stack.append(Font(font))
        else:
            raise PropError(
                f"{parameter}: {font!r} is not a font."
                " Expected names, `Font` objects, or a list of them."
            )
    return stack


SYSTEM_SANS = (
    "ui-sans-serif",
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Helvetica Neue",
    "Noto Sans",
    "Liberation Sans",
    "sans-serif",
)
"""The reader's own interface font."""

SYSTEM_MONO = (
    "ui-monospace",
    "SFMono-Regular",
    "Menlo",
    "Cascadia Mono",
    "Consolas",
    "Noto Sans Mono",
    "Liberation Mono",
    "monospace",
)
"""The reader's own font for code."""
