from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.examplerows import rows_of
from limelight.errors import PropError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("given", "width", "rows"),
    [
        ([], 1, []),
        ([], 2, []),
        (["a", None], 1, [["a"], [None]]),
        ([["a"], ["b"]], 1, [["a"], ["b"]]),
        ([["a", "b"], ["c"]], 1, [[["a", "b"]], [["c"]]]),
        ([{"text": "a"}], 1, [[{"text": "a"}]]),
        ((("a", 1), ["b"]), 2, [["a", 1], ["b"]]),
    ],
)
def test_rows_are_lists_of_values(given: Any, width: int, rows: list[Any]) -> None:
    assert rows_of(given, [gr.Textbox() for _ in range(width)]) == rows


@pytest.mark.parametrize(("given", "text"), [(3, "examples=3"), (["a"], "the row 'a' for 2")])
def test_what_is_no_row_is_told(given: Any, text: str) -> None:
    with pytest.raises(PropError, match=text):
        rows_of(given, [gr.Textbox(), gr.Textbox()])


def test_a_log_names_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "log.csv").write_text("\ufeffname,file\nAda,a.txt\nBob\n", encoding="utf-8")
    rows = rows_of(tmp_path, [gr.Textbox(), gr.File()])
    assert rows == [["Ada", str(tmp_path / "a.txt")], ["Bob"]]
