"""The one outbound HTTP client: downloads a public URL that somebody named, and nothing else.

Blocks, so it runs in a worker thread. Keeps no cookies or connections, heeds no proxy variables.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import os
import re
import socket
import ssl
import time
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, unquote, urljoin, urlsplit

import msgspec

from limelight.core.filenames import clean_name
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

__all__ = [
    "FetchLimits",
    "FetchRefused",
    "RemoteFile",
    "fetch_to",
    "is_public",
    "open_url",
    "resolve",
]

_CHUNK_BYTES = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_TELLING = "Name a public http or https address of a file."

# What `ipaddress` may take for global, but leads inside: 6to4 and its relays, Teredo, NAT64,
# site-local, and the address under which the machines of one cloud provider reach its agent.
_INWARD = tuple(
    ipaddress.ip_network(text)
    for text in (
        "2002::/16",
        "2001::/32",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "fec0::/10",
        "::/96",
        "192.88.99.0/24",
        "168.63.129.16/32",
    )
)


class FetchRefused(PayloadError):
    """A URL may not be fetched, or what it leads to is not a file within the limits."""

    code = "fetch-refused"


class FetchLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one download may cost."""

    size_bytes: int = 1024**3
    """Bytes of the body."""
    time_s: float = 120.0
    """Seconds for everything, redirects included."""
    idle_s: float = 15.0
    """Seconds to connect, and between two pieces of the answer."""
    redirects: int = 5


