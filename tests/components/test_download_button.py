"""DownloadButton: props, conversions and refusals."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

import limelight as gr
from limelight.core.filedata import FileData
from limelight.errors import PayloadError, ValueRejected


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(gr.DownloadButton).parameters
    expected = {
        "label": "Download",
        "value": None,
        "variant": "secondary",
        "size": "lg",
        "icon": None,
        "scale": None,
        "min_width": None,
        "interactive": True,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(gr.DownloadButton.events) == ["change", "click"]
    assert gr.DownloadButton().wire_props()["name"] == "downloadbutton"


def test_functions_get_the_path() -> None:
    assert gr.DownloadButton().preprocess(FileData(path="/cache/a.txt")) == "/cache/a.txt"
    assert gr.DownloadButton().preprocess(None) is None


def test_the_page_gets_the_file() -> None:
    button = gr.DownloadButton()
    assert button.postprocess("notes/a.txt") == FileData(path="notes/a.txt", orig_name="a.txt")
    assert button.postprocess(Path("notes/a.txt")) == button.postprocess("notes/a.txt")
    web = button.postprocess("https://example.com/a%20b.csv?x=1")
    assert web is not None
    assert web.orig_name == "a b.csv"
    assert button.postprocess(None) is None
    assert button.process_example("notes/a.txt") == "a.txt"


@pytest.mark.parametrize("payload", ["/etc/passwd", 3, {"path": "a.txt"}, [FileData(path="a")]])
def test_what_is_not_a_file_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a file"):
        gr.DownloadButton().preprocess(payload)


@pytest.mark.parametrize("value", [b"x", 4, "", ["a.txt"]])
def test_what_is_not_a_path_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected the path of a file, or a URL"):
        gr.DownloadButton().postprocess(value)


def test_the_schema_is_that_of_a_file() -> None:
    assert gr.DownloadButton().api_info()["title"] == "FileData"
    assert gr.DownloadButton().example_value() == "sample_file.pdf"
