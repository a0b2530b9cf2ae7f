"""Images: files and bytes on one side, arrays and PIL images on the other.

Knows no block and stores nothing; who calls `load` or `save` decides where the bytes go.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from limelight.errors import MissingExtra, PayloadError, ValueRejected

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image

__all__ = [
    "MAX_PIXELS",
    "data_url",
    "is_svg",
    "load",
    "save",
    "svg_data_url",
    "to_pil",
    "watermark",
]

Kind = Literal["numpy", "pil", "filepath"]
Position = tuple[int, int] | Literal["top-left", "top-right", "bottom-left", "bottom-right"]

MAX_PIXELS = 178_956_970
"""Width times height that is decoded at most: 512 MB in RGB. The limit of Pillow itself."""

# Without those that run other programs (EPS: Ghostscript) or that no browser makes.
_READ_FORMATS = (
    *("AVIF", "BMP", "DIB", "GIF", "ICNS", "ICO", "JPEG", "JPEG2000", "MPO", "PNG", "PPM", "TGA"),
    *("TIFF", "WEBP"),
)
_FORMATS = {"jpg": "jpeg", "tif": "tiff"}
_MODES = {  # what each format can hold; anything else becomes the last of its line
    "avif": ("RGBA", "RGB"),
    "bmp": ("1", "L", "P", "RGB"),
    "gif": ("1", "L", "P", "RGBA", "RGB"),
    "jpeg": ("L", "CMYK", "RGB"),
    "png": ("1", "L", "LA", "P", "I;16", "RGBA", "RGB"),
    "tiff": ("1", "L", "LA", "P", "I", "I;16", "F", "CMYK", "RGBA", "RGB"),
    "webp": ("RGBA", "RGB"),
}
_WEBP_SIDE = 16383
_MARGIN_PX = 10


def _need(name: str) -> Any:
    """An optional module.

    Raises:
        MissingExtra: it is not installed.
    """
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = "pillow" if name.startswith("PIL") else name
        raise MissingExtra(
            f"images need the package {package!r}, which is not installed. "
            'Run `pip install "limelight[image]"`.'
        ) from error


# ---- loading -----------------------------------------------------------------------------------


def is_svg(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a vector graphic, by its name."""
    return os.fspath(path).lower().endswith(".svg")


def load(
    path: str | os.PathLike[str],
    *,
    mode: str | None = "RGB",
    kind: Kind = "numpy",
    format: str = "webp",  # noqa: A002  # the prop's name
) -> np.ndarray[Any, Any] | PIL.Image.Image | str:
    """An image file as what the user's function gets.

    Photos are turned upright as their EXIF data says.

    Args:
        path: The file.
        mode: Pillow's mode to convert to; None keeps the file's. GIFs as `pil` and `filepath`, and
            SVGs, stay as they are.
        kind: `numpy`: `(height, width, channels)` uint8 0–255, or `(height, width)` for modes with
            one channel, bool for mode `1`. `pil`: an image. `filepath`: a path, that of the file if
            it need not be converted.
        format: Of the file that is written if a `filepath` is converted and its own cannot hold it.

    Raises:
        PayloadError: the file is no image, too large, or an SVG that should become pixels.
        MissingExtra: Pillow or numpy is not installed.
    """
    if is_svg(path):
        if kind == "filepath":
            return os.fspath(path)
        raise PayloadError(
            f"{Path(path).name!r} is an SVG, which has no pixels. Send a PNG, JPEG or WebP, or let "
            "the app use Image(type='filepath')."
        )
    image = _open(path)
    if kind == "filepath":
        return _converted(image, path, mode, format)
    is_gif = image.format == "GIF"
    if kind == "pil" and is_gif:
        return image
    image = _upright(image)
    if kind == "pil":
        return _to_mode(image, mode) if mode else image
    numpy: Any = _need("numpy")
    if mode is None and image.mode in ("P", "PA"):
        mode = "RGBA" if image.has_transparency_data else "RGB"
    array: np.ndarray[Any, Any] = numpy.asarray(_to_mode(image, mode) if mode else image)
    return array


