"""`Caller`: who sent a request, from its headers and connection; makes the snapshot that travels
with a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from limelight.core.request import Headers, Request
from limelight.server import security, urls
from limelight.server.onceproperty import once_property

if TYPE_CHECKING:
    from starlette.types import Scope

    from limelight.server.site import Site

__all__ = ["Caller", "caller_of"]

_KEY = "limelight.caller"


class Caller:
    """Who sent a request. Everything is worked out when it is asked for."""

    def __init__(self, scope: Scope, site: Site) -> None:
        self.scope = scope
        self.site = site
        self.headers: dict[bytes, bytes] = dict(scope["headers"])

    def header(self, name: bytes) -> str:
        """A header's text; empty if it is not there."""
        return self.headers.get(name, b"").decode("latin-1")

    @once_property
    def cookies(self) -> dict[str, str]:
        """The cookies by name."""
        found: dict[str, str] = {}
        if b"cookie" not in self.headers:
            return found
        for item in self.header(b"cookie").split(";"):
            name, separator, value = item.partition("=")
            if (
                separator
            ):  # of several with one name the browser sends that of the nearest path first
                found.setdefault(name.strip(), value.strip().strip('"'))
        return found

    @once_property
    def query(self) -> dict[str, str]:
        """The query's members; the last of several with one name."""
        raw: bytes = self.scope.get("query_string", b"")
        if not raw:
            return {}
        try:
            return dict(
                parse_qsl(raw.decode("latin-1"), keep_blank_values=True, max_num_fields=1000)
            )
        except ValueError:
            return {}

    @once_property
    def address(self) -> tuple[str, int] | None:
        """Where the caller is, behind trusted proxies too."""
        return urls.peer_of(self.scope, self.headers, self.proxies)

    @once_property
    def root(self) -> str:
        """Absolute base address of the app as this caller reaches it, without trailing slash."""
        return urls.root_of(self.scope, self.headers, self.site.options.root_path, self.proxies)

    @property
    def is_secure(self) -> bool:
        """Whether the caller reaches the app over TLS."""
        return self.root.startswith("https://")

    @once_property
    def cookie_name(self) -> str:
        """Name of the identity cookie: of this app, which may share a host or an address with
        others.
        """
        return self.cookie_family + self.site.tag

    @property
    def cookie_family(self) -> str:
        """What the names of the identity cookies of all apps at this port begin with."""
        server = self.scope.get("server")
        port = self.site.options.port or (server[1] if server else 0)
        return security.cookie_name(port or 0) + "-"

    @once_property
    def visitor(self) -> str | None:
        """Whom the signed cookie names; None without a valid one."""
        token = self.cookies.get(self.cookie_name)
        if token is None:
            return None
        return security.read_identity(token, self.site.options.secret)

    @once_property
    def identity(self) -> str | None:
        """Whom sessions and files belong to: whom the cookie names, or else whoever knows the
        bearer that programs send; None without either.
        """
        if self.visitor is not None:
            return self.visitor
        for name in (b"authorization", b"x-hf-authorization"):
            scheme, _, token = self.header(name).partition(" ")
            if scheme.lower() == "bearer" and token.strip():
                return security.bearer_identity(token.strip(), self.site.options.secret)
        return None

    @property
    def counts_as(self) -> str:
        """For whom limits count a request: a visitor or an address, not a bearer, of which anybody
        can make up many.
        """
        return self.visitor or (self.address[0] if self.address else "")

    @once_property
    def account(self) -> str:
        """Whose uploads count together: a visitor's, or those from one address with one bearer."""
        if self.visitor is not None:
            return self.visitor
        host = self.address[0] if self.address else ""
        return f"address:{host}|{self.identity or ''}"

    @property
    def is_page(self) -> bool:
        """Whether our own page asks, which resolves relative addresses itself."""
        return self.headers.get(b"x-gradio-user") == b"app"

    @property
    def proxies(self) -> tuple[str, ...]:
        """Whose `X-Forwarded-*` headers are believed."""
        return self.site.options.environment.forwarded_allow_ips

    def request(self) -> Request:
        """The snapshot that travels with a call."""
        scope = self.scope
        path: str = scope["path"]
        made = Request(
            headers=Headers.raw(self.headers),
            query_params=self.query,
            path_params=scope.get("path_params"),
            cookies=self.cookies,
            client=self.address,
            url=self.root + urls.path_below(scope),
            path=path,
            method=scope.get("method", "GET"),
            root=self.root,
            identity=self.identity,
            counts_as=self.counts_as,
        )
        made.request = made
        return made


def caller_of(scope: Scope) -> Caller:
    """Who sent a request; worked out once for each."""
    found: Caller | None = scope.get(_KEY)
    if found is None:
        from limelight.server.site import site_of

        found = scope[_KEY] = Caller(scope, site_of(scope))
    return found
