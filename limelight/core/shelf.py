"""`Shelf`: kept values under names, the one used longest ago goes first. Any thread may use it.

Knows nothing of functions; `limelight.core.caching` says what is kept and under which name.
"""

from __future__ import annotations

import copy
import re
import sys
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from limelight.core.narrow import is_object
from limelight.core.props import HasProps
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Kept", "Name", "Shelf", "bytes_in", "copied", "size_of"]

_UNITS = {"": 1, "B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_ATOMS = (
    type(None), bool, int, float, complex, str, bytes, range, type, type(len), type(lambda: None),
    HasProps,
)  # fmt: skip
"""What is never copied: what nobody can change, and blocks, which are part of an app."""
_OVERHEAD_BYTES = 200

Name = tuple[int | None, bytes]
"""Whose value it is (None: everybody's), and a fingerprint."""


class Kept(NamedTuple):
    """One kept value."""

    value: Any
    key: Any
    """What the author calls it; None for results of functions."""
    size_bytes: int
    until_s: float | None
    """On the shelf's clock; None is for ever."""


def bytes_in(given: str | int | None) -> int | None:
    """A limit such as 1048576, `"512MB"` or `"1.5 gb"` in bytes; None is none.

    Raises:
        PropError: it is neither.
    """
    if given is None:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?b?)\s*", str(given).lower())
    unit = found.group(2).upper() if found else ""
    unit = f"{unit}B" if unit in ("K", "M", "G", "T") else unit
    if found is None or isinstance(given, bool):
        raise PropError(
            f"A cache was given max_memory={given!r}; expected bytes, a text such as '512MB', or "
            "None for no limit."
        )
    return int(float(found.group(1)) * _UNITS[unit])


def size_of(value: Any) -> int:
    """About how many bytes of memory a value takes, with what it holds."""
    seen: set[int] = set()
    total = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        total += _own_size(item)
        waiting.extend(_held(item))
    return total


def _own_size(item: Any) -> int:
    if isinstance(item, (str, bytes, bytearray)):
        return sys.getsizeof(item)
    for measure in (_buffer_size, _table_size, _picture_size):
        found = measure(item)
        if found is not None:
            return found + _OVERHEAD_BYTES
    try:
        return sys.getsizeof(item)
    except Exception:  # a class may answer anything
        return _OVERHEAD_BYTES


def _buffer_size(item: Any) -> int | None:
    """Of arrays and tensors of any library."""
    size = None if isinstance(item, type) else getattr(item, "nbytes", None)
    return size if isinstance(size, int) else None


def _table_size(item: Any) -> int | None:
    if not type(item).__module__.startswith("pandas.") or not hasattr(item, "memory_usage"):
        return None
    used: Any = item.memory_usage(deep=True)
    return int(used.sum() if hasattr(used, "sum") else used)


def _picture_size(item: Any) -> int | None:
    if not type(item).__module__.startswith("PIL.") or not hasattr(item, "getbands"):
        return None
    width, height = item.size
    return int(width * height * len(item.getbands()))


def _held(item: Any) -> Iterable[Any]:
    if isinstance(item, _ATOMS) or _buffer_size(item) is not None:
        return ()
    if is_object(item):
        return [*item.keys(), *item.values()]
    if isinstance(item, (list, tuple, set, frozenset)):
        return cast("Iterable[Any]", item)
    if _table_size(item) is not None or _picture_size(item) is not None:
        return ()
    held: Any = getattr(item, "__dict__", None)
    return [*held.values()] if is_object(held) else ()


def _is_fixed(value: Any) -> bool:
    """Whether nobody can change a value, so that everybody may have the same."""
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_fixed, cast("Iterable[Any]", value)))
    return isinstance(value, _ATOMS)


def copied(value: Any) -> Any:
    """A value that its owner may change without changing the kept one.

    What nobody can change is not copied, and neither is what cannot be copied, such as a model on
    a graphics card or a lock.
    """
    if _is_fixed(value):
        return value
    kind: Any = cast("Any", type(value))
    if kind is dict:  # keys may be blocks
        pairs = cast("dict[Any, Any]", value)
        return {key: copied(inner) for key, inner in pairs.items()}
    if kind is list:
        return [copied(item) for item in cast("list[Any]", value)]
    if kind is tuple:
        return tuple(copied(item) for item in cast("tuple[Any, ...]", value))
    try:
        return copy.deepcopy(value)
    except Exception:  # whatever the classes inside raise
        return value


class Shelf:
    """Kept values under names.

    Args:
        max_size: Most values; 0 is no limit.
        max_memory: Most memory of all together, in bytes or as `"512MB"`; None is no limit.
        ttl_s: Seconds that a value is good for; None is for ever.
        clock: Seconds; only differences matter.
    """

    def __init__(
        self,
        *,
        max_size: int = 128,
        max_memory: str | int | None = None,
        ttl_s: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if isinstance(max_size, bool) or not isinstance(max_size, int):  # pyright: ignore[reportUnnecessaryIsInstance]  # authors pass anything
            raise PropError(
                f"A cache was given max_size={max_size!r}; expected a whole number, 0 for no limit."
            )
        if ttl_s is not None and not ttl_s > 0:
            raise PropError(
                f"A cache was given ttl={ttl_s!r}; expected seconds above 0, or None for ever."
            )
        self.max_size = max(max_size, 0)
        self.max_bytes = bytes_in(max_memory)
        self.ttl_s = ttl_s
        self.clock = clock
        self.size_bytes = 0
        """Memory of all values together, estimated."""
        self._lock = threading.Lock()
        self._kept: OrderedDict[Name, Kept] = OrderedDict()

    def get(self, name: Name) -> Kept | None:
        """The value with this name, which counts as used now; not a copy."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is None:
                return None
            if kept.until_s is not None and self.clock() >= kept.until_s:
                self._drop(name)
                return None
            self._kept.move_to_end(name)
            return kept

    def put(self, name: Name, value: Any, key: Any = None) -> bool:
        """Keep a value; False if it is larger than all the memory."""
        size = size_of((value, key)) if self.max_bytes is not None else 0
        until_s = None if self.ttl_s is None else self.clock() + self.ttl_s
        with self._lock:
            if name in self._kept:
                self._drop(name)
            if self.max_bytes is not None and size > self.max_bytes:
                return False
            self._drop_old()
            self._kept[name] = Kept(value, key, size, until_s)
            self.size_bytes += size
            while self._is_over():
                self._drop(next(iter(self._kept)))
            return True

    def _is_over(self) -> bool:
        if self.max_size and len(self._kept) > self.max_size:
            return True
        return self.max_bytes is not None and self.size_bytes > self.max_bytes

    def _drop_old(self) -> None:
        if self.ttl_s is None:
            return
        now_s = self.clock()
        old = [n for n, kept in self._kept.items() if kept.until_s and now_s >= kept.until_s]
        for name in old:
            self._drop(name)

    def _drop(self, name: Name) -> None:
        self.size_bytes -= self._kept.pop(name).size_bytes

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.size_bytes = 0

    def clear_scope(self, scope: int | None) -> None:
        """Forget what belongs to one scope."""
        with self._lock:
            for name in [name for name in self._kept if name[0] == scope]:
                self._drop(name)

    def all(self) -> list[tuple[Name, Kept]]:
        """Every value with its name, the one used longest ago first."""
        with self._lock:
            self._drop_old()
            return list(self._kept.items())

    def __len__(self) -> int:
        with self._lock:
            self._drop_old()
            return len(self._kept)
