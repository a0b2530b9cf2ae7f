"""`set_static_paths`: files that any app of this process serves as they lie on the disk.

Opens nothing; `Places` asks here whenever it decides about a path.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from limelight.core.narrow import is_listing
from limelight.errors import PropError

__all__ = ["set_static_paths", "static_paths"]


class _Named:
    """What the process named so far. One for all apps, since authors call a plain function."""

    paths: tuple[Path, ...] = ()


def set_static_paths(paths: str | Path | list[str | Path]) -> None:
    """Serve files and folders directly, in every app of this process.

    They are not copied, may be shown by functions, and anybody can read them at
    `/gradio_api/file=` and their path; dot files, links that lead out, and what is in
    `blocked_paths` stay closed. Later calls add to earlier ones, also while apps run.

    Args:
        paths: Files and folders; relative ones are below the working folder of this moment.

    Raises:
        PropError: something else than a path was given.
    """
    given: list[Any] = [*paths] if is_listing(paths) else [paths]
    for path in given:
        if not isinstance(path, (str, Path)) or not str(path).strip() or "\x00" in str(path):
            raise PropError(
                f"set_static_paths() was given {path!r}; expected the path of a file or folder, "
                "or a list of them."
            )
    made = [Path(os.path.abspath(os.path.expanduser(path))) for path in given]
    _Named.paths = tuple(dict.fromkeys([*_Named.paths, *made]))


def static_paths() -> tuple[Path, ...]:
    """What was named, in order, as absolute paths."""
    return _Named.paths
