"""MultimodalTextbox: props, conversions and refusals."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from limelight.components.multimodal_textbox.multimodal_textbox import MultimodalTextbox
from limelight.components.textbox.attributes import InputHTMLAttributes
from limelight.core.filedata import FileData
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(MultimodalTextbox).parameters
    expected = {
        "value": None,
        "sources": None,
        "file_types": None,
        "file_count": "single",
        "lines": 1,
        "max_lines": 20,
        "placeholder": None,
        "container": True,
        "min_width": 160,
        "autofocus": False,
        "autoscroll": True,
        "text_align": None,
        "rtl": False,
        "submit_btn": True,
        "stop_btn": False,
        "max_plain_text_length": 1000,
        "html_attributes": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(MultimodalTextbox.events) == [
        "change", "input", "select", "submit", "focus", "blur", "stop",
    ]  # fmt: skip


def test_the_page_gets_what_it_draws() -> None:
    assert MultimodalTextbox(label="in", file_count="multiple").wire_props() == {
        "autofocus": False,
        "autoscroll": True,
        "container": True,
        "elem_classes": [],
        "file_count": "multiple",
        "label": "in",
        "lines": 1,
        "max_lines": 20,
        "max_plain_text_length": 1000,
        "min_width": 160,
        "name": "multimodaltextbox",
        "preserved_by_key": ["value"],
        "rtl": False,
        "show_label": True,
        "sources": ["upload"],
        "stop_btn": False,
        "submit_btn": True,
        "visible": True,
        "_selectable": False,
    }


@pytest.mark.parametrize(
    ("sources", "wire"),
    [
        (None, ["upload"]),
        ("microphone", ["microphone"]),
        (["upload", "microphone"], ["upload", "microphone"]),
        ([], []),
    ],
)
def test_sources_are_a_list(sources: Any, wire: list[str]) -> None:
    assert MultimodalTextbox(sources=sources).wire_props()["sources"] == wire


def test_attributes_of_the_element_are_those_given() -> None:
    field = MultimodalTextbox(html_attributes=InputHTMLAttributes(spellcheck=False, lang="de"))
    assert field.wire_props()["html_attributes"] == {"spellcheck": False, "lang": "de"}


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"sources": "camera"}, "sources='camera'; expected a list of 'upload' and 'microphone'"),
        ({"sources": ["upload", "camera"]}, "expected a list of 'upload' and 'microphone'"),
        ({"sources": 3}, "sources=3"),
        ({"file_count": "two"}, "file_count='two'; expected 'single', 'multiple' or 'directory'"),
        ({"file_types": "image"}, r"expected a list, such as \['image'\]"),
    ],
)
def test_wrong_props_are_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(PropError, match=message):
        MultimodalTextbox(**props)


def test_functions_get_text_and_paths() -> None:
    field = MultimodalTextbox()
    file = FileData(path="/cache/ab12/hello world.txt")
    payload = {"text": "t", "files": [file]}
    assert field.preprocess(payload) == {"text": "t", "files": ["/cache/ab12/hello world.txt"]}
    assert field.preprocess({"text": "t"}) == {"text": "t", "files": []}
    assert field.preprocess(None) is None


@pytest.mark.parametrize(
    "payload",
    ["text", 3, [], {"text": None}, {"text": 3}, {"text": "t", "files": "a.txt"}],
)
def test_what_is_no_message_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected an object with `text` and `files`"):
        MultimodalTextbox().preprocess(payload)


@pytest.mark.parametrize("file", ["/etc/passwd", None, {"path": "/etc/passwd"}, FileData(path="")])
def test_what_is_no_uploaded_file_is_refused(file: Any) -> None:
    with pytest.raises(PayloadError, match="expected an uploaded file"):
        MultimodalTextbox().preprocess({"text": "", "files": [file]})


def test_files_of_other_types_are_refused() -> None:
    # The name that the sender chose does not decide, the file's own does.
    file = FileData(path="/cache/a.txt", orig_name="a.png", mime_type="image/png")
    with pytest.raises(PayloadError, match=r"got 'a.txt'; expected files of type image"):
        MultimodalTextbox(file_types=["image"]).preprocess({"text": "", "files": [file]})


def test_recordings_are_taken_whatever_the_types_of_files() -> None:
    payload = {"text": "", "files": [FileData(path="/cache/recording.wav")]}
    field = MultimodalTextbox(file_types=["image"], sources=["upload", "microphone"])
    assert field.preprocess(payload) == {"text": "", "files": ["/cache/recording.wav"]}
    with pytest.raises(PayloadError, match="expected files of type image"):
        MultimodalTextbox(file_types=["image"]).preprocess(payload)


@pytest.mark.parametrize(
    ("value", "payload"),
    [
        ("hi", {"text": "hi", "files": []}),
        (None, {"text": "", "files": []}),
        ({"text": "hi"}, {"text": "hi", "files": []}),
        ({"files": None}, {"text": "", "files": []}),
        ({}, {"text": "", "files": []}),
    ],
)
def test_the_page_gets_text_and_files(value: Any, payload: Any) -> None:
    assert MultimodalTextbox().postprocess(value) == payload


@pytest.mark.parametrize(
    "files",
    [["/a/hello world.txt"], [Path("/a/hello world.txt")], "/a/hello world.txt"],
)
def test_paths_become_files(files: Any) -> None:
    file = FileData(path="/a/hello world.txt", orig_name="hello world.txt", mime_type="text/plain")
    value = {"text": "t", "files": files}
    assert MultimodalTextbox().postprocess(value) == {"text": "t", "files": [file]}


def test_files_on_their_way_stay_as_they_are() -> None:
    file = FileData(path="/a/b.txt", orig_name="b.txt")
    value = {"text": "", "files": [file, {"path": "/a/c.txt"}, "https://example.com/d%20e.png?x=1"]}
    made = MultimodalTextbox().postprocess(value)
    assert made is not None
    assert made["files"][0] is file
    assert [f.path for f in made["files"]][1] == "/a/c.txt"
    assert (made["files"][2].orig_name, made["files"][2].mime_type) == ("d e.png", "image/png")


@pytest.mark.parametrize("value", [5, ["a"], {"text": None}, {"text": 3}])
def test_what_is_no_message_cannot_be_shown(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a text, or a dict such as"):
        MultimodalTextbox().postprocess(value)


@pytest.mark.parametrize("file", [3, b"x", "", None])
def test_what_is_no_path_cannot_be_shown(file: Any) -> None:
    with pytest.raises(ValueRejected, match="among `files`; expected the path of a file, or a URL"):
        MultimodalTextbox().postprocess({"text": "", "files": [file]})


def test_the_schema_and_its_examples() -> None:
    field = MultimodalTextbox()
    assert field.api_info()["required"] == ["text"]
    assert set(field.api_info()["$defs"]) == {"FileData", "FileDataMeta"}
    assert field.example_payload()["files"][0]["orig_name"] == "sample_image.png"
    assert field.example_value() == {
        "text": "Describe this image",
        "files": ["sample_image.png"],
    }
