"""Folders: patterns for paths, and places of paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from limelight.core.folder import Folder, pattern

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("**/*", "a", True),
        ("**/*", "a/b/c", True),
        ("*", "a/b", True),
        ("a*c", "abc", True),
        ("a/*", "a/b/c", False),
        ("a/**/c", "a/c", True),
        ("a/**/c", "a/b/b/c", True),
        ("a.c", "abc", False),
        ("/a", "b/a", True),
        ("[", "[", True),
    ],
)
def test_patterns_match_paths(glob: str, path: str, matches: bool) -> None:
    assert (pattern(glob).fullmatch(path) is not None) is matches


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("a.txt", ["a.txt"]),
        ("sub/../a.txt", ["a.txt"]),
        ("/top/sub/a.txt", ["sub", "a.txt"]),
        ("/top", None),
        ("/topmost/a.txt", None),
        ("../a.txt", None),
    ],
)
def test_a_path_has_a_place_below_the_root(path: str, place: list[str] | None) -> None:
    assert Folder("/top", "**/*").place(path) == place


def test_a_link_out_of_the_folder_is_no_place(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.txt").touch()
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    folder = Folder(str(root), "**/*")
    assert (folder.entries([]), folder.path(["link.txt"])) == ([], None)
