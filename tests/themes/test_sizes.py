from __future__ import annotations

import pytest

from limelight.errors import PropError
from limelight.themes.sizes import Size, find_size, radius_none, text_lg


def test_scale_is_found_by_short_and_long_name() -> None:
    assert find_size("lg", prefix="text") is text_lg
    assert find_size("text_lg", prefix="text") is text_lg
    assert find_size("none", prefix="radius") is radius_none


def test_own_scale_is_passed_through() -> None:
    own = Size("1px", "2px", "3px", "4px", "5px", "6px", "7px")
    assert find_size(own, prefix="text") is own
    assert own.expand() == ["1px", "2px", "3px", "4px", "5px", "6px", "7px"]


def test_scale_of_another_kind_is_refused() -> None:
    with pytest.raises(PropError, match=r"spacing_size='text_lg'.*spacing_sm, spacing_md"):
        find_size("text_lg", prefix="spacing")
