from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from limelight.core.examplefolder import ExampleFolder
from limelight.core.filedata import FileData


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def test_a_result_comes_back_with_copies_of_its_files(tmp_path: Path, folder: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("hello")
    file = FileData(path=str(source), orig_name="näme.txt", mime_type="text/plain")
    remote = FileData(path="", url="https://example.org/x.png")
    kept = ExampleFolder(folder)
    steps: list[list[Any]] = [[{"file": file, "n": 1}, [file, None]], [remote, "text"]]
    kept.save("x", steps)
    source.unlink()
    loaded = kept.load("x")
    assert loaded is not None
    first, last = loaded
    copy = first[0]["file"]
    assert (Path(copy.path).read_text(), copy.orig_name, copy.mime_type) == (
        "hello",
        "näme.txt",
        "text/plain",
    )
    assert first[1][0].path == copy.path
    assert kept.paths_in(first) == [copy.path, copy.path]
    assert (last[0]["url"], last[1]) == ("https://example.org/x.png", "text")
    assert kept.load("y") is None


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 1}',
        b'{"format": 2, "steps": []}',
        b'{"format": 1, "steps": [3]}',
        b'{"format": 1, "steps": [[{"kept_file": 3, "file": {}}]]}',
        b'{"format": 1, "steps": [[{"kept_file": "../../etc/passwd", "file": {}}]]}',
        b'{"format": 1, "steps": [[{"kept_file": "result.json", "file": 3}]]}',
    ],
)
def test_what_is_broken_is_not_there_and_is_replaced(folder: Path, broken: bytes) -> None:
    kept = ExampleFolder(folder)
    kept.save("x", [["old"]])
    (folder / "x" / "result.json").write_bytes(broken)
    assert kept.load("x") is None
    kept.save("x", [["new"]])
    assert kept.load("x") == [["new"]]
    assert [p.name for p in folder.iterdir()] == ["x"]


def test_what_is_there_and_whole_stays(folder: Path) -> None:
    kept = ExampleFolder(folder)
    kept.save("x", [["first"]])
    kept.save("x", [["second"]])
    assert kept.load("x") == [["first"]]


def test_what_a_crash_left_behind_goes_after_a_day(folder: Path) -> None:
    for name, age_s in (("old", 2 * 86400), ("new", 60)):
        place = folder / f".{name}.1.abcd"
        place.mkdir(parents=True)
        at_s = place.stat().st_mtime - age_s
        os.utime(place, (at_s, at_s))
    ExampleFolder(folder).save("x", [[1]])
    assert sorted(p.name for p in folder.iterdir()) == [".new.1.abcd", "x"]


def test_a_failed_save_leaves_nothing(folder: Path) -> None:
    class Odd:
        def __str__(self) -> str:
            raise RuntimeError("odd")

    with pytest.raises(RuntimeError, match="odd"):
        ExampleFolder(folder).save("x", [[Odd()]])
    assert not list(folder.iterdir())


async def test_many_writers_at_once_leave_one_whole_result(tmp_path: Path, folder: Path) -> None:
    source = tmp_path / "a b.txt"
    source.write_text("hello")

    def save(number: int) -> None:
        ExampleFolder(folder).save("x", [[number, FileData.from_path(str(source))]])

    await asyncio.gather(*(asyncio.to_thread(save, number) for number in range(8)))
    ((number, file),) = ExampleFolder(folder).load("x") or [[None, None]]
    assert number in range(8)
    assert Path(file.path).read_text() == "hello"
    assert [p.name for p in folder.iterdir()] == ["x"]
    Path(file.path).unlink()
    assert ExampleFolder(folder).load("x") is None
    ExampleFolder(folder).drop("x")
    assert not list(folder.iterdir())
