"""How heavy each part of the built browser half is, and the table that it is held against.

`python -m bench.chunks --write` writes the table anew: after a part has grown on purpose, has come
or has gone.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["COMPONENT_BYTES", "LIMITS_BYTES", "Sizes", "difference", "measured", "print_sizes"]

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "limelight" / "server" / "assets"
TABLE = Path(__file__).resolve().parent / "chunks.json"
COMMAND = "python -m bench.chunks --write"

LIMITS_BYTES = {
    "shell": 60_000,
    "chatbot": 12_500,
    "code_: editor": 150_000,
}
"""Compressed with gzip, whatever the table says. Those of components are for the few that cannot be
as light as the others.
"""
COMPONENT_BYTES = 6_000
"""Limit for every other component."""
GROWTH = 1.1
TINY_BYTES = 600
"""A part below this may grow to a tenth more than this."""

_MAIN = "src/main.ts"
_HALF = re.compile(r".*/limelight/components/(?P<folder>\w+)/(?P<name>[A-Z]\w*)\.svelte")
_OWN = re.compile(
    r".*/limelight/components/(?P<folder>\w+)/(?P<file>.+?)\.(?:svelte\.ts|svelte|ts)"
)
_PACKAGE = re.compile(r".*/node_modules/(?P<package>@[^/]+/[^/]+|[^/]+)/.+")
_HASH = re.compile(r"-[-\w]{8}\.\w+$")
_SHARED = {"more", "parts"}
"""Chunks of several components that have a name; see `web/build/chunks.ts`."""
_EDITOR = "../limelight/components/code_/editor.ts"


@dataclass(frozen=True)
class Sizes:
    """What goes over the wire."""

    gzip: int
    brotli: int

    def __add__(self, other: Sizes) -> Sizes:
        return Sizes(self.gzip + other.gzip, self.brotli + other.brotli)


class _Build:
    """The manifest of a build, by keys without hashes as far as there are such."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = folder / ".vite" / "manifest.json"
        self.chunks: dict[str, dict[str, Any]] = json.loads(manifest.read_text("utf-8"))
        self.shell = self.closure(_MAIN)
        halves = {
            found["folder"]: key
            for key in self.chunks
            if (found := _HALF.fullmatch(key)) and found["name"] == _pascal_case(found["folder"])
        }
        self.halves = {
            folder: key for folder, key in halves.items() if self._file(key) not in self.shell
        }

    def closure(self, key: str) -> set[str]:
        """The files that a browser needs at once for a chunk."""
        seen = [key]
        for one in seen:  # grows as it goes
            seen += [x for x in self.chunks[one].get("imports", ()) if x not in seen]
        styles = {file for one in seen for file in self.chunks[one].get("css", ())}
        return {self._file(one) for one in seen} | styles

    def files(self) -> list[tuple[str, str]]:
        """All scripts and styles with their keys; one that has several comes with its source."""
        keys = sorted(self.chunks, key=lambda key: key.startswith("_"))
        found = [(key, self._file(key)) for key in keys]
        return [(key, file) for key, file in found if file.endswith((".js", ".css"))]

    def sizes(self, files: set[str]) -> Sizes:
        """Of all these files."""
        return sum((self._sizes(file) for file in files), Sizes(0, 0))

    def _file(self, key: str) -> str:
        file: str = self.chunks[key]["file"]
        return file

    def _sizes(self, file: str) -> Sizes:
        plain = (self.folder / file).stat().st_size
        found = [self.folder / f"{file}.{coding}" for coding in ("gz", "br")]
        gzip, brotli = (path.stat().st_size if path.exists() else plain for path in found)
        return Sizes(gzip, brotli)


def _pascal_case(folder: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in folder.split("_"))


def measured(folder: Path = ASSETS) -> dict[str, Sizes]:
    """Part -> its weight: the shell; each component with what it alone needs at once, by folder;
    what several share; what is fetched late, by file or npm package.
    """
    build = _Build(folder)
    needed = {name: build.closure(key) - build.shell for name, key in build.halves.items()}
    shared = {
        file
        for files in needed.values()
        for file in files
        if sum(file in others for others in needed.values()) > 1
    }
    parts = {"shell": build.shell}
    parts |= {name: files - shared for name, files in needed.items()}
    if _EDITOR in build.chunks:
        parts["code_: editor"] = build.closure(_EDITOR) - build.shell - shared
    counted = set[str]().union(*parts.values())
    for key, file in build.files():
        if file not in counted:
            counted.add(file)
            parts.setdefault(_named(key, file), set()).add(file)
    return {name: build.sizes(files) for name, files in sorted(parts.items())}


def _named(key: str, file: str) -> str:
    """What is neither the shell nor a component's own; a name without hashes."""
    if package := _PACKAGE.fullmatch(key):
        return f"npm: {package['package']}"
    if own := _OWN.fullmatch(key):
        return f"{own['folder']}: {own['file']}"
    if key.startswith("src/"):
        return f"late: {key.removeprefix('src/').rpartition('.')[0]}"
    name = _HASH.sub("", file)
    # The others come and go with who shares what.
    return f"shared: {name if name in _SHARED else 'others'}"


def difference(now: dict[str, Sizes]) -> list[str]:
    """What is wrong with the build: too much growth since the table was written, parts that the
    table does not know, parts that only the table knows, and parts above their limit.
    """
    table: dict[str, list[int]] = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    found = [f"{name} is new: {now[name].gzip} B" for name in now.keys() - table.keys()]
    found += [f"{name} has gone" for name in table.keys() - now.keys()]
    for name in now.keys() & table.keys():
        before, after = Sizes(*table[name]), now[name]
        for coding in ("gzip", "brotli"):
            was, size = getattr(before, coding), getattr(after, coding)
            if size > max(was, TINY_BYTES) * GROWTH:
                found.append(f"{name} grew from {was} to {size} B ({coding})")
    for name, size in now.items():
        limit = LIMITS_BYTES.get(name, size.gzip + 1 if ":" in name else COMPONENT_BYTES)
        if size.gzip >= limit:
            found.append(f"{name} has {size.gzip} B (gzip), {limit} is too much")
    return sorted(found)


def print_sizes(now: dict[str, Sizes]) -> None:
    """Print the parts, in columns."""
    width = max(map(len, now))
    print(f"{'part of the browser half'.ljust(width)}  {'gzip':>8}  {'brotli':>8}")
    for name, size in now.items():
        print(f"{name.ljust(width)}  {size.gzip:8}  {size.brotli:8}")


def main() -> None:
    """Print the weights, and what is wrong with them; or write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.chunks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table anew")
    now = measured()
    if parser.parse_args().write:
        lines = (f"  {json.dumps(name)}: [{one.gzip}, {one.brotli}]" for name, one in now.items())
        TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
        return
    print_sizes(now)
    print("\n".join(difference(now)))


if __name__ == "__main__":
    main()
