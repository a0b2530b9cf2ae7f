"""Dialogue: lines of text, each with its speaker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from limelight.core import events
from limelight.core.component import Component, server
from limelight.core.narrow import is_listing, is_object
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Dialogue"]

_LINE = re.compile(r"\s*\[([^\]]*)\]\s?(.*)", re.DOTALL)
_MODES = ("dialogue", "text", "both")
_LINE_SCHEMA: dict[str, Any] = {
    "properties": {"speaker": {"type": "string"}, "text": {"type": "string"}},
    "required": ["speaker", "text"],
    "type": "object",
}


class DialogueLine(TypedDict):
    """What one speaker says."""

    speaker: str
    text: str


class Dialogue(
    Component["list[DialogueLine] | str | None", "list[DialogueLine] | str | None"], tag="dialogue"
):
    """Lines of text, each with its speaker, as for a play or for speech synthesis.

    Readers write them line by line, or all at once as plain text with `[speaker]` in front of each
    line.
    """

    value: list[dict[str, str]] | str | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """The lines at first: dictionaries with `speaker` and `text`, or a text."""
    type: Literal["list", "text"] = "text"
    """What a function gets: a `"list"` of dictionaries, or one `"text"` as `formatter` makes it."""
    speakers: list[str] | None = None
    """Who can speak; without any, there is only plain text."""
    formatter: Callable[[str, str], str] | None = prop(default=None, wire=False)
    """Makes a line of text from speaker and text; `"[speaker] text"` if None."""
    unformatter: Callable[[str, str], dict[str, str]] | None = prop(default=None, wire=False)
    """Makes `speaker` and `text` from a line of text and the speaker to take if it names none."""
    tags: list[str] | None = None
    """Texts that are offered while one types, after a colon: `"(laughs)"`, `"(sighs)"`."""
    separator: str = "\n"
    """What stands between the lines of a text."""
    color_map: dict[str, str] | None = None
    """Colours of speakers, as CSS; each gets one of the theme's if None."""
    label: str | None = "Dialogue"
    """Its name, shown above it and used by the API."""
    info: str | None = "Type colon (:) in the dialogue line to see the available tags"
    """A sentence shown with the label; the default one is shown only when there are tags."""
    placeholder: str | None = None
    """Shown in lines that are empty."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    autofocus: bool = False
    """Whether it has the keyboard focus when the page is loaded."""
    autoscroll: bool = True
    """Whether it keeps its end in sight while a function adds lines."""
    max_lines: int | None = None
    """Most lines that a reader can make; None is no limit."""
    buttons: list[Literal["copy"] | Component[Any, Any]] | None = None
    """Icon buttons: `"copy"`, and Button blocks of your own; none if None."""
    submit_btn: str | bool | None = False
    """Whether a submit button stands below the lines; a text is its caption."""
    ui_mode: Literal["dialogue", "text", "both"] = "both"
    """Whether the reader writes lines, plain text, or switches between `"both"`."""

    change = events.change
    input = events.input
    submit = events.submit

    def setup(self) -> None:
        super().setup()
        check_among(self, type=("list", "text"), ui_mode=_MODES)
        if self.max_lines is not None and self.max_lines < 1:
            raise PropError(
                f"Dialogue() was given max_lines={self.max_lines!r}; expected 1 or more, or None "
                "for no limit."
            )
        self.tags = list(self.tags or [])
        self.buttons = list(self.buttons or [])
        if "info" not in self._given and not self.tags:
            self.info = None

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: Any) -> list[DialogueLine] | str | None:
        """One text, or with `type="list"` dictionaries with `speaker` and `text`.

        `[{"speaker": "A", "text": "hi"}, {"speaker": "B", "text": "yo"}]` becomes
        `"[A] hi\\n[B] yo"`. `None` stays `None`.

        Raises:
            PayloadError: it is neither a text nor lines, or there are more lines than allowed.
        """
        if payload is None:
            return None
        lines = None if isinstance(payload, str) else _lines(payload)
        if lines is None and not isinstance(payload, str):
            raise PayloadError(f"{self!r} got {payload!r:.80}; expected a text, or lines.")
        if lines is not None and self.max_lines is not None and len(lines) > self.max_lines:
            raise PayloadError(f"{self!r} got {len(lines)} lines; expected {self.max_lines}.")
        if self.type == "list":
            return self._parsed(payload) if lines is None else lines
        return payload if lines is None else self._written(lines)

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: Any) -> list[DialogueLine] | str | None:
        """The lines to show: dictionaries with `speaker` and `text`, or a text. `None` shows none.

        Raises:
            ValueRejected: it is something else.
        """
        if value is None or isinstance(value, str):
            return value
        lines = _lines(value)
        if lines is None:
            raise ValueRejected(
                f"{self!r} was given {type(value).__name__} {value!r:.80}; expected a text, or a "
                'list of dictionaries such as {"speaker": "Ada", "text": "Hello"}.'
            )
        return lines

    def as_example(self, value: Any) -> str:
        """The lines as text."""
        shown = self.postprocess(value)
        return "" if shown is None else self.format(shown)

    # ---- text and lines ----------------------------------------------------------------------

    @staticmethod
    def default_formatter(speaker: str, text: str) -> str:
        """`"[speaker] text"`."""
        return f"[{speaker}] {text}"

    @staticmethod
    def default_unformatter(line: str, default_speaker: str) -> dict[str, str]:
        """`speaker` and `text` of a line of text that may begin with `[speaker]`."""
        found = _LINE.fullmatch(line)
        if found is None:
            return {"speaker": default_speaker, "text": line}
        return {"speaker": found[1], "text": found[2]}

    @server
    def format(self, value: Any) -> str:
        """The text that lines make; a text stays as it is."""
        if isinstance(value, str):
            return value
        lines = _lines(value)
        if lines is None:
            raise PayloadError(f"{self!r} was asked to format {value!r:.80}; expected lines.")
        return self._written(lines)

    @server
    def unformat(self, payload: Any) -> list[DialogueLine]:
        """The lines that `payload["text"]` holds."""
        text: object = payload.get("text") if is_object(payload) else payload
        if not isinstance(text, str):
            raise PayloadError(f"{self!r} was asked to read {payload!r:.80}; expected a text.")
        return self._parsed(text)

    def _written(self, lines: list[DialogueLine]) -> str:
        write = self.formatter or self.default_formatter
        return self.separator.join(write(line["speaker"], line["text"]) for line in lines)

    def _parsed(self, text: str) -> list[DialogueLine]:
        read = self.unformatter or self.default_unformatter
        speaker = (self.speakers or [""])[0]
        lines: list[DialogueLine] = []
        for part in text.split(self.separator) if self.separator else [text]:
            if part.strip():
                found = read(part, speaker)
                speaker = found["speaker"]  # who goes on with a line that names nobody
                lines.append({"speaker": speaker, "text": found["text"]})
        return lines

    # ---- description -------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        return {
            "$defs": {"DialogueLine": _LINE_SCHEMA},
            "anyOf": [
                {"items": {"$ref": "#/$defs/DialogueLine"}, "type": "array"},
                {"type": "string"},
            ],
        }

    def example_payload(self) -> Any:
        return [
            {"speaker": "Speaker 1", "text": "Hello, how are you?"},
            {"speaker": "Speaker 2", "text": "I'm fine, thank you!"},
        ]

    def example_value(self) -> Any:
        return self.example_payload()


def _lines(value: Any) -> list[DialogueLine] | None:
    """The lines, or None if there is anything else."""
    if not is_listing(value):
        return None
    lines: list[DialogueLine] = []
    for item in value:
        if not is_object(item):
            return None
        speaker, text = item.get("speaker"), item.get("text")
        if not isinstance(speaker, str) or not isinstance(text, str):
            return None
        lines.append({"speaker": speaker, "text": text})
    return lines
