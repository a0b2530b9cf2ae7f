"""`Site`: one served app, as all routes see it. Holds what requests share; answers none itself."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from limelight.core import describe
from limelight.core.component import is_component
from limelight.core.stow import stow
from limelight.runtime.rejected import Rejected
from limelight.server.onceproperty import once_property
from limelight.server.uploads import Uploads
from limelight.themes.choose import choose_theme
from limelight.themes.css import body_css, theme_css
from limelight.wire.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from starlette.types import Scope

    from limelight.core.graph import Graph
    from limelight.runtime.runtime import Runtime
    from limelight.server.caller import Caller
    from limelight.server.hotswap import HotSwap
    from limelight.server.options import ServerOptions

__all__ = ["Site", "site_of"]

T = TypeVar("T")

MOST_PAGES = 32
"""Built pages that are kept: one for each page and address."""


class Site:
    """One served app.

    Args:
        graph: The complete app.
        runtime: Runs it.
        options: How it is served.
    """

    def __init__(self, graph: Graph, runtime: Runtime, options: ServerOptions) -> None:
        self.graph = graph
        self.runtime = runtime
        kept = (getattr(block, "kept_secret", None) for block in graph.blocks.values())
        secret = next((secret for secret in kept if secret), options.secret)
        self.options = msgspec.structs.replace(options, secret=secret)
        self.tag = hashlib.sha256(secret).hexdigest()[:8]
        """Tells this process's app from others at the same address."""
        self.stopping = asyncio.Event()
        """Set when open streams must end."""
        self.is_started = False
        self.is_closed = False
        self.is_draining = False
        """Whether it is about to stop and takes no new calls."""
        self.is_prepared = False
        self.uploads = Uploads()
        self._streams: Counter[str] = Counter()
        self._described: dict[Any, Any] = {}
        self._hot_swap: HotSwap | None = None
        self._pages: dict[tuple[str, str], Any] = {}

    # ---- life --------------------------------------------------------------------------------

    async def start(self) -> None:
        """Get ready on the loop that serves. Starting twice is starting once."""
        if not self.is_started:
            self.is_started = True
            self.is_closed = self.is_draining = False
            self.stopping.clear()
            await self.runtime.start()
            if self.options.environment.hot_reload:
                from limelight.server.hotswap import HotSwap

                self._hot_swap = HotSwap(self)
                self._hot_swap.start()

    @property
    def is_ready(self) -> bool:
        """Whether it takes calls."""
        return self.is_started and not self.is_draining

    async def drain(self, *, has_readers: bool = True) -> None:
        """Take no new calls and finish those that were accepted. Only the first time counts.

        Args:
            has_readers: Whether clients can still reach the server to read their results.
        """
        if self.is_started and not self.is_draining:
            self.is_draining = True
            await self.runtime.drain(has_readers=has_readers)

    async def prepare(self) -> None:
        """Run what has to be run before anybody calls it. Preparing twice is preparing once."""
        if not self.is_prepared:
            self.is_prepared = True
            await self.runtime.prepare()

    async def close(self) -> None:
        """End open streams and stop what runs. Closing twice is closing once."""
        if not self.is_closed:
            self.is_started, self.is_closed = False, True
            self.stopping.set()
            if self._hot_swap is not None:
                self._hot_swap.close()
            await self.runtime.close()

    # ---- streams -----------------------------------------------------------------------------

    @contextmanager
    def stream(self, caller: Caller) -> Generator[None]:
        """Counts an open stream of a caller.

        Raises:
            Rejected: 503 or 429, too many are open.
        """
        who = caller.counts_as
        self.begin_stream(who)
        try:
            yield
        finally:
            self.end_stream(who)

    def begin_stream(self, who: str) -> None:
        """Counts a stream in; `stream()` without the room that it takes up while it is open.

        Raises:
            Rejected: 503 or 429, too many are open.
        """
        most = self.options.environment.max_streams
        if self._streams.total() >= most:
            raise Rejected(
                503, f"{most} streams are open, which is all this server keeps. Try again later."
            )
        if self._streams[who] >= self.options.environment.max_streams_per_client:
            raise Rejected(429, "Too many streams are open from here. Close one first.")
        self._streams[who] += 1

    def end_stream(self, who: str) -> None:
        """Counts it out."""
        self._streams[who] -= 1
        if self._streams[who] <= 0:
            del self._streams[who]

    # ---- the app described -------------------------------------------------------------------

    @property
    def stow(self) -> Callable[[Any], Any]:
        """Replaces the author's files in a payload by handles that everybody may read."""
        files = self.runtime.files
        return lambda value: stow(value, files, None, trusted=True)[0]

    def _cached(self, key: Any, make: Callable[[], Any]) -> Any:
        """A description that is the same for every caller, made once. Keys come from the app,
        never from a caller.
        """
        found = self._described.get(key)
        if found is None:
            found = self._described[key] = make()
        return found

    def refresh(self) -> None:
        """Forget all descriptions: the graph has changed."""
        self._described.clear()
        self._pages.clear()

    def page_named(self, page: str | None) -> str | None:
        """The page's path if the app has it, with or without slashes around."""
        if page is None:
            return None
        name = page.strip("/")
        return next((path for path in self.graph.pages if path.strip("/") == name), None)

    def config(self, page: str | None) -> dict[str, Any]:
        """The config of the whole app, or of one page, without what depends on the request. Not
        to be changed.
        """

        def make() -> dict[str, Any]:
            described = describe.config(self.graph, self.stow, page=page)
            theme = choose_theme(self.graph.settings.theme)
            return {
                **described,
                "app_id": self.runtime.app_id,
                "max_file_size": self.options.max_file_size_bytes,
                "theme": theme.name,
                "theme_hash": hashlib.sha256(self.theme_css.encode()).hexdigest(),
                "body_css": body_css(theme),
                "footer_links": self.options.footer_links
                if self.options.footer_links is not None
                else described.get("footer_links"),
                "show_error": self.options.show_error,
                "pwa": self.options.pwa,
            }

        found: dict[str, Any] = self._cached(("config", page), make)
        return found

    def config_bytes(self, page: str | None, **members: Any) -> bytes:
        """The config as JSON, with members that depend on the request added at the end."""

        def make() -> bytes:
            shared = {k: v for k, v in self.config(page).items() if k not in ("root", "username")}
            return encode(shared)[:-1]

        body: bytes = self._cached(("config-bytes", page), make)
        return body + b"," + encode(members)[1:]

    def page(self, page: str, root: str, make: Callable[[], T]) -> T:
        """The HTML of a page, kept for the addresses that the app was reached at lately."""
        key = (page, root)
        found: T | None = self._pages.pop(key, None)
        if found is None:
            found = make()
        self._pages[key] = found  # the last one is the one used last
        while len(self._pages) > MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        return found

    def browser_code(self, name: str) -> str | None:
        """The module or the CSS of this name that a component brings along."""

        def make() -> dict[str, str]:
            halves = [b.browser_code() for b in self.graph.blocks.values() if is_component(b)]
            return {code.name: code.text for half in halves for code in half.values()}

        known: dict[str, str] = self._cached("browser-code", make)
        return known.get(name) if name else None

    def info(self, page: str | None, *, all_endpoints: bool) -> dict[str, Any]:
        """The API description, without code snippets. Not to be changed."""
        found: dict[str, Any] = self._cached(
            ("info", page, all_endpoints),
            lambda: describe.info(self.graph, self.stow, all_endpoints=all_endpoints, page=page),
        )
        return found

    @once_property
    def theme_css(self) -> str:
        """The theme's variables as CSS."""
        return theme_css(choose_theme(self.graph.settings.theme))

    @property
    def title(self) -> str:
        """The app's title as text."""
        settings = self.graph.settings
        return str(settings.title) if settings.has_title and settings.title else "Limelight"


def site_of(scope: Scope) -> Site:
    """The site that a request came to."""
    site: Site = scope["app"].state.site
    return site
