"""Uploads: a multipart body streamed into the file cache, counted and limited, in constant memory.

Knows the format of forms; neither the route it came by nor what the answer looks like.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from limelight.core.files import FileTooLarge
from limelight.runtime.rejected import Rejected
from limelight.server.security import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import Receive

    from limelight.core.files import FileCache, Stored, UploadWriter

__all__ = ["UploadCut", "receive_files"]

_PIECE_BYTES = 256 * 1024
"""What waits for the thread that writes, at most; as much may be in its hands."""


class UploadCut(Exception):  # not an error of anybody's
    """The client went away before its upload was complete; nothing of it is kept."""


async def receive_files(
    receive: Receive,
    headers: Mapping[bytes, bytes],
    *,
    cache: FileCache,
    owner: str | None,
    account: str | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[str, int], None] | None = None,
) -> list[Stored]:
    """The files of a multipart request, stored for `owner`, in the order they were sent.

    Args:
        receive: The ASGI channel of the request.
        headers: Lower-case names and values.
        cache: Where the files go; its `max_file_size` holds for each.
        owner: Who may use them.
        account: Whose quota they count against; the owner's if None.
        limits: What the request may cost.
        on_progress: Called with a file's name and the number of bytes of it that arrived since.

    Raises:
        Rejected: 400 for what is not a complete multipart form, 413 for what is too large.
        UploadCut: the client went away.
    """
    limits = limits or Limits()
    boundary = _boundary(headers.get(b"content-type", b""))
    length = headers.get(b"content-length", b"")
    announced = int(length[:20]) if length.isdigit() else 0
    if limits.upload_bytes is not None and announced > limits.upload_bytes:
        raise _too_large(limits.upload_bytes)
    form = _Form(boundary, cache, owner, account, limits, on_progress)
    pen = _Pen(form)
    try:
        await _feed(receive, pen)
        return form.finish()
    finally:
        pen.drop()


async def _feed(receive: Receive, pen: _Pen) -> None:
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            await pen.rest()
            raise UploadCut
        body = memoryview(message.get("body", b""))
        # Some servers hand out a whole buffer at once.
        for start in range(0, len(body), _PIECE_BYTES):
            await pen.write(body[start : start + _PIECE_BYTES])
        more = message.get("more_body", False)
    await pen.flush()


class _Pen:
    """Has a form parsed, hashed and written in a thread, so that a slow disk stops nobody else:
    one piece at a time, while the next one arrives.
    """

    def __init__(self, form: _Form) -> None:
        self._form = form
        self._waiting: list[memoryview] = []
        self._size = 0
        self._writing: asyncio.Future[None] | None = None

    async def write(self, piece: memoryview) -> None:
        """Write a piece, at once if nothing is being written, else with what comes next.

        Raises:
            Rejected: the form is broken or too large.
        """
        self._waiting.append(piece)
        self._size += len(piece)
        if self._writing is not None and (self._writing.done() or self._size >= _PIECE_BYTES):
            await self.rest()
        if self._writing is None:
            self._begin()

    async def flush(self) -> None:
        """Write what waits, and wait until all is written.

        Raises:
            Rejected: the form is broken or too large.
        """
        await self.rest()
        if self._waiting:
            self._begin()
            await self.rest()

    async def rest(self) -> None:
        """Wait until nothing is being written.

        Raises:
            Rejected: the form is broken or too large.
        """
        if self._writing is not None:
            await asyncio.wait([self._writing])  # a thread goes on when its future is cancelled
            writing, self._writing = self._writing, None
            self._form.tell()
            writing.result()

    def _begin(self) -> None:
        piece = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        loop = asyncio.get_running_loop()
        self._writing = loop.run_in_executor(None, self._form.write, piece)

    def drop(self) -> None:
        """Throw away what was not stored, once the thread lets go of it."""
        if self._writing is None:
            self._form.abort()
        else:
            self._writing.add_done_callback(self._dropped)

    def _dropped(self, writing: asyncio.Future[None]) -> None:
        if not writing.cancelled():
            writing.exception()  # nobody asks for it any more
        self._form.abort()


def _boundary(content_type: bytes) -> bytes:
    from python_multipart.multipart import parse_options_header

    kind, options = parse_options_header(content_type[:1024])
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise Rejected(
            400, "The request is not a multipart form. Send files as multipart/form-data."
        )
    if len(boundary) > 200 or not boundary.isascii():
        raise Rejected(400, "The boundary of the multipart form is too long.")
    return boundary


def _too_large(limit: int) -> Rejected:
    return Rejected(413, f"The upload exceeds the maximum allowed size of {limit} bytes.")


class _Form:
    """One form while it is parsed."""

    def __init__(
        self,
        boundary: bytes,
        cache: FileCache,
        owner: str | None,
        account: str | None,
        limits: Limits,
        on_progress: Callable[[str, int], None] | None,
    ) -> None:
        from python_multipart.multipart import MultipartParser

        self._cache = cache
        self._owner = owner
        self._account = account
        self._limits = limits
        self._on_progress = on_progress
        self._untold: list[tuple[str, int]] = []
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._add_field,
                "on_header_value": self._add_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._start_data,
                "on_part_data": self._add_data,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )
        self._room: int | None = None
        if limits.owner_bytes is not None:
            self._room = limits.owner_bytes - cache.usage_bytes(account or owner)
        self._received = 0
        self._in_files = 0
        self._parts = 0
        self._is_complete = False
        self._writer: UploadWriter | None = None
        self._sealed: list[UploadWriter] = []
        self._field = bytearray()
        self._value = bytearray()
        self._disposition = b""
        self._header_bytes = 0

    def write(self, piece: bytes) -> None:
        """Parse some bytes; from any thread.

        Raises:
            Rejected: the form is broken or too large.
        """
        from python_multipart.exceptions import FormParserError

        self._received += len(piece)
        limits = self._limits
        if limits.upload_bytes is not None and self._received > limits.upload_bytes:
            raise _too_large(limits.upload_bytes)
        if not self._is_complete:  # what stands behind the end is counted, and not read
            try:
                self._parser.write(piece)
            except FormParserError as error:
                raise Rejected(400, f"The multipart form is broken: {error}") from None
            except FileTooLarge as error:
                raise Rejected(413, str(error)) from None
        headers_at_most = limits.part_header_bytes * (self._parts + 1)
        if self._received - self._in_files > limits.ignored_bytes + headers_at_most:
            raise Rejected(413, "The form holds too much that is no file.")

    def tell(self) -> None:
        """Report what has arrived since; while nothing is being parsed."""
        untold, self._untold = self._untold, []
        if self._on_progress is not None:
            for name, size in untold:
                self._on_progress(name, size)

    def finish(self) -> list[Stored]:
        """Store the files, now that the whole form is known to be sound."""
        if not self._is_complete:
            raise Rejected(400, "The multipart form is broken: its final boundary is missing.")
        return [writer.finish(self._owner, account=self._account) for writer in self._sealed]

    def abort(self) -> None:
        """Throw away what was not stored."""
        for writer in [*self._sealed, *([self._writer] if self._writer else [])]:
            writer.abort()

    # ---- what the parser reports -----------------------------------------------------------

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > self._limits.parts:
            raise Rejected(413, f"The form has more than {self._limits.parts} parts.")
        self._disposition = b""
        self._header_bytes = 0

    def _count_header(self, size: int) -> None:
        self._header_bytes += size
        if self._header_bytes > self._limits.part_header_bytes:
            limit = self._limits.part_header_bytes
            raise Rejected(400, f"The headers of a part are longer than {limit} bytes.")

    def _add_field(self, data: bytes, start: int, end: int) -> None:
        self._count_header(end - start)
        self._field += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._count_header(end - start)
        self._value += data[start:end]

    def _end_header(self) -> None:
        if bytes(self._field).strip().lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _start_data(self) -> None:
        from python_multipart.multipart import parse_options_header

        _, options = parse_options_header(self._disposition)
        if options.get(b"name") != b"files":
            return
        raw = options.get(b"filename")
        if raw is not None and len(raw) > self._limits.filename_bytes:
            limit = self._limits.filename_bytes
            raise Rejected(400, f"A file name is longer than {limit} bytes.")
        name = None if raw is None else raw.decode("utf-8", "replace").replace("%22", '"')
        if name is not None and name.replace("\\", "/").rpartition("/")[2] in (".", ".."):
            raise Rejected(400, f"Invalid file name: {name}")
        self._writer = self._cache.open_upload(name or None)

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        if self._writer is None:
            return
        size = end - start
        self._in_files += size
        if self._room is not None and self._in_files > self._room:
            limit = self._limits.owner_bytes
            raise Rejected(413, f"All files of one visitor together exceed {limit} bytes.")
        self._writer.write(memoryview(data)[start:end])
        if self._on_progress is not None:
            self._untold.append((self._writer.name, size))

    def _end_part(self) -> None:
        if self._writer is not None:
            self._writer.seal()
            self._sealed.append(self._writer)
            self._writer = None

    def _end(self) -> None:
        self._is_complete = True
