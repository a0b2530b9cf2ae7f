"""Metric: one figure that matters, how it changed, and how it went."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_number, is_object, plain
from limelight.core.props import check_among, closest, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from limelight.core.block import Block
    from limelight.errors import LimelightError

__all__ = ["Metric"]

_MEMBERS = ("value", "delta", "trend")
_FORMATS = ("number", "compact", "percent")
_COLORS = ("normal", "inverse", "off")


class Metric(Component[Any, Any], tag="metric"):
    """A figure in large type, with what it changed by and a small line of how it went.

    Numbers are written as the reader's language does. Several of them stand well in a `Row`.
    """

    value: float | str | Mapping[str, Any] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """The figure: a number, a text, or a dictionary of `value`, `delta` and `trend`."""
    label: str | None = None
    """What the figure is of."""
    delta: float | str | None = None
    """What it changed by, unless the value says so; a text that begins with a minus is a fall."""
    delta_color: Literal["normal", "inverse", "off"] = "normal"
    """Whether a rise is good news (`"normal"`), bad news (`"inverse"`), or neither (`"off"`)."""
    delta_label: str | None = None
    """What the change is measured by, such as "since yesterday"."""
    trend: Sequence[float | None] | None = None
    """Numbers to draw a line of, the oldest first, unless the value has some; None is a gap."""
    prefix: str | None = None
    """Text before the figure, such as "€"."""
    suffix: str | None = None
    """Text after the figure, such as "ms"."""
    format: Literal["number", "compact", "percent"] = "number"
    """How a number is written: in full, short (12K), or as a share (0.12 is 12%)."""
    delta_format: Literal["number", "compact", "percent"] | None = None
    """How a number in `delta` is written; None writes it like the figure."""
    precision: int | None = None
    """How many digits after the decimal point; None is as many as it takes, within reason."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    buttons: list[Block] | None = None
    """Button blocks drawn in its corner."""

    change = events.change
    click = events.click

    def setup(self) -> None:
        self.buttons = list(self.buttons or [])
        if self.delta is not None:
            self.delta = self._figure(self.delta, "delta", PropError)
        if self.trend is not None:
            self.trend = self._line(self.trend, PropError)
        super().setup()

    def check(self) -> None:
        check_among(self, delta_color=_COLORS, format=_FORMATS, delta_format=(*_FORMATS, None))
        digits: Any = self.precision
        if digits is not None and not (is_number(digits) and 0 <= digits <= 20):
            raise PropError(
                f"Metric() was given precision={digits!r}; expected a number of digits from 0 to "
                "20, or None."
            )
        super().check()

    def preprocess(self, payload: Any) -> float | str | dict[str, Any] | None:
        """What it shows, in the form in which it was given: a number, a text or a dictionary.

        Raises:
            PayloadError: it is none of these.
        """
        return self._shown(payload, PayloadError)

    def postprocess(self, value: Any) -> float | str | dict[str, Any] | None:
        """A number, a text, or a dictionary of `value`, `delta` and `trend`. NaN is None.

        Raises:
            ValueRejected: it is none of these.
        """
        return self._shown(value, ValueRejected)

    def _shown(
        self, given: Any, wrong: type[LimelightError]
    ) -> float | str | dict[str, Any] | None:
        if not is_object(given):
            return self._figure(given, "value", wrong)
        for name in given.keys() - set(_MEMBERS):
            raise wrong(
                f"{self!r} got {given!r}, where {name!r} means nothing."
                f"{closest(str(name), _MEMBERS)}"
            )
        made: dict[str, Any] = {"value": self._figure(given.get("value"), "value", wrong)}
        if given.get("delta") is not None:
            made["delta"] = self._figure(given["delta"], "delta", wrong)
        if given.get("trend") is not None:
            made["trend"] = self._line(given["trend"], wrong)
        return made

    def _figure(self, given: Any, name: str, wrong: type[LimelightError]) -> float | str | None:
        plain = _plain(given)
        if plain is None or isinstance(plain, str):
            return plain
        if not is_number(plain):
            raise wrong(
                f"{self!r} got the {name} {given!r}; expected a "
                "number, a text or None, or for the value a dictionary of 'value', 'delta' and "
                "'trend'."
            )
        return plain if math.isfinite(plain) else None

    def _line(self, given: Any, wrong: type[LimelightError]) -> list[float | None]:
        numbers: list[Any] | None = None
        if (
            not isinstance(given, (str, bytes))
            and not is_object(given)
            and hasattr(given, "__iter__")
        ):
            numbers = [_plain(number) for number in given]
        if numbers is None or not all(n is None or is_number(n) for n in numbers):
            raise wrong(
                f"{self!r} got the trend {given!r:.200}; expected "
                "a list of numbers, the oldest first."
            )
        return [n if n is not None and math.isfinite(n) else None for n in numbers]

    def api_info(self) -> dict[str, Any]:
        figure = [{"type": "number"}, {"type": "string"}, {"type": "null"}]
        number = [{"type": "number"}, {"type": "null"}]
        whole = {
            "type": "object",
            "properties": {
                "value": {"anyOf": figure},
                "delta": {"anyOf": figure},
                "trend": {"type": "array", "items": {"anyOf": number}},
            },
            "required": ["value"],
        }
        return {"anyOf": [*figure, whole]}

    def example_payload(self) -> dict[str, Any]:
        return self.example_value()

    def example_value(self) -> dict[str, Any]:
        return {"value": 1280, "delta": 64, "trend": [1100, 1216, 1280]}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else plain(value)
