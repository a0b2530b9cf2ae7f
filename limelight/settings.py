"""Every environment variable, read once into one frozen `Settings`.

Each has two names: `LIMELIGHT_X`, and `GRADIO_X` for scripts and images that set that; ours wins.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Settings", "read_settings", "settings"]


class Settings(NamedTuple):
    """What the environment says."""

    server_name: str | None = None
    """Address that `launch()` listens at, without port."""
    server_port: int | None = None
    """Port that `launch()` listens at; the first free one from 7860 on if None."""
    num_ports: int = 100
    """How many ports are tried."""
    root_path: str = ""
    """Where a proxy shows the app: a path, or a whole address."""
    share: bool = False
    """Whether `launch()` asks for a share link."""
    allowed_paths: tuple[str, ...] = ()
    """Files and folders that may be served, besides those of the app itself."""
    blocked_paths: tuple[str, ...] = ()
    """Files and folders that are never served."""
    temp_dir: str | None = None
    """Folder of uploads and outputs; one in the system's folder for temporary files if None."""
    heartbeat_interval: float = 15.0
    """Seconds between two signs of life on an open stream."""
    resume_window: float = 60.0
    """Seconds that calls and messages of a lost connection are kept for its return."""
    default_concurrency_limit: int | None = 1
    """Calls of one function at a time, for listeners that do not say; None is no limit."""
    fairness: Literal["session", "fifo"] = "session"
    """Who is next when several wait for one function: `session` gives nobody a second turn before
    another's first, `fifo` goes by arrival alone. For apps that do not say.
    """
    shutdown_timeout: float = 30.0
    """Seconds that accepted calls get to finish after SIGTERM; 0 stops at once."""
    log: Literal["info", "debug", "json"] | None = None
    """What is written to the terminal besides warnings: `info` a line per call, `debug` more,
    `json` a line per call as JSON.
    """
    forwarded_allow_ips: tuple[str, ...] = ("127.0.0.1", "::1")
    """Proxies whose `X-Forwarded-*` headers are believed; `*` for all."""
    allowed_hosts: tuple[str, ...] = ()
    """Names besides the local ones by which a browser may call a server at a loopback address."""
    frame_ancestors: str = ""
    """Sites that may show the page in a frame, as security policies name them; all if empty."""
    max_body_size: int = 64 * 1024 * 1024
    """Bytes of a JSON body or of a WebSocket frame; files go by upload."""
    max_json_depth: int = 200
    """How deep JSON may be nested; 500 at most, so that no function runs out of stack."""
    max_upload_parts: int = 1000
    """Parts of one upload."""
    max_part_header_size: int = 16 * 1024
    """Bytes of the headers of one part of an upload."""
    max_filename_size: int = 1024
    """Bytes of an uploaded file's name as it is sent; what is stored is cut to 200."""
    max_disk_per_session: int = 4 * 1024**3
    """Bytes of uploads that one browser, or one address without cookies, may have on the server at
    a time.
    """
    max_queue_per_client: int = 1000
    """Calls of one browser, or of one address without cookies, that wait at a time."""
    max_sessions: int = 10_000
    """Sessions that are kept. The one unused longest makes room for a new one; while all of them
    are in use, new ones are refused.
    """
    max_streams: int = 2000
    """Event streams and sockets that are open at a time."""
    max_outbox_messages: int = 10_000
    """Messages of one session that wait for its reader, or for the return of its connection."""
    max_outbox_bytes: int = 32 * 1024 * 1024
    """Bytes of those messages, about; steps of generators that nobody read are joined before."""
    max_media_bytes: int = 64 * 1024 * 1024
    """Bytes of one session's sound and video that are played while they are made."""
    max_streams_per_client: int = 1000
    """Those of one browser, or of one address without cookies."""
    max_deep_links: int = 1000
    """Links to what a page shows that are kept; the oldest goes first."""
    max_deep_link_size: int = 1024 * 1024
    """Bytes that such a link may hold, without its files."""
    debug: bool = False
    """Whether `launch()` blocks in notebooks too."""
    analytics_enabled: bool = False
    """Accepted and without effect: nothing is ever sent anywhere."""
    examples_cache: str = ".limelight/cached_examples"
    """Folder of cached examples."""
    chat_store: str = ".limelight/chat.db"
    """File of the conversations that `ChatInterface(save_history=True)` keeps, or the URL of a
    database; see the guide on the history of chats.
    """
    cache_examples: bool | None = None
    """Whether examples are cached when their author does not say."""
    cache_mode: str | None = None
    """`eager` or `lazy`: when examples are cached."""
    reset_examples_cache: bool = False
    """Whether cached examples are thrown away at start."""
    flagging_mode: str | None = None
    """`never`, `auto` or `manual`, for interfaces that do not say."""
    chat_flagging_mode: str | None = None
    """The same for chats."""
    mcp_server: bool | None = None
    """Whether an app that does not say offers its functions as tools."""
    hot_reload: bool = False
    """Whether open pages get the browser halves of components anew when their files change."""
    hot_files: str = ""
    """File that gets the paths of those files, a line each; `limelight run --reload` reads it."""
    watch_dirs: tuple[str, ...] = ()
    """Folders whose changes rebuild the app."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in a mapping such as `os.environ`. What cannot be read counts as not set."""
    given: dict[str, Any] = {}
    for name in Settings._fields:
        text = _text(environment, name)
        if text is None:
            continue
        value = _READERS.get(name, str)(text)
        if value is not None:
            given[name] = value
    limit = _text(environment, "default_concurrency_limit")
    if limit is not None and limit.lower() == "none":
        given["default_concurrency_limit"] = None
    return Settings(**given)


