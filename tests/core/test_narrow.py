from __future__ import annotations

import pytest

from limelight.core.narrow import is_array, is_listing, is_object


@pytest.mark.parametrize(
    ("value", "answers"),
    [
        ({}, (True, False, False)),
        ([1], (False, True, True)),
        ((1,), (False, False, True)),
        ("ab", (False, False, False)),
        (None, (False, False, False)),
    ],
)
def test_kinds_of_values(value: object, answers: tuple[bool, bool, bool]) -> None:
    assert (is_object(value), is_array(value), is_listing(value)) == answers