def is_public(address: str) -> bool:
    """Whether an IP address lies in the internet: not in this machine, its network or a tunnel."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return not any(found in network for network in _INWARD if network.version == found.version)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch_to(
    url: str,
    target_dir: Path,
    *,
    limits: FetchLimits | None = None,
    resolver: Callable[[str, int], list[str]] = resolve,
    allow_private: bool = False,
) -> Path:
    """Download a URL into a folder; the file gets the name that the URL ends with.

    Args:
        url: With the scheme http or https.
        target_dir: An empty folder.
        limits: What it may cost.
        resolver: Gives the addresses of a host and port.
        allow_private: Whether addresses of this machine and its network are fetched, too.

    Raises:
        FetchRefused: the address is not public, or the download failed or is too large.
    """
    with open_url(url, limits=limits, resolver=resolver, allow_private=allow_private) as remote:
        place = target_dir / remote.name
        try:
            with open(place, "xb", buffering=0) as file:
                for chunk in remote:
                    view = memoryview(chunk)
                    while view:
                        view = view[file.write(view) :]
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    return place


def open_url(
    url: str,
    *,
    limits: FetchLimits | None = None,
    resolver: Callable[[str, int], list[str]] = resolve,
    allow_private: bool = False,
) -> RemoteFile:
    """The file at a URL, with its body still to be read. The arguments are those of `fetch_to`.

    Raises:
        FetchRefused: the address is not public, or there is no file.
    """
    limits = limits or FetchLimits()
    deadline_s = time.monotonic() + limits.time_s
    place = url
    for _ in range(limits.redirects + 1):
        try:
            target = _Target(place)
            connection = _connect(target, limits, deadline_s, resolver, is_open=allow_private)
            response = _ask(connection, target, limits, deadline_s)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, FetchRefused):
                raise
            raise FetchRefused(f"{_short(url)} could not be fetched: {_reason(error)}.") from error
        if response.status not in _REDIRECTS:
            return RemoteFile(url, place, connection, response, limits)
        location = response.headers.get("location", "")
        connection.close()
        place = urljoin(place, location)
    raise FetchRefused(
        f"{_short(url)} is redirected more than {limits.redirects} times. {_TELLING}"
    )


class RemoteFile:
    """A file that is being downloaded: its name and type are known, its bytes come by iterating."""

    def __init__(
        self,
        asked: str,
        found: str,
        connection: socket.socket,
        response: http.client.HTTPResponse,
        limits: FetchLimits,
    ) -> None:
        self._url = asked
        self._connection = connection
        self._response = response
        self._limits = limits
        self.mime = response.headers.get_content_type()
        self.name = _name_of(asked, found, self.mime)
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        if self._response.status != 200:
            raise FetchRefused(
                f"{_short(self._url)} answered {self._response.status} instead of 200. {_TELLING}"
            )
        coding = self._response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", ""):
            raise FetchRefused(f"{_short(self._url)} answered in the coding {coding!r}, unasked.")
        if (self._response.length or 0) > self._limits.size_bytes:
            raise self._too_large()

    def _too_large(self) -> FetchRefused:
        return FetchRefused(
            f"{_short(self._url)} is larger than {self._limits.size_bytes} bytes, the most fetched."
        )

    def __iter__(self) -> Iterator[bytes]:
        """The body in pieces.

        Raises:
            FetchRefused: it is too large, takes too long, or ends early.
        """
        size = 0
        expected = self._response.length
        while True:
            try:
                chunk = self._response.read1(_CHUNK_BYTES)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise FetchRefused(
                    f"{_short(self._url)} could not be fetched: {_reason(error)}."
                ) from error
            if not chunk:
                break
            size += len(chunk)
            if size > self._limits.size_bytes:
                raise self._too_large()
            yield chunk
        if expected is not None and size < expected:
            raise FetchRefused(f"{_short(self._url)} ended after {size} of {expected} bytes.")

    def close(self) -> None:
        """Close the connection."""
        self._response.close()
        self._connection.close()

    def __enter__(self) -> RemoteFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Target:
    """A URL taken apart, in the one way that is also used to connect."""

    def __init__(self, url: str) -> None:
        if len(url) > 8192 or re.search(r"[\x00-\x20\x7f\\]", url):
            raise FetchRefused(f"{_short(url)} is not an address. {_TELLING}")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or not parts.hostname:
            raise FetchRefused(f"{_short(url)} is not fetched. {_TELLING}")
        self.url = url
        self.is_secure = parts.scheme == "https"
        self.port = parts.port or (443 if self.is_secure else 80)
        host = parts.hostname
        self.host = host if host.isascii() else host.encode("idna").decode()
        if re.search(r"[^A-Za-z0-9._:%~-]", self.host):
            raise FetchRefused(f"{_short(url)} names no host. {_TELLING}")
        shown = f"[{self.host}]" if ":" in self.host else self.host
        self.authority = shown if parts.port is None else f"{shown}:{parts.port}"
        path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*-._")
        query = quote(parts.query, safe="/%:=&~+!$,;'@()*-._?")
        self.path = f"{path}?{query}" if query else path


def _connect(
    target: _Target,
    limits: FetchLimits,
    deadline_s: float,
    resolver: Callable[[str, int], list[str]],
    *,
    is_open: bool,
) -> socket.socket:
    """A connection to one of the addresses that were checked, never to the name again."""
    literal = _literal(target.host)
    addresses = [literal] if literal else resolver(target.host, target.port)
    # One address inside is enough: a name that leads to both kinds is there to get past this line.
    if not addresses or not (is_open or all(map(is_public, addresses))):
        raise FetchRefused(f"{_short(target.url)} does not lead to a public address. {_TELLING}")
    problem: OSError = OSError("no address answers")
    for address in addresses[:4]:
        left_s = min(limits.idle_s, deadline_s - time.monotonic())
        if left_s <= 0:
            raise TimeoutError("it took too long")
        try:
            plain = socket.create_connection((address, target.port), timeout=left_s)
        except OSError as error:
            problem = error
            continue
        if not target.is_secure:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise problem


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _ask(
    connection: socket.socket, target: _Target, limits: FetchLimits, deadline_s: float
) -> http.client.HTTPResponse:
    """The answer to a GET, read up to the end of its headers."""
    request = (
        f"GET {target.path} HTTP/1.1\r\n"
        f"Host: {target.authority}\r\n"
        "User-Agent: limelight\r\n"
        "Accept: */*\r\n"
        "Accept-Encoding: identity\r\n"
        "Connection: close\r\n"
        "\r\n"
    )
    try:
        connection.sendall(request.encode("ascii"))
        timed = _Timed(connection, limits.idle_s, deadline_s)
        # It asks its socket for nothing but `makefile`.
        response = http.client.HTTPResponse(cast("socket.socket", timed), method="GET")
        response.begin()
    except BaseException:
        connection.close()
        raise
    return response


class _Timed(io.RawIOBase):
    """A connection's bytes, with a limit for each read and one for all of them together."""

    def __init__(self, connection: socket.socket, idle_s: float, deadline_s: float) -> None:
        self._connection = connection
        self._idle_s = idle_s
        self._deadline_s = deadline_s

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(self, _CHUNK_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left_s = self._deadline_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("it took too long")
        self._connection.settimeout(min(self._idle_s, left_s))
        return self._connection.recv_into(buffer)


def _name_of(asked: str, found: str, mime: str) -> str:
    """A file name: what the URL ends with, or what it was redirected to if that says more."""
    names = [unquote(urlsplit(url).path.rpartition("/")[2]) for url in (asked, found)]
    name = next((n for n in names if os.path.splitext(n)[1]), names[0] or names[1])
    if not os.path.splitext(name)[1]:
        import mimetypes

        known = {"image/webp": ".webp", "image/jpeg": ".jpeg", "audio/wav": ".wav"}
        name = (name or "file") + (known.get(mime) or mimetypes.guess_extension(mime) or "")
    return clean_name(name)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _short(url: str) -> str:
    return repr(url if len(url) <= 100 else url[:97] + "...")
