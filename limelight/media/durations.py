"""How long recordings are, read from their headers.

Decodes nothing. WAV, FLAC, MP4 and its kin, and WebM and Matroska are read here; for other formats,
and for files whose header does not say, `ffprobe` is asked if it is installed.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

from limelight.errors import NotAvailable, PayloadError

__all__ = ["duration_s"]

_PARTS = 10_000
_PROBE_TIMEOUT_S = 20


def duration_s(path: str | Path) -> float:
    """Seconds that the recording in a file lasts.

    Raises:
        PayloadError: there is no such file, or it is no recording.
        NotAvailable: its header does not say, and `ffprobe` is not installed.
    """
    place = Path(path)
    try:
        with place.open("rb") as file:
            found = _from_header(file)
    except OSError as problem:
        raise PayloadError(
            f"{place.name!r} cannot be read: {problem.strerror or problem}. "
            "Expected the path of a recording."
        ) from problem
    return found if found is not None else _probed(place)


def _from_header(file: BinaryIO) -> float | None:
    head = file.read(16)
    file.seek(0)
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return _wav(file)
    if head[:4] == b"fLaC":
        return _flac(file)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"):
        return _mp4(file)
    if head[:4] == b"\x1aE\xdf\xa3":
        return _webm(file)
    return None


def _size_of(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


# ---- WAV: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html -------------------


def _wav(file: BinaryIO) -> float | None:
    file.seek(12)
    bytes_per_s = 0
    for _ in range(_PARTS):
        head = file.read(8)
        if len(head) < 8:
            return None
        name, size = head[:4], int.from_bytes(head[4:], "little")
        begin = file.tell()
        if name == b"fmt ":
            bytes_per_s = int.from_bytes(file.read(12)[8:12], "little")
        elif name == b"data":
            rest = max(0, _size_of(file) - begin)  # a stream's header may promise more
            return min(size, rest) / bytes_per_s if bytes_per_s else None
        file.seek(begin + size + size % 2)
    return None


# ---- FLAC: RFC 9639, section 8.2 -----------------------------------------------------------------


def _flac(file: BinaryIO) -> float | None:
    info = file.read(4 + 4 + 18)
    if len(info) < 26 or info[4] & 0x7F != 0:
        return None
    packed = int.from_bytes(info[18:26], "big")
    rate_hz, samples = packed >> 44, packed & (1 << 36) - 1
    return samples / rate_hz if rate_hz and samples else None


# ---- MP4: ISO/IEC 14496-12, section 8.2.2 --------------------------------------------------------


def _mp4(file: BinaryIO) -> float | None:
    movie = _box(file, b"moov", 0, _size_of(file))
    header = _box(file, b"mvhd", *movie) if movie else None
    if header is None:
        return None
    file.seek(header[0])
    data = file.read(32)
    if len(data) < 32:
        return None
    if data[0] == 1:
        ticks_per_s, ticks = struct.unpack(">IQ", data[20:32])
    else:
        ticks_per_s, ticks = struct.unpack(">II", data[12:20])
    is_unknown = ticks in (0, 0xFFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF)  # 0 when it is in fragments
    return ticks / ticks_per_s if ticks_per_s and not is_unknown else None


def _box(file: BinaryIO, name: bytes, begin: int, end: int) -> tuple[int, int] | None:
    """Where the content of the first box of this name begins and ends."""
    for _ in range(_PARTS):
        if begin + 8 > end:
            return None
        file.seek(begin)
        head = file.read(16)
        size, head_size = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, head_size = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - begin
        if size < head_size:
            return None
        if head[4:8] == name:
            return begin + head_size, min(begin + size, end)
        begin += size
    return None


# ---- WebM and Matroska: RFC 9559, section 5.1.2 --------------------------------------------------

_SEGMENT, _INFO, _CLUSTER = 0x18538067, 0x1549A966, 0x1F43B675
_SCALE, _DURATION = 0x2AD7B1, 0x4489


def _webm(file: BinaryIO) -> float | None:
    end = _size_of(file)
    segment = _element(file, _SEGMENT, 0, end)
    info = _element(file, _INFO, *segment) if segment else None
    if info is None:
        return None
    ticks_bytes = _content(file, _DURATION, info)
    if len(ticks_bytes) not in (4, 8):
        return None
    ticks: float = struct.unpack(">f" if len(ticks_bytes) == 4 else ">d", ticks_bytes)[0]
    tick_ns = int.from_bytes(_content(file, _SCALE, info), "big") or 1_000_000
    return ticks * tick_ns / 1e9 if ticks > 0 else None


def _content(file: BinaryIO, kind: int, within: tuple[int, int]) -> bytes:
    """The bytes of a number; none if there is no such element."""
    span = _element(file, kind, *within)
    if span is None or span[1] - span[0] > 8:
        return b""
    file.seek(span[0])
    return file.read(span[1] - span[0])


def _element(file: BinaryIO, wanted: int, begin: int, end: int) -> tuple[int, int] | None:
    """Where the content of the first element of this kind begins and ends."""
    for _ in range(_PARTS):
        file.seek(begin)
        kind, kind_size = _number(file, keeps_mark=True)
        size, size_size = _number(file, keeps_mark=False)
        if kind_size == 0 or size_size == 0 or kind == _CLUSTER:
            return None
        begin += kind_size + size_size
        is_open = size == (1 << 7 * size_size) - 1  # of a live recording: up to the end
        after = end if is_open else begin + size
        if kind == wanted:
            return begin, min(after, end)
        if after >= end:
            return None
        begin = after
    return None


def _number(file: BinaryIO, *, keeps_mark: bool) -> tuple[int, int]:
    """A number of variable length, and how many bytes it has; 0 bytes if there is none."""
    first = file.read(1)
    if not first or first[0] == 0:
        return 0, 0
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    if len(rest) < length - 1:
        return 0, 0
    head = first[0] if keeps_mark else first[0] & (1 << 8 - length) - 1
    return int.from_bytes(bytes([head]) + rest, "big"), length


# ---- everything else -----------------------------------------------------------------------------


def _probed(path: Path) -> float:
    import shutil
    import subprocess

    program = shutil.which("ffprobe")
    if program is None:
        raise NotAvailable(
            f"The header of {path.name!r} does not say how long the recording is, and the program "
            "ffprobe, which could tell, is not installed. Install FFmpeg, or take WAV, FLAC or MP4."
        )
    options = ["-v", "error", "-protocol_whitelist", "file", "-show_entries", "format=duration"]
    try:
        done = subprocess.run(
            [program, *options, "-of", "csv=p=0", f"file:{path.resolve()}"],
            capture_output=True,
            text=True,
            timeout=_PROBE_TIMEOUT_S,
            check=True,
        )
        return float(done.stdout.strip())
    except (subprocess.SubprocessError, ValueError, OSError) as problem:
        raise PayloadError(
            f"{path.name!r} is no recording whose length can be told. Send another format."
        ) from problem
