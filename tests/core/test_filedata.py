from __future__ import annotations

from typing import Any

import pytest

import limelight as gr
from limelight.core.filedata import ImageData

MARK = {"_type": "gradio.FileData"}


def test_a_file_by_its_path_and_by_its_content() -> None:
    named = gr.FileData.from_path("/tmp/a b.txt")
    assert (named.path, named.orig_name, named.data) == ("/tmp/a b.txt", "a b.txt", None)
    made = gr.FileData.from_bytes(b"abc", "a.txt", "text/plain")
    assert (made.path, made.data, made.mime_type) == ("a.txt", b"abc", "text/plain")


def test_it_crosses_the_wire_as_seven_members() -> None:
    wire = gr.FileData(path="a.txt", size=3).model_dump()
    assert wire == {
        "path": "a.txt",
        "url": None,
        "size": 3,
        "orig_name": None,
        "mime_type": None,
        "is_stream": False,
        "meta": MARK,
    }
    assert gr.FileData.from_dict({**wire, "more": 1}) == gr.FileData(path="a.txt", size=3)
    assert gr.FileData.from_dict({"path": None, "url": "data:,x"}).path == ""


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"path": "a", "meta": MARK}, True),
        ({"path": "a"}, False),
        ({"path": "a", "meta": "gradio.FileData"}, False),
        ({"path": "a", "meta": {"_type": "other"}}, False),
        ({"meta": MARK}, False),
        ("a", False),
    ],
)
def test_files_are_told_from_other_objects(value: Any, answer: bool) -> None:
    assert gr.FileData.is_file_data(value) is answer


def test_nothing_is_no_path_and_no_address() -> None:
    assert gr.FileData(path="").is_none
    assert not gr.FileData(path="", url="data:,x").is_none
    assert ImageData(path="a.png").model_dump()["meta"] == MARK
