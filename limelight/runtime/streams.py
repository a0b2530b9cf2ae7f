"""Live streams: chunks that come in while a function runs, and media that is played while it is
made.

`InputStream` is the input side of one call of a `.stream()` listener. `MediaStream` holds the
segments of one output; `Streams` knows both by the names that clients use. Knows nothing of HTTP.
"""

from __future__ import annotations

import asyncio
import inspect
import math
import secrets
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import quote

from limelight.core.block import Block
from limelight.core.filedata import FileData
from limelight.core.updates import is_update
from limelight.errors import LimelightError, ValueRejected
from limelight.wire.files import FILE_META

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from limelight.core.listener import Listener
    from limelight.core.stow import Stower
    from limelight.core.streaming import MediaStreamChunk
    from limelight.runtime.job import Job
    from limelight.runtime.sessions import Session
    from limelight.runtime.store import Store
    from limelight.wire.requests import Join

__all__ = [
    "EXTENSIONS",
    "IDLE_S",
    "InputStream",
    "MediaRun",
    "MediaStream",
    "Segment",
    "Streams",
]

IDLE_S = 30.0
"""Seconds that a stream without `time_limit` waits for its next chunk."""

MOST_CHUNKS = 64
"""Chunks that wait for a function whose input takes every one of them."""

EXTENSIONS = ("aac", "ts")
"""What segments are named after: ADTS audio and MPEG transport streams."""

_INPUTS = "input streams"
_MEDIA = "media"
_MOST_MEDIA = 32
"""Media streams of one session; those that ended first go first."""


# ---- in --------------------------------------------------------------------------------------


class InputStream:
    """Chunks of one call that its function has not taken yet.

    A picture that was not taken in time is worth nothing once there is a newer one, so only the
    newest waits; pieces of one recording are all kept, in order, up to a limit.

    Args:
        keeps_all: Whether every chunk counts.
        most_bytes: Most bytes that wait.
    """

    def __init__(self, *, keeps_all: bool, most_bytes: int = 64 << 20) -> None:
        self._keeps_all = keeps_all
        self._most_bytes = most_bytes
        self._chunks: deque[tuple[Join, int]] = deque()
        self._bytes = 0
        self._news = asyncio.Event()
        self.is_closed = False

    @classmethod
    def of(cls, listener: Listener) -> InputStream | None:
        """The input of a call; None if its listener takes no chunks."""
        if listener.connection != "stream":
            return None
        return cls(keeps_all=any(getattr(b, "streams_pieces", False) for b in listener.inputs))

    def push(self, body: Join, size_bytes: int) -> bool:
        """Add a chunk; whether there was room for it."""
        if not self._keeps_all:
            self._chunks.clear()
            self._bytes = 0
        if self._chunks and (
            len(self._chunks) >= MOST_CHUNKS or self._bytes + size_bytes > self._most_bytes
        ):
            return False
        self._chunks.append((body, size_bytes))
        self._bytes += size_bytes
        self._news.set()
        return True

    def close(self) -> None:
        """No more chunks come; those that wait are still taken."""
        self.is_closed = True
        self._news.set()

    async def next(self, timeout_s: float) -> Join | None:
        """The next chunk; None when the stream was closed, or none came in time."""
        if not self._chunks and not self.is_closed:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), max(0.0, timeout_s))
            except TimeoutError:
                return None
        if not self._chunks:
            return None
        body, size_bytes = self._chunks.popleft()
        self._bytes -= size_bytes
        return body


# ---- out -------------------------------------------------------------------------------------


class Segment(NamedTuple):
    """A piece of media that can be fetched."""

    name: str
    """Random, with extension."""
    data: bytes
    duration_s: float


