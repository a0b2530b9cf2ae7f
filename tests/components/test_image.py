"""Image: props, conversions and refusals."""

from __future__ import annotations

import inspect
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import pytest

from limelight.components.image.image import Image, WatermarkOptions, WebcamOptions
from limelight.core.filedata import FileData
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def red(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    PIL.Image.new("RGB", (4, 3), "red").save(path)
    return path


def _opened(file: FileData | None) -> PIL.Image.Image:
    assert file is not None
    assert file.data is not None
    return PIL.Image.open(io.BytesIO(file.data))


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(Image).parameters
    expected = {
        "value": None,
        "format": "webp",
        "height": None,
        "width": None,
        "image_mode": "RGB",
        "sources": None,
        "type": "numpy",
        "buttons": None,
        "container": True,
        "min_width": 160,
        "streaming": False,
        "webcam_options": None,
        "placeholder": None,
        "watermark": None,
        "alt_text": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    assert list(Image.events) == ["clear", "change", "stream", "select", "upload", "input"]


def test_the_page_gets_what_it_draws() -> None:
    assert Image(label="img", type="filepath").wire_props() == {
        "_selectable": False,
        "buttons": ["download", "share", "fullscreen"],
        "container": True,
        "elem_classes": [],
        "format": "webp",
        "image_mode": "RGB",
        "label": "img",
        "min_width": 160,
        "name": "image",
        "preserved_by_key": ["value"],
        "show_label": True,
        "sources": ["upload", "webcam", "clipboard"],
        "streamable": False,
        "streaming": False,
        "type": "filepath",
        "visible": True,
        "watermark": {"watermark": None, "position": "bottom-right"},
        "webcam_options": {"mirror": True, "constraints": None},
    }


def test_the_page_never_learns_the_path_of_a_watermark(red: Path) -> None:
    mark = WatermarkOptions(str(red), "top-left")
    assert Image(watermark=mark).wire_props()["watermark"] == {
        "watermark": None,
        "position": "top-left",
    }


def test_webcam_options_may_come_back_from_the_page() -> None:
    options: Any = {"mirror": False, "constraints": {"video": {"width": 640}}}
    assert Image(webcam_options=options).webcam_options == WebcamOptions(
        mirror=False, constraints={"video": {"width": 640}}
    )


@pytest.mark.parametrize(
    ("props", "sources"),
    [
        ({"sources": "upload"}, ["upload"]),
        ({"sources": ["clipboard", "upload"]}, ["clipboard", "upload"]),
        ({"sources": []}, []),
        ({"streaming": True}, ["webcam"]),
    ],
)
def test_sources_are_a_list(props: dict[str, Any], sources: list[str]) -> None:
    assert Image(**props).sources == sources


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"type": "array"}, "type='array'; expected 'numpy', 'pil' or 'filepath'"),
        ({"sources": ["camera"]}, "the source 'camera'; expected one of 'upload'"),
        ({"streaming": True, "sources": ["upload"]}, "only a camera can be streamed"),
    ],
)
def test_wrong_props_are_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(PropError, match=message):
        Image(**props)


def test_a_wrong_position_is_refused() -> None:
    with pytest.raises(PropError, match="position='middle'; expected one of 'top-left'"):
        WatermarkOptions("a.png", "middle")  # type: ignore[arg-type]  # what a user may write


def test_functions_get_arrays_images_or_paths(red: Path) -> None:
    file = FileData(path=str(red))
    array = Image().preprocess(file)
    assert (array.shape, array.dtype) == ((3, 4, 3), np.uint8)
    assert Image(image_mode="L").preprocess(file).shape == (3, 4)
    image = Image(type="pil").preprocess(file)
    assert (image.size, image.mode) == ((4, 3), "RGB")
    assert Image(type="filepath").preprocess(file) == str(red)
    assert Image().preprocess(None) is None


@pytest.mark.parametrize("payload", ["red.png", 3, {"url": "x"}, [None]])
def test_what_is_not_an_upload_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected an uploaded image"):
        Image().preprocess(payload)


def test_what_is_not_an_image_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.png"
    text.write_text("hello")
    with pytest.raises(PayloadError, match=r"'text\.png' is not an image that can be read"):
        Image().preprocess(FileData(path=str(text)))


@pytest.mark.parametrize(
    ("format", "name", "kind"), [("webp", "image.webp", "WEBP"), ("png", "image.png", "PNG")]
)
def test_the_page_gets_arrays_as_files(format: str, name: str, kind: str) -> None:
    made = Image(format=format).postprocess(np.zeros((2, 3, 3), np.uint8))
    assert made is not None
    assert made.orig_name == name
    assert (_opened(made).format, _opened(made).size) == (kind, (3, 2))


def test_the_page_gets_images_and_none() -> None:
    assert _opened(Image().postprocess(PIL.Image.new("RGBA", (5, 4)))).size == (5, 4)
    assert Image().postprocess(None) is None


def test_the_page_gets_files_as_they_are(red: Path) -> None:
    # Whether a path may be read is for the runtime to say, so nothing is opened here.
    assert Image().postprocess(red) == FileData(path=str(red), orig_name="red.png")
    url = "https://example.com/a/cat.png?size=9"
    assert Image().postprocess(url) == FileData(path=url, orig_name="cat.png")
    data = "data:image/png;base64,AAAA"
    assert Image().postprocess(data) == FileData(path="", url=data)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "expected an image as a path, a PIL image or an array, got int 5"),
        ("", "an empty path; expected the path of an image"),
        (np.zeros((3, 64, 64)), r"<Image 'Out'>: got an array with shape \(3, 64, 64\)"),
        (np.full((2, 2), 700), "expected floats in 0.0–1.0 or integers in 0–255"),
    ],
)
def test_what_is_not_an_image_is_named(value: Any, message: str) -> None:
    with pytest.raises(ValueRejected, match=message):
        Image(label="Out").postprocess(value)


def test_a_vector_graphic_becomes_a_data_url_once_it_may_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    made = Image().postprocess(path)
    assert made == FileData(path=str(path), orig_name="a.svg")
    assert made is not None
    assert made.transform is not None
    path.write_text("<svg/>")
    assert made.transform(str(path)) == "data:image/svg+xml,%3Csvg/%3E"


def test_a_watermark_is_drawn_on_results(red: Path) -> None:
    field = Image(format="png", watermark=WatermarkOptions(str(red), (0, 0)))
    below = np.full((20, 20, 3), 255, np.uint8)
    marked = _opened(field.postprocess(below))
    assert [marked.getpixel(at) for at in ((0, 0), (19, 19))] == [(255, 0, 0), (255, 255, 255)]


def test_a_watermark_on_a_file_waits_until_the_file_may_be_read(red: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper.png"
    PIL.Image.new("RGB", (20, 20), "white").save(paper)
    field = Image(format="png", watermark=WatermarkOptions(str(red), (9, 9)))
    made = field.postprocess(paper)
    assert made is not None
    assert made.data is None
    assert made.transform is not None
    shown = made.transform(str(paper))
    assert isinstance(shown, tuple)
    data, name = shown
    assert name == "image.png"
    assert PIL.Image.open(io.BytesIO(data)).getpixel((10, 10)) == (255, 0, 0)


def test_the_schema_is_that_of_an_image() -> None:
    assert Image().api_info()["title"] == "ImageData"
    assert Image().example_payload()["meta"] == {"_type": "gradio.FileData"}
