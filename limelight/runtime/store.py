"""Where everything lives that several processes could share.

`MemoryStore` holds live Python objects in this process.

No other module of the runtime keeps such things in a dictionary of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MemoryStore", "Store"]


class Store(Protocol):
    """Named tables of values, each bounded."""

    def get(self, table: str, key: str) -> Any:
        """The value, or None. Reading makes it the youngest of its table."""

    def put(self, table: str, key: str, value: Any) -> None:
        """Keep a value; the oldest of the table goes when there are too many."""

    def pop(self, table: str, key: str) -> Any:
        """Take a value out; None if there is none."""

    def values(self, table: str) -> Iterator[Any]:
        """All values of a table, oldest first."""
        ...

    def bound(
        self, table: str, capacity: int, on_drop: Callable[[Any], None] | None = None
    ) -> None:
        """Set how many values a table holds, and what to do with one that is dropped for it."""

    def size(self, table: str) -> int:
        """How many values a table holds."""
        ...


class MemoryStore:
    """A store inside this process."""

    def __init__(self) -> None:
        self._tables: dict[str, OrderedDict[str, Any]] = {}
        self._bounds: dict[str, tuple[int, Callable[[Any], None] | None]] = {}

    def _table(self, table: str) -> OrderedDict[str, Any]:
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = OrderedDict()
        return found

    def get(self, table: str, key: str) -> Any:
        """The value, or None."""
        rows = self._table(table)
        value = rows.get(key)
        if value is not None:
            rows.move_to_end(key)
        return value

    def put(self, table: str, key: str, value: Any) -> None:
        """Keep a value."""
        rows = self._table(table)
        rows[key] = value
        rows.move_to_end(key)
        capacity, on_drop = self._bounds.get(table, (10_000, None))
        while len(rows) > capacity:
            _, dropped = rows.popitem(last=False)
            if on_drop is not None:
                on_drop(dropped)

    def pop(self, table: str, key: str) -> Any:
        """Take a value out."""
        return self._table(table).pop(key, None)

    def values(self, table: str) -> Iterator[Any]:
        """All values of a table, oldest first."""
        return iter(list(self._table(table).values()))

    def bound(
        self, table: str, capacity: int, on_drop: Callable[[Any], None] | None = None
    ) -> None:
        """Set how many values a table holds."""
        self._bounds[table] = (capacity, on_drop)

    def size(self, table: str) -> int:
        """How many values a table holds."""
        return len(self._table(table))
