"""Sessions from outside: signs of life, the app's identity, who is logged in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from limelight.server import sse
from limelight.server.caller import caller_of
from limelight.server.reply import json_response
from limelight.server.routes.events import session_hash_of
from limelight.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

__all__ = ["routes"]

_ALIVE = b"data: ALIVE\n\n"


class _Heartbeat:
    """GET `/heartbeat/{session_hash}`: open as long as the page or client is; its end is the
    session's.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        session_hash = session_hash_of(scope["path_params"]["session_hash"], "path")
        runtime = site.runtime
        session = runtime.session(session_hash, caller.identity, create=True)
        if session is None:
            return
        with site.stream(caller):
            runtime.presence.connected(session)
            try:
                await sse.begin(send)
                async with sse.until_gone(receive, site.stopping):
                    await _beat(send, site.options.environment.heartbeat_interval)
                await send({"type": "http.response.body", "body": b""})
            finally:
                runtime.presence.disconnected(session, is_page=True, said_goodbye=True)


async def _beat(send: Send, interval_s: float) -> None:
    while True:
        await send({"type": "http.response.body", "body": _ALIVE, "more_body": True})
        await asyncio.sleep(interval_s)


async def app_id(request: Request) -> Response:
    """Random number of this process; a page that finds another one reloads."""
    return json_response({"app_id": site_of(request.scope).runtime.app_id})


async def startup_events(request: Request) -> Response:
    """Starts the app if nothing else has; true the first time."""
    site = site_of(request.scope)
    was_started = site.is_started
    await site.start()
    await site.prepare()
    return json_response(not was_started)


async def user(request: Request) -> Response:
    """Name of the logged-in user, or null."""
    _ = request
    return json_response(None)


async def token(request: Request) -> Response:
    """The log-in token of the secure cookie, and whose it is."""
    _ = request
    return json_response({"token": None, "user": None})


async def login_check(request: Request) -> Response:
    """Null for who may come in."""
    _ = request
    return json_response(None)


async def login(request: Request) -> Response:
    """Without a log-in there is nothing to check or to end: back to the page."""
    _ = request
    # Relative: it is right behind every proxy, and cannot lead to another site.
    return Response(status_code=302, headers={"location": "./"})


routes = [
    Route("/gradio_api/heartbeat/{session_hash}", _Heartbeat(), methods=["GET"]),
    Route("/gradio_api/app_id", app_id),
    Route("/gradio_api/startup-events", startup_events),
    Route("/gradio_api/user", user),
    Route("/gradio_api/token", token),
    Route("/gradio_api/login_check", login_check),
    Route("/login", login, methods=["POST"]),
    Route("/logout", login),
]
