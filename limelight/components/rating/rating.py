"""Rating: some of a row of stars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.narrow import is_number, plain
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.component import Component

__all__ = ["Rating"]

_MOST_STARS = 20


class Rating(FormComponent["float | None", "float | None"], tag="rating"):
    """A row of stars, of which the reader picks some; as an output it shows any part of them."""

    value: float | Callable[..., float | None] | None = prop(default=None, kw_only=False)
    """How many stars are picked at first; None is not rated."""
    maximum: int = 5
    """How many stars there are; at most 20."""
    allow_half: bool = False
    """Whether half stars can be picked."""
    clearable: bool = True
    """Whether picking the picked star again, or the Delete key, takes the rating away."""
    buttons: list[Component[Any, Any]] | None = None
    """Button blocks of your own, shown at its corner."""

    change = events.change
    input = events.input
    clear = events.clear

    def setup(self) -> None:
        self.buttons = list(self.buttons or [])
        super().setup()

    def check(self) -> None:
        if not 1 <= self.maximum <= _MOST_STARS:
            raise PropError(
                f"Rating() was given maximum={self.maximum!r}; expected a number of stars from 1 "
                f"to {_MOST_STARS}. A Slider has room for more."
            )

    def preprocess(self, payload: Any) -> float | None:
        """How many stars are picked, an int unless `allow_half`; None if it is not rated.

        A value that a function had set in between is rounded: 4.3 gives 4, with halves 4.5.

        Raises:
            PayloadError: it is not a number from 0 to `maximum`.
        """
        if payload is None:
            return None
        if not _is_number(payload) or not 0 <= payload <= self.maximum:
            raise PayloadError(
                f"{self!r} got {payload!r}; expected a number from 0 to {self.maximum!r}, or null."
            )
        # Halves go up, as one sees it; `round` would take them to the even neighbour.
        stars = float(payload)
        return math.floor(stars * 2 + 0.5) / 2 if self.allow_half else math.floor(stars + 0.5)

    def postprocess(self, value: Any) -> float | None:
        """How many stars to fill, in parts, too; None is not rated.

        Raises:
            ValueRejected: it is not a number from 0 to `maximum`.
        """
        if value is None:
            return None
        number = plain(value)
        if not _is_number(number) or not 0 <= number <= self.maximum:
            raise ValueRejected(
                f"{self!r} cannot show {value!r}; expected a number from 0 to {self.maximum!r}, or "
                "None. Set maximum to the most stars that a value can have."
            )
        return float(number) if isinstance(number, float) else int(number)

    def api_info(self) -> dict[str, Any]:
        return {"type": "number", "minimum": 0, "maximum": self.maximum}

    def example_payload(self) -> int:
        return self.maximum

    def example_value(self) -> int:
        return self.maximum


def _is_number(value: Any) -> bool:
    return is_number(value) and math.isfinite(value)
