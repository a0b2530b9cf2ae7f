"""Choices: what a reader picks from, as pairs of shown text and value.

Knows nothing of the components that offer them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["check", "check_all", "index_of", "normalise", "values"]

_PAIR = 2
_SHOWN_CHOICES = 20
_SHOWN_AS_TEXT = (type(None), bool, int, float, dict)


def normalise(choices: Iterable[Any] | None) -> list[tuple[str, Any]]:
    """Pairs of shown text and value, for choices as authors write them.

    A choice is a value, shown as its text, or a pair `(text, value)`: `["a", ("B", 2)]` gives
    `[("a", "a"), ("B", 2)]`.

    Raises:
        PropError: a tuple or list among the choices is not a pair, or `choices` cannot be walked.
    """
    if choices is None:
        return []
    try:
        return [_pair(choice) for choice in choices]
    except TypeError as error:
        if isinstance(error, PropError):
            raise
        raise PropError(
            f"choices={choices!r} was given; expected a list of values or of (text, value) pairs."
        ) from error


def values(choices: Sequence[Sequence[Any]]) -> list[Any]:
    """The values, in order."""
    return [pair[1] for pair in choices]


def index_of(choices: Sequence[Sequence[Any]], value: Any) -> int | None:
    """Position of the first choice with this value; None if there is none.

    `True` and `1` are two values here, as they are in JSON.
    """
    is_bool = isinstance(value, bool)
    for index, pair in enumerate(choices):
        if isinstance(pair[1], bool) is is_bool and pair[1] == value:
            return index
    return None


def check(choices: Sequence[Sequence[Any]], value: Any, *, owner: object) -> int:
    """Position of a value that a request carries.

    Args:
        owner: The component, named in the error.

    Raises:
        PayloadError: no choice has this value.
    """
    index = index_of(choices, value)
    if index is None:
        raise _not_a_choice(choices, value, owner)
    return index


def check_all(
    choices: Sequence[Sequence[Any]], chosen: Sequence[Any], *, owner: object
) -> list[int]:
    """Positions of several values that a request carries, in their order.

    Time grows with the number of choices plus the number of values, not with their product.

    Raises:
        PayloadError: a value is not among the choices.
    """
    positions: dict[tuple[bool, Any], int] = {}
    for index, pair in enumerate(choices):
        key = _key(pair[1])
        if key is not None:
            positions.setdefault(key, index)
    found: list[int] = []
    for value in chosen:
        key = _key(value)
        position = positions.get(key) if key is not None else index_of(choices, value)
        if position is None:
            raise _not_a_choice(choices, value, owner)
        found.append(position)
    return found


def _pair(choice: Any) -> tuple[str, Any]:
    if not isinstance(choice, (tuple, list)):
        return _text(choice), choice
    parts: list[Any] = [*choice]
    if len(parts) != _PAIR:
        raise PropError(
            f"The choice {choice!r} has {len(parts)} parts; expected a value or a (text, value) "
            "pair."
        )
    return _text(parts[0]), parts[1]


def _text(shown: Any) -> Any:
    """Text for anything but texts, which may be translatable ones and stay as they are."""
    is_plain = any(isinstance(shown, kind) for kind in _SHOWN_AS_TEXT) or hasattr(shown, "dtype")
    return str(shown) if is_plain else shown


def _key(value: Any) -> tuple[bool, Any] | None:
    """A key that is equal for equal values; None if the value cannot be hashed."""
    try:
        hash(value)
    except TypeError:
        return None
    return isinstance(value, bool), value


def _not_a_choice(choices: Sequence[Sequence[Any]], value: Any, owner: object) -> PayloadError:
    known = values(choices[:_SHOWN_CHOICES])
    more = f" and {len(choices) - len(known)} more" if len(choices) > len(known) else ""
    return PayloadError(
        f"{owner!r} got {value!r}, which is not in the list of choices: {known!r}{more}. "
        "Send one of them."
    )
