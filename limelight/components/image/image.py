"""Image: one picture, uploaded, taken with a camera or pasted; or shown as a result."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.narrow import is_object
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.wire.files import FILE_META, IMAGE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import PIL.Image

    from limelight.core.block import Block

__all__ = ["Image", "WatermarkOptions", "WebcamOptions"]

_SOURCES = ("upload", "webcam", "clipboard")
_TYPES = ("numpy", "pil", "filepath")
_CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")


@dataclass
class WebcamOptions:
    """How the reader's camera is used."""

    mirror: bool = True
    """Whether the picture is flipped, as in a mirror."""
    constraints: dict[str, Any] | None = None
    """What the browser asks of the camera: `MediaStreamConstraints` of the web platform."""


@dataclass
class WatermarkOptions:
    """A picture that is drawn on others."""

    watermark: str | Path | PIL.Image.Image | np.ndarray[Any, Any] | None = None
    """Path, PIL image or array; None draws nothing."""
    position: tuple[int, int] | Literal["top-left", "top-right", "bottom-left", "bottom-right"] = (
        "bottom-right"
    )
    """A corner, or the distance in pixels from the left and upper edges."""

    def __post_init__(self) -> None:
        if isinstance(self.position, str) and self.position not in _CORNERS:
            raise PropError(
                f"WatermarkOptions() was given position={self.position!r}; expected one of "
                f"{', '.join(map(repr, _CORNERS))}, or (x, y) in pixels."
            )


