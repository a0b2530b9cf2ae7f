"""File and Files: props, conversions and refusals."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from limelight.components.file.file import File, Files, NamedString
from limelight.core.filedata import FileData
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "hello world.txt"
    path.write_text("hello")
    return path


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(File).parameters
    expected = {
        "value": None,
        "file_count": "single",
        "file_types": None,
        "type": "filepath",
        "container": True,
        "min_width": 160,
        "height": None,
        "allow_reordering": False,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(File.events) == ["change", "select", "clear", "upload", "delete", "download"]
    assert inspect.signature(Files).parameters["file_count"].default == "multiple"
    assert Files.tag == "file"


def test_the_page_gets_what_it_draws() -> None:
    assert File(label="f").wire_props() == {
        "allow_reordering": False,
        "buttons": [],
        "container": True,
        "elem_classes": [],
        "file_count": "single",
        "label": "f",
        "min_width": 160,
        "name": "file",
        "preserved_by_key": ["value"],
        "show_label": True,
        "type": "filepath",
        "visible": True,
        "_selectable": False,
    }


def test_functions_get_a_path_with_a_name(note: Path) -> None:
    value = File().preprocess(FileData(path=str(note)))
    assert (value, value.name, type(value)) == (str(note), str(note), NamedString)
    assert File().preprocess(None) is None


def test_functions_get_bytes(note: Path) -> None:
    assert File(type="binary").preprocess(FileData(path=str(note))) == b"hello"


@pytest.mark.parametrize("count", ["multiple", "directory"])
def test_functions_get_a_list_when_several_can_be_uploaded(count: Any, note: Path) -> None:
    field = File(file_count=count)
    assert field.preprocess([FileData(path=str(note))]) == [str(note)]
    assert field.preprocess(FileData(path=str(note))) == [str(note)]
    assert field.preprocess([]) == []


@pytest.mark.parametrize(
    "types", [None, [".txt"], ["txt"], [".TXT"], ["text"], ["text/plain"], ["text/*"], ["file"], []]
)
def test_files_of_the_allowed_types_are_taken(types: Any, note: Path) -> None:
    assert File(file_types=types).preprocess(FileData(path=str(note))) == str(note)


@pytest.mark.parametrize("types", [["image"], [".pdf"], ["xt"], ["image", "audio", "video"]])
def test_files_of_other_types_are_refused(types: list[str], note: Path) -> None:
    # The name that the sender chose does not decide, the file's own does.
    file = FileData(path=str(note), orig_name="a.pdf", mime_type="image/png")
    with pytest.raises(PayloadError, match=r"got 'hello world.txt'; expected a file of type"):
        File(file_types=types).preprocess(file)


@pytest.mark.parametrize("payload", ["/etc/passwd", 3, {"path": "a.txt"}, ["a.txt"], [None]])
def test_what_is_not_a_file_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected an uploaded file"):
        File().preprocess(payload)


def test_the_page_gets_files_with_their_sizes(note: Path) -> None:
    file = FileData(path=str(note), orig_name="hello world.txt", size=5)
    assert File().postprocess(note) == file
    assert File().postprocess([str(note)]) == [file]
    assert File().postprocess(None) is None
    assert File().postprocess("https://example.com/a/b%20c.csv?x=1").orig_name == "b c.csv"


def test_a_missing_file_is_left_to_whoever_stores_it(tmp_path: Path) -> None:
    assert File().postprocess(str(tmp_path / "no.txt")).size is None


@pytest.mark.parametrize("value", [b"x", 4, "", [3], {"path": "x"}])
def test_what_is_not_a_path_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected the path of a file, a URL, or a list"):
        File().postprocess(value)


def test_examples_are_shown_by_name() -> None:
    field = File()
    assert field.process_example("a/b.txt") == "b.txt"
    assert field.process_example(["a/b.txt", "c.txt"]) == "b.txt, c.txt"
    assert field.process_example(None) == ""


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
        File(**props)


def test_the_schema_tells_one_file_from_several() -> None:
    assert File().api_info()["title"] == "FileData"
    several = Files().api_info()
    assert (several["type"], several["items"]) == ("array", {"$ref": "#/$defs/FileData"})
    assert set(several["$defs"]) == {"FileData", "FileDataMeta"}
    assert isinstance(Files().example_payload(), list)
    assert Files().example_value() == ["sample_file.pdf"]
