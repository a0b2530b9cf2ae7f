"""Icons of buttons, as the page gets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from limelight.core.filedata import FileData
from limelight.media.icons import icon_file


@pytest.mark.parametrize("path", ["icons/a.png", Path("icons/a.png")])
def test_a_path_is_a_file(path: str | Path) -> None:
    assert icon_file(path) == FileData(path="icons/a.png", orig_name="a.png")


def test_an_address_is_left_to_the_browser() -> None:
    icon = icon_file("https://example.com/a.png")
    assert (icon["path"], icon["url"]) == ("https://example.com/a.png",) * 2


def test_a_vector_graphic_is_sent_inside_its_address(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text("<svg/>")
    icon = icon_file(path)
    assert icon.transform is not None
    assert icon.transform(icon.path) == "data:image/svg+xml,%3Csvg/%3E"


def test_what_is_no_path_stays() -> None:
    assert icon_file(None) is None
