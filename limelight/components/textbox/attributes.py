"""`InputHTMLAttributes`: what an author may set on a text field's HTML element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["InputHTMLAttributes"]


@dataclass
class InputHTMLAttributes:
    """Attributes of a text field's HTML element; None leaves the browser's own behaviour."""

    autocapitalize: Literal["off", "none", "on", "sentences", "words", "characters"] | None = None
    """What on-screen keyboards write in capitals."""
    autocorrect: Literal["on", "off"] | None = None
    """Whether the browser corrects spelling while typing."""
    spellcheck: bool | None = None
    """Whether the browser marks spelling errors."""
    autocomplete: str | None = None
    """What the browser may fill in, such as `"username"`; `"off"` for nothing."""
    tabindex: int | None = None
    """Place in the order of the Tab key; -1 leaves it out."""
    enterkeyhint: Literal["enter", "done", "go", "next", "previous", "search", "send"] | None = None
    """What the Enter key of on-screen keyboards shows."""
    lang: str | None = None
    """Language of the text, such as `"de"`."""
