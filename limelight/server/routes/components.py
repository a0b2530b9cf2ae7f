"""Functions that a component offers to its browser half, and that half if it brings its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from limelight.runtime.rejected import Rejected
from limelight.server.body import decode_body, read_body
from limelight.server.caller import caller_of
from limelight.server.reply import compressed, json_response
from limelight.server.site import site_of
from limelight.server.urls import absolute_files
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from starlette.types import Message, Receive

__all__ = ["routes"]

_MOST_FIELDS = 1000
_FIELD_BYTES = 1024 * 1024


class _Body(msgspec.Struct):
    component_id: int
    fn_name: str
    session_hash: str | None = None
    data: Any = None


_body = msgspec.json.Decoder(_Body, strict=False)


class FormData(msgspec.Struct):
    """What a server function gets for a form."""

    data: dict[str, Any]
    """The fields, with those that name the function."""
    files: list[tuple[str, bytes]]
    """Name and content of each file."""


async def serve(request: Request) -> Response:
    """POST `/component_server`: calls the function; the answer is its result."""
    site = site_of(request.scope)
    caller = caller_of(request.scope)
    if caller.header(b"content-type").partition(";")[0].strip().lower() == "multipart/form-data":
        body = await _form(request)
    else:
        limit = site.options.environment.max_body_size
        body = _decoded(await read_body(request.scope, request.receive, limit))
    result = await site.runtime.call_component(
        body.component_id, body.fn_name, body.session_hash, body.data, caller.request()
    )
    answer = encode(site.stow(result))
    return json_response(answer if caller.is_page else absolute_files(answer, caller.root))


def _decoded(given: bytes) -> _Body:
    try:
        return decode_body(given, _body)
    except Rejected as problem:  # the status that clients know of this route
        raise Rejected(400, problem.detail) from None


async def _form(request: Request) -> _Body:
    limit = site_of(request.scope).options.environment.max_body_size
    bounded = Request(request.scope, _bounded(request.receive, limit))
    fields: dict[str, Any] = {}
    files: list[tuple[str, bytes]] = []
    try:
        async with bounded.form(
            max_files=_MOST_FIELDS, max_fields=_MOST_FIELDS, max_part_size=_FIELD_BYTES
        ) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.append((value.filename or name, await value.read()))
                else:
                    fields[name] = value
    except (HTTPException, KeyError, ValueError):
        raise Rejected(400, "The request is not a complete multipart form.") from None
    try:
        return _Body(
            component_id=int(fields["component_id"]),
            fn_name=fields["fn_name"],
            session_hash=fields.get("session_hash"),
            data=FormData(fields, files),
        )
    except (KeyError, ValueError):
        raise Rejected(400, "The form needs the fields component_id and fn_name.") from None


def _bounded(receive: Receive, limit: int) -> Receive:
    left = limit

    async def take() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise Rejected(413, f"The request is larger than the {limit} bytes allowed here.")
        return message

    return take


async def code(request: Request) -> Response:
    """GET `/custom_component/{name}`: the browser half that a component of the author's brought.

    The name follows from the content, so browsers keep it for ever.
    """
    name: str = request.path_params["name"]
    text = site_of(request.scope).browser_code(name)
    if text is None:
        raise Rejected(404, "No component here has this browser half. Reload the page.")
    tag = f'"{name.partition(".")[0]}"'
    headers = {
        "cache-control": "private, max-age=31536000, immutable",
        "etag": tag,
        "cross-origin-resource-policy": "same-origin",
    }
    caller = caller_of(request.scope)
    if caller.header(b"if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    answer = Response(text, headers=headers, media_type=kind)
    return compressed(answer, caller.header(b"accept-encoding"))


routes = [
    Route("/gradio_api/component_server", serve, methods=["POST"]),
    Route("/gradio_api/custom_component/{name}", code),
]
