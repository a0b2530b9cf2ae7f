from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image as pil
import pytest

from limelight.errors import MissingExtra, PayloadError, ValueRejected
from limelight.media import images
from limelight.media.images import load, save, to_pil, watermark


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file of each kind, 4 wide and 3 high."""
    size = (4, 3)
    pil.new("RGBA", size, (255, 0, 0, 128)).save(tmp_path / "a.png")
    pil.new("P", size).save(tmp_path / "p.png")
    pil.new("L", size, 7).save(tmp_path / "l.png")
    pil.new("I;16", size, 65535 // 2).save(tmp_path / "deep.png")
    pil.new("RGB", size).save(tmp_path / "j.jpg")
    exif = pil.Exif()
    exif[0x0112] = 6
    pil.new("RGB", size).save(tmp_path / "turned.jpg", exif=exif)
    frames = [pil.new("RGB", size, (n, n, n)) for n in (0, 200)]
    frames[0].save(tmp_path / "g.gif", save_all=True, append_images=frames[1:])
    (tmp_path / "s.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "not.png").write_text("no image")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "mode", "shape"),
    [
        ("a.png", "RGB", (3, 4, 3)),
        ("p.png", "RGB", (3, 4, 3)),
        ("l.png", "RGB", (3, 4, 3)),
        ("j.jpg", "RGB", (3, 4, 3)),
        ("turned.jpg", "RGB", (4, 3, 3)),
        ("g.gif", "RGB", (3, 4, 3)),
        ("a.png", None, (3, 4, 4)),
        ("l.png", None, (3, 4)),
        ("p.png", None, (3, 4, 3)),
        ("j.jpg", "RGBA", (3, 4, 4)),
        ("a.png", "L", (3, 4)),
        ("a.png", "CMYK", (3, 4, 4)),
    ],
)
def test_files_become_arrays(
    folder: Path, name: str, mode: str | None, shape: tuple[int, ...]
) -> None:
    array = load(folder / name, mode=mode)
    assert isinstance(array, np.ndarray)
    assert (array.shape, str(array.dtype)) == (shape, "uint8")


def test_black_and_white_is_boolean(folder: Path) -> None:
    array = load(folder / "a.png", mode="1")
    assert isinstance(array, np.ndarray)
    assert array.dtype == bool


def test_files_become_pil_images(folder: Path) -> None:
    for name, mode, expected in (
        ("a.png", "RGB", ("RGB", (4, 3))),
        ("turned.jpg", "RGB", ("RGB", (3, 4))),
        ("a.png", None, ("RGBA", (4, 3))),
        ("p.png", None, ("P", (4, 3))),
    ):
        image = load(folder / name, mode=mode, kind="pil")
        assert isinstance(image, pil.Image)
        assert (image.mode, image.size) == expected


def test_a_gif_keeps_its_frames(folder: Path) -> None:
    image = load(folder / "g.gif", kind="pil")
    assert isinstance(image, pil.Image)
    assert getattr(image, "n_frames", 1) == 2
    data, suffix = save(image, format="gif")
    assert suffix == "gif"
    assert getattr(pil.open(io.BytesIO(data)), "n_frames", 1) == 2


def test_a_deep_picture_does_not_become_white(folder: Path) -> None:
    array = load(folder / "deep.png", mode="L")
    assert isinstance(array, np.ndarray)
    assert 120 < array.mean() < 135


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.png", "RGBA"), ("a.png", None), ("j.jpg", "RGB"), ("g.gif", "RGB"), ("s.svg", "RGB")],
)
def test_a_path_stays_when_nothing_is_to_do(folder: Path, name: str, mode: str | None) -> None:
    assert load(folder / name, mode=mode, kind="filepath") == str(folder / name)


@pytest.mark.parametrize(
    ("name", "mode", "made"),
    [
        ("a.png", "RGB", "a.png"),
        ("j.jpg", "L", "j.jpeg"),
        ("j.jpg", "RGBA", "j.png"),
        ("a.png", "CMYK", "a.tiff"),
    ],
)
def test_a_converted_path_goes_where_its_source_goes(
    folder: Path, name: str, mode: str, made: str
) -> None:
    home = folder / ("ab" * 32)
    home.mkdir()
    source = home / name
    source.write_bytes((folder / name).read_bytes())
    path = str(load(source, mode=mode, kind="filepath"))
    assert path == str(home / f"as-{mode}" / made)
    with pil.open(path) as image:
        assert image.mode == mode
    assert load(source, mode=mode, kind="filepath") == path
    outside = Path(str(load(folder / name, mode=mode, kind="filepath")))
    assert outside.name == made
    outside.unlink()
    outside.parent.rmdir()


def test_what_is_no_picture_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "cut.png").write_bytes((folder / "a.png").read_bytes()[:50])
    (folder / "x.eps").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    for name in ("not.png", "cut.png", "missing.png", "x.eps"):
        with pytest.raises(PayloadError, match="is not an image that can be read"):
            load(folder / name)
    with pytest.raises(PayloadError, match="is an SVG, which has no pixels"):
        load(folder / "s.svg")
    monkeypatch.setattr(images, "MAX_PIXELS", 10)
    with pytest.raises(PayloadError, match="has too many pixels"):
        load(folder / "a.png")


def test_a_file_that_unpacks_to_a_bomb_is_refused(tmp_path: Path) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    body = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(body)
    with pytest.raises(PayloadError, match="too many pixels"):
        load(tmp_path / "bomb.png")


# ---- saving --------------------------------------------------------------------------------------


def opened(data: bytes) -> pil.Image:
    return pil.open(io.BytesIO(data))


@pytest.mark.parametrize("format_", ["webp", "png", "jpeg", "jpg", "gif", "PNG", "bmp", "tiff"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_goes_into_every_format(format_: str, mode: str) -> None:
    data, suffix = save(pil.new(mode, (4, 3)), format=format_)
    assert suffix == format_.lower()
    assert opened(data).size == (4, 3)


def test_transparency_becomes_white_where_it_cannot_be_kept() -> None:
    data, _ = save(pil.new("RGBA", (4, 3), (0, 0, 0, 0)), format="jpeg")
    assert opened(data).getpixel((0, 0)) == (255, 255, 255)
    kept, _ = save(pil.new("RGBA", (4, 3), (0, 0, 0, 0)))
    assert opened(kept).mode == "RGBA"


@pytest.mark.parametrize(
    ("array", "pixel"),
    [
        (np.full((2, 2, 3), 200, np.uint8), (200, 200, 200)),
        (np.full((2, 2, 3), 0.5), (128, 128, 128)),
        (np.full((2, 2, 3), 1.0, np.float32), (255, 255, 255)),
        (np.full((2, 2, 3), -0.5), (0, 0, 0)),
        (np.full((2, 2), 7, np.int64), 7),
        (np.full((2, 2, 1), 7, np.uint8), 7),
        (np.ones((2, 2), bool), 255),
        (np.full((2, 2, 4), 9, np.uint8), (9, 9, 9, 9)),
        (np.full((4, 4, 3), 5, np.uint8)[::2, ::2], (5, 5, 5)),
        ([[1, 2], [3, 4]], 1),
    ],
)
def test_arrays_become_pictures(array: Any, pixel: Any) -> None:
    data, suffix = save(array, format="png")
    assert suffix == "png"
    assert opened(data).getpixel((0, 0)) == pixel


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.zeros((3, 9, 9)), r"shape \(3, 9, 9\) and dtype float64; .*transpose\(1, 2, 0\)"),
        (np.zeros((2, 2, 2), np.uint8), r"shape \(2, 2, 2\) and dtype uint8; expected \(h, w\)"),
        (np.zeros((0, 4, 3)), r"shape \(0, 4, 3\)"),
        (np.zeros(3), r"shape \(3,\)"),
        (np.full((2, 2), 200.0), r"floats in 0.0–1.0 .* has 200 to 200\. Divide by its maximum"),
        (np.full((2, 2), np.nan), "has nan to nan"),
        (np.full((2, 2), 300), r"integers in 0–255, and it has 300 to 300"),
        (np.full((2, 2), 1j), "expected numbers or booleans"),
        ("text", "expected an image as a path, a PIL image or an array, got str 'text'"),
        ({"a": "x" * 99}, r"got dict .*\.\.\."),
    ],
)
def test_other_values_are_refused_with_shape_and_type(value: Any, message: str) -> None:
    with pytest.raises(ValueRejected, match=message):
        to_pil(value)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueRejected, match="no image format 'exe'"):
        save(pil.new("RGB", (1, 1)), format="exe")


def test_a_picture_too_long_for_webp_becomes_png() -> None:
    data, suffix = save(np.zeros((1, 17000), np.uint8))
    assert (suffix, opened(data).format) == ("png", "PNG")


def test_urls_hold_the_bytes(folder: Path) -> None:
    assert images.data_url(b"hi", "image/png") == "data:image/png;base64,aGk="
    assert images.svg_data_url(folder / "s.svg").startswith("data:image/svg+xml,%3Csvg%20xmlns")


# ---- watermarks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "xy"),
    [
        ("top-left", (10, 10)),
        ("top-right", (85, 10)),
        ("bottom-left", (10, 75)),
        ("bottom-right", (85, 75)),
        ((3, 4), (3, 4)),
    ],
)
def test_a_mark_is_drawn_where_it_should_be(position: Any, xy: tuple[int, int]) -> None:
    mark = np.full((15, 5, 3), 255, np.uint8)
    made = watermark(np.zeros((100, 100, 3), np.uint8), mark, position)
    assert made.mode == "RGB"
    assert made.getbbox() == (*xy, xy[0] + 5, xy[1] + 15)


def test_marks_may_be_files_and_larger_than_the_picture(folder: Path) -> None:
    made = watermark(pil.new("L", (2, 2)), folder / "a.png")
    assert (made.mode, made.size) == ("L", (2, 2))
    assert watermark(pil.new("RGBA", (9, 9)), str(folder / "a.png")).mode == "RGBA"
    nowhere: Any = "middle"
    with pytest.raises(ValueRejected, match="no position 'middle'"):
        watermark(pil.new("L", (2, 2)), folder / "a.png", nowhere)


# ---- without the extra ---------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["PIL", "numpy"])
def test_without_its_packages_the_module_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name in (missing, "PIL.Image") if missing == "PIL" else (missing,):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r'pip install "limelight\[image\]"'):
        load(folder / "a.png")


def test_importing_the_module_loads_neither_numpy_nor_pillow() -> None:
    code = (
        "import sys, limelight.media.images;"
        "print(sorted({'numpy', 'PIL', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=os.getcwd()
    )
    assert done.stdout.strip() == "[]"
