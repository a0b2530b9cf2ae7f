"""A long payload of which only the end is new, so that a step costs what it adds and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Tail"]


class Tail:
    """A list whose first items are those of the step before.

    What `postprocess` may give instead of a list, for a function that yields step by step. Where
    there is no step before, the whole list is asked for.

    Args:
        kept: How many items at the beginning have not changed.
        rest: The items behind them, or what makes them at the time when they are sent.
        whole: Makes all items.
    """

    __slots__ = ("_rest", "kept", "whole")

    def __init__(
        self,
        kept: int,
        rest: list[Any] | Callable[[], list[Any]],
        whole: Callable[[], list[Any]],
    ) -> None:
        self.kept = kept
        self._rest = rest
        self.whole = whole

    @property
    def rest(self) -> list[Any]:
        """The items that may have changed."""
        return self._rest() if callable(self._rest) else self._rest
