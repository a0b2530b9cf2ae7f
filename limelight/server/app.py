"""`create_app`: the routes, the layer around them and the errors' one shape, as an ASGI
application.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response

from limelight.runtime.rejected import Rejected
from limelight.server import socket
from limelight.server.body import Disconnected
from limelight.server.middleware import Gate
from limelight.server.options import ServerOptions
from limelight.server.reply import error_body, json_response
from limelight.server.routes import (
    admin,
    ask,
    call,
    components,
    config,
    deep_links,
    events,
    files,
    media,
    pages,
    session,
)
from limelight.server.routing import Routes
from limelight.server.signals import serving
from limelight.server.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from limelight.core.graph import Graph
    from limelight.runtime.runtime import Runtime

__all__ = ["all_routes", "create_app"]

_log = logging.getLogger("limelight.server")


def all_routes() -> list[BaseRoute]:
    """Every route, those called most first."""
    return [
        *events.routes,
        *socket.routes,
        *call.routes,
        *files.routes,
        *pages.routes,
        *config.routes,
        *session.routes,
        *deep_links.routes,
        *ask.routes,
        *components.routes,
        *media.routes,
        *admin.routes,
    ]


def create_app(graph: Graph, runtime: Runtime, settings: ServerOptions | None = None) -> Starlette:
    """An ASGI application that serves one app.

    Args:
        graph: The complete app.
        runtime: Runs it; started and closed by the application's lifespan.
        settings: How it is served; found on the application as `state.site`.
    """
    site = Site(graph, runtime, settings or ServerOptions())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with serving(site):
            yield

    app = Starlette(
        middleware=[Middleware(Gate, site=site)],
        exception_handlers={
            Rejected: _rejected,
            HTTPException: _refused,
            Disconnected: _disconnected,
            Exception: _failed,
        },
    )
    app.state.site = site
    app.router = Routes(
        all_routes(),
        often=events.routes,
        redirect_slashes=False,
        default=pages.by_name,
        lifespan=lifespan,
    )
    return app


async def _rejected(request: Request, refusal: Any) -> Response:
    where = request.method, request.url.path
    _log.debug("%s %s refused: %d %s", *where, refusal.status, refusal.detail)
    after_s = refusal.retry_after_s
    headers = None if after_s is None else {"retry-after": str(after_s)}
    return json_response(error_body(refusal.detail), refusal.status, headers)


async def _refused(request: Request, refusal: Any) -> Response:
    _ = request
    return json_response(error_body(refusal.detail), refusal.status_code, refusal.headers)


async def _disconnected(request: Request, cut: Exception) -> Response:
    _ = request, cut
    return Response(status_code=400)


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return json_response(error_body("The server could not do this."), 500)
