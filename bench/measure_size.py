"""What is installed with the base: size on disk, and how many packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.table import Row

if TYPE_CHECKING:
    from pathlib import Path

    from bench.contestants import Contestant

__all__ = ["measure"]

_NOT_COUNTED = ("pip", "setuptools", "wheel", "_distutils_hack", "pkg_resources", "distutils-")


def _is_counted(path: Path) -> bool:
    name = path.name.lower()
    return not any(name == own or name.startswith((f"{own}-", own)) for own in _NOT_COUNTED)


def _size_bytes(path: Path) -> int:
    files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file()]
    return sum(file.stat().st_blocks * 512 for file in files)


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """Everything in site-packages but what every environment has."""
    _ = rounds
    size = Row("installed size of the base", "MB", most_ratio=1 / 12)
    count = Row("packages of the base", "", most=15, digits=0)
    for one in contestants:
        entries = [path for path in one.site_packages.iterdir() if _is_counted(path)]
        size.add(one.name, sum(map(_size_bytes, entries)) / 1e6)
        count.add(one.name, sum(path.suffix == ".dist-info" for path in entries))
    return [size, count]
