"""No part of the browser half grows by more than a tenth unnoticed, nor beyond its limit."""

from __future__ import annotations

import pytest

from bench.chunks import ASSETS, COMMAND, difference, measured


def test_parts_weigh_what_the_table_says() -> None:
    if not (ASSETS / ".vite" / "manifest.json").exists():
        pytest.skip("the browser half is not built")
    wrong = difference(measured())
    assert not wrong, f"{wrong}; if that is meant, run `{COMMAND}` and commit bench/chunks.json"
