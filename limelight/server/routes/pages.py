"""The HTML pages: everything that the browser needs for the first paint and the first click, in
one answer.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from limelight.runtime.rejected import Rejected
from limelight.server import firstpaint, reply, security
from limelight.server.caller import caller_of
from limelight.server.manifest import Assets, PageFiles
from limelight.server.routes.deep_links import Shown, shown_by
from limelight.server.site import site_of
from limelight.server.urls import path_below
from limelight.themes.css import MODE_SCRIPT
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from limelight.core.graph import Graph
    from limelight.server.caller import Caller
    from limelight.server.site import Site

__all__ = ["ICON", "build", "by_name", "routes"]

_ESCAPES = (
    (b"<", b"\\u003c"),
    (b">", b"\\u003e"),
    (b"&", b"\\u0026"),
    (b"'", b"\\u0027"),
    ("\u2028".encode(), b"\\u2028"),
    ("\u2029".encode(), b"\\u2029"),
)

MOST_OLD_COOKIES = 8
"""Identity cookies of other apps at this address that a browser may keep."""

_NOT_ON_THE_PAGE = frozenset((
    "analytics_enabled", "body_css", "css", "dev_mode", "enable_queue", "head", "is_colab", "mode",
    "page", "protocol", "pwa", "run_history", "space_id", "stylesheets", "theme", "theme_hash",
    "vibe_mode",
))  # fmt: skip
"""Members of the config that nobody reads who finds it in the page, or that stand in it."""
_NOT_IN_A_BLOCK = frozenset(
    ("api_info", "api_info_as_input", "api_info_as_output", "component_class_id", "example_inputs")
)
# NOTE: what web/src/client/protocol.ts has as members that may be missing.
_NOT_IN_A_LISTENER = frozenset((
    "api_description", "api_visibility", "batch", "collects_event_data", "max_batch_size",
    "stream_every", "time_limit",
))  # fmt: skip
_USUAL: dict[str, Any] = {
    "cancels": [],
    "component_prop_inputs": [],
    "connection": "sse",
    "scroll_to_output": False,
    "show_progress": "full",
    "trigger_mode": "once",
    "trigger_only_on_failure": False,
    "trigger_only_on_success": False,
    "types": {"generator": False, "cancel": False},
}
"""What the browser half takes a listener's member for that is missing."""
_OFF = frozenset(("autofocus", "equal_height", "rtl", "show_progress", "stop_btn", "submit_btn"))
"""Props of the commonest blocks for which a missing one is as good as False."""
_COMMONEST = frozenset(("column", "row", "textbox"))
_AUTHORED = frozenset(("html", "workflowcanvas"))
"""Tags whose content is the author's own markup and scripts."""
_EVALUATING = frozenset(("nativeplot", "plot"))
"""Tags whose library makes functions from text."""

ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<path fill='#84cc16' d='M16 2 4 24h24z'/><path fill='#ecfccb' d='m16 9 6.5 12h-13z'/>"
    "<rect width='20' height='3' x='6' y='26' fill='#3f6212' rx='1.5'/></svg>"
)
"""The icon of an app whose author gave none."""
_LONG_SCRIPT = 16_000
_ICON_URL = "data:image/svg+xml," + ICON.replace("#", "%23")
"""The same without a request of its own."""

NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not built</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem">
<h1>The browser half is not built</h1>
<p>The API works, but this copy of the package has no page to show:
<code>limelight/server/assets</code> is empty.</p>
<p>In a checkout of the repository run <code>make install build</code>
(or <code>npm ci &amp;&amp; npm run build</code>),
then reload. A package installed from an index has its page inside.</p></body></html>"""


class _Built(NamedTuple):
    body: bytes
    gzipped: bytes
    policy: str


def _inline(data: bytes) -> str:
    """JSON that can stand inside a script element."""
    for char, replacement in _ESCAPES:
        data = data.replace(char, replacement)
    return data.decode()


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _policy(graph: Graph, tags: set[str], scripts: list[str], frame_ancestors: str) -> str:
    """The content security policy: as strict as what the author put on the page allows."""
    has_markup = bool(graph.settings.head) or bool(tags & _AUTHORED)
    has_code = (
        bool(graph.settings.js)
        or bool(tags & _EVALUATING)
        or any(x.js or x.render_id is not None for x in graph.listeners.values())
    )
    if has_markup:
        sources = "* 'unsafe-inline' 'unsafe-eval' data: blob:"
    else:
        sources = "'self' " + " ".join(map(_hash, scripts))
        sources += " 'unsafe-eval'" if has_code else " 'wasm-unsafe-eval'"
    rules = [
        f"script-src {sources}",
        "object-src 'none'",
        "base-uri 'self'",
        "worker-src 'self' blob:",
    ]
    if frame_ancestors:
        rules.append(f"frame-ancestors {frame_ancestors}")
    return "; ".join(rules)


def build(site: Site, page: str, root: str, shown: Shown | None = None) -> _Built:
    """The whole page as bytes, with what a link stands for."""
    assets = Assets(site.options.assets)
    if not assets.is_built:
        body = NOT_BUILT.encode()
        return _Built(body, reply.gzipped(body), "default-src 'none'; style-src 'unsafe-inline'")
    shown = shown or Shown("none")
    config = shown.config(site.config(page))
    tags = {component["type"] for component in config["components"]}
    files = assets.page(dict.fromkeys(component["type"] for component in config["components"]))
    members: dict[str, Any] = {
        "root": root,
        "username": None,
        "current_page": page,
        "deep_link_state": shown.state,
    }
    data = encode({**_lean(config), **members})
    script = f"window.gradio_config = {_inline(data)};"
    settings = site.graph.settings
    up = "../" * page.strip("/").count("/")
    body = _html(
        {
            "title": escape(site.title),
            "up": up,
            "icon": f"{up}favicon.ico" if site.options.favicon_path else _ICON_URL,
            **_loading(files, script, f"{up}assets/"),
            "manifest": f'<link rel="manifest" href="{up}manifest.json">'
            if site.options.pwa
            else "",
            "theme": _style_safe(site.theme_css),
            "css": f'<style data-custom="css">{_style_safe(settings.css)}</style>'
            if settings.css
            else "",
            "head": f'<meta data-custom="head">{settings.head}' if settings.head else "",
            "entry": f"{up}assets/{files.entry}",
            "paint": firstpaint.paint(config, page),
        }
    ).encode()
    policy = _policy(site.graph, tags, [MODE_SCRIPT, script], site.options.frame_ancestors)
    level = 9 if shown.state == "none" else 1  # made for one visit
    return _Built(body, reply.gzipped(body, level), policy)


def _lean(config: dict[str, Any]) -> dict[str, Any]:
    """The config without what the page has no use for: every reader waits for these bytes."""
    components = [
        {
            k: v
            for k, v in block.items()
            if k not in _NOT_IN_A_BLOCK and v is not None and v is not False
        }
        for block in config["components"]
    ]
    for block in components:
        props: dict[str, Any] = block["props"]
        block["props"] = {k: v for k, v in props.items() if not _says_nothing(k, v, block)}
    listeners = [
        {
            k: v
            for k, v in listener.items()
            if k not in _NOT_IN_A_LISTENER and v is not None and (k not in _USUAL or v != _USUAL[k])
        }
        for listener in config["dependencies"]
    ]
    kept = {k: v for k, v in config.items() if k not in _NOT_ON_THE_PAGE and v is not None}
    return {**kept, "components": components, "dependencies": listeners}


def _says_nothing(name: str, value: Any, block: dict[str, Any]) -> bool:
    """Whether the browser half does the same without this prop."""
    if name == "name":
        return bool(value == block["type"])
    if value is False and name in _OFF:
        return block["type"] in _COMMONEST
    if name == "preserved_by_key":
        return value == [] or block.get("key") is None
    return (
        name == "_selectable"
        or (name == "visible" and value is True)
        or (name == "elem_classes" and value == [])
        or (name == "link_target" and value == "_self")
    )


def _style_safe(css: str) -> str:
    """CSS that cannot end its element."""
    return css.replace("</", "<\\/")


def _loading(files: PageFiles, config: str, folder: str) -> dict[str, str]:
    """What is fetched, and the config. A script waits for the style sheets before it: a short one
    may, a long one runs meanwhile. The browser looks for files only as far as the page has come, so
    those are told before a long one, too. Modules are scripts rather than only preloaded: they run
    one after the other at once, where an import of one that did not run takes turns with frames.
    """
    styles = [f'<link rel="stylesheet" href="{folder}{name}">' for name in files.styles]
    modules = [f'<script type="module" src="{folder}{name}"></script>' for name in files.modules]
    script = f"<script>{config}</script>"
    if len(config) < _LONG_SCRIPT:
        return {"links": "\n".join(styles + modules), "config": script}
    soon = [f'<link rel="preload" as="style" href="{folder}{name}">' for name in files.styles]
    return {"links": "\n".join([*soon, *modules, script, *styles]), "config": ""}


def _html(part: dict[str, str]) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{part["title"]}</title>
<link rel="icon" href="{part["icon"]}">
{part["manifest"]}<style>{part["theme"]}</style>
<style>{firstpaint.style(part["paint"])}</style>
<script type="module" src="{part["entry"]}"></script>
{part["links"]}
{part["css"]}{part["head"]}
{part["config"]}
</head>
<body><script>{MODE_SCRIPT}</script>
<gradio-app>{part["paint"]}</gradio-app>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
"""