def _open(path: str | os.PathLike[str]) -> PIL.Image.Image:
    """The decoded image; no file stays open for it."""
    import io

    pil: Any = _need("PIL.Image")
    name = Path(path).name
    try:
        pil.init()
        formats = [known for known in _READ_FORMATS if known in pil.OPEN]
        with open(path, "rb") as file:
            image: PIL.Image.Image = pil.open(file, formats=formats)
            if image.width * image.height > MAX_PIXELS:
                raise pil.DecompressionBombError(f"{image.width} × {image.height} pixels")
            if getattr(image, "is_animated", False):  # further frames are read when asked for
                file.seek(0)
                image = pil.open(io.BytesIO(file.read()), formats=formats)
            image.load()
    except pil.DecompressionBombError as error:
        raise PayloadError(
            f"{name!r} has too many pixels ({error}). At most {MAX_PIXELS:,} are decoded; send a "
            "smaller image."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow reports broken files with all of these.
        raise PayloadError(
            f"{name!r} is not an image that can be read ({error}). Send a PNG, JPEG, WebP or GIF."
        ) from error
    return image


def _upright(image: PIL.Image.Image) -> PIL.Image.Image:
    # Most files have no such tag; looking costs less than copying the pixels.
    if image.getexif().get(0x0112, 1) == 1:
        return image
    ops: Any = _need("PIL.ImageOps")
    turned: PIL.Image.Image = ops.exif_transpose(image)
    return turned


def _to_mode(image: PIL.Image.Image, mode: str) -> PIL.Image.Image:
    if image.mode == mode:
        return image
    if image.mode.startswith("I") and not mode.startswith(("I", "F")):
        wide: Any = image.convert("I")
        # Pillow would cut values above 255 off; a 16 bit picture would become white.
        is_deep: bool = wide.getextrema()[1] > 255
        image = (wide.point(_from_16_bits) if is_deep else wide).convert("L")
    return image.convert(mode)


def _from_16_bits(value: Any) -> Any:
    """For `point`, which runs it once on a stand-in that knows multiplication only."""
    return value * (1 / 257)


def _converted(
    image: PIL.Image.Image,
    path: str | os.PathLike[str],
    mode: str | None,
    format: str,  # noqa: A002
) -> str:
    """Path of the image in a mode: the file itself, or a copy made for it."""
    own = (image.format or format).lower()
    if mode is None or image.mode == mode or own == "gif":
        return os.fspath(path)
    image = _to_mode(_upright(image), mode)
    target = next(
        (f for f in (own, "png", format.lower(), "tiff") if image.mode in _MODES.get(f, ())), "png"
    )
    data, suffix = save(image, format=target)
    place = _beside(Path(path), mode) / f"{Path(path).stem}.{suffix}"
    if not place.exists():
        part = place.with_name(f"{place.name}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(place)  # so that nobody ever sees half of it
    return str(place)


def _beside(path: Path, mode: str) -> Path:
    """A folder for what is made of a file.

    Beside it in the file cache, where it goes together with the file; else in the system's folder
    for temporary files.
    """
    import re
    import tempfile

    if re.fullmatch(r"[0-9a-f]{64}", path.parent.name):
        folder = path.parent / f"as-{mode}"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder
    return Path(tempfile.mkdtemp(prefix="limelight-image-"))


# ---- saving --------------------------------------------------------------------------------------


def save(value: Any, *, format: str = "webp") -> tuple[bytes, str]:  # noqa: A002  # the prop's name
    """An image as the bytes of a file, and the suffix of its name without dot.

    Args:
        value: A PIL image in any mode, or an array that `to_pil` takes.
        format: `webp`, `png`, `jpeg`, `gif` or another that Pillow writes. What it cannot hold is
            converted: transparency becomes white in a JPEG. PNG is used where a side is too long.

    Raises:
        ValueRejected: the value is no image, or there is no such format.
    """
    import io

    pil: Any = _need("PIL.Image")
    image = to_pil(value)
    suffix = format.lower().lstrip(".")
    name = _FORMATS.get(suffix, suffix)
    if name not in _MODES and name.upper() not in pil.registered_extensions().values():
        raise ValueRejected(
            f"there is no image format {format!r}. Use 'webp', 'png', 'jpeg' or 'gif'."
        )
    if name == "webp" and max(image.size) > _WEBP_SIDE:
        name = suffix = "png"
    options: dict[str, Any] = {}
    # A phone's JPEG (MPO) has several pictures, too, but they are no film.
    is_film = image.format in ("GIF", "WEBP", "PNG") and getattr(image, "is_animated", False)
    if is_film and name in ("gif", "webp", "png"):
        options["save_all"] = True
    else:
        image = _fitting(image, name)
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    buffer = io.BytesIO()
    try:
        image.save(buffer, name.upper(), **options)
    except (OSError, ValueError, KeyError) as error:
        raise ValueRejected(
            f"a picture in mode {image.mode!r} with {image.width} × {image.height} pixels cannot "
            f"be written as {name!r}: {error}. Try format='png'."
        ) from error
    return buffer.getvalue(), suffix


def _fitting(image: PIL.Image.Image, name: str) -> PIL.Image.Image:
    """The image in a mode that the format can hold."""
    modes = _MODES.get(name)
    if modes is None or image.mode in modes:
        return image
    if image.mode == "F" or image.mode.startswith("I"):
        if image.mode == "I" and "I;16" in modes:
            return image.convert("I;16")
        return _to_mode(image, "L" if "L" in modes else modes[-1])
    if not image.has_transparency_data:
        return image.convert(modes[-1])
    if "RGBA" in modes:
        return image.convert("RGBA")
    pil: Any = _need("PIL.Image")
    clear = image.convert("RGBA")
    paper: PIL.Image.Image = pil.new("RGBA", clear.size, "white")
    flat: PIL.Image.Image = pil.alpha_composite(paper, clear)
    return flat.convert(modes[-1])


def to_pil(value: Any) -> PIL.Image.Image:
    """A value as a PIL image.

    Args:
        value: A PIL image, or an array `(height, width)`, `(height, width, 1)`, `(…, 3)` RGB or
            `(…, 4)` RGBA: integers 0–255, floats 0.0–1.0, or booleans.

    Raises:
        ValueRejected: it is neither; the text names shape, type and range.
    """
    pil: Any = _need("PIL.Image")
    if isinstance(value, pil.Image):
        image: PIL.Image.Image = value
        return image
    if not hasattr(value, "__array__") and type(value) not in (list, tuple):
        raise ValueRejected(
            f"expected an image as a path, a PIL image or an array, got {type(value).__name__} "
            f"{_short(value)}."
        )
    numpy: Any = _need("numpy")
    if callable(getattr(value, "detach", None)):  # a torch tensor, which may be on a GPU
        value = value.detach().cpu()
    array: Any = numpy.asarray(value)
    shape = array.shape
    if len(shape) == 3 and shape[2] == 1:
        array = array[:, :, 0]
    elif not (len(shape) == 2 or (len(shape) == 3 and shape[2] in (3, 4))) or 0 in shape:
        is_planar = len(shape) == 3 and shape[0] in (1, 3, 4)
        cure = " Use array.transpose(1, 2, 0) to put the channels last." if is_planar else ""
        raise _unfit(array, f"expected (h, w), (h, w, 1), (h, w, 3) or (h, w, 4).{cure}")
    made: PIL.Image.Image = pil.fromarray(numpy.ascontiguousarray(_to_bytes(array, numpy)))
    return made


def _unfit(array: Any, rest: str) -> ValueRejected:
    return ValueRejected(f"got an array with shape {array.shape} and dtype {array.dtype}; {rest}")


def _to_bytes(array: Any, numpy: Any) -> Any:
    """The array as uint8."""
    if array.dtype == numpy.uint8:
        return array
    if array.dtype.kind == "b":
        return array.astype(numpy.uint8) * 255
    if array.dtype.kind not in "iuf":
        raise _unfit(array, "expected numbers or booleans.")
    low, high = float(array.min()), float(array.max())
    found = f"expected floats in 0.0–1.0 or integers in 0–255, and it has {low:.4g} to {high:.4g}."
    if array.dtype.kind == "f":
        # Filters overshoot a little; the peer takes down to -1, so we do.
        if not (low >= -1.001 and high <= 1.001):
            raise _unfit(array, f"{found} Divide by its maximum, or use array.astype('uint8').")
        return (array.clip(0.0, 1.0) * 255.0 + 0.5).astype(numpy.uint8)
    if low < 0 or high > 255:
        raise _unfit(array, f"{found} Scale it and use array.astype('uint8').")
    return array.astype(numpy.uint8)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


# ---- URLs ----------------------------------------------------------------------------------------


def data_url(data: bytes, mime: str) -> str:
    """Bytes as a URL that holds them."""
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def svg_data_url(path: str | os.PathLike[str]) -> str:
    """A vector graphic as a URL that holds it. In an `<img>` no browser runs its scripts."""
    return "data:image/svg+xml," + quote(Path(path).read_text(encoding="utf-8"))


# ---- watermarks ----------------------------------------------------------------------------------


def watermark(
    image: Any,
    mark: Any,
    position: Position = "bottom-right",
) -> PIL.Image.Image:
    """The image with another one drawn on it; its transparent parts show what is below.

    Args:
        image: As `to_pil` takes it.
        mark: The same, or the path of a file. Made smaller if it is larger than the image.
        position: A corner, 10 pixels from the edges; or the left and upper distance in pixels.

    Raises:
        ValueRejected: the position is none, or one of the images is no image.
    """
    below = to_pil(image)
    above = _open(mark) if isinstance(mark, (str, Path)) else to_pil(mark)
    above = above.convert("RGBA")
    if above.width > below.width or above.height > below.height:
        above.thumbnail(below.size)
    made = below.convert("RGBA")
    made.alpha_composite(above, _corner(below.size, above.size, position))
    has_alpha = below.mode in ("RGBA", "LA", "PA")
    return made if has_alpha else made.convert("L" if below.mode == "L" else "RGB")


def _corner(size: tuple[int, int], mark: tuple[int, int], position: Position) -> tuple[int, int]:
    """Left and upper distance of a mark."""
    if isinstance(position, str):
        right, bottom = (
            max(0, whole - part - _MARGIN_PX) for whole, part in zip(size, mark, strict=True)
        )
        places = {
            "top-left": (min(_MARGIN_PX, right), min(_MARGIN_PX, bottom)),
            "top-right": (right, min(_MARGIN_PX, bottom)),
            "bottom-left": (min(_MARGIN_PX, right), bottom),
            "bottom-right": (right, bottom),
        }
        if position in places:
            return places[position]
        raise ValueRejected(
            f"there is no position {position!r}. Use {', '.join(places)}, or (x, y) in pixels."
        )
    x, y = position
    return max(0, int(x)), max(0, int(y))
