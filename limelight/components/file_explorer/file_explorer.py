"""FileExplorer: a tree of the server's files, to choose from."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component, server
from limelight.core.folder import Folder, pattern
from limelight.core.narrow import is_array, is_listing
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from limelight.core.block import Block

__all__ = ["FileExplorer"]

_COUNTS = ("single", "multiple")


class FileExplorer(Component[Any, Any], tag="fileexplorer"):
    """A tree of the files below a folder of the server. Folders are read when they are opened.

    Readers see and choose nothing outside `root_dir`, also not by links that lead out of it.
    """

    glob: str = prop(default="**/*", kw_only=False)
    """What can be chosen: `"*.txt"` in every folder, `"data/*.csv"` in one, `"data/**"` below one.

    Folders are shown also when they do not match, for what is in them.
    """
    value: str | list[str] | Callable[..., Any] | None = None
    """Path chosen first, or a list of them; absolute, or relative to `root_dir`."""
    file_count: Literal["single", "multiple"] = "multiple"
    """Whether functions get one path, or a list; readers choose several files and folders then."""
    root_dir: str | Path = "."
    """Folder that is shown."""
    ignore_glob: str | None = None
    """What is not shown, nor anything below it; written as `glob`."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    height: int | str | None = None
    """Height of the tree in pixels or as CSS; as it needs if None."""
    max_height: int | str | None = 500
    """Most height in pixels or as CSS; a longer tree scrolls."""
    min_height: int | str | None = None
    """Least height in pixels or as CSS."""
    buttons: list[Block] | None = None
    """Buttons of your own, shown small in the corner; none if None."""

    change = events.change
    input = events.input
    select = events.select

    def setup(self) -> None:
        check_among(self, file_count=_COUNTS)
        self._check_glob("glob", self.glob)
        if self.ignore_glob is not None:
            self._check_glob("ignore_glob", self.ignore_glob)
        self.root_dir = os.path.abspath(self.root_dir)
        self.buttons = list(self.buttons or [])
        super().setup()

    def _check_glob(self, name: str, glob: object) -> None:
        if isinstance(glob, str):
            try:
                pattern(glob)
            except re.error:
                pass
            else:
                return
        raise PropError(f"FileExplorer() was given {name}={glob!r}; expected a glob, as '*.txt'.")

    @property
    def _folder(self) -> Folder:
        return Folder(os.fspath(self.root_dir), self.glob, self.ignore_glob)

    @server
    def ls(self, subdirectory: list[str] | None = None) -> list[dict[str, str | bool]]:
        """What a folder below `root_dir` shows; nothing for what is none.

        Each entry has `name`, `type`: `"folder"` or `"file"`, and `valid`: whether it can be
        chosen.
        """
        return [
            {
                "name": entry.name,
                "type": "folder" if entry.is_folder else "file",
                "valid": entry.is_offered,
            }
            for entry in self._folder.entries([] if subdirectory is None else subdirectory)
        ]

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: list[list[str]] | None) -> list[str] | str | None:
        """The absolute paths of what is chosen; one path, or None, with `file_count="single"`.

        `[["sub", "a.txt"]]` becomes `["/root/sub/a.txt"]`, or `"/root/sub/a.txt"`. None stays.

        Raises:
            PayloadError: something is not among what can be chosen, or there is too much of it.
        """
        if payload is None:
            return None
        given: object = payload
        if not is_array(given):
            raise PayloadError(f"{self!r} got {given!r:.100}; expected a list of paths.")
        folder = self._folder
        paths = [self._path(folder, place) for place in given]
        if self.file_count == "multiple":
            return paths
        if len(paths) > 1:
            raise PayloadError(f"{self!r} got {len(paths)} paths; expected at most one.")
        return paths[0] if paths else None

    def _path(self, folder: Folder, place: object) -> str:
        path = folder.path(place)
        if path is None:
            raise PayloadError(f"{self!r} got {place!r:.200}; expected a file or folder it shows.")
        return path

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: str | list[str] | None) -> list[list[str]] | None:
        """The places of the paths below `root_dir`.

        `"/root/sub/a.txt"` and `"sub/a.txt"` become `[["sub", "a.txt"]]`. None chooses nothing.

        Raises:
            ValueRejected: it is no path, or lies outside.
        """
        if value is None:
            return None
        paths: list[Any] = [*value] if is_listing(value) else [value]
        folder = self._folder
        return [self._place(folder, path) for path in paths]

    def _place(self, folder: Folder, path: object) -> list[str]:
        try:
            text = os.fspath(path)  # type: ignore[call-overload]  # what is no path is told below
            place = folder.place(text) if text and isinstance(text, str) else None
        except TypeError:
            place = None
        if place is None:
            raise ValueRejected(
                f"{self!r} was given {path!r:.200}; expected the path of something inside "
                f"{self.root_dir!r}. Return None to choose nothing."
            )
        return place

    # ---- description ---------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        place = {"type": "array", "items": {"type": "string"}}
        return {"type": "array", "items": place, "title": "FileExplorerData"}

    def example_payload(self) -> Any:
        return [["folder", "app.py"]]

    def example_value(self) -> Any:
        return "folder/app.py"
