"""Addresses: where a caller reaches the app, whichever proxies stand between. Opens nothing."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import Scope

__all__ = ["absolute_files", "host_is_wellformed", "is_trusted", "path_below", "peer_of", "root_of"]

API_PREFIX = "/gradio_api"

_HOST = re.compile(r"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)
_RELATIVE = b'"url":"gradio_api/'


def path_below(scope: Scope) -> str:
    """The path of a request below the place that the app is mounted at."""
    path: str = scope["path"]
    prefix: str = scope.get("root_path", "")
    if prefix and path.startswith(prefix) and path[len(prefix) : len(prefix) + 1] in ("", "/"):
        return path[len(prefix) :]
    return path


def host_is_wellformed(host: str) -> bool:
    """Whether a `Host` header is a name or an address with an optional port, and nothing else."""
    return _HOST.fullmatch(host) is not None


def is_trusted(scope: Scope, proxies: Sequence[str]) -> bool:
    """Whether the request comes from a proxy whose `X-Forwarded-*` headers are believed.

    Args:
        scope: The request.
        proxies: Addresses and networks; `*` for all. A peer without address (a Unix socket) is
            trusted with `*` only.
    """
    if "*" in proxies:
        return True
    peer = scope.get("client")
    if not peer:
        return False
    # Most often it is one of them literally, and this is asked for each request.
    return peer[0] in proxies or any(_is_in(peer[0], network) for network in proxies)


def _is_in(address: str, network: str) -> bool:
    if address == network:
        return True
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def peer_of(
    scope: Scope, headers: Mapping[bytes, bytes], proxies: Sequence[str]
) -> tuple[str, int] | None:
    """Address of the caller: the last one in `X-Forwarded-For` that is no trusted proxy, else
    the peer's.
    """
    peer: tuple[str, int] | None = tuple(scope["client"]) if scope.get("client") else None
    forwarded = headers.get(b"x-forwarded-for")
    if forwarded is None or not is_trusted(scope, proxies):
        return peer
    hops = [hop.strip() for hop in forwarded.decode("latin-1").split(",") if hop.strip()]
    for hop in reversed(hops):
        if "*" not in proxies and not any(_is_in(hop, network) for network in proxies):
            return hop, 0
    return (hops[0], 0) if hops else peer


def root_of(
    scope: Scope, headers: Mapping[bytes, bytes], root_path: str, proxies: Sequence[str]
) -> str:
    """Absolute base address of the app as this caller reaches it, without trailing slash.

    Args:
        scope: The request.
        headers: Its headers.
        root_path: What the author set: a path or a whole address.
        proxies: Whose `X-Forwarded-*` headers are believed.
    """
    if root_path.startswith(("http://", "https://")):
        return root_path.rstrip("/")
    trusted = is_trusted(scope, proxies)
    scheme = "https" if scope.get("scheme") in ("https", "wss") else "http"
    host = _first(headers, b"host") or _server(scope)
    prefix: str = scope.get("root_path", "").rstrip("/")
    if trusted:
        forwarded = _first(headers, b"x-forwarded-host")
        gateway = _first(headers, b"x-gradio-server")
        if forwarded and host_is_wellformed(forwarded):
            host = forwarded
        elif gateway:
            parts = urlsplit(gateway if "//" in gateway else f"//{gateway}")
            if host_is_wellformed(parts.netloc):
                scheme, host = parts.scheme or scheme, parts.netloc
                prefix = parts.path.rstrip("/") or prefix
        if _first(headers, b"x-forwarded-proto") == "https":
            scheme = "https"
    if root_path.strip("/"):
        prefix = "/" + root_path.strip("/")
    return f"{scheme}://{host}{prefix}"


def absolute_files(data: bytes, root: str) -> bytes:
    """JSON with whole addresses of files in place of relative ones.

    Only a member `url` can match: inside a JSON text the quotes would be escaped.
    """
    if _RELATIVE not in data:
        return data
    return data.replace(_RELATIVE, b'"url":"' + root.encode() + b"/gradio_api/")


def _first(headers: Mapping[bytes, bytes], name: bytes) -> str:
    """The first item of a header that may hold several."""
    value = headers.get(name)
    return value.decode("latin-1").split(",", 1)[0].strip() if value else ""


def _server(scope: Scope) -> str:
    server = scope.get("server")
    if not server:
        return "localhost"
    host, port = server[0], server[1]
    return f"{host}:{port}" if port else str(host)
