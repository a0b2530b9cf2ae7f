from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core import statics
from limelight.core.files import FileCache
from limelight.errors import FileAccessError, PropError
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from pathlib import Path

named = vars(statics)["_Named"]


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named, "paths", ())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to serve, beside the working folder and the system's temp folder."""
    for name in ("temp", "app", "static/.git", "static/blocked"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(tmp_path / "app")
    for name in ("a.txt", ".env", ".git/config", "blocked/x.txt", "../secret.txt"):
        (tmp_path / "static" / name).write_text(name)
    (tmp_path / "static/link").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "static/up").symlink_to(tmp_path)
    return tmp_path / "static"


def cache_of(place: Path) -> FileCache:
    return FileCache(place.parent / "cache", blocked=[place / "blocked"])


def test_named_files_are_served_as_they_lie_there(place: Path) -> None:
    cache = cache_of(place)
    with pytest.raises(FileAccessError):
        cache.locate(str(place / "a.txt"), None)
    gr.set_static_paths(place)  # the app runs already
    assert cache.locate(str(place / "a.txt"), None).path == place / "a.txt"
    assert cache.locate(str(place / "a.txt"), None).is_allowed
    stored = cache.adopt(place / "a.txt", "ann")
    assert (stored.path, cache.usage_bytes("ann")) == (place / "a.txt", 0)
    cache.forget("ann")
    assert (place / "a.txt").exists()


def test_later_calls_add_to_earlier_ones(place: Path) -> None:
    gr.set_static_paths("../static/a.txt")
    gr.set_static_paths([place / ".env", "../static/a.txt"])
    assert statics.static_paths() == (place / "a.txt", place / ".env")
    cache = cache_of(place)
    os.chdir(place)
    assert cache.locate(str(place / "a.txt"), None).size == 5
    assert cache.locate(str(place / ".env"), None).size == 4  # named itself
    with pytest.raises(FileAccessError):
        cache.locate(str(place / ".git/config"), None)


def test_a_named_path_that_the_caller_sent_may_be_shown(place: Path) -> None:
    gr.set_static_paths([place])
    text = str(place / "a.txt")
    assert cache_of(place).adopt(text, "ann", tainted={text}).path == place / "a.txt"


@pytest.mark.parametrize(
    "trap",
    [
        "{static}/../secret.txt",
        "{static}/%2e%2e/secret.txt",
        "{static}/..\\secret.txt",
        "../static/../secret.txt",
        "{static}/link",
        "{static}/up/secret.txt",
        "{static}/up/static/a.txt/../../secret.txt",
        "{static}/.env",
        "{static}/.git/config",
        "{static}/blocked/x.txt",
        "{static}/BLOCKED/x.txt",
        "{static}",
        "{static}2/a.txt",
        "{static}/missing",
        "/proc/self/cwd/../static/a.txt",
    ],
)
def test_nothing_around_it_is_open(place: Path, trap: str) -> None:
    (place.parent / "static2").mkdir()
    (place.parent / "static2/a.txt").write_text("a")
    (place / "BLOCKED").mkdir()
    (place / "BLOCKED/x.txt").write_text("a")
    gr.set_static_paths(place)
    path = trap.format(static=place)
    with pytest.raises(FileAccessError):
        cache_of(place).locate(path, None)
    leads_in = (".env", "config", "/proc/self/cwd/../static/a.txt")
    if not path.endswith(leads_in):  # the author's function may show these
        with pytest.raises(FileAccessError):
            cache_of(place).adopt(path, None)


@pytest.mark.parametrize("given", ["", " ", 3, None, ["a", 3], "a\x00b"])
def test_what_is_no_path_is_named(given: Any) -> None:
    with pytest.raises(PropError, match="expected the path of a file or folder"):
        gr.set_static_paths(given)
    assert statics.static_paths() == ()


async def test_the_page_reads_them_by_path(place: Path) -> None:
    async with in_process(make_app()) as client:
        gr.set_static_paths("../static")
        answer = await client.get(f"/gradio_api/file={place}/a.txt")
        assert (answer.status_code, answer.text) == (200, "a.txt")
        assert answer.headers["content-disposition"] == 'inline; filename="a.txt"'
        for trap in ("/link", "/..%2fsecret.txt", "/.env"):
            answer = await client.get(f"/gradio_api/file={place}{trap}")
            assert answer.status_code in (403, 404)
