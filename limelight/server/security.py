"""What an auditor asks for: paths, served headers, ranges, origins, redirects, signatures.

Pure functions over text; the middleware and the routes act on what they say.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import os
import re
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import msgspec

from limelight.core.filenames import clean_name

if TYPE_CHECKING:
    from limelight.core.files import Stored

__all__ = [
    "Limits",
    "Unsatisfiable",
    "bearer_identity",
    "content_disposition",
    "cookie_name",
    "file_headers",
    "identity_token",
    "is_loopback_host",
    "join_path",
    "local_target",
    "new_identity",
    "parse_range",
    "read_identity",
    "same_origin",
    "sign",
    "verify",
]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one upload may cost. The size of a single file is the file cache's `max_file_size`."""

    parts: int = 1000
    """Parts of one request."""
    part_header_bytes: int = 16 * 1024
    """Bytes of all headers of one part."""
    filename_bytes: int = 1024
    """Bytes of a file name as it is sent; what is stored is cut to 200."""
    ignored_bytes: int = 1024 * 1024
    """Bytes outside of files: other form fields, and what stands before and after the parts."""
    upload_bytes: int | None = None
    """Bytes of one request; None sets no limit."""
    owner_bytes: int | None = 4 * 1024**3
    """Bytes that one account may have in the cache at a time; None sets no limit."""


# ---- paths -----------------------------------------------------------------------------------


def join_path(root: Path, requested: str) -> Path | None:
    """The regular file below `root` that a URL's path names, its links followed; None without one.

    Each segment must be a plain name: not empty, no dot file, nothing that some system reads as
    something else. The disk is looked at only after that.
    """
    if len(requested) > 4096 or not all(map(_is_plain_name, requested.split("/"))):
        return None
    # A name that is encoded twice is not decoded here, but somebody behind us could.
    if "%" in requested and not all(map(_is_plain_name, unquote(unquote(requested)).split("/"))):
        return None
    folder = os.path.realpath(root)
    real = Path(os.path.realpath(os.path.join(folder, requested)))
    if not real.is_relative_to(folder):
        return None
    try:
        return real if stat.S_ISREG(os.lstat(real).st_mode) else None
    except OSError:
        return None


def _is_plain_name(segment: str) -> bool:
    return not segment.startswith(".") and clean_name(segment) == segment


def local_target(text: str | None) -> str:
    """Where a redirect may lead: path and query of `text`, if they stay on this origin; else `/`.

    Starts with exactly one slash that no other slash or backslash follows, also when decoded.
    """
    target = re.sub(r"^https?://[^/\\?#\s]*(?=/)", "", text or "", count=1, flags=re.IGNORECASE)
    spelled = target
    for _ in range(3):
        if re.search(r"[\x00-\x20\x7f\\]", spelled) or not re.match(r"/(?!/)", spelled):
            return "/"
        spelled = unquote(spelled.partition("?")[0])
    return target if target.isascii() else quote(target, safe="/?&=#%:;,+@!$'()*~-._")


# ---- served files ------------------------------------------------------------------------------

_INLINE = frozenset(
    "image/" + kind
    for kind in (
        "png",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "bmp",
        "tiff",
        "x-icon",
        "vnd.microsoft.icon",
    )
) | {"text/plain", "application/json"}


def file_headers(stored: Stored) -> dict[str, str]:
    """Headers for a file: shown if no browser runs it or its author opened it, else only saved.

    A page that the author opened keeps its type, but runs in an origin of its own: what functions
    write into such a folder must not act as the app.
    """
    mime = stored.mime.partition(";")[0].strip().lower()
    is_harmless = mime in _INLINE or mime.startswith(("audio/", "video/"))
    is_inline = is_harmless or stored.is_allowed
    kind = mime if is_inline else "application/octet-stream"
    headers = {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "content-disposition": content_disposition(stored.name, is_inline=is_inline),
        "x-content-type-options": "nosniff",
        # A handle's content never changes, but only its owner may have it.
        "cache-control": "no-cache" if stored.is_allowed else "private, max-age=86400",
    }
    if not is_inline:
        headers["content-security-policy"] = "sandbox; default-src 'none'"
    elif not is_harmless:
        headers["content-security-policy"] = (
            "sandbox allow-scripts allow-forms allow-popups allow-downloads"
        )
    return headers


