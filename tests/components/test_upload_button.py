"""UploadButton: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.filedata import FileData
from limelight.core.filevalues import NamedString
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "hello world.txt"
    path.write_text("hello")
    return path


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(gr.UploadButton).parameters
    expected = {
        "label": "Upload a File",
        "value": None,
        "variant": "secondary",
        "size": "lg",
        "icon": None,
        "scale": None,
        "min_width": None,
        "interactive": True,
        "type": "filepath",
        "file_count": "single",
        "file_types": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert [p.name for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD] == [
        "label",
        "value",
    ]
    assert list(gr.UploadButton.events) == ["change", "click", "upload"]
    assert not gr.UploadButton().skip_api


def test_the_page_gets_what_it_draws(note: Path) -> None:
    props = gr.UploadButton("Up", file_types=[".txt"], icon=note).wire_props()
    assert (props["label"], props["file_types"], props["name"]) == ("Up", [".txt"], "uploadbutton")
    assert props["icon"] == FileData.from_path(str(note))
    assert "value" not in props


def test_functions_get_files_as_from_a_file_component(note: Path) -> None:
    file = FileData(path=str(note))
    value = gr.UploadButton().preprocess(file)
    assert (value, value.name, type(value)) == (str(note), str(note), NamedString)
    assert gr.UploadButton(type="binary").preprocess(file) == b"hello"
    assert gr.UploadButton(file_count="multiple").preprocess([file]) == [str(note)]
    assert gr.UploadButton().preprocess(None) is None


def test_the_page_gets_files_with_their_sizes(note: Path) -> None:
    made = gr.UploadButton().postprocess(note)
    assert (made.path, made.orig_name, made.size) == (str(note), "hello world.txt", 5)
    assert gr.UploadButton().postprocess(None) is None


@pytest.mark.parametrize("payload", ["/etc/passwd", 3, {"path": "a.txt"}, ["a.txt"]])
def test_what_is_not_a_file_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected an uploaded file"):
        gr.UploadButton().preprocess(payload)


def test_files_of_other_types_are_refused(note: Path) -> None:
    with pytest.raises(PayloadError, match="expected a file of type image"):
        gr.UploadButton(file_types=["image"]).preprocess(FileData(path=str(note)))


def test_what_is_not_a_path_is_refused() -> None:
    with pytest.raises(ValueRejected, match="expected the path of a file"):
        gr.UploadButton().postprocess(4)


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"file_count": "two"}, "file_count='two'; expected 'single', 'multiple' or 'directory'"),
        ({"type": "text"}, "type='text'; expected 'filepath' or 'binary'"),
        ({"file_types": "image"}, r"expected a list, such as \['image'\]"),
    ],
)
def test_wrong_props_are_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(PropError, match=message):
        gr.UploadButton(**props)


def test_the_schema_tells_one_file_from_several() -> None:
    assert gr.UploadButton().api_info()["title"] == "FileData"
    assert gr.UploadButton(file_count="multiple").api_info()["type"] == "array"
    assert gr.UploadButton().example_payload()["orig_name"] == "sample_file.pdf"
