"""Deep links: an id for what a reader sees, and the app described with what an id stands for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from limelight.runtime.rejected import Rejected
from limelight.server.caller import caller_of
from limelight.server.reply import json_response
from limelight.server.routes.events import session_hash_of
from limelight.server.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from limelight.server.caller import Caller

__all__ = ["Shown", "routes", "shown_by"]


class Shown:
    """What the link in an address stands for.

    Args:
        state: `valid`, `invalid`, or `none` for an address without link.
        values: Props by block id.
    """

    def __init__(self, state: str, values: dict[int, dict[str, Any]] | None = None) -> None:
        self.state = state
        self.values = values or {}

    def config(self, config: dict[str, Any]) -> dict[str, Any]:
        """A config with what was saved; the one given is not changed."""
        if not self.values:
            return config
        return {**config, "components": [*map(self._component, config["components"])]}

    def _component(self, described: dict[str, Any]) -> dict[str, Any]:
        saved = self.values.get(described["id"])
        if not saved:
            return described
        props = {**described["props"], **saved}
        return {**described, "props": {k: v for k, v in props.items() if v is not None}}


async def shown_by(caller: Caller) -> Shown:
    """What the `deep_link` in the caller's address stands for."""
    link = caller.query.get("deep_link")
    if not link:
        return Shown("none")
    values = await asyncio.to_thread(caller.site.runtime.links.open, link)
    return Shown("invalid") if values is None else Shown("valid", values)


async def save(request: Request) -> Response:
    """GET `/deep_link`: the id of a new link to what a session sees; empty for no session of the
    caller's.
    """
    caller = caller_of(request.scope)
    runtime = site_of(request.scope).runtime
    session_hash = session_hash_of(caller.query.get("session_hash"))
    try:
        session = runtime.session(session_hash, caller.identity)
    except Rejected:
        session = None
    if session is None:
        return json_response("")
    return json_response(await asyncio.to_thread(runtime.links.save, session))


routes = [Route("/gradio_api/deep_link", save)]
