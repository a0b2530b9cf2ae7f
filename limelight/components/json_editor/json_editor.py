"""JSONEditor: a JSON value that the reader edits, as a tree or as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.block import Block

__all__ = ["JSONEditor"]

_MODES = ("tree", "text")
_SHOWN = 80
"""Characters of a value in messages."""


class JSONEditor(Component["str | None", Any], tag="jsoneditor"):
    """A JSON value that the reader edits, as a tree or as text.

    The function gets the Python object: whole numbers of any size, floats with NaN and the
    infinities, dictionaries in the order shown. Values travel as JSON text, so that no digit is
    lost in the browser; a client of the API may send the object itself, too. Names that occur
    twice and more than 100 levels are refused.
    """

    value: Any | Callable[..., Any] = prop(default=None, kw_only=False)
    """What it shows first: a dictionary, list, number or None, or JSON text."""
    schema: dict[str, Any] | None = None
    """JSON Schema that values have to meet: `type`, `enum`, `const`, `properties`, `required`,
    `additionalProperties`, `items`, `minimum`, `maximum`, `minLength`, `maxLength`, `minItems` and
    `maxItems`. The page shows what does not fit, and the server refuses it."""
    modes: Sequence[Literal["tree", "text"]] = ("tree", "text")
    """How it can be edited; the first one is shown first."""
    height: int | str | None = None
    """Pixels, or a CSS length; grows with its content if None."""
    max_height: int | str | None = 500
    """Pixels, or a CSS length; content that does not fit scrolls."""
    buttons: list[Literal["copy"] | Block] | None = None
    """Icon buttons besides those for editing: `"copy"`, and Button blocks; `["copy"]` if None."""

    change = events.change
    input = events.input

    def setup(self) -> None:
        self.modes = list(self.modes)
        if not self.modes or any(mode not in _MODES for mode in self.modes):
            raise PropError(
                f"JSONEditor() was given modes={self.modes!r}; expected one or both of 'tree' and "
                "'text'."
            )
        if self.schema is not None:
            from limelight.core.exactjson import unknown

            problem = unknown(self.schema)
            if problem:
                raise PropError(
                    f"JSONEditor() was given a schema with {problem}, which it does not check. "
                    "Leave it out, and check the value with validator=."
                )
        if self.buttons is None:
            self.buttons = ["copy"]
        super().setup()

    def preprocess(self, payload: Any) -> Any:
        """The value: `'{"a": [1, NaN]}'` → `{"a": [1, nan]}`.

        Raises:
            PayloadError: it is no JSON, has a name twice or too many levels, or does not meet the
                schema.
        """
        from limelight.core.exactjson import mismatch, parse, write

        if payload is None:
            return None
        try:
            value = parse(payload if isinstance(payload, str) else write(payload))
        except ValueError as problem:
            raise PayloadError(
                f"{self!r} got {_short(payload)}, which is not JSON that can be edited: {problem}."
            ) from problem
        found = mismatch(value, self.schema) if self.schema is not None else None
        if found:
            raise PayloadError(f"{self!r} got {_short(payload)}; {found}.")
        return value

    def postprocess(self, value: Any) -> str | None:
        r"""The value as JSON text: `{"a": 1}` → `'{\n  "a": 1\n}'`; a text is taken as JSON.

        Raises:
            ValueRejected: it is no JSON, contains itself, or has too many levels.
        """
        from limelight.core.exactjson import parse, write

        if value is None:
            return None
        try:
            text = write(parse(value) if isinstance(value, str) else value)
            parse(text)
        except (TypeError, ValueError, RecursionError) as problem:
            raise ValueRejected(
                f"{self!r} cannot show {_short(value)}: {problem}. Return dictionaries with texts "
                "as keys, lists, texts, numbers, booleans and None, or JSON text."
            ) from problem
        return text

    def api_info(self) -> dict[str, Any]:
        return {"type": "string", "description": "JSON text"}

    def api_info_as_input(self) -> dict[str, Any]:
        return {"type": {}, "description": "JSON text, or any value but a text"}

    def example_payload(self) -> Any:
        return '{"foo": "bar"}'

    def example_value(self) -> Any:
        return {"foo": "bar"}

    def read_from_flag(self, payload: Any) -> Any:
        return payload


def _short(value: Any) -> str:
    try:
        text = repr(value)
    except RecursionError:
        return f"a {type(value).__name__}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
