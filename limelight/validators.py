"""Validators that are ready to use: what to return from a function given as `validator=`.

Each answers as `validate` does; without a message if the input may be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

__all__ = ["is_audio_correct_length", "is_video_correct_length"]


def is_audio_correct_length(
    audio: tuple[int, np.ndarray[Any, Any]] | str | Path | None,
    min_length: float | None,
    max_length: float | None,
) -> dict[str, Any]:
    """Whether a recording is neither too short nor too long.

    Args:
        audio: What an audio component gives: rate_hz with samples `(n,)` or `(n, channels)`, or a
            path. None is a recording of no length.
        min_length: Seconds that it must last; None for no bound.
        max_length: Seconds that it may last; None for no bound.

    Raises:
        PayloadError: the file is no recording.
        NotAvailable: the file does not say how long it is, and `ffprobe` is not installed.
    """
    if min_length is None and max_length is None:
        return _accepted()
    if isinstance(audio, tuple):
        rate_hz, samples = audio
        length_s = len(samples) / rate_hz if rate_hz else 0.0
    else:
        length_s = _length_s(audio)
    return _answer("Audio", length_s, min_length, max_length)


def is_video_correct_length(
    video: str | Path | None, min_length: float | None, max_length: float | None
) -> dict[str, Any]:
    """Whether a video is neither too short nor too long.

    Args:
        video: Path of the video. None is a video of no length.
        min_length: Seconds that it must last; None for no bound.
        max_length: Seconds that it may last; None for no bound.

    Raises:
        PayloadError: the file is no recording.
        NotAvailable: the file does not say how long it is, and `ffprobe` is not installed.
    """
    if min_length is None and max_length is None:
        return _accepted()
    return _answer("Video", _length_s(video), min_length, max_length)


def _length_s(path: str | Path | None) -> float:
    from limelight.media.durations import duration_s

    return 0.0 if path is None else duration_s(path)


def _answer(
    what: str, length_s: float, min_length: float | None, max_length: float | None
) -> dict[str, Any]:
    if min_length is not None and length_s < min_length:
        return validate(False, f"{what} is too short. It must be at least {min_length} seconds")
    if max_length is not None and length_s > max_length:
        return validate(False, f"{what} is too long. It must be at most {max_length} seconds")
    return _accepted()


def _accepted() -> dict[str, Any]:
    return {"__type__": "validate", "is_valid": True}
