from __future__ import annotations

import gc
import weakref

from limelight.core.cachescope import CacheScope, note_hit, scope_on
from limelight.core.shelf import Shelf


def test_a_scope_clears_what_is_its_own_on_any_shelf() -> None:
    one, other, shelves = CacheScope(), CacheScope(), [Shelf(), Shelf()]
    for shelf in shelves:
        for scope in (one, other):
            shelf.put((scope_on(shelf, per_session=True, scope=scope), b"a"), 1)
        shelf.put((scope_on(shelf, per_session=False, scope=one), b"a"), 1)
    one.clear()
    one.clear()
    assert [{name[0] for name, _ in s.all()} for s in shelves] == [{other.number, None}] * 2


def test_a_scope_keeps_no_shelf_alive() -> None:
    scope, shelf = CacheScope(), Shelf()
    scope.number_on(shelf)
    seen = weakref.ref(shelf)
    del shelf
    gc.collect()
    assert seen() is None
    scope.clear()


def test_outside_a_call_there_is_no_session() -> None:
    assert scope_on(Shelf(), per_session=True) is None
    note_hit()  # nobody to tell