@functools.cache
def settings() -> Settings:
    """The settings of this process; the environment is read the first time."""
    return read_settings(os.environ)


def _text(environment: Mapping[str, str], name: str) -> str | None:
    for prefix in ("LIMELIGHT_", "GRADIO_"):
        text = environment.get(prefix + name.upper(), "").strip()
        if text:
            return text
    return None


def _flag(text: str) -> bool:
    return text.lower() in ("1", "true", "yes", "on")


def _whole(text: str) -> int | None:
    try:
        number = int(text)
    except ValueError:
        return None
    return number if number >= 0 else None


def _positive(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None


def _seconds(text: str) -> float | None:
    return 0.0 if text.strip("0.") == "" else _positive(text)


def _count(text: str) -> int | None:
    return _whole(text) or None


def _depth(text: str) -> int | None:
    number = _whole(text)
    return min(number, 500) if number else None


def _choice(*options: str) -> Callable[[str], str | None]:
    return lambda text: text.lower() if text.lower() in options else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


_READERS: Mapping[str, Callable[[str], Any]] = {
    "server_port": _whole,
    "num_ports": _whole,
    "share": _flag,
    "allowed_paths": _list,
    "blocked_paths": _list,
    "heartbeat_interval": _positive,
    "resume_window": _positive,
    "default_concurrency_limit": _count,
    "fairness": _choice("session", "fifo"),
    "shutdown_timeout": _seconds,
    "log": _choice("info", "debug", "json"),
    "forwarded_allow_ips": _list,
    "allowed_hosts": _list,
    "max_body_size": _whole,
    "max_json_depth": _depth,
    "max_upload_parts": _whole,
    "max_part_header_size": _whole,
    "max_filename_size": _whole,
    "max_disk_per_session": _whole,
    "max_queue_per_client": _whole,
    "max_sessions": _count,
    "max_streams": _whole,
    "max_outbox_messages": _whole,
    "max_outbox_bytes": _whole,
    "max_media_bytes": _whole,
    "max_deep_links": _whole,
    "max_deep_link_size": _whole,
    "max_streams_per_client": _whole,
    "debug": _flag,
    "analytics_enabled": _flag,
    "cache_examples": _flag,
    "reset_examples_cache": _flag,
    "mcp_server": _flag,
    "hot_reload": _flag,
    "watch_dirs": _list,
}
