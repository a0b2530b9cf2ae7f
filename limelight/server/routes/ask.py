"""What running functions ask their callers, and the answers to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.routing import Route

from limelight.server.body import decode_body, read_body
from limelight.server.caller import caller_of
from limelight.server.reply import json_response
from limelight.server.routes.call import session_hash_of_call
from limelight.server.routes.events import session_hash_of
from limelight.server.site import site_of
from limelight.wire.requests import Answer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["routes"]

_answer = msgspec.json.Decoder(Answer, strict=False)


async def answer(request: Request) -> Response:
    """POST `/ask/{id}`: the answer to a question, once, by who owns the session of the call."""
    site = site_of(request.scope)
    limit = site.options.environment.max_body_size
    body = decode_body(await read_body(request.scope, request.receive, limit), _answer)
    session_hash_of(body.session_hash, "body")
    body.session_hash = session_hash_of_call(site, body.session_hash)
    site.runtime.questions.take(
        request.path_params["question_id"], body, caller_of(request.scope).request()
    )
    return json_response({"success": True})


async def waiting(request: Request) -> Response:
    """GET `/ask?session_hash=…`: what the calls of a session ask now."""
    site = site_of(request.scope)
    caller = caller_of(request.scope)
    session_hash = session_hash_of_call(site, session_hash_of(caller.query.get("session_hash")))
    return json_response(site.runtime.questions.waiting(session_hash, caller.request()))


routes = [
    Route("/gradio_api/ask", waiting, methods=["GET"]),
    Route("/gradio_api/ask/{question_id}", answer, methods=["POST"]),
]
