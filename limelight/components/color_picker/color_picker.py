"""ColorPicker: one colour, chosen by eye, typed, or taken from the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PayloadError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ColorPicker"]

_LONGEST = 100
"""Characters; what is longer is not looked at any closer."""
_COLOR = re.compile(
    r"#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})"
    r"|(?:rgb|hsl)a?\([-+\d.,%/ a-z]+\)"
    r"|[a-z]+",
    re.IGNORECASE,
)


class ColorPicker(Component[str | None, str | None], tag="colorpicker"):
    """A swatch that opens a panel: an area of shades, a line of hues, and a field for typing."""

    value: str | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """Colour shown first, as CSS: `"#ff7a00"`, `"rgb(255, 122, 0)"`, `"hsl(29, 100%, 50%)"` or a
    name; no colour if None."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    alpha: bool = False
    """Whether the reader also chooses how opaque it is; such colours are `"#rrggbbaa"`."""

    change = events.change
    input = events.input
    release = events.release
    submit = events.submit
    focus = events.focus
    blur = events.blur

    def preprocess(self, payload: str | None) -> str | None:
        """The colour as text; what the reader chose is `"#rrggbb"` in small letters.

        `"#ff7a00"` stays `"#ff7a00"`. None is no colour.

        Raises:
            PayloadError: it is no colour.
        """
        if payload is None:
            return None
        if not _is_color(payload):
            raise PayloadError(f"{self!r} got {payload!r:.200}; expected a colour as '#rrggbb'.")
        return payload

    def postprocess(self, value: str | None) -> str | None:
        """The colour to show, in any notation of CSS; none for None.

        `"tomato"` stays `"tomato"` until the reader chooses another.

        Raises:
            ValueRejected: it is no colour.
        """
        if value is None:
            return None
        if not _is_color(value):
            raise ValueRejected(
                f"{self!r} was given {value!r:.200}; expected a colour as text, such as '#ff7a00' "
                "or 'rgb(255, 122, 0)'. Return None for no colour."
            )
        return value

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> str:
        return "#000000"

    def example_value(self) -> str:
        return "#000000"


def _is_color(value: object) -> bool:
    """Whether it has the form of a CSS colour. The browser alone knows whether a name is one."""
    return isinstance(value, str) and len(value) <= _LONGEST and bool(_COLOR.fullmatch(value))
