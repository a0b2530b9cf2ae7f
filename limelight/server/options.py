"""`ServerOptions`: what `launch()` and `mount_gradio_app()` decide about serving an app. Plain
data.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import msgspec

from limelight.settings import Settings

__all__ = ["VERSION", "ServerOptions"]

VERSION = "6.31.0"
"""Version of the protocol that clients are told; they choose what they ask for by it."""

ASSETS = Path(__file__).parent / "assets"


class ServerOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How one app is served."""

    environment: Settings = Settings()
    """What the environment said."""
    root_path: str = ""
    """Where a proxy shows the app: a path, or a whole address; empty if it is not moved."""
    port: int = 0
    """Port of the server; part of the identity cookie's name, because cookies are shared by all
    ports of a host.
    """
    is_loopback: bool = False
    """Whether the server listens at a loopback address only, so that `Host` must be a loopback
    name.
    """
    allowed_hosts: tuple[str, ...] = ()
    """Other `Host` names that a loopback server answers to."""
    adds_date: bool = False
    """Whether answers get a `Date` header here, because the server below adds none."""
    is_mounted: bool = False
    """Whether another application serves it; host names and CORS are then that one's business."""
    is_shared: bool = False
    """Whether a share link exists; search engines are kept out then."""
    strict_cors: bool = True
    """Whether pages with the origin `null` are kept out of a local server."""
    max_file_size_bytes: int | None = None
    """Largest upload; None is no limit."""
    favicon_path: str | None = None
    """File of the icon; a lamp if None."""
    show_error: bool = False
    """Whether clients see the text of any exception."""
    footer_links: list[Any] | None = None
    """What the footer shows; all if None."""
    pwa: bool = False
    """Whether the page can be installed as an app."""
    frame_ancestors: str = ""
    """Sites that may embed the page, as the content security policy writes them; any if empty."""
    assets: Path = ASSETS
    """Folder of the built browser half."""
    secret: bytes = msgspec.field(default_factory=lambda: secrets.token_bytes(32))
    """Signs identity cookies; new in every process, unless the app keeps things for its readers."""
