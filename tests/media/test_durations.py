from __future__ import annotations

import os
import stat
import struct
import wave
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import limelight as gr
from limelight.errors import NotAvailable, PayloadError
from limelight.media.durations import duration_s

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED = {"__type__": "validate", "is_valid": True}


def wav(seconds: float, *, promised: int | None = None) -> bytes:
    """Silence, 8000 Hz in 16 bits, with a chunk of odd size before it."""
    data = bytes(int(seconds * 16_000))
    form = struct.pack("<HHIIHH", 1, 1, 8000, 16_000, 2, 16)
    size = len(data) if promised is None else promised
    body = b"WAVELIST\x03\0\0\0abc\0fmt " + struct.pack("<I", 16) + form
    body += b"data" + struct.pack("<I", size) + data
    return b"RIFF" + struct.pack("<I", len(body) & 0xFFFF_FFFF) + body


def flac(rate_hz: int, samples: int) -> bytes:
    packed = (rate_hz << 44) | (1 << 41) | (15 << 36) | samples
    return b"fLaC\x00\0\0\x22" + bytes(10) + packed.to_bytes(8, "big") + bytes(16)


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def mp4(ticks_per_s: int, ticks: int, *, version: int = 0) -> bytes:
    times = bytes(8 if version == 0 else 16)
    length = struct.pack(">II" if version == 0 else ">IQ", ticks_per_s, ticks)
    header = bytes([version, 0, 0, 0]) + times + length + bytes(80)
    big = struct.pack(">I4sQ", 1, b"mdat", 16 + 40) + bytes(40)
    return box(b"ftyp", b"isom") + big + box(b"moov", box(b"udta", b"") + box(b"mvhd", header))


def element(kind: int, content: bytes, *, is_open: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if is_open else b"\x10" + len(content).to_bytes(3, "big")
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + size + content


def webm(ticks: float | None, *, is_open: bool = True) -> bytes:
    info = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
    if ticks is not None:
        info += element(0x4489, struct.pack(">d", ticks))
    parts = element(0xEC, b"\0" * 9) + element(0x1549A966, info) + element(0x1F43B675, b"\0" * 50)
    return element(0x1A45DFA3, b"\0" * 4) + element(0x18538067, parts, is_open=is_open)


@pytest.mark.parametrize(
    ("name", "data", "seconds"),
    [
        ("a.wav", wav(1.5), 1.5),
        ("live.wav", wav(0.5, promised=0xFFFF_FFFF), 0.5),
        ("a.flac", flac(44_100, 88_200), 2.0),
        ("a.mp4", mp4(600, 1500), 2.5),
        ("long.mov", mp4(1000, 5_000_000_000, version=1), 5_000_000.0),
        ("a.webm", webm(2500.0), 2.5),
        ("a.mkv", webm(2500.0, is_open=False), 2.5),
    ],
)
def test_headers_say_how_long_a_recording_is(
    tmp_path: Path, name: str, data: bytes, seconds: float
) -> None:
    (tmp_path / name).write_bytes(data)
    assert duration_s(tmp_path / name) == seconds


def test_what_the_standard_library_writes_is_read(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(4 * 2000))
    assert duration_s(str(tmp_path / "a.wav")) == 0.25


UNKNOWN = {
    "empty": b"",
    "text": b"hello, this is no recording at all",
    "wav without data": wav(1)[:40],
    "wav without a rate": wav(1).replace(struct.pack("<I", 16_000), bytes(4)),
    "flac without a number of samples": flac(44_100, 0),
    "flac cut off": flac(44_100, 1)[:20],
    "mp4 in fragments": mp4(600, 0),
    "mp4 of unknown length": mp4(600, 0xFFFF_FFFF),
    "mp4 cut off": mp4(600, 600)[:100],
    "mp4 whose box has no size": box(b"ftyp", b"")[:4] + b"ftyp" + b"\0\0\0\x04moov" + bytes(20),
    "mp4 that never ends": b"\0\0\0\x08free" * 30_000,
    "webm of a camera": webm(None),
    "webm cut off": webm(1.0)[:30],
    "webm with an endless number": webm(float("nan")),
    "webm with a huge element": element(0x1A45DFA3, b"") + b"\x18\x53\x80\x67\x08" + b"\xff" * 9,
}


@pytest.mark.parametrize("data", UNKNOWN.values(), ids=UNKNOWN)
def test_where_the_header_does_not_say_a_program_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "-x.bin").write_bytes(data)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(NotAvailable, match="ffprobe, which could tell, is not installed"):
        duration_s(tmp_path / "-x.bin")
    program = tmp_path / "bin/ffprobe"
    program.write_text(f'#!/bin/sh\n[ "$9" = "file:{tmp_path}/-x.bin" ] && echo 3.25\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/bin")
    assert duration_s(tmp_path / "-x.bin") == 3.25
    program.write_text("#!/bin/sh\necho N/A\n")
    with pytest.raises(PayloadError, match="no recording whose length can be told"):
        duration_s(tmp_path / "-x.bin")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PayloadError, match=r"'none\.wav' cannot be read: No such file"):
        duration_s(tmp_path / "none.wav")


# ---- gr.validators -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "least", "most", "message"),
    [
        (1, None, None, None),
        (1, 1, 1, None),
        (1, 2, None, "Audio is too short. It must be at least 2 seconds"),
        (1, None, 0.5, "Audio is too long. It must be at most 0.5 seconds"),
    ],
)
def test_recordings_have_bounds(
    tmp_path: Path, seconds: float, least: Any, most: Any, message: str | None
) -> None:
    expected = gr.validate(False, message) if message else ACCEPTED
    (tmp_path / "a.wav").write_bytes(wav(seconds))
    samples = np.zeros((int(seconds * 8000), 2), np.int16)
    for audio in (tmp_path / "a.wav", (8000, samples)):
        assert gr.validators.is_audio_correct_length(audio, least, most) == expected


def test_videos_have_bounds(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(mp4(600, 600))
    check = gr.validators.is_video_correct_length
    assert check(str(tmp_path / "a.mp4"), 0.5, 2) == ACCEPTED
    too_short = gr.validate(False, "Video is too short. It must be at least 2 seconds")
    assert check(str(tmp_path / "a.mp4"), 2, None) == too_short


def test_nothing_recorded_is_too_short_where_something_is_wanted() -> None:
    for check in (
        gr.validators.is_audio_correct_length,
        gr.validators.is_video_correct_length,
    ):
        assert check(None, None, 3) == ACCEPTED
        assert check(None, 1, 3)["is_valid"] is False
