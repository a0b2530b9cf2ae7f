"""Rows of examples from what an author gave: lists, single values, or a folder."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_listing
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from limelight.core.component import Component

__all__ = ["rows_of"]


def rows_of(examples: Any, inputs: list[Component[Any, Any]]) -> list[list[Any]]:
    """One list of values per row; a row may have fewer values than there are inputs.

    Raises:
        PropError: they are no rows, or a folder that cannot be read as rows.
    """
    if isinstance(examples, (str, Path)):
        return _of_folder(Path(examples), inputs)
    try:
        items: Iterable[Any] = iter(examples)
    except TypeError:
        raise PropError(
            f"Examples() was given examples={examples!r}; expected a list of rows, or the path of "
            "a folder."
        ) from None
    rows = list(items)
    width = len(inputs)
    if width == 1:
        is_nested = bool(rows) and all(is_listing(row) and len(row) == 1 for row in rows)
        return [list(row) if is_nested else [row] for row in rows]
    for row in rows:
        if not is_listing(row):
            raise PropError(
                f"Examples() was given the row {row!r} for {width} inputs; expected a list of "
                "values, one per input."
            )
    return [_fitting(list(row), width) for row in rows]


def _fitting(row: list[Any], width: int) -> list[Any]:
    if len(row) > width:
        warnings.warn(
            f"Examples() was given the row {row!r} with {len(row)} values for {width} inputs; the "
            "rest is left out.",
            UserWarning,
            stacklevel=5,
        )
    return row[:width]


def _of_folder(folder: Path, inputs: list[Component[Any, Any]]) -> list[list[Any]]:
    import csv

    if not folder.is_dir():
        raise PropError(
            f"Examples() was given {str(folder)!r}, which is not a folder; expected one with "
            "log.csv, or with one file per row."
        )
    log = folder / "log.csv"
    if log.exists():
        with log.open(newline="", encoding="utf-8-sig") as lines:
            rows = list(csv.reader(lines))[1:]
        return [
            [_cell(folder, block, text) for block, text in zip(inputs, row, strict=False)]
            for row in rows
        ]
    if len(inputs) != 1:
        raise PropError(f"{str(folder)!r} has no log.csv, which rows of {len(inputs)} inputs need.")
    names = sorted(p for p in folder.iterdir() if p.is_file() and p.name[0] != ".")
    return [[str(path)] for path in names]


def _cell(folder: Path, block: Component[Any, Any], text: str) -> Any:
    """A cell of `log.csv`: a file beside it, or what the component reads from the text."""
    path = os.path.join(folder, text)
    if text and os.path.isfile(path):  # False for any odd text
        return path
    return block.read_from_flag(text)
