"""Answers as bytes: JSON, errors of one shape, compression of what is worth it. Knows no route."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from limelight.wire.codec import encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import Send

__all__ = ["accepts", "compressed", "error_body", "gzipped", "json_response", "send_json"]

SMALLEST_BYTES = 400
"""Below this a compressed answer saves less than its header costs."""


def json_response(
    value: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer in JSON. Bytes are taken for JSON already."""
    body = value if isinstance(value, bytes) else encode(value)
    return Response(body, status, headers, media_type="application/json")


def error_body(detail: Any) -> bytes:
    """The one shape of all errors."""
    return encode({"detail": detail})


async def send_json(
    send: Send, body: bytes, status: int = 200, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """The same without the cost of a response object, for the routes that are called most."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"application/json"),
                (b"content-length", b"%d" % len(body)),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})


def accepts(header: str, coding: str) -> bool:
    """Whether `Accept-Encoding` allows a coding. A weight of 0 forbids it."""
    for item in header.lower().split(","):
        name, _, weight = item.partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def gzipped(body: bytes, level: int = 6) -> bytes:
    """The body compressed with gzip; equal bodies give equal bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def compressed(response: Response, accept_encoding: str) -> Response:
    """The answer, compressed when that is allowed and worth it. Never for event streams."""
    body = bytes(response.body)
    response.headers["vary"] = "Accept-Encoding"
    if len(body) < SMALLEST_BYTES or not accepts(accept_encoding, "gzip"):
        return response
    response.body = gzipped(body)
    response.headers["content-encoding"] = "gzip"
    response.headers["content-length"] = str(len(response.body))
    return response
