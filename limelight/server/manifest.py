"""The bundler's manifest: which built files a page needs. Knows tags and files, no blocks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Assets", "PageFiles"]

_MAIN = "src/main.ts"
# NOTE: loaded by web/src/app/halves.ts with every half that is not in the entry.
_MORE = "src/ui/more.ts"
_HALF = re.compile(r".*limelight/components/(?P<folder>[a-z0-9_]+)/(?P<name>[A-Za-z0-9]+)\.svelte")


class PageFiles(NamedTuple):
    """Files of one page, in the order in which the browser needs them."""

    entry: str
    modules: tuple[str, ...]
    """Modules besides the entry."""
    styles: tuple[str, ...]


class Assets:
    """The built browser half, as its manifest lists it."""

    def __init__(self, folder: Path) -> None:
        try:
            read: dict[str, dict[str, Any]] = json.loads(
                (folder / ".vite" / "manifest.json").read_text("utf-8")
            )
        except (OSError, ValueError):
            read = {}
        self._chunks = read
        self._halves: dict[str, str] = {}
        for source in read:
            found = _HALF.fullmatch(source)
            if found is not None:
                words = found["folder"].split("_")
                if found["name"] == "".join(word[:1].upper() + word[1:] for word in words):
                    self._halves["".join(words)] = source

    @property
    def is_built(self) -> bool:
        """Whether there is a browser half to serve."""
        return _MAIN in self._chunks

    def page(self, tags: Iterable[str]) -> PageFiles:
        """The files of a page with these tags; those loaded on demand are not among them."""
        order: dict[str, None] = {}
        self._follow(_MAIN, order)
        for tag in tags:
            source = self._halves.get(tag)
            if source is not None:
                self._follow(source, order)
                if self._chunks[source]["file"] != self._chunks[_MAIN]["file"]:
                    self._follow(_MORE, order)
        files: dict[str, None] = {}
        styles: dict[str, None] = {}
        for source in order:
            chunk = self._chunks[source]
            files[chunk["file"]] = None
            styles.update(dict.fromkeys(chunk.get("css", ())))
        entry = self._chunks[_MAIN]["file"]
        files.pop(entry, None)
        return PageFiles(entry, tuple(f for f in files if f.endswith(".js")), tuple(styles))

    def _follow(self, source: str, order: dict[str, None]) -> None:
        """Add a chunk and what it imports statically; imported files first in the order of
        styles.
        """
        if source in order or source not in self._chunks:
            return
        order[source] = None
        for imported in self._chunks[source].get("imports", ()):
            self._follow(imported, order)
