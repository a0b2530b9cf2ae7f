"""Button: its icon on the wire, and its caption."""

from __future__ import annotations

from pathlib import Path

from limelight.components.button.button import Button
from limelight.core.filedata import FileData


def test_an_icon_of_ours_is_a_file_and_an_address_stays_one() -> None:
    icon = Button(icon=Path("logo.png")).wire_props()["icon"]
    assert isinstance(icon, FileData)
    assert (icon.path, icon.orig_name) == ("logo.png", "logo.png")
    address = "https://example.com/logo.png"
    assert Button(icon=address).wire_props()["icon"]["url"] == address
    assert "icon" not in Button().wire_props()


def test_the_caption_crosses_as_text() -> None:
    assert Button().postprocess(None) == "None"
    assert Button().preprocess("Run") == "Run"
    assert Button().example_payload() == "Run"
