"""`Gate`: the one pure ASGI layer around the routes: who may come in, CORS, and paths with and
without final slash.

Reads headers only, never a body; passes streams through untouched.
"""

from __future__ import annotations

import functools
import time
from email.utils import formatdate
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from limelight.server import security, urls
from limelight.server.caller import Caller
from limelight.server.reply import error_body, send_json

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from limelight.server.site import Site

__all__ = ["Gate"]

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_LOCAL = frozenset(("localhost", "127.0.0.1", "0.0.0.0", "[::1]"))  # names, not a bind
# Below these the rest of the path is a name of its own, in which a final slash counts.
_NAMES_FOLLOW = (
    "/gradio_api/file",
    "/gradio_api/proxy=",
    "/gradio_api/mcp",
    "/static/",
    "/assets/",
)
_STRANGE_HOST = (
    "This server answers to local names only. Open it as 127.0.0.1 or localhost, or name the host "
    "in the environment variable LIMELIGHT_ALLOWED_HOSTS."
)
_OF_PROXIES = (
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-proto",
    b"x-real-ip",
    b"forwarded",
    b"via",
)
_HEADERS_ALWAYS = [(b"x-content-type-options", b"nosniff")]

Headers = list[tuple[bytes, bytes]]


class Gate:
    """Lets requests in, or refuses them in one place."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not (self.site.is_started or self.site.is_closed):
            await self.site.start()  # mounted in an application that runs no lifespans
        caller = Caller(scope, self.site)
        scope["limelight.caller"] = caller
        origin = caller.header(b"origin")
        refusal = self._refusal(scope, caller, origin)
        if scope["type"] == "websocket":
            if refusal is not None:
                await send({"type": "websocket.close", "code": 1008, "reason": refusal[1][:100]})
            else:
                await self.app(scope, receive, send)
            return
        extra = self._cors(caller, origin) if origin else _HEADERS_ALWAYS
        if self.site.options.adds_date:
            extra = [*extra, (b"date", _date(int(time.time())))]
        if refusal is not None:
            await send_json(send, error_body(refusal[1]), refusal[0], extra)
        elif (
            origin
            and scope["method"] == "OPTIONS"
            and b"access-control-request-method" in caller.headers
        ):
            await _preflight(send, caller, extra)
        elif (place := self._normalise(scope)) is not None:
            await _redirect(send, place, extra)
        else:
            await self.app(scope, receive, _adding(send, extra))

    # ---- who may come in ---------------------------------------------------------------------

    def _refusal(self, scope: Scope, caller: Caller, origin: str) -> tuple[int, str] | None:
        """Status and sentence for a request that is not let in."""
        options = self.site.options
        host = caller.header(b"host")
        if host and not _is_wellformed(host):
            return 400, "The Host header names no host."
        if options.is_loopback and self._is_rebound(caller, host):
            return 403, _STRANGE_HOST
        if not origin or not self._is_foreign(caller, origin):
            return None
        if scope["type"] == "websocket":
            return 403, "Another site's page may not open a socket here."
        if scope["method"] not in _SAFE and caller.cookie_name in caller.cookies:
            return 403, "Another site's page may not act for this browser."
        return None

    def _is_rebound(self, caller: Caller, host: str) -> bool:
        """Whether a browser could have been led to this loopback address by a foreign name.

        Such a browser is connected to our port itself, and its `Host` says so, whatever pages try.
        A proxy on this machine passes the public name on, with another port and headers of its own.
        """
        options = self.site.options
        if _is_loopback(host) or _name(host) in options.allowed_hosts:
            return False
        if host and urlsplit(options.root_path).netloc == host:
            return False
        usual = "443" if caller.scope.get("scheme") in ("https", "wss") else "80"
        port = host.rpartition(":")[2] if _name(host) != host.lower() else usual
        is_direct = not any(name in caller.headers for name in _OF_PROXIES)
        return is_direct or port == str(options.port)

    def _is_foreign(self, caller: Caller, origin: str) -> bool:
        """Whether a page of another origin sent the request.

        Browsers say so themselves on secure addresses; that also holds behind a proxy that hides
        its own name.
        """
        if caller.headers.get(b"sec-fetch-site") == b"same-origin":
            return False
        parts = urlsplit(caller.root)
        scheme = parts.scheme
        if origin.startswith("https:") and b"x-forwarded-proto" not in caller.headers:
            # Many proxies end TLS and forget to say so.
            scheme = "https" if urls.is_trusted(caller.scope, caller.proxies) else scheme
        return not security.same_origin(origin, scheme, parts.netloc)

    # ---- CORS --------------------------------------------------------------------------------

    def _cors(self, caller: Caller, origin: str) -> Headers:
        """Headers for a page of any origin. What comes with our cookie is read by our own pages
        only.
        """
        if self.site.options.is_mounted:
            return _HEADERS_ALWAYS
        headers = [*_HEADERS_ALWAYS, (b"access-control-allow-credentials", b"true")]
        is_kept_out = caller.cookie_name in caller.cookies and self._is_foreign(caller, origin)
        if not is_kept_out and self._may_read(caller, origin):
            headers += [
                (b"access-control-allow-origin", origin.encode("latin-1")),
                (b"vary", b"Origin"),
            ]
        return headers

    def _may_read(self, caller: Caller, origin: str) -> bool:
        """A page of the internet may not read what a local server says."""
        if _name(caller.header(b"host")) not in _LOCAL:
            return True
        if origin == "null":
            return not self.site.options.strict_cors
        return _name(urlsplit(origin).netloc) in _LOCAL

    # ---- paths -------------------------------------------------------------------------------

    def _normalise(self, scope: Scope) -> str | None:
        """Take a final slash off the path; where that makes a page, say where to go instead."""
        path = urls.path_below(scope)
        if len(path) < 2 or not path.endswith("/") or path.startswith(_NAMES_FOLLOW):
            return None
        if self.site.page_named(path) is not None and scope["method"] in ("GET", "HEAD"):
            # Relative, so that it is right behind every proxy.
            query = scope.get("query_string", b"").decode("latin-1")
            name = quote(path.rstrip("/").rsplit("/", 1)[-1])
            return f"../{name}" + (f"?{query}" if query else "")
        scope["path"] = scope["path"][:-1]
        return None


@functools.lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode()


# A server is called by few names, and each request asks.
_is_loopback = functools.lru_cache(maxsize=32)(security.is_loopback_host)
_is_wellformed = functools.lru_cache(maxsize=32)(urls.host_is_wellformed)


def _name(host: str) -> str:
    """The host without its port."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).lower()


def _adding(send: Send, extra: Headers) -> Send:
    """`send`, with headers put on the start of the answer."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            given: Headers = list(message["headers"])
            names = {name.lower() for name, _ in given}
            given += [
                (name, value) for name, value in extra if name not in names or name == b"vary"
            ]
            message = {**message, "headers": given}
        await send(message)

    return add


async def _preflight(send: Send, caller: Caller, extra: Headers) -> None:
    headers: Headers = [
        (b"access-control-allow-methods", b"DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
        (b"access-control-max-age", b"600"),
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"2"),
        *extra,
    ]
    wanted = caller.headers.get(b"access-control-request-headers")
    if wanted:
        headers.append((b"access-control-allow-headers", wanted))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"OK"})


async def _redirect(send: Send, place: str, extra: Headers) -> None:
    headers: Headers = [
        (b"location", place.encode("latin-1", "replace")),
        (b"content-length", b"0"),
        *extra,
    ]
    await send({"type": "http.response.start", "status": 301, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
