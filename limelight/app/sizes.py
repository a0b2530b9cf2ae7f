"""`FileSize`: multiples of a byte, for `launch(max_file_size=10 * gr.FileSize.MB)`."""

from __future__ import annotations

__all__ = ["FileSize"]


class FileSize:
    """Bytes in a unit; each is 1024 times the one before it."""

    B = 1
    """One byte."""
    KB = 1024 * B
    """Bytes in a kibibyte."""
    MB = 1024 * KB
    """Bytes in a mebibyte."""
    GB = 1024 * MB
    """Bytes in a gibibyte."""
    TB = 1024 * GB
    """Bytes in a tebibyte."""
