"""Files as answers: ranges, validators, and the built assets with their compressed copies.

Takes paths that somebody else allowed; decides nothing about access.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import stat
from email.utils import formatdate
from typing import TYPE_CHECKING

from starlette.responses import Response

from limelight.core.files import guess_mime
from limelight.runtime.rejected import Rejected
from limelight.server import reply
from limelight.server.security import Unsatisfiable, join_path, parse_range

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import BinaryIO

    from starlette.types import Receive, Scope, Send

__all__ = ["FileResponse", "asset"]

_CHUNK_BYTES = 256 * 1024
_HASHED = re.compile(r"-[A-Za-z0-9_-]{8}\.[a-z0-9]+$")


class FileResponse(Response):
    """A file, or the part of it that is asked for.

    Args:
        path: A regular file; links are not followed.
        headers: Added to the answer; `content-type` among them.
        is_final: Whether the content never changes, so that nobody has to ask again.
    """

    def __init__(
        self,
        path: Path,
        headers: Mapping[str, str],
        status_code: int = 200,
        *,
        is_final: bool = False,
    ) -> None:
        self.path = path
        self.is_final = is_final
        self.status_code = status_code
        self.background = None
        self.body = b""
        self.init_headers({})
        self.raw_headers = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _ = receive
        given = dict(scope["headers"])
        try:
            # Ours are opened at once: a page waits for them, and a thread has to be started first.
            file = _open(self.path) if self.is_final else await asyncio.to_thread(_open, self.path)
        except OSError:
            raise Rejected(403, "File not allowed.") from None
        with file:
            about = os.fstat(file.fileno())
            size = about.st_size
            tag = (
                '"'
                + hashlib.md5(
                    f"{about.st_mtime_ns}-{size}".encode(), usedforsecurity=False
                ).hexdigest()
                + '"'
            )
            modified = formatdate(about.st_mtime, usegmt=True)
            headers = list(self.raw_headers)
            if not self.is_final:
                headers += [
                    (b"accept-ranges", b"bytes"),
                    (b"etag", tag.encode()),
                    (b"last-modified", modified.encode()),
                ]
            if given.get(b"if-none-match") == tag.encode():
                await _plain(send, 304, headers)
                return
            condition = given.get(b"if-range", b"").decode("latin-1")
            wanted = (
                given.get(b"range", b"").decode("latin-1")
                if condition in ("", tag, modified)
                else ""
            )
            try:
                part = parse_range(wanted, size)
            except Unsatisfiable:
                await _plain(send, 416, [*headers, (b"content-range", b"bytes */%d" % size)])
                return
            start, end = part if part is not None else (0, size - 1)
            if part is not None:
                headers.append((b"content-range", b"bytes %d-%d/%d" % (start, end, size)))
            headers.append((b"content-length", b"%d" % (end - start + 1)))
            status = 206 if part is not None else self.status_code
            await send({"type": "http.response.start", "status": status, "headers": headers})
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
            else:
                await _pour(send, file, start, end - start + 1)


async def _plain(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _open(path: Path) -> BinaryIO:
    """The regular file at the path, for reading. A FIFO or a device would hold up the thread."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    file = open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb", buffering=0)  # noqa: SIM115  # closed by the caller
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("not a regular file")
    return file


async def _pour(send: Send, file: BinaryIO, start: int, length: int) -> None:
    file.seek(start)
    left = length
    while left > 0:
        wanted = min(_CHUNK_BYTES, left)
        # Small files are in the system's cache nearly always; a thread costs more than reading
        # them.
        chunk = (
            file.read(wanted)
            if length <= _CHUNK_BYTES
            else await asyncio.to_thread(file.read, wanted)
        )
        left -= len(chunk)
        is_last = left <= 0 or not chunk
        await send({"type": "http.response.body", "body": chunk, "more_body": not is_last})
        if is_last:
            return
    if length <= 0:
        await send({"type": "http.response.body", "body": b""})


def asset(folder: Path, name: str, accept_encoding: str) -> Response:
    """A built asset. Names carry a hash of the content, so browsers keep them for ever.

    Raises:
        Rejected: 404, there is no such asset.
    """
    path = None if name.endswith((".br", ".gz")) else join_path(folder, name)
    if path is None:
        raise Rejected(404, "Not Found")
    is_final = _HASHED.search(name) is not None
    headers = {
        "content-type": _type_of(name),
        "cache-control": "public, max-age=31536000, immutable" if is_final else "no-cache",
        "vary": "Accept-Encoding",
        # Fonts and modules are fetched with CORS, also by a page that embeds the app.
        "cross-origin-resource-policy": "cross-origin",
    }
    for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
        packed = path.with_name(path.name + suffix)
        if reply.accepts(accept_encoding, coding) and packed.is_file():
            return FileResponse(packed, {**headers, "content-encoding": coding}, is_final=is_final)
    return FileResponse(path, headers, is_final=is_final)


def _type_of(name: str) -> str:
    if name.endswith(".css"):  # known without reading the system's table, which takes 5 ms
        return "text/css; charset=utf-8"
    mime = guess_mime(name)
    if mime in ("application/javascript", "text/javascript"):
        mime = "text/javascript"
    return f"{mime}; charset=utf-8" if mime.startswith("text/") else mime
