"""Files in payloads on their way to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from limelight.core.filedata import FileData
from limelight.core.files import FileCache
from limelight.core.stow import stow
from limelight.errors import FileAccessError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def files(tmp_path: Path) -> FileCache:
    return FileCache(tmp_path / "cache")


def test_a_transformed_file_is_shown_instead_of_the_one_it_was_made_of(
    files: FileCache, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("hello")
    file = FileData(path=str(path))
    file.transform = lambda found: (found.encode()[-5:] + b"!", "b.txt")
    payload, has_files = stow([file], files, None, trusted=True)
    assert has_files
    assert payload[0]["orig_name"] == "b.txt"
    assert files.resolve(payload[0]["path"], None).path.read_bytes() == b"a.txt!"


def test_a_file_may_become_a_data_url(files: FileCache, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text("<svg/>")
    file = FileData(path=str(path), orig_name="a.svg")
    file.transform = lambda _: "data:image/svg+xml,x"
    payload, _ = stow(file, files, None, trusted=True)
    assert (payload["path"], payload["url"], payload["orig_name"]) == (
        None,
        "data:image/svg+xml,x",
        "a.svg",
    )


def test_a_file_that_may_not_be_read_is_never_transformed(files: FileCache) -> None:
    file = FileData(path="/etc/passwd")
    file.transform = lambda _: pytest.fail("it was opened")
    with pytest.raises(FileAccessError):
        stow(file, files, None, trusted=False, tainted=frozenset({"/etc/passwd"}))


def test_a_data_url_has_no_path(files: FileCache) -> None:
    payload, _ = stow(FileData(path="", url="data:image/png;base64,AA"), files, None, trusted=False)
    assert (payload["path"], payload["url"]) == (None, "data:image/png;base64,AA")
