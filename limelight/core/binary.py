"""Bytes inside JSON: packed as an object with base64 inside, and the exact bytes again."""

from __future__ import annotations

import base64
import binascii
from typing import Any, cast

from limelight.core.narrow import is_listing, is_object
from limelight.errors import PayloadError

__all__ = ["pack", "unpack"]

# NOTE: what limelight/components/any_widget/binary.ts reads and writes.
_MARK = {"_type", "base64"}


def pack(value: Any) -> Any:
    """The value with every bytes, bytearray and memoryview in it as a JSON object.

    `b"\\x00"` becomes `{"_type": "bytes", "base64": "AA=="}`; what holds no bytes stays itself.
    """
    if isinstance(value, (bytes, bytearray, memoryview)):
        content = base64.b64encode(cast("bytes", value))
        return {"_type": "bytes", "base64": content.decode("ascii")}
    if is_object(value):
        made = {key: pack(inner) for key, inner in value.items()}
        return made if any(made[key] is not value[key] for key in made) else value
    if is_listing(value):
        items = [pack(inner) for inner in value]
        is_new = any(new is not old for new, old in zip(items, value, strict=True))
        return items if is_new else value
    return value


def unpack(value: Any) -> Any:
    """The value with bytes again in place of what `pack` made of them.

    Raises:
        PayloadError: an object bears the mark, and its text is not base64.
    """
    if is_object(value):
        if value.get("_type") == "bytes" and value.keys() == _MARK:
            return _decoded(value["base64"])
        made = {key: unpack(inner) for key, inner in value.items()}
        return made if any(made[key] is not value[key] for key in made) else value
    if is_listing(value):
        items = [unpack(inner) for inner in value]
        is_new = any(new is not old for new, old in zip(items, value, strict=True))
        return items if is_new else value
    return value


def _decoded(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise PayloadError(
            f"Bytes came as {text!r:.60}, which is not base64. Encode them as in RFC 4648, "
            "section 4."
        ) from None
