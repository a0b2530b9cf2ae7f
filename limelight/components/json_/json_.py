"""JSON: a value shown as a tree that can be folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.narrow import is_array
from limelight.core.props import prop
from limelight.errors import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.block import Block

__all__ = ["JSON", "Fallback", "Json"]


class JSON(Component[Any, Any], tag="json"):
    """A dictionary or list, shown as a tree that can be folded and copied."""

    value: str | dict[str, Any] | list[Any] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """What it shows first: a dictionary, a list, or JSON text."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    open: bool = False
    """Whether all levels are unfolded; if False only the upper ones are."""
    show_indices: bool = False
    """Whether the items of lists are numbered."""
    height: int | str | None = None
    """Pixels, or a CSS length; content that does not fit scrolls."""
    max_height: int | str | None = 500
    """Pixels, or a CSS length; content that does not fit scrolls."""
    min_height: int | str | None = None
    """Pixels, or a CSS length."""
    buttons: list[Literal["copy"] | Block] | None = None
    """Icon buttons: `"copy"`, and Button blocks; `["copy"]` if None."""

    change = events.change

    def setup(self) -> None:
        if self.buttons is None:
            self.buttons = ["copy"]
        super().setup()

    def preprocess(self, payload: Any) -> Any:
        """The value shown, as dictionaries and lists."""
        return payload

    def postprocess(self, value: Any) -> Any:
        """The value as JSON has it; text is parsed. What JSON does not know becomes text.
        Files, also those in a list, are stored and can be fetched.

        `{"a": (1, None)}` → `{"a": [1, None]}`, `"[1, 2]"` → `[1, 2]`, None → None.

        Raises:
            ValueRejected: a text that is no JSON, or a value that contains itself.
        """
        from limelight.wire import codec

        if value is None or isinstance(value, FileData):
            return value
        if is_array(value) and any(isinstance(one, FileData) for one in value):
            return [
                one if isinstance(one, FileData) else codec.decode(codec.encode(one))
                for one in value
            ]
        try:
            return codec.decode(value if isinstance(value, str) else codec.encode(value))
        except RecursionError as problem:
            raise ValueRejected(
                f"{self!r} got a value that contains itself or is nested too deeply. Return a "
                "dictionary or list without such loops."
            ) from problem
        except Exception as problem:  # msgspec's errors; the layer below hides the library
            shown = value if len(str(value)) < 80 else str(value)[:80] + "…"
            raise ValueRejected(
                f"{self!r} got {shown!r}, which is not JSON ({problem}); expected a dictionary, a "
                "list or JSON text."
            ) from problem

    def api_info(self) -> dict[str, Any]:
        return {"type": {}, "description": "any valid json"}

    def example_payload(self) -> Any:
        return {"foo": "bar"}

    def example_value(self) -> Any:
        return {"foo": "bar"}

    def read_from_flag(self, payload: Any) -> Any:
        from limelight.wire import codec

        return codec.decode(payload) if isinstance(payload, str) else payload


Json = JSON
"""The same class under its other name."""


class Fallback(JSON):
    """Any value, shown as JSON: for a component that has a Python half only.

    A subclass that only converts needs nothing in the browser:

    ```python
    class Point(gr.components.Fallback):
        def preprocess(self, payload):
            return complex(*payload)

        def postprocess(self, value):
            return [value.real, value.imag]
    ```
    """

    value: Any = prop(default=None, kw_only=False)
    """What it shows first; a function is called whenever the page is loaded."""
    min_width: int | None = None
    """Pixels it needs; in a Row it wraps to the next line when there is less."""

    def postprocess(self, value: Any) -> Any:
        """The value as it is; a text stays a text."""
        return value