def content_disposition(name: str, *, is_inline: bool) -> str:
    """The header's value; names beyond plain ASCII in the form of RFC 6266 and RFC 5987."""
    kind = "inline" if is_inline else "attachment"
    if re.fullmatch(r"[A-Za-z0-9 ._()+,=@~^&#'-]+", name):
        return f'{kind}; filename="{name}"'
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"


# ---- ranges ------------------------------------------------------------------------------------

_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.IGNORECASE | re.ASCII)
_LONGEST_RANGE = 100


class Unsatisfiable(Exception):  # a case, not a fault
    """A range that has no byte of the file: answer 416."""


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a `Range` header asks for, of a file with `size` bytes.

    None when the whole file is to be sent: no header, malformed, another unit, or several ranges
    (RFC 9110, section 14.2: a server may ignore it).

    Raises:
        Unsatisfiable: it starts behind the end, or asks for the last 0 bytes.
    """
    found = _RANGE.fullmatch(header) if len(header) <= _LONGEST_RANGE else None
    if found is None or found.group(1) == found.group(2) == "":
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return max(0, size - int(last)), size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last), size - 1) if last else size - 1


# ---- origins -----------------------------------------------------------------------------------

_AUTHORITY = re.compile(r"([a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?", re.IGNORECASE | re.ASCII)
_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


def is_loopback_host(host: str) -> bool:
    """Whether a `Host` header is `localhost`, a name below it, or a loopback address.

    Any other name that leads to a loopback address is DNS rebinding.
    """
    found = _AUTHORITY.fullmatch(host)
    if found is None:
        return False
    name = found[1].lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def same_origin(origin: str, scheme: str, authority: str) -> bool:
    """Whether an `Origin` header is exactly this scheme, host and port. `null` never is.

    Args:
        origin: The header.
        scheme: `http` or `https`, as the caller reaches the app; `ws` and `wss` count as those.
        authority: Host with optional port, as the caller reaches the app.
    """
    found = re.fullmatch(r"(https?)://([^/?#@\s]+)", origin, flags=re.IGNORECASE | re.ASCII)
    if found is None:
        return False
    theirs = _origin(found[1].lower(), found[2])
    return theirs is not None and theirs == _origin(scheme.lower(), authority)


def _origin(scheme: str, authority: str) -> tuple[str, int] | None:
    """Host with the kind of scheme, and port."""
    found = _AUTHORITY.fullmatch(authority)
    default = _PORTS.get(scheme)
    if found is None or default is None:
        return None
    is_secure = default == 443
    port = int(found[2]) if found[2] else default
    return f"{is_secure} {found[1].lower()}", port


# ---- signatures --------------------------------------------------------------------------------


def sign(value: str, secret: bytes, purpose: str = "") -> str:
    """The value with a signature behind it, valid for one purpose."""
    return f"{value}.{_signature(value, secret, purpose)}"


def verify(text: str, secret: bytes, purpose: str = "") -> str | None:
    """The value that `sign` was given; None if the signature is not ours."""
    value, _, signature = text.rpartition(".")
    wanted = _signature(value, secret, purpose)
    is_ours = hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace"))
    return value if is_ours else None


def _signature(value: str, secret: bytes, purpose: str) -> str:
    text = f"{len(purpose)}:{purpose}{value}".encode("utf-8", "replace")
    return base64.urlsafe_b64encode(hmac.digest(secret, text, hashlib.sha256)).decode().rstrip("=")


def new_identity() -> str:
    """A name for somebody who has none yet; not guessable, and nothing but a name."""
    return secrets.token_urlsafe(18)


def identity_token(identity: str, secret: bytes) -> str:
    """What the identity cookie holds."""
    return sign(identity, secret, "identity")


def read_identity(token: str, secret: bytes) -> str | None:
    """Whom an identity cookie names; None if we did not sign it."""
    return verify(token, secret, "identity") if len(token) <= 512 else None


def bearer_identity(token: str, secret: bytes) -> str:
    """Who sends a bearer token: a name that says nothing about it, the same for equal ones."""
    return "bearer:" + _signature(token, secret, "bearer")


def cookie_name(port: int) -> str:
    """Name of the identity cookie; with the port, because all ports of a host share cookies."""
    return f"limelight-id-{port}"
