"""What surrounds the pages: theme, assets, icons, robots; and routes of features that are
switched off.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from limelight.core.files import guess_mime
from limelight.runtime.rejected import Rejected
from limelight.server.caller import caller_of
from limelight.server.reply import compressed, json_response
from limelight.server.routes.pages import ICON
from limelight.server.site import site_of
from limelight.server.static import FileResponse, asset

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["routes"]

_NOT_KEPT = {"cache-control": "no-store"}


async def healthz(request: Request) -> Response:
    """GET `/healthz`: the process lives. For whoever starts it again if not."""
    _ = request
    return json_response({"status": "ok"}, headers=_NOT_KEPT)


async def readyz(request: Request) -> Response:
    """GET `/readyz`: whether calls are taken, else 503. For whoever sends readers here or not."""
    if site_of(request.scope).is_ready:
        return json_response({"status": "ready"}, headers=_NOT_KEPT)
    return json_response({"status": "stopping"}, 503, _NOT_KEPT)


async def theme_css(request: Request) -> Response:
    """GET `/theme.css`: the theme's variables."""
    response = Response(site_of(request.scope).theme_css, media_type="text/css")
    response.headers["cache-control"] = "no-cache"
    return compressed(response, caller_of(request.scope).header(b"accept-encoding"))


async def assets(request: Request) -> Response:
    """GET `/assets/{name}`, `/static/{name}`, `/svelte/{name}`: files of the browser half."""
    accepted = caller_of(request.scope).header(b"accept-encoding")
    return asset(site_of(request.scope).options.assets, request.path_params["name"], accepted)


async def favicon(request: Request) -> Response:
    """GET `/favicon.ico`: the author's icon, or ours."""
    path = site_of(request.scope).options.favicon_path
    if path:
        place = Path(path).resolve()
        return FileResponse(
            place, {"content-type": guess_mime(place.name), "cache-control": "no-cache"}
        )
    return Response(ICON, headers={"cache-control": "max-age=86400"}, media_type="image/svg+xml")


async def app_icon(request: Request) -> Response:
    """GET `/pwa_icon`: the author's icon.

    Raises:
        Rejected: 404, there is none.
    """
    if not site_of(request.scope).options.favicon_path:
        raise Rejected(404, "Not Found")
    return await favicon(request)


async def manifest(request: Request) -> Response:
    """GET `/manifest.json`: what a browser needs to install the page."""
    site = site_of(request.scope)
    icon = {"src": "favicon.ico", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    if site.options.favicon_path:
        icon["type"] = guess_mime(site.options.favicon_path)
    response = json_response(
        {"name": site.title, "icons": [icon], "start_url": "./", "display": "standalone"}
    )
    response.headers["content-type"] = "application/manifest+json"
    return response


async def robots(request: Request) -> Response:
    """GET `/robots.txt`: shared links are not for search engines."""
    rule = "Disallow: /" if site_of(request.scope).options.is_shared else "Disallow: "
    return PlainTextResponse(f"User-agent: *\n{rule}")


async def proxy(request: Request) -> Response:
    """GET `/proxy={url}`: files of an app that this one was made from; there is none.

    Raises:
        Rejected: always.
    """
    _ = request
    raise Rejected(400, "This URL cannot be proxied.")


async def switched_off(request: Request) -> Response:
    """A feature that this app does not switch on.

    Raises:
        Rejected: always.
    """
    _ = request
    raise Rejected(403, "This feature is not enabled.")


routes = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/assets/{name}", assets),
    Route("/static/{name:path}", assets),
    Route("/svelte/{name:path}", assets),
    Route("/theme.css", theme_css),
    Route("/gradio_api/theme.css", theme_css),
    Route("/favicon.ico", favicon),
    Route("/pwa_icon", app_icon),
    Route("/pwa_icon/{size}", app_icon),
    Route("/manifest.json", manifest),
    Route("/robots.txt", robots),
    Route("/gradio_api/proxy={url:path}", proxy),
    Route("/monitoring", switched_off),
    Route("/monitoring/{key}", switched_off),
    Route("/gradio_api/vibe-edit", switched_off, methods=["GET", "POST"]),
    Route("/gradio_api/vibe-code", switched_off, methods=["GET", "POST"]),
    Route("/gradio_api/undo-vibe-edit", switched_off, methods=["GET", "POST"]),
    Route("/gradio_api/vibe-starter-queries", switched_off, methods=["GET", "POST"]),
]
