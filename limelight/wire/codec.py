"""One encoder and one decoder for everything that crosses the wire as JSON.

Knows the values that JSON does not (numbers of numpy, dates, paths, enums) by duck typing, and
imports none of their libraries.
"""

from __future__ import annotations

import datetime
import enum
from pathlib import PurePath
from typing import Any, TypeVar

import msgspec

__all__ = ["decode", "decode_as", "encode"]

T = TypeVar("T")


def _plain(value: object) -> object:
    """A JSON-friendly stand-in for `value`; called only for what msgspec does not know."""
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    for name in ("tolist", "item"):  # numpy arrays and scalars, torch tensors
        convert = getattr(value, name, None)
        if callable(convert):
            return convert()
    dump = getattr(value, "model_dump", None)  # pydantic
    if callable(dump):
        return dump()
    return str(value)


_encoder = msgspec.json.Encoder(enc_hook=_plain)
_decoder = msgspec.json.Decoder()


def encode(value: object) -> bytes:
    """UTF-8 JSON without blanks. NaN and infinities become null."""
    return _encoder.encode(value)


def decode(data: bytes | str) -> Any:
    """The Python value of a JSON text.

    Raises:
        msgspec.DecodeError: `data` is not JSON, or nested too deeply.
    """
    return _decoder.decode(data)


def decode_as(data: bytes | str, kind: type[T]) -> T:
    """The JSON text as a struct.

    Raises:
        msgspec.ValidationError: a member is missing or has the wrong type; the text names its path.
        msgspec.DecodeError: `data` is not JSON.
    """
    return msgspec.json.decode(data, type=kind)
