"""Questions about values of unknown kind, answered for type checkers, too.

`isinstance(value, dict)` leaves them with a dictionary of unknown things; these say "of anything".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeIs

__all__ = ["is_array", "is_listing", "is_object"]


def is_object(value: object) -> TypeIs[dict[Any, Any]]:
    """Whether it is a dictionary: an object of JSON."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeIs[list[Any]]:
    """Whether it is a list: an array of JSON."""
    return isinstance(value, list)


def is_listing(value: object) -> TypeIs[list[Any] | tuple[Any, ...]]:
    """Whether it is a list or a tuple."""
    return isinstance(value, (list, tuple))
