"""`Routes`: Starlette's router, which finds the routes that are called most in a table instead of
trying one pattern after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Router

from limelight.server.urls import path_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute, Route
    from starlette.types import Receive, Scope, Send

__all__ = ["Routes"]


class Routes(Router):
    """The routes of an app.

    Args:
        routes: All of them; those of `often` come first.
        often: Those called most, whose paths hold no parameters.
        given: What else Starlette's router takes.
    """

    def __init__(
        self, routes: Sequence[BaseRoute], *, often: Sequence[Route], **given: Any
    ) -> None:
        super().__init__(routes, **given)
        self._often = {
            (method, route.path): route for route in often for method in route.methods or ()
        }

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to its route."""
        route = None
        if scope["type"] == "http":
            route = self._often.get((scope["method"], path_below(scope)))
        if route is None:
            await super().app(scope, receive, send)
            return
        scope["router"], scope["endpoint"], scope["path_params"] = self, route.endpoint, {}
        await route.app(scope, receive, send)
