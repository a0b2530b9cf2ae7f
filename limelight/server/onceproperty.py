"""`once_property`: `functools.cached_property` without the lock that it takes before Python 3.12,
which costs more than most of what is worked out here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["once_property"]

T = TypeVar("T")
Owner = TypeVar("Owner")


class once_property(Generic[Owner, T]):  # used like `property`
    """A property that is worked out when it is first asked for, and kept in the object. Two
    threads that ask at once may both work it out.
    """

    def __init__(self, work_out: Callable[[Owner], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Any]) -> once_property[Owner, T]: ...

    @overload
    def __get__(self, owner: Owner, kind: type[Any]) -> T: ...

    def __get__(self, owner: Owner | None, kind: type[Any]) -> once_property[Owner, T] | T:
        if owner is None:
            return self
        # It has no `__set__`, so the next time the object's own attribute is found first.
        value = owner.__dict__[self._name] = self._work_out(owner)
        return value
