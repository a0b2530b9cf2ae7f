"""Live streams: chunks that a page sends while a function runs, and media that is played while a
function makes it.

Both belong to the session that began them; to anybody else they do not exist.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from limelight.errors import LimelightError, PayloadError
from limelight.runtime.inputs import decode_event
from limelight.runtime.rejected import Rejected
from limelight.runtime.streams import EXTENSIONS
from limelight.server.body import decode_body, read_body
from limelight.server.caller import caller_of
from limelight.server.reply import send_json
from limelight.server.security import file_headers
from limelight.server.site import site_of
from limelight.server.static import FileResponse
from limelight.wire.requests import Join

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from limelight.core.files import FileCache, Stored
    from limelight.runtime.job import Job
    from limelight.runtime.streams import MediaStream

__all__ = ["routes"]

_join = msgspec.json.Decoder(Join, strict=False)

_SUCCESS = b'{"msg":"success"}'
_KINDS = {"aac": "audio/aac", "ts": "video/MP2T"}
_LONGEST_SIGN = 1024


# ---- in ------------------------------------------------------------------------------------------


def _job_of(scope: Scope) -> Job:
    """The call that chunks are sent to.

    Raises:
        Rejected: 404, it is over, or was never this caller's.
    """
    event_id: str = scope["path_params"]["event_id"]
    job = site_of(scope).runtime.streams.job(event_id, caller_of(scope).identity)
    if job is None or job.chunks is None:
        raise Rejected(404, "No stream of yours has this event id. It may be over.")
    return job


class _Pushing:
    """POST `/stream/{event_id}`: one more chunk for a call of a `.stream()` listener."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = site_of(scope).options.environment.max_body_size
        _job_of(scope)  # before the body: strangers send none
        raw = await read_body(scope, receive, limit)
        body = decode_body(raw, _join)
        job = _job_of(scope)
        assert job.chunks is not None  # noqa: S101  # else it would not have been found
        files = site_of(scope).runtime.files
        try:
            body.event_data = decode_event(body.event_data, job.session.identity, files)
        except PayloadError as problem:
            raise Rejected(400, str(problem)) from None
        if not job.chunks.push(body, len(raw)):
            raise Rejected(429, "Too many chunks wait for this function. Send the next one later.")
        await send_json(send, _SUCCESS)


class _Closing:
    """POST `/stream/{event_id}/close`: the end of a stream's input."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await read_body(scope, receive, site_of(scope).options.environment.max_body_size)
        job = _job_of(scope)
        assert job.chunks is not None  # noqa: S101  # else it would not have been found
        job.chunks.close()
        await send_json(send, _SUCCESS)


# ---- out -----------------------------------------------------------------------------------------


def _not_found() -> Rejected:
    return Rejected(404, "No stream of yours has this address. Run the function again.")


def _stream_of(request: Request) -> MediaStream:
    """The stream that a path names.

    Raises:
        Rejected: 404, there is none, or it is not the caller's.
    """
    runtime = site_of(request.scope).runtime
    params = request.path_params
    try:
        session = runtime.session(params["session"], caller_of(request.scope).identity)
    except Rejected:
        raise _not_found() from None
    stream = None
    if session is not None:
        stream = runtime.streams.media(session, params["run"], params["component_id"])
    if stream is None:
        raise _not_found()
    return stream


async def playlist(request: Request) -> Response:
    """GET `/stream/{session}/{run}/{component_id}/playlist.m3u8`: the segments that are there."""
    stream = _stream_of(request)
    sign = request.query_params.get("__sign", "")[:_LONGEST_SIGN]
    query = f"?__sign={quote(sign, safe='')}" if sign else ""
    return Response(
        stream.playlist(query),
        media_type="application/vnd.apple.mpegurl",
        headers={"cache-control": "private, no-store" if sign else "no-store"},
    )


async def segment(request: Request) -> Response:
    """GET `/stream/{session}/{run}/{component_id}/{segment_id}.{ext}`: one segment."""
    name: str = request.path_params["name"]
    extension = name.rpartition(".")[2]
    if extension not in EXTENSIONS:
        raise Rejected(400, f"{name[-20:]!r} is no segment; their names end in .aac or .ts.")
    found = _stream_of(request).find(name)
    if found is None:
        raise _not_found()
    return Response(
        found.data, media_type=_KINDS[extension], headers={"cache-control": "private, no-store"}
    )


async def recording(request: Request) -> Response:
    """GET `/stream/{session}/{run}/{component_id}/playlist-file`: everything as one file."""
    stream = _stream_of(request)
    files = site_of(request.scope).runtime.files
    identity = caller_of(request.scope).identity
    try:
        stored = await _whole(stream, files, identity)
    except LimelightError as problem:
        raise Rejected(404, str(problem)) from None
    return FileResponse(stored.path, file_headers(stored))


async def _whole(stream: MediaStream, files: FileCache, owner: str | None) -> Stored:
    made = await stream.combine()
    if made.data is not None:
        name = made.orig_name or made.path
        return await asyncio.to_thread(files.store_bytes, made.data, name, owner)
    return await asyncio.to_thread(files.adopt, made.path, owner, trusted=True)


_MEDIA = "/gradio_api/stream/{session}/{run}/{component_id}"

routes = [
    Route("/gradio_api/stream/{event_id}", _Pushing(), methods=["POST"]),
    Route("/gradio_api/stream/{event_id}/close", _Closing(), methods=["POST"]),
    Route(_MEDIA + "/playlist.m3u8", playlist),
    Route(_MEDIA + "/playlist-file", recording),
    Route(_MEDIA + "/{name}", segment),
]
