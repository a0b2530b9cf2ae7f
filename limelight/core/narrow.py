"""Questions about values of unknown kind, answered for type checkers, too.

`isinstance(value, dict)` leaves them with a dictionary of unknown things; these say "of anything".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeIs

__all__ = ["is_array", "is_listing", "is_number", "is_object", "plain"]


def is_object(value: object) -> TypeIs[dict[Any, Any]]:
    """Whether it is a dictionary: an object of JSON."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeIs[list[Any]]:
    """Whether it is a list: an array of JSON."""
    return isinstance(value, list)


def is_listing(value: object) -> TypeIs[list[Any] | tuple[Any, ...]]:
    """Whether it is a list or a tuple."""
    return isinstance(value, (list, tuple))


def is_number(value: object) -> TypeIs[int | float]:
    """Whether it is a number of Python, and no bool."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def plain(value: Any) -> Any:
    """The number of Python for one of numpy and its kin; anything else as it is."""
    return value.item() if hasattr(value, "dtype") and hasattr(value, "item") else value