class Image(Component[FileData | None, Any], tag="image"):
    """One picture. What functions get and give is an array, a PIL image or a path."""

    is_heavy: ClassVar[bool] = True
    """Values are encoded in a thread, not in the event loop."""

    value: str | Path | PIL.Image.Image | np.ndarray[Any, Any] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """Path, URL, PIL image or array shown first."""
    format: str = "webp"
    """How arrays and PIL images go to the page: as `"webp"`, `"png"`, `"jpeg"` or `"gif"`."""
    height: int | str | None = None
    """Height of the picture in pixels or as CSS; as the picture needs if None."""
    width: int | str | None = None
    """Width of the picture in pixels or as CSS; as the picture needs if None."""
    image_mode: (
        Literal["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F"] | None
    ) = "RGB"
    """Pillow's mode that functions get; None keeps the mode of the file."""
    sources: (
        list[Literal["upload", "webcam", "clipboard"]]
        | Literal["upload", "webcam", "clipboard"]
        | None
    ) = None
    """Where pictures come from; all three if None, only the camera when streaming."""
    type: Literal["numpy", "pil", "filepath"] = "numpy"
    """What a function gets: a uint8 array `(height, width, channels)`, a PIL image, or a path."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    buttons: list[Literal["download", "share", "fullscreen"] | Block] | None = None
    """Icon buttons over the picture, and Button blocks of your own; the three built-in if None."""
    streaming: bool = False
    """Whether frames of the camera are sent while it runs, to the listeners of `stream`."""
    webcam_options: WebcamOptions | None = None
    """How the camera is used."""
    placeholder: str | None = None
    """What the drop zone says instead of its own words; several lines are possible."""
    watermark: WatermarkOptions | None = prop(default=None, wire=False)
    """A picture that is drawn on those that functions return."""
    alt_text: str | None = None
    """What the picture shows, for readers who cannot see it."""

    clear = events.clear
    change = events.change
    stream = events.stream
    select = events.select
    upload = events.upload
    input = events.input

    def setup(self) -> None:
        super().setup()
        check_among(self, type=_TYPES)
        self.sources = self._chosen_sources()
        if self.buttons is None:
            self.buttons = ["download", "share", "fullscreen"]
        if self.webcam_options is None:
            self.webcam_options = WebcamOptions()
        elif is_object(self.webcam_options):  # an update: props as the page has them
            self.webcam_options = WebcamOptions(**self.webcam_options)
        if self.watermark is None:
            self.watermark = WatermarkOptions()

    def _chosen_sources(self) -> list[Literal["upload", "webcam", "clipboard"]]:
        given: Any = self.sources
        if given is None:
            return ["webcam"] if self.streaming else ["upload", "webcam", "clipboard"]
        chosen: list[Any] = [given] if isinstance(given, str) else list(given)
        if unknown := [source for source in chosen if source not in _SOURCES]:
            raise PropError(
                f"Image() was given the source {unknown[0]!r}; expected one of "
                f"{', '.join(map(repr, _SOURCES))}."
            )
        if self.streaming and chosen != ["webcam"]:
            raise PropError(
                f"Image() was given streaming=True and sources={given!r}; expected sources="
                "['webcam'], as only a camera can be streamed."
            )
        return chosen

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: FileData | None) -> Any:
        """The picture as `type` says, in `image_mode`, turned upright as its EXIF data says.

        A `FileData` of a PNG becomes an array with shape `(height, width, 3)` and dtype uint8,
        0–255; a path with `type="filepath"`. `None` stays `None`.

        Raises:
            PayloadError: it is no picture that can be read, or an SVG where pixels are wanted.
        """
        if payload is None:
            return None
        given: object = payload
        if not isinstance(given, FileData) or not given.path:
            raise PayloadError(f"{self!r} got {given!r:.200}; expected an uploaded image.")
        from limelight.media import images

        return images.load(given.path, mode=self.image_mode, kind=self.type, format=self.format)

    # ---- function to page --------------------------------------------------------------------

    def postprocess(
        self, value: np.ndarray[Any, Any] | PIL.Image.Image | str | Path | FileData | None
    ) -> FileData | None:
        """The picture for the page. Files are shown as they are; others are written as `format`.

        An array with shape `(64, 64, 3)` becomes the content of `image.webp`; `"cat.png"` becomes
        `FileData(path="cat.png", orig_name="cat.png")`. `None` shows no picture.

        Raises:
            ValueRejected: it is neither a picture nor the path of one.
        """
        if value is None or isinstance(value, FileData):
            return value
        if isinstance(value, (str, os.PathLike)):
            return self._file(os.fspath(value))
        from limelight.media import images

        try:
            return FileData.from_bytes(*self._encoded(images.to_pil(value)))
        except ValueRejected as problem:
            raise ValueRejected(f"{self!r}: {problem}") from problem

    def _file(self, path: str) -> FileData:
        if path[:5].lower() == "data:":
            return FileData(path="", url=path)
        if not path:
            raise ValueRejected(
                f"{self!r} was given an empty path; expected the path of an image, a PIL "
                "image or an array. Return None for no image."
            )
        made = FileData(path=path, orig_name=PurePath(path.partition("?")[0]).name)
        from limelight.media import images

        if images.is_svg(path):
            # Files of this type are never served under it; in a `data:` URL browsers draw them, and
            # run nothing that is in them.
            made.transform = images.svg_data_url
        elif self._mark is not None:
            made.transform = self._marked
            made.orig_name = None  # another file is shown: `_marked` names it
        return made

    @property
    def _mark(self) -> Any:
        return None if self.watermark is None else self.watermark.watermark

    def _marked(self, path: str) -> tuple[bytes, str]:
        """A file with the watermark on it: content and name."""
        from limelight.media import images

        return self._encoded(images.load(path, mode=None, kind="pil"))

    def _encoded(self, image: Any) -> tuple[bytes, str]:
        """A PIL image as content and name of a file."""
        from limelight.media import images

        if self._mark is not None and self.watermark is not None:
            image = images.watermark(image, self._mark, self.watermark.position)
        data, suffix = images.save(image, format=self.format)
        return data, f"image.{suffix}"

    # ---- description -------------------------------------------------------------------------

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        props["streamable"] = False
        props["webcam_options"] = asdict(self.webcam_options or WebcamOptions())
        # The page never draws it: a picture or a path of the server is not for readers.
        position = (self.watermark or WatermarkOptions()).position
        props["watermark"] = {"watermark": None, "position": position}
        return props

    def api_info(self) -> dict[str, Any]:
        return IMAGE_SCHEMA

    def example_payload(self) -> Any:
        name = "bus.png"
        return {"path": name, "meta": dict(FILE_META), "orig_name": name, "url": name}

    def example_value(self) -> Any:
        return "bus.png"