class MediaStream:
    """The segments of one output of one run."""

    def __init__(self, block: Any, output_id: str) -> None:
        self.block = block
        self.output_id = output_id
        """`session/run/component`: what stands in its addresses."""
        self.format: str | None = None
        """Extension of the first piece's name: what the whole recording is made as."""
        self.segments: deque[Segment] = deque()
        self.dropped = 0
        """Segments at the beginning that are not kept any more."""
        self.longest_s = 0.0
        self.size_bytes = 0
        self.is_ended = False

    def add(self, chunk: MediaStreamChunk) -> None:
        """Append a piece.

        Raises:
            ValueRejected: it is of no kind that players take.
        """
        extension = chunk["extension"].lstrip(".")
        if extension not in EXTENSIONS:
            raise ValueRejected(
                f"{self.block!r} made a segment with the extension {chunk['extension']!r}; expected"
                " '.aac' or '.ts'."
            )
        name = f"{chunk.get('id') or secrets.token_hex(16)}.{extension}"
        duration_s = max(0.0, float(chunk["duration"]))
        self.segments.append(Segment(name, chunk["data"], duration_s))
        self.size_bytes += len(chunk["data"])
        self.longest_s = max(self.longest_s, duration_s)

    def drop_first(self) -> None:
        """Forget the oldest segment: from now on the list slides along."""
        segment = self.segments.popleft()
        self.size_bytes -= len(segment.data)
        self.dropped += 1

    def find(self, name: str) -> Segment | None:
        """A segment by its name."""
        return next((s for s in list(self.segments) if s.name == name), None)

    def playlist(self, query: str = "") -> str:
        """The list of segments as players read it (RFC 8216).

        Args:
            query: Put behind the name of each segment.
        """
        segments = list(self.segments)
        lines = ["#EXTM3U"]
        if not self.dropped:
            lines.append("#EXT-X-PLAYLIST-TYPE:EVENT")  # promises that nothing is taken out
        lines += [
            f"#EXT-X-TARGETDURATION:{max(1, math.ceil(self.longest_s))}",
            "#EXT-X-VERSION:4",
            f"#EXT-X-MEDIA-SEQUENCE:{self.dropped}",
        ]
        if not self.dropped:
            lines.append("#EXT-X-START:TIME-OFFSET=0")
        for segment in segments:
            lines += (f"#EXTINF:{segment.duration_s:.6f},", segment.name + query)
        if self.is_ended:
            lines.append("#EXT-X-ENDLIST")
        return "\n".join(lines) + "\n"

    async def combine(self) -> FileData:
        """The whole recording as one file.

        Raises:
            LimelightError: there is nothing in it, or the component cannot do it.
        """
        combine = getattr(self.block, "combine_stream", None)
        pieces = [segment.data for segment in list(self.segments)]
        if not pieces or combine is None:
            raise LimelightError(f"{self.output_id!r} cannot be made into one file.")
        if inspect.iscoroutinefunction(combine):
            made = await combine(pieces, desired_output_format=self.format, only_file=True)
        else:
            made = await asyncio.to_thread(
                combine, pieces, desired_output_format=self.format, only_file=True
            )
        return cast("FileData", made)


class MediaRun:
    """The media outputs of one run of a function. Its methods that take pieces run in a thread."""

    def __init__(self, streams: Streams, session: Session) -> None:
        self._streams = streams
        self._session = session
        self._run = secrets.token_hex(16)
        self._open: dict[int, MediaStream] = {}

    @staticmethod
    def is_wanted(listener: Listener) -> bool:
        """Whether any of the outputs is played while it is made."""
        gives_several = listener.connection == "stream" or listener.facts.is_generator
        return gives_several and any(_streams_out(block) for block in listener.outputs)

    def takes(self, block: Block, value: Any) -> bool:
        """Whether a returned value is a piece of media."""
        return _streams_out(block) and not is_update(value) and not isinstance(value, Block)

    def add(self, block: Any, payload: Any, stower: Stower) -> Any:
        """Add what `postprocess` gave to the stream; the payload that tells of it."""
        number: int = block.block_id
        stream = self._open.get(number)
        if payload is None and stream is None:
            return None
        is_first = stream is None
        if stream is None:
            output_id = f"{self._session.hash}/{self._run}/{number}"
            stream = self._open[number] = MediaStream(block, output_id)
            self._streams.add_media(self._session, stream)
        value = _readable(payload, stower)
        chunk, told = _wait_for(block.stream_output(value, stream.output_id, is_first))
        members = told.model_dump() if isinstance(told, FileData) else dict(told or {})
        name: str | None = members.get("orig_name") or (value.orig_name if value else None)
        if stream.format is None and name and "." in name:
            stream.format = name.rpartition(".")[2].lower()
        self._grow(stream, chunk)
        stower.has_files = True
        path = f"{quote(stream.output_id)}/playlist.m3u8"
        return {
            "path": f"{stream.output_id}/playlist.m3u8",
            "url": f"gradio_api/stream/{path}",
            "size": None,
            "orig_name": name,
            "mime_type": members.get("mime_type"),
            "is_stream": True,
            "meta": dict(FILE_META),
        }

    def _grow(self, stream: MediaStream, chunk: MediaStreamChunk | None) -> None:
        if chunk is not None:
            stream.add(chunk)
            self._streams.bound(self._session)

    @property
    def is_open(self) -> bool:
        """Whether pieces may still come."""
        return bool(self._open)

    def end(self) -> None:
        """The run is over: take what is left in the encoders and close the lists."""
        opened, self._open = self._open, {}
        failures: list[Exception] = []
        for stream in opened.values():
            try:
                self._finish(stream)
            except Exception as problem:  # a component's; the other lists must be closed, too
                failures.append(problem)
            stream.is_ended = True
        if failures:
            raise failures[0]

    def _finish(self, stream: MediaStream) -> None:
        flush = getattr(stream.block, "flush_stream_output", None)
        end = getattr(stream.block, "end_stream_output", None)
        try:
            if flush is not None:
                self._grow(stream, _wait_for(flush(stream.output_id)))
        finally:
            if end is not None:
                _wait_for(end(stream.output_id))


