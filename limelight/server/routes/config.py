"""The app described: its config, its API, its OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from limelight.server.caller import caller_of
from limelight.server.openapi import document
from limelight.server.reply import compressed, json_response
from limelight.server.routes.deep_links import shown_by
from limelight.server.site import site_of
from limelight.server.snippets import snippets
from limelight.server.urls import absolute_files
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["routes"]


async def config(request: Request) -> Response:
    """GET `/config`: what a client knows of the app before its first call."""
    site = site_of(request.scope)
    caller = caller_of(request.scope)
    page = site.page_named(caller.query.get("page"))
    members: dict[str, Any] = {"root": caller.root, "username": None}
    shown = await shown_by(caller)
    if shown.state != "none":
        members["deep_link_state"] = shown.state
    if shown.values:
        members["components"] = shown.config(site.config(page))["components"]
        encoded = encode({**site.config(page), **members})
    else:
        encoded = site.config_bytes(page, **members)
    body = absolute_files(encoded, caller.root)
    return compressed(json_response(body), caller.header(b"accept-encoding"))


async def info(request: Request) -> Response:
    """GET `/info`: the endpoints, their parameters and results, and how to call them."""
    site = site_of(request.scope)
    caller = caller_of(request.scope)
    page = site.page_named(caller.query.get("page"))
    has_all = bool(caller.query.get("all_endpoints"))
    described = site.info(page, all_endpoints=has_all)
    if not has_all or page is not None:
        endpoints = described["named_endpoints"]
        described = {
            **described,
            "named_endpoints": {
                name: {**endpoint, "code_snippets": snippets(name, endpoint, caller.root)}
                for name, endpoint in endpoints.items()
            },
        }
    response = json_response(described)
    response.body = absolute_files(bytes(response.body), caller.root)
    response.headers["content-length"] = str(len(response.body))
    return compressed(response, caller.header(b"accept-encoding"))


async def openapi(request: Request) -> Response:
    """GET `/openapi.json`."""
    site = site_of(request.scope)
    described = document(site.title, site.info(None, all_endpoints=False))
    return compressed(json_response(described), caller_of(request.scope).header(b"accept-encoding"))


routes = [
    Route("/config", config),
    Route("/gradio_api/info", info),
    Route("/gradio_api/openapi.json", openapi),
]
