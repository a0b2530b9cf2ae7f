"""The edits between two successive outputs of a generator.

The format is the protocol's: `[action, path, value]` with the actions replace, append, add and
delete, applied in order.

`advance` is told of a new value and answers with the edits and with its own copy of it. The copy
is never changed afterwards and shares with the one before what has not changed, so its parts can
wait in messages; and what a function does to the value it yielded does no harm. Unchanged parts
cost one comparison, which is done in C; everything else costs what has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_array, is_listing, is_object
from limelight.wire import codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from limelight.core.tail import Tail

__all__ = ["Edit", "advance", "advance_tail", "apply", "diff", "merge", "own", "plain"]

Edit = list[Any]

_ATOMS = frozenset((str, int, float, bool, type(None)))
_FEW = 4
"""Items of a list that are compared one by one."""
_MANY = 64
"""Edits of one list from which on sending it whole may be shorter."""


def own(value: Any, convert: Callable[[Any], Any] | None = None) -> Any:
    """A copy of a payload as plain JSON data; texts and numbers are shared, not copied.

    Args:
        value: What is to be sent.
        convert: Makes plain data of what is neither an object, a list, a text nor a number.
    """
    if type(value) in _ATOMS:
        return value
    if is_object(value):
        return {_name(key): own(inner, convert) for key, inner in value.items()}
    if is_listing(value):
        if _ATOMS.issuperset(map(type, value)):
            return list(value)
        return [own(inner, convert) for inner in value]
    return (convert or plain)(value)


def plain(value: Any) -> Any:
    """What a value is as JSON."""
    return codec.decode(codec.encode(value))


def _name(key: Any) -> str:
    """The name of a member as JSON has it."""
    if type(key) is str:
        return key
    return str(next(iter(codec.decode(codec.encode({key: None})))))


def diff(old: Any, new: Any) -> list[Edit]:
    """Edits that turn `old` into `new`; none if they are equal."""
    return advance(own(old), new)[0]


def advance(
    old: Any, new: Any, convert: Callable[[Any], Any] | None = None
) -> tuple[list[Edit], Any]:
    """Edits that turn `old` into `new`, and a copy of `new` that shares what is equal with `old`.

    Args:
        old: What `own` or this function made.
        new: The next value; it is not kept.
        convert: As of `own`.
    """
    edits: list[Edit] = []
    made = _Walk(edits, convert).visit(old, new, [])
    return edits, made


def advance_tail(
    old: Any, tail: Tail, convert: Callable[[Any], Any] | None = None
) -> tuple[list[Edit], Any]:
    """What `advance` does, for a list whose first items are known to be those of `old`."""
    if not is_array(old) or len(old) < tail.kept:
        return advance(old, tail.whole(), convert)
    edits, rest = advance(old[tail.kept :], tail.rest, convert)
    if any(not path for _, path, _ in edits):  # the rest as a whole, which has no name
        return advance(old, old[: tail.kept] + rest, convert)
    moved = [[action, [path[0] + tail.kept, *path[1:]], new] for action, path, new in edits]
    return moved, old[: tail.kept] + rest if moved else old


class _Walk:
    """One comparison."""

    def __init__(self, edits: list[Edit], convert: Callable[[Any], Any] | None) -> None:
        self.edits = edits
        self.convert = convert

    def visit(self, old: Any, new: Any, path: list[Any]) -> Any:
        """Add the edits for one place; what the reader has there afterwards."""
        if old is new:
            return old
        if type(new) is str and type(old) is str:
            return self._text(old, new, path)
        if type(new) not in _ATOMS:
            if is_listing(new):
                if is_array(old):
                    return self._list(old, new, path)
            elif is_object(new):
                if is_object(old):
                    return self._object(old, new, path)
            else:  # a file, or a value of a library: what it is as JSON is compared
                return self.visit(old, (self.convert or plain)(new), path)
        elif old == new:
            return old
        made = own(new, self.convert)
        self.edits.append(["replace", path, made])
        return made

    def _text(self, old: str, new: str, path: list[Any]) -> str:
        if not new.startswith(old):
            self.edits.append(["replace", path, new])
        elif len(new) > len(old):
            self.edits.append(["append", path, new[len(old) :]])
        else:
            return old
        return new

    def _list(self, old: list[Any], new: Any, path: list[Any]) -> list[Any]:
        common = min(len(old), len(new))
        before = len(self.edits)
        made: list[Any] | None = None
        for index in _differing(old, new, common):
            value = self.visit(old[index], new[index], [*path, index])
            if value is not old[index]:
                made = old[:common] if made is None else made
                made[index] = value
        if made is None:
            if len(old) == len(new):
                return old
            made = old[:common]
        if _MANY < len(self.edits) - before > len(new) // 2:
            made += [own(item, self.convert) for item in new[common:]]
            self.edits[before:] = [["replace", path, made]]
            return made
        self.edits += (["delete", [*path, common], None] for _ in range(len(old) - common))
        for index in range(common, len(new)):
            made.append(own(new[index], self.convert))
            self.edits.append(["add", [*path, index], made[index]])
        return made

    def _object(self, old: dict[str, Any], new: dict[Any, Any], path: list[Any]) -> dict[str, Any]:
        if any(type(key) is not str for key in new):
            new = {_name(key): value for key, value in new.items()}
        made = {}
        is_same = len(old) == len(new)
        for key, value in old.items():
            if key in new:
                made[key] = self.visit(value, new[key], [*path, key])
                is_same = is_same and made[key] is value
            else:
                is_same = False
                self.edits.append(["delete", [*path, key], None])
        for key, value in new.items():
            if key not in old:
                is_same = False
                made[key] = own(value, self.convert)
                self.edits.append(["add", [*path, key], made[key]])
        return old if is_same else made


def _differing(old: list[Any], new: Any, end: int) -> Iterator[int]:
    """Indexes below `end` at which two lists may differ, in order.

    Halves what differs, because comparing slices is much faster than a loop here.
    """
    pieces = [(0, end)]
    while pieces:
        first, last = pieces.pop()
        if _is_equal(old, new, first, last):
            continue
        if last - first <= _FEW:
            yield from range(first, last)
        else:
            middle = (first + last) // 2
            pieces += ((middle, last), (first, middle))


def _is_equal(old: list[Any], new: Any, first: int, last: int) -> bool:
    piece = new[first:last]
    try:
        return bool(old[first:last] == (piece if is_array(piece) else list(piece)))
    except Exception:  # arrays inside, which have no single answer
        return False


def merge(first: list[Edit], second: list[Edit]) -> list[Edit]:
    """Edits that do what `first` and then `second` do. Both stay as they are."""
    for position in range(len(second) - 1, -1, -1):
        action, path, _ = second[position]
        if not path and action == "replace":  # the whole value: nothing before it matters
            return second[position:]
    if not first or not second:
        return first or second
    action, path, tail = first[-1]
    next_action, next_path, next_tail = second[0]
    follows = next_action == "append" and path == next_path and action in ("append", "replace")
    if follows and isinstance(tail, str) and isinstance(next_tail, str):
        return [*first[:-1], [action, path, tail + next_tail], *second[1:]]
    return [*first, *second]


def apply(value: Any, edits: list[Edit]) -> Any:
    """What a reader has after the edits; `value` is changed in place where it can be."""
    for action, path, new in edits:
        if not path:
            value = value + new if action == "append" else new
            continue
        parent = value
        for step in path[:-1]:
            parent = parent[step]
        last = path[-1]
        if action == "replace":
            parent[last] = new
        elif action == "append":
            parent[last] = parent[last] + new
        elif action == "add":
            if is_array(parent):
                parent.insert(last, new)
            else:
                parent[last] = new
        else:
            del parent[last]
    return value
