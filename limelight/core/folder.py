"""A folder of the server that readers may look into, and nothing outside of it.

A place in it is a list of names, as `["sub", "a.txt"]`. Knows nothing of components.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_array

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Entry", "Folder", "pattern"]

_DEEPEST = 100
"""Names in a place; deeper ones are not looked for."""
_LONGEST_NAME = 255
_SEPARATORS = ("/", "\0") if os.sep == "/" else ("/", "\\", ":", "\0")
"""What no name holds. On Windows a colon names a drive, or a hidden stream of a file."""


@dataclass(frozen=True)
class Entry:
    """What stands in a folder."""

    name: str
    is_folder: bool
    is_offered: bool
    """Whether it may be chosen; folders are shown anyway, for what is in them."""


@dataclass(frozen=True)
class Folder:
    """A folder, with what of it is shown."""

    root: str
    """Absolute path."""
    glob: str
    """What is shown; see `pattern`."""
    ignore_glob: str | None = None
    """What is not shown, nor anything below it."""

    def entries(self, place: object) -> list[Entry]:
        """What a folder shows: folders first, each in the order of the alphabet.

        Nothing for what is no folder, cannot be read, is hidden, or lies outside: nobody learns
        which of these it is.
        """
        names = self._checked(place)
        if names is None or self._is_ignored(names):
            return []
        try:
            with os.scandir(self._inside(names)) as found:
                entries = [entry for item in found if (entry := self._entry(names, item))]
        except (OSError, ValueError):
            return []
        return sorted(entries, key=lambda e: (not e.is_folder, e.name.casefold(), e.name))

    def path(self, place: object) -> str | None:
        """The absolute path of what may be chosen at a place; None if there is nothing."""
        names = self._checked(place)
        if not names or self._is_ignored(names) or not self._glob.fullmatch("/".join(names)):
            return None
        try:
            there = self._inside(names)
        except (OSError, ValueError):
            return None
        if not (os.path.isfile(there) or os.path.isdir(there)):
            return None
        return os.path.join(self.root, *names)

    def place(self, path: str) -> list[str] | None:
        """The place of a path, absolute or relative to the folder; None if it is outside.

        Looks at nothing on the disk.
        """
        tidy = os.path.normpath(os.path.join(self.root, path))
        for root in (self.root, self._real_root):
            prefix = root.rstrip(os.sep) + os.sep
            if tidy.startswith(prefix):
                return tidy[len(prefix) :].split(os.sep)
        return None

    # ---- inside --------------------------------------------------------------------------------

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root)

    @cached_property
    def _glob(self) -> re.Pattern[str]:
        return pattern(self.glob)

    @cached_property
    def _ignored(self) -> re.Pattern[str] | None:
        return pattern(self.ignore_glob) if self.ignore_glob else None

    def _checked(self, place: object) -> list[str] | None:
        """The place, if it can be one: no way up, no absolute path, no device. Asks no disk."""
        if not is_array(place) or len(place) > _DEEPEST:
            return None
        return place if all(map(_is_name, place)) else None

    def _inside(self, names: Sequence[str]) -> str:
        """The real path of a place.

        Raises:
            ValueError: a link on the way leads out of the folder.
        """
        real = os.path.realpath(os.path.join(self._real_root, *names))
        if not self._holds(real):
            raise ValueError("it lies outside the folder")
        return real

    def _holds(self, real: str) -> bool:
        root = self._real_root
        return real == root or real.startswith(root.rstrip(os.sep) + os.sep)

    def _is_ignored(self, names: Sequence[str]) -> bool:
        ignored = self._ignored
        if ignored is None:
            return False
        return any(ignored.fullmatch("/".join(names[: n + 1])) for n in range(len(names)))

    def _entry(self, names: Sequence[str], item: os.DirEntry[str]) -> Entry | None:
        place = [*names, item.name]
        path = "/".join(place)
        if not _is_name(item.name) or (self._ignored and self._ignored.fullmatch(path)):
            return None
        if item.is_symlink() and not self._holds(os.path.realpath(item.path)):
            return None
        is_offered = self._glob.fullmatch(path) is not None
        if item.is_dir():
            return Entry(item.name, True, is_offered)
        # Neither pipes nor devices: reading one may never end.
        return Entry(item.name, False, True) if is_offered and item.is_file() else None


def _is_name(name: Any) -> bool:
    if not isinstance(name, str) or name in ("", ".", "..") or len(name) > _LONGEST_NAME:
        return False
    if any(separator in name for separator in _SEPARATORS):
        return False
    return name.isascii() or not re.search("[\ud800-\udfff]", name)  # those no JSON can carry


def pattern(glob: str) -> re.Pattern[str]:
    """A regular expression for paths with `/` between their names.

    `*` and `?` stand for letters of one name, `[abc]` for one of them, `**` for any folders, or
    none. A pattern without `/` is meant for names in every folder.
    """
    parts = glob.strip("/").split("/")
    if len(parts) == 1 and parts[0] != "**":
        parts.insert(0, "**")
    made = ""
    for at, part in enumerate(parts):
        is_last = at == len(parts) - 1
        if part == "**":
            made += ".+" if is_last else "(?:[^/]+/)*"
        else:
            made += _letters(part) + ("" if is_last else "/")
    return re.compile(made, re.DOTALL)


def _letters(part: str) -> str:
    made = ""
    for star, question, negated, letters, other in re.findall(
        r"(\*+)|(\?)|\[([!^]?)([^\]/]+)\]|(.)", part, re.DOTALL
    ):
        if star:
            made += "[^/]*"
        elif question:
            made += "[^/]"
        elif letters:
            inside = re.sub(r"([\\\[\]^&~|])", r"\\\1", letters)
            made += f"[{'^/' if negated else ''}{inside}]"
        else:
            made += re.escape(other)
    return made
