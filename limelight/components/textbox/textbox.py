"""Textbox: a field for text of one or more lines."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.components.textbox.attributes import InputHTMLAttributes
    from limelight.core.component import Component

__all__ = ["Text", "TextArea", "Textbox"]

_TYPES = ("text", "password", "email")


class Textbox(FormComponent["str | None", "str | None"], tag="textbox"):
    """A field for text of one or more lines.

    With one line Enter submits and Shift+Enter starts a new line; with more lines they change
    places.
    """

    value: str | Callable[..., str | None] | None = prop(default=None, kw_only=False)
    """The text at first."""
    type: Literal["text", "password", "email"] = "text"
    """`"password"` hides what is typed, `"email"` asks for an address; both have one line."""
    lines: int = 1
    """Lines it is high at least."""
    max_lines: int | None = None
    """Lines it grows to with its text; if None, 20 or `lines`, whichever is more."""
    placeholder: str | None = None
    """Shown while it is empty."""
    autofocus: bool = False
    """Whether it has the keyboard focus when the page is loaded."""
    autoscroll: bool = True
    """Whether it keeps its end in sight while a function adds text."""
    text_align: Literal["left", "right"] | None = None
    """Side that lines begin at; that of the text's direction if None."""
    rtl: bool = False
    """Whether text runs from right to left."""
    buttons: list[Literal["copy"] | Component[Any, Any]] | None = None
    """Icon buttons: `"copy"`, and Button blocks of your own; none if None."""
    max_length: int | None = None
    """Most characters, line breaks included, that the reader can type; None is no limit."""
    submit_btn: str | bool | None = False
    """Whether a submit button stands in the field; a text is its caption."""
    stop_btn: str | bool | None = False
    """Whether a stop button stands in the field; a text is its caption."""
    html_attributes: InputHTMLAttributes | dict[str, Any] | None = None
    """More attributes of the HTML element."""

    change = events.change
    input = events.input
    select = events.select
    submit = events.submit
    focus = events.focus
    blur = events.blur
    stop = events.stop
    copy = events.copy

    def setup(self) -> None:
        check_among(self, type=_TYPES)
        if self.type != "text" and self.lines != 1:
            warnings.warn(
                f"{type(self).__name__}(type={self.type!r}) has one line; lines={self.lines!r} is "
                "ignored.",
                stacklevel=3,
            )
            self.lines = 1
        if self.max_length is not None and self.max_length < 0:
            raise PropError(
                f"{type(self).__name__}() was given max_length={self.max_length!r}; expected 0 or "
                "more, or None for no limit."
            )
        if self.html_attributes is not None and not isinstance(self.html_attributes, dict):
            given = vars(self.html_attributes)
            self.html_attributes = {k: v for k, v in given.items() if v is not None}
        self.buttons = list(self.buttons or [])
        super().setup()

    def preprocess(self, payload: Any) -> str | None:
        """The text; None if nothing was ever in the field.

        Raises:
            PayloadError: it is not a text, a number or a boolean.
        """
        if payload is None or isinstance(payload, str):
            return payload
        if isinstance(payload, (int, float)):
            return str(payload)
        raise PayloadError(f"{self!r} got {payload!r}; expected a text.")

    def postprocess(self, value: Any) -> str | None:
        """The text to show: `str(value)`, so 3 shows as "3"; None empties the field."""
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "Hello!!"

    def example_value(self) -> Any:
        return "Hello!!"


Text = Textbox


class TextArea(Textbox, tag="textbox"):
    """A Textbox of seven lines that grows to twenty."""

    lines: int = 7
    """Lines it is high at least."""
    max_lines: int | None = 20
    """Lines it grows to with its text."""

    def get_block_class(self) -> str:
        return "textbox"