async def _answer(site: Site, caller: Caller, page: str) -> Response:
    shown = await shown_by(caller)
    if shown.state == "none":
        built = site.page(page, caller.root, lambda: build(site, page, caller.root))
    else:
        built = await asyncio.to_thread(build, site, page, caller.root, shown)
    headers = {
        "cache-control": "private, no-cache",
        "content-security-policy": built.policy,
        "referrer-policy": "same-origin",
        "vary": "Accept-Encoding, Cookie",
    }
    body = built.body
    if reply.accepts(caller.header(b"accept-encoding"), "gzip"):
        body = built.gzipped
        headers["content-encoding"] = "gzip"
    response = HTMLResponse(body, headers=headers)
    if caller.visitor is None:  # also with a bearer, which a proxy may add and exchange
        _introduce(site, caller, response)
    return response


def _introduce(site: Site, caller: Caller, response: Response) -> None:
    """Give a browser a name that only this app can have given it."""
    prefix = site.options.root_path.strip("/")
    path = caller.scope.get("root_path") or (f"/{prefix}" if "://" not in prefix else "/")
    old = [name for name in caller.cookies if name.startswith(caller.cookie_family)]
    if len(old) > MOST_OLD_COOKIES:  # of processes that ended, mostly
        for name in old:
            response.delete_cookie(name, path=path)
    response.set_cookie(
        caller.cookie_name,
        security.identity_token(security.new_identity(), site.options.secret),
        path=path,
        httponly=True,
        samesite="lax",
        secure=caller.is_secure,
    )


async def home(request: Request) -> Response:
    """GET and HEAD `/`."""
    return await _answer(site_of(request.scope), caller_of(request.scope), "")


async def by_name(scope: Scope, receive: Receive, send: Send) -> None:
    """GET and HEAD `/{page}`, for what no route knows.

    Raises:
        Rejected: 404, the app has no such page; 405 for another method.
    """
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    site = site_of(scope)
    page = site.page_named(path_below(scope))
    if page is None:
        raise Rejected(404, "Not Found")
    if scope["method"] not in ("GET", "HEAD"):
        raise Rejected(405, "Method Not Allowed")
    answer = await _answer(site, caller_of(scope), page)
    await answer(scope, receive, send)


routes = [Route("/", home)]