def _streams_out(block: Any) -> bool:
    return bool(getattr(block, "streaming", False)) and hasattr(block, "stream_output")


def _readable(payload: Any, stower: Stower) -> FileData | None:
    """A file that a component may open: its bytes, or a path that the cache has allowed."""
    if not isinstance(payload, FileData) or payload.data is not None:
        return cast("FileData | None", payload)
    stored = stower.files.adopt(
        payload.path, stower.owner, trusted=stower.trusted, tainted=stower.tainted
    )
    made = FileData(path=str(stored.path), orig_name=payload.orig_name or stored.name)
    made.mime_type = payload.mime_type
    return made


def _wait_for(result: Any) -> Any:
    """What a method gave that may be a coroutine function; here, in a thread, none runs."""
    if inspect.isawaitable(result):
        return asyncio.run(_awaited(result))
    return result


async def _awaited(result: Awaitable[Any]) -> Any:
    return await result


# ---- both, by name ---------------------------------------------------------------------------


class Streams:
    """All live streams of an app.

    Args:
        store: Where they are kept.
        most_bytes: Most bytes of media that one session has.
    """

    def __init__(self, store: Store, *, most_bytes: int) -> None:
        self._store = store
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def open(self, job: Job) -> None:
        """Take chunks for a call from now on, if its listener takes any."""
        if job.chunks is not None:
            self._store.put(_INPUTS, job.event_id, job)

    def close(self, job: Job) -> None:
        """The call is over."""
        self._store.pop(_INPUTS, job.event_id)

    def job(self, event_id: str, identity: str | None) -> Job | None:
        """The call that takes chunks under a name; None if there is none, or it is not theirs."""
        job: Job | None = self._store.get(_INPUTS, event_id)
        is_theirs = job is not None and not job.is_done and job.session.identity == identity
        return job if is_theirs else None

    def add_media(self, session: Session, stream: MediaStream) -> None:
        """Let a session's clients find a stream."""
        with self._lock:
            known: dict[str, MediaStream] = self._store.get(_MEDIA, session.hash) or {}
            known[stream.output_id] = stream
            for old in [s for s in known.values() if s.is_ended]:
                if len(known) <= _MOST_MEDIA:
                    break
                del known[old.output_id]
            self._store.put(_MEDIA, session.hash, known)

    def media(self, session: Session, run: str, component: str) -> MediaStream | None:
        """A stream of a session."""
        known: dict[str, MediaStream] = self._store.get(_MEDIA, session.hash) or {}
        return known.get(f"{session.hash}/{run}/{component}")

    def bound(self, session: Session) -> None:
        """Drop media that is too much: streams that ended, then the beginnings of others."""
        with self._lock:
            known: dict[str, MediaStream] = self._store.get(_MEDIA, session.hash) or {}
            for stream in self._oldest_first(known):
                if stream.is_ended:
                    del known[stream.output_id]
                    continue
                while len(stream.segments) > 1 and self._is_over(known):
                    stream.drop_first()

    def _oldest_first(self, known: dict[str, MediaStream]) -> Iterator[MediaStream]:
        ordered = sorted(known.values(), key=lambda stream: not stream.is_ended)
        for stream in ordered:
            if not self._is_over(known):
                return
            yield stream

    def _is_over(self, known: dict[str, MediaStream]) -> bool:
        return sum(stream.size_bytes for stream in known.values()) > self._most_bytes

    def forget(self, session: Session) -> None:
        """The session is over."""
        self._store.pop(_MEDIA, session.hash)
