"""Markdown: formatted text."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Markdown"]


class Markdown(Component["str | None", "str | None"], tag="markdown"):
    """Text in GitHub-flavoured Markdown: tables, task lists, coloured code, LaTeX, safe HTML."""

    value: str | Callable[..., str] | None = prop(default=None, kw_only=False)
    """The text; indentation that all lines share is removed."""
    label: str | None = None
    """Its name for the API; it is not shown."""
    show_label: bool | None = None
    """Has no effect: formatted text has headings of its own."""
    rtl: bool = False
    """Whether it is written from right to left."""
    latex_delimiters: list[dict[str, str | bool]] | None = None
    """What encloses LaTeX: dictionaries with `left`, `right` and `display`; `$$` if None.

    An empty list leaves LaTeX as it is.
    """
    sanitize_html: bool = True
    """Whether HTML that could run code is removed. Turn it off only for text of your own."""
    line_breaks: bool = False
    """Whether every line break of the text is one on the page."""
    header_links: bool = False
    """Whether headings have an `id` and a link to themselves."""
    height: int | str | None = None
    """Pixels, or a CSS length; longer text scrolls."""
    max_height: int | str | None = None
    """Pixels, or a CSS length; longer text scrolls."""
    min_height: int | str | None = None
    """Pixels, or a CSS length."""
    buttons: list[Literal["copy"]] | None = None
    """Icon buttons: `"copy"` copies the text; none if None."""
    container: bool = False
    """Whether it is drawn in a frame."""
    padding: bool = False
    """Whether there is room around the text when it has a frame."""

    change = events.change
    copy = events.copy

    def setup(self) -> None:
        super().setup()
        if not self.container:
            self.show_label = False
        if self.latex_delimiters is None:
            self.latex_delimiters = [{"left": "$$", "right": "$$", "display": True}]
        for delimiter in self.latex_delimiters:
            if not all(isinstance(delimiter.get(side), str) for side in ("left", "right")):
                raise PropError(
                    f"Markdown() was given {delimiter!r} among its latex_delimiters; expected a "
                    'dictionary like {"left": "$", "right": "$", "display": False}.'
                )

    def preprocess(self, payload: str | None) -> str | None:
        """The text.

        Raises:
            PayloadError: it is no text.
        """
        # A crafted request may send anything.
        given: object = payload
        if given is not None and not isinstance(given, str):
            raise PayloadError(f"{self!r} got {given!r}; expected a string.")
        return given

    def postprocess(self, value: str | None) -> str | None:
        """The text without the indentation that its lines share; None shows nothing.

        `"  # hi\\n  there"` becomes `"# hi\\nthere"`.
        """
        return None if value is None else inspect.cleandoc(str(value))

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> str:
        return "# Hello!"

    def example_value(self) -> str:
        return "# Hello!"
