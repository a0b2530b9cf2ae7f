"""Event streams in gzip, for long ones whose reader takes it. Nothing is held back: what was sent
can be unpacked at once.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Send

    from limelight.runtime.sessions import Session
    from limelight.server.caller import Caller

__all__ = ["is_worth_packing", "packed"]

_LEVEL = 1
_GZIP = 16
_WINDOW_BITS = 12
_MEMORY = 5
"""A window of 4 kB holds several steps of a generator, which are what repeats. A stream costs 32 kB
so; with zlib's defaults it would be 256.
"""


def is_worth_packing(caller: Caller, session: Session) -> bool:
    """Whether a reader takes gzip, and a generator will tell it many small steps."""
    return b"gzip" in caller.headers.get(b"accept-encoding", b"") and any(
        job.listener.fn is not None and job.listener.facts.is_generator
        for job in session.jobs.values()
    )


def packed(send: Send) -> Send:
    """`send` for a stream in gzip."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP + _WINDOW_BITS, _MEMORY)

    async def pack(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [
                *message["headers"],
                (b"content-encoding", b"gzip"),
                (b"vary", b"Accept-Encoding"),
            ]
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            goes_on = message.get("more_body", False)
            data = packer.compress(message.get("body", b""))
            data += packer.flush(zlib.Z_SYNC_FLUSH if goes_on else zlib.Z_FINISH)
            message = {**message, "body": data}
        await send(message)

    return pack
