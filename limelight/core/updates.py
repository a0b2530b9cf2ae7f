"""What a function may return besides values: updates, `skip()`, dictionaries by block.

Converts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from limelight.core.narrow import is_listing, is_object
from limelight.core.props import HasProps
from limelight.errors import ValueRejected

if TYPE_CHECKING:
    from limelight.core.listener import Listener

__all__ = ["is_skip", "is_update", "per_output", "skip", "update"]


def update(
    elem_id: str | None = None,
    elem_classes: list[str] | str | None = None,
    visible: bool | str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Change props of an output without setting its value, unless `value` is among them.

    Args:
        elem_id: New id of the outer element.
        elem_classes: New classes of the outer element.
        visible: Whether it is shown.
        kwargs: Props of the component, by name.
    """
    named = {"elem_id": elem_id, "elem_classes": elem_classes, "visible": visible}
    return {
        "__type__": "update",
        **{name: value for name, value in named.items() if value is not None},
        **kwargs,
    }


def skip() -> dict[str, Any]:
    """Leave an output as it is. One for several outputs leaves all as they are."""
    return {"__type__": "update"}


def is_update(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a returned value is an update."""
    return is_object(value) and value.get("__type__") == "update"


def is_skip(value: object) -> bool:
    """Whether a returned value leaves the output as it is."""
    return is_update(value) and len(value) == 1


def per_output(listener: Listener, returned: Any) -> list[Any]:
    """One entry per output of the listener, from whatever its function returned.

    Raises:
        ValueRejected: too few values, or a dictionary names a block that is no output.
    """
    outputs = listener.outputs
    if is_object(returned) and any(isinstance(key, HasProps) for key in returned):
        unknown = [key for key in returned if key not in outputs]
        if unknown:
            raise ValueRejected(
                f"{listener.describe()}: the function returned a value for {unknown[0]!r}, "
                "which is not among its outputs. Add it to outputs=[…]."
            )
        return [returned.get(block, skip()) for block in outputs]
    if not outputs:
        return []
    if len(outputs) == 1:
        if is_listing(returned) and isinstance(returned, tuple) and len(returned) == 1:
            return [returned[0]]
        return [returned]
    if is_skip(returned):
        return [skip() for _ in outputs]
    values: list[Any] = [*returned] if is_listing(returned) else [returned]
    if len(values) < len(outputs):
        wanted = ", ".join(map(repr, outputs))
        raise ValueRejected(
            f"{listener.describe()}: the function returned {len(values)} values; its "
            f"{len(outputs)} outputs need {len(outputs)}: {wanted}. Return one value per output."
        )
    if len(values) > len(outputs):
        import warnings

        warnings.warn(
            f"{listener.describe()}: the function returned {len(values)} values for {len(outputs)} "
            "outputs; the rest is ignored.",
            UserWarning,
            stacklevel=2,
        )
    return values[: len(outputs)]
