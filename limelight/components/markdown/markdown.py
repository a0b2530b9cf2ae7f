"""Markdown: formatted text."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Markdown"]

_LATEX = [{"left": "$$", "right": "$$", "display": True}]


class Markdown(Component[str, str], tag="markdown"):
    """Text in GitHub-flavoured Markdown: tables, task lists, code with colours, LaTeX, safe HTML."""

    value: str | Callable[..., str] | None = prop(default=None, kw_only=False)
    """The text; indentation that all lines share is removed."""
    label: str | None = None
    """Its name, used by the API and, with `show_label`, shown above it."""
    show_label: bool | None = None
    """Whether the label is shown."""
    rtl: bool = False
    """Whether it is written from right to left."""
    latex_delimiters: list[dict[str, str | bool]] | None = None
    """What encloses LaTeX: dictionaries with `left`, `right` and `display`; `$$` on lines of their own if None."""
    sanitize_html: bool = True
    """Whether HTML that could run code is removed. Turn it off only for text that you wrote yourself."""
    line_breaks: bool = False
    """Whether every line break of the text is one on the page."""
    header_links: bool = False
    """Whether headings have a link to themselves."""
    height: int | str | None = None
    """Pixels, or a CSS length; longer text scrolls."""
    max_height: int | str | None = None
    """Pixels, or a CSS length; longer text scrolls."""
    min_height: int | str | None = None
    """Pixels, or a CSS length."""
    buttons: list[Literal["copy"]] | None = None
    """Icon buttons: `"copy"` copies the text."""
    container: bool = False
    """Whether it is drawn in a frame."""
    padding: bool = False
    """Whether there is room around the text when it has a frame."""

    change = events.change
    copy = events.copy

    def setup(self) -> None:
        if self.show_label is None:
            self.show_label = False
        super().setup()
        if self.latex_delimiters is None:
            self.latex_delimiters = [dict(d) for d in _LATEX]
        if self.buttons is None:
            self.buttons = []

    def preprocess(self, payload: str | None) -> Any:
        """The text."""
        return payload

    def postprocess(self, value: Any) -> Any:
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
