"""`ExampleFolder`: results of example rows on disk, one folder each with all their files.

A folder appears complete or not at all, so any number of processes may write and one may crash.
Knows nothing of functions.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limelight.core.filedata import FileData
from limelight.core.filenames import clean_name
from limelight.core.narrow import is_array, is_listing, is_object
from limelight.wire.codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ExampleFolder"]

_RESULT = "result.json"
_MARK = "kept_file"
_FORMAT = 1
_UNFINISHED_S = 24 * 3600
_MOST_STEPS = 256
"""Steps of a result that are kept; of more, every second, third, … one is, and the last."""


class ExampleFolder:
    """Results under names, in a folder.

    Args:
        folder: Where; made when something is saved.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, name: str) -> list[list[Any]] | None:
        """The steps of a result, a payload per output each; None if it is not there, whole.

        Files are `FileData` with the path of the kept copy.
        """
        home = self.folder / name
        try:
            kept = decode((home / _RESULT).read_bytes())
        except (OSError, ValueError):  # msgspec's errors are among them
            return None
        if not is_object(kept) or kept.get("format") != _FORMAT or not is_array(kept.get("steps")):
            return None
        try:
            return [[_restored(payload, home) for payload in step] for step in kept["steps"]]
        except (OSError, TypeError, ValueError, AttributeError):  # a file is missing, or odd
            return None

    def save(self, name: str, steps: list[list[Any]]) -> None:
        """Keep a result with copies of its files, instead of one that is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        home = self.folder / name
        temporary = self.folder / f".{name}.{os.getpid()}.{os.urandom(4).hex()}"
        temporary.mkdir()
        try:
            copier = _Copier(temporary)
            kept = [[copier(payload) for payload in step] for step in _thinned(steps)]
            result = temporary / _RESULT
            with result.open("wb") as file:
                file.write(encode({"format": _FORMAT, "steps": kept}))
                file.flush()
                os.fsync(file.fileno())
            self._move(temporary, home, name)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def _move(self, temporary: Path, home: Path, name: str) -> None:
        try:
            os.rename(temporary, home)
        except OSError:  # somebody was first, or what is there is broken
            if self.load(name) is not None:
                return
            shutil.rmtree(home, ignore_errors=True)
            os.rename(temporary, home)

    @staticmethod
    def paths_in(value: Any) -> list[str]:
        """Paths of the kept files in a result, or in a part of one."""
        if isinstance(value, FileData):
            return [value.path] if value.path and not value.url else []
        inner: list[Any] = []
        if is_object(value):
            inner = list(value.values())
        elif is_listing(value):
            inner = list(value)
        return [path for item in inner for path in ExampleFolder.paths_in(item)]

    def drop(self, name: str) -> None:
        """Forget a result."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what processes that crashed have left behind."""
        limit_s = time.time() - _UNFINISHED_S
        for place in self.folder.glob(".*.*.*"):
            try:
                is_old = place.stat().st_mtime < limit_s
            except OSError:
                continue
            if is_old:
                shutil.rmtree(place, ignore_errors=True)


def _thinned(steps: list[list[Any]]) -> list[list[Any]]:
    every = -(-len(steps) // _MOST_STEPS)
    return steps if every <= 1 else [*steps[:-1:every], steps[-1]]


def _rewritten(value: Any, visit: Callable[[Any], Any]) -> Any:
    """A payload with what `visit` makes of its objects and files; None leaves one as it is."""
    if isinstance(value, FileData) or is_object(value):
        made = visit(value)
        if made is not None:
            return made
    if is_object(value):
        return {key: _rewritten(inner, visit) for key, inner in value.items()}
    if is_listing(value):
        return [_rewritten(inner, visit) for inner in value]
    return value


class _Copier:
    """Copies the files of payloads into a folder; each file once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}

    def __call__(self, payload: Any) -> Any:
        return _rewritten(payload, self._file)

    def _file(self, value: Any) -> Any:
        if not isinstance(value, FileData):
            return None
        if not os.path.isfile(value.path):
            return value.model_dump()  # an address, or data in the URL
        if value.path not in self._names:
            name = f"{len(self._names)}-{clean_name(value.orig_name or Path(value.path).name)}"
            shutil.copyfile(value.path, self._folder / name)
            self._names[value.path] = name
        members = {**value.model_dump(), "path": "", "url": None}
        return {_MARK: self._names[value.path], "file": members}


def _restored(payload: Any, home: Path) -> Any:
    def visit(value: Any) -> Any:
        if isinstance(value, FileData) or value.keys() != {_MARK, "file"}:
            return None
        path = home / Path(value[_MARK]).name
        if not path.is_file():
            raise FileNotFoundError(path)
        file = FileData.from_dict({**value["file"], "path": str(path.resolve())})
        file.orig_name = file.orig_name or path.name.partition("-")[2]
        return file

    return _rewritten(payload, visit)
