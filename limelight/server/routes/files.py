"""Files in and out: uploads, their progress, and reading what a handle or the author allows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.routing import Route

from limelight.errors import FileAccessError
from limelight.runtime.rejected import Rejected
from limelight.server import sse
from limelight.server.body import missing
from limelight.server.caller import caller_of
from limelight.server.multipart import UploadCut, receive_files
from limelight.server.reply import send_json
from limelight.server.security import Limits, file_headers
from limelight.server.site import site_of
from limelight.server.static import FileResponse
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from limelight.server.caller import Caller
    from limelight.server.uploads import Progress
    from limelight.settings import Settings

__all__ = ["routes"]

_BEGINS_WITHIN_S = 3.0
_LONGEST_ID = 256


def _limits(said: Settings) -> Limits:
    return Limits(
        parts=said.max_upload_parts,
        part_header_bytes=said.max_part_header_size,
        filename_bytes=said.max_filename_size,
        owner_bytes=said.max_disk_per_session,
    )


def _upload_name(caller: Caller) -> str:
    """What an upload is called: nobody hears of another one's who chose the same id."""
    given = caller.query.get("upload_id", "")[:_LONGEST_ID]
    return f"{given} {caller.account}" if given else ""


class _Upload:
    """POST `/upload`: a form with files; the answer lists their handles in order."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        with site.uploads.follow(_upload_name(caller)) as on_progress:
            try:
                stored = await receive_files(
                    receive,
                    caller.headers,
                    cache=site.runtime.files,
                    owner=caller.identity,
                    account=caller.account,
                    limits=_limits(site.options.environment),
                    on_progress=on_progress,
                )
            except UploadCut:
                return
        await send_json(send, encode([file.handle for file in stored]))


class _UploadProgress:
    """GET `/upload_progress`: an event stream of how many bytes of which file arrived."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        upload_id = _upload_name(caller)
        if not upload_id:
            raise missing("query", "upload_id")
        with site.stream(caller):
            progress = await site.uploads.find(upload_id, _BEGINS_WITHIN_S)
            if progress is None:
                raise Rejected(404, "No such upload is running.")
            await sse.begin(send)
            async with sse.until_gone(receive, site.stopping):
                await _tell(progress, site.options.environment.heartbeat_interval, send)


async def _tell(progress: Progress, heartbeat_s: float, send: Send) -> None:
    while True:
        try:
            await asyncio.wait_for(progress.changed.wait(), heartbeat_s)
        except TimeoutError:
            beat = b'data: {"msg":"heartbeat"}\n\n'
            await send({"type": "http.response.body", "body": beat, "more_body": True})
            continue
        progress.changed.clear()
        untold, progress.untold = progress.untold, {}
        parts = [
            b"data: " + encode({"msg": "update", "orig_name": name, "chunk_size": size}) + b"\n\n"
            for name, size in untold.items()
        ]
        is_done = progress.is_done
        if is_done:
            parts.append(b'data: {"msg":"done"}\n\n')
        body = b"".join(parts)
        await send({"type": "http.response.body", "body": body, "more_body": not is_done})
        if is_done:
            return


async def read(request: Request) -> Response:
    """GET and HEAD `/file={handle or path}`; 403 for what may not be read and for what does not
    exist.
    """
    site = site_of(request.scope)
    requested: str = request.path_params["name"]
    identity = caller_of(request.scope).identity
    try:
        stored = await asyncio.to_thread(site.runtime.files.locate, requested, identity)
    except FileAccessError:
        raise Rejected(403, "File not allowed.") from None
    return FileResponse(stored.path, file_headers(stored))


routes = [
    Route("/gradio_api/upload", _Upload(), methods=["POST"]),
    Route("/gradio_api/upload_progress", _UploadProgress(), methods=["GET"]),
    Route("/gradio_api/file={name:path}", read),
    Route("/gradio_api/file/{name:path}", read),
]
