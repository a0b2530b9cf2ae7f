"""HighlightedText: a text of which parts have a class or a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_array, is_object
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from limelight.core.block import Block

__all__ = ["Highlight", "HighlightedText", "Highlightedtext"]

_SCHEMA: dict[str, Any] = {
    "$defs": {
        "HighlightedToken": {
            "properties": {
                "token": {"title": "Token", "type": "string"},
                "class_or_confidence": {
                    "anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}],
                    "default": None,
                    "title": "Class Or Confidence",
                },
            },
            "required": ["token"],
            "title": "HighlightedToken",
            "type": "object",
        }
    },
    "items": {"$ref": "#/$defs/HighlightedToken"},
    "title": "HighlightedTextData",
    "type": "array",
}
_EXPECTED = (
    "expected a list of (text, label) pairs, or a dictionary with 'text' and 'entities', which "
    "have 'start', 'end' and 'entity'"
)

_Part = tuple[str, "str | float | None"]


class HighlightedText(Component["list[dict[str, Any]] | None", Any], tag="highlightedtext"):
    """A text of which parts have a class, such as parts of speech, or a score from -1 to 1.

    As an input, readers label it: they select text with the mouse or with arrow keys, and choose
    a label.
    """

    value: Sequence[tuple[str, str | float | None]] | dict[str, Any] | Callable[..., Any] | None = (
        prop(default=None, kw_only=False)
    )
    """What it shows first: pairs of a text and its class or score, None for neither."""
    color_map: dict[str, str] | None = None
    """Colours by class, as CSS has them; classes without one get one of ours."""
    show_legend: bool = False
    """Whether classes and their colours are listed above the text."""
    show_inline_category: bool = True
    """Whether classes stand beside their text."""
    combine_adjacent: bool = False
    """Whether neighbours of the same class become one."""
    adjacent_separator: str = ""
    """Put between neighbours that become one."""
    show_whitespaces: bool = True
    """Whether blanks around parts are kept."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    rtl: bool = False
    """Whether text runs from right to left."""
    buttons: list[Block] | None = None
    """Button blocks drawn in its corner."""

    change = events.change
    select = events.select

    def setup(self) -> None:
        colors: Any = self.color_map
        if colors is not None and not (
            is_object(colors) and all(isinstance(color, str) for color in colors.values())
        ):
            raise PropError(
                f"HighlightedText() was given color_map={colors!r}; expected CSS colours by class, "
                "as in {'noun': '#16a34a', 'verb': 'tomato'}."
            )
        if self.buttons is None:
            self.buttons = []
        super().setup()

    def preprocess(self, payload: Any) -> list[dict[str, Any]] | None:
        """A list of `{"token": ..., "class_or_confidence": ...}`; None if there is no text.

        Raises:
            PayloadError: it is no such list.
        """
        if payload is None:
            return None
        if not is_array(payload):
            raise PayloadError(f"{self!r} got {payload!r}; expected a list of tokens.")
        return [self._received(token) for token in payload]

    def postprocess(self, value: Any) -> list[dict[str, Any]] | None:
        """A list of `{"token": ..., "class_or_confidence": ...}`.

        `[("A ", None), ("cat", "noun")]` and
        `{"text": "A cat", "entities": [{"start": 2, "end": 5, "entity": "noun"}]}` both begin with
        `{"token": "A ", "class_or_confidence": None}`. None → None.

        Raises:
            ValueRejected: it is neither.
        """
        if value is None:
            return None
        parts = self._parts(value)
        if self.combine_adjacent:
            parts = _combined(parts, self.adjacent_separator)
        return [
            {
                "token": text if self.show_whitespaces else text.strip(),
                "class_or_confidence": mark,
            }
            for text, mark in parts
        ]

    def api_info(self) -> dict[str, Any]:
        return _SCHEMA

    def example_payload(self) -> Any:
        return [
            {"token": "The", "class_or_confidence": None},
            {"token": "quick", "class_or_confidence": "adj"},
        ]

    def example_value(self) -> Any:
        return [("The", None), ("quick", "adj"), ("brown", "adj"), ("fox", "noun")]

    def _received(self, token: Any) -> dict[str, Any]:
        members: dict[Any, Any] = token if is_object(token) else {}
        text, mark = members.get("token"), members.get("class_or_confidence")
        if not isinstance(text, str) or not (mark is None or isinstance(mark, (str, int, float))):
            raise PayloadError(
                f"{self!r} got the token {token!r}; expected an object with a text as 'token' and "
                "a text, a number or null as 'class_or_confidence'."
            )
        return {"token": text, "class_or_confidence": mark}

    def _parts(self, value: Any) -> list[_Part]:
        try:
            if is_object(value):
                return _of_entities(value)
            if isinstance(value, str):
                raise TypeError("a text has no parts")
            return [_part(entry) for entry in value]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
            raise ValueRejected(f"{self!r} got {value!r} ({problem!r}); {_EXPECTED}.") from problem


Highlight = Highlightedtext = HighlightedText
"""The same class under its other names."""


def _part(entry: Any) -> _Part:
    """Of a pair, or of a token as functions get them."""
    token = entry if is_object(entry) else None
    text: Any = entry[0] if token is None else token["token"]
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is not a text")
    return text, _mark(entry[1] if token is None else token.get("class_or_confidence"))


def _mark(given: Any) -> str | float | None:
    return given if given is None or isinstance(given, str) else float(given)


def _of_entities(value: dict[Any, Any]) -> list[_Part]:
    """The text cut where entities begin and end, as token classification of transformers has it."""
    text: str = value["text"]
    entities: list[dict[str, Any]] = value["entities"]
    if not entities:
        return [(text, None)]
    parts: list[_Part] = []
    end = 0
    for entity in sorted(entities, key=lambda one: one["start"]):
        parts.append((text[end : entity["start"]], None))
        mark = entity["entity"] if "entity" in entity else entity.get("entity_group")
        parts.append((text[entity["start"] : entity["end"]], _mark(mark)))
        end = entity["end"]
    return [*parts, (text[end:], None)]


def _combined(parts: Iterable[_Part], separator: str) -> list[_Part]:
    """Neighbours of one class as one part; parts without text are left out."""
    combined: list[_Part] = []
    for text, mark in parts:
        if not text:
            continue
        if combined and combined[-1][1] == mark:
            combined[-1] = (combined[-1][0] + separator + text, mark)
        else:
            combined.append((text, mark))
    return combined
