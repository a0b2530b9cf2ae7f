"""`Blocks`: an app.

A root container with a graph, a theme and `launch()`; a façade, not a home for logic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from limelight.core import context, events
from limelight.core.container import Container
from limelight.core.graph import Graph, Page
from limelight.core.narrow import is_listing, is_object
from limelight.core.props import prop
from limelight.errors import NotAvailable, PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextvars import Token
    from pathlib import Path

    from limelight.core.trigger import Dependency

__all__ = ["Blocks"]


class Blocks(Container, tag="blocks"):
    """An app: blocks and what they do.

    ```python
    import limelight as gr

    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        greeting = gr.Textbox(label="Greeting")
        name.change(lambda n: f"Hello {n}!", name, greeting)

    demo.launch()
    ```
    """

    analytics_enabled: bool | None = prop(default=None, kw_only=False, wire=False)
    """Accepted for old apps; nothing is ever reported to anybody."""
    mode: str = prop(default="blocks", kw_only=False, wire=False)
    """Kind of app, as clients see it."""
    title: str = prop(default="Gradio", kw_only=False, wire=False)
    """Title of the browser's tab."""
    fill_height: bool = prop(default=False, kw_only=False, wire=False)
    """Whether blocks with a `scale` grow to the height of the window."""
    fill_width: bool = prop(default=False, kw_only=False, wire=False)
    """Whether the page uses the whole width of the window."""
    delete_cache: tuple[int, int] | None = prop(default=None, kw_only=False, wire=False)
    """Seconds between two sweeps of old files, and the age in seconds at which they go."""

    takes_more = "kwargs"

    load = events.load
    unload_event = events.unload

    def _absorb(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Take the look of the app, which older apps pass here and newer ones to `launch()`."""
        self._look = {name: kwargs.pop(name) for name in _LOOK if name in kwargs}
        return kwargs

    def setup(self) -> None:
        super().setup()
        self.is_rendered = False
        Graph(self)
        settings = self.graph_.settings
        settings.mode = self.mode
        settings.title = self.title
        settings.has_title = "title" in self._given
        settings.fill_height = self.fill_height
        settings.fill_width = self.fill_width
        settings.delete_cache = self.delete_cache
        self.server: Any = None
        self._graph_tokens: list[Token[Graph | None]] = []
        self.local_url: str | None = None
        self.share_url: str | None = None
        self.is_running = False

    @property
    def graph_(self) -> Graph:
        """All blocks and listeners of the app."""
        assert self._graph is not None  # noqa: S101  # made in setup
        return self._graph

    # ---- building --------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._graph_tokens.append(context.open_graph.set(self.graph_))
        return super().__enter__()

    def __exit__(self, exc_type: type[BaseException] | None = None, *args: Any) -> None:
        super().__exit__(exc_type, *args)
        context.open_graph.reset(self._graph_tokens.pop())
        if exc_type is None and not self._graph_tokens:
            self._complete()

    def _complete(self) -> None:
        """Finish the app; again after later additions."""
        with_parent = context.open_container.get()
        is_part = with_parent not in (None, self) and context.open_graph.get() is not None
        self.graph_.complete(is_part=is_part)
        if is_part:
            self.render()

    def render(self) -> Self:
        """Place this app's blocks into the app that is being built."""
        into, graph = context.open_container.get(), context.open_graph.get()
        if into is None or graph is None:
            return self
        if graph is not self._graph:
            graph.absorb(self.graph_, into)
        return self

    def unload(self, fn: Callable[..., Any]) -> Dependency:
        """Run a function when a reader closes the page; it may take a `Request` only."""
        from limelight.core.trigger import attach

        token = context.open_graph.set(self.graph_)
        try:
            return attach(
                [(None, "unload")], fn, {"api_visibility": "private", "show_progress": "hidden"}
            )
        finally:
            context.open_graph.reset(token)

    def clear(self) -> Self:
        """Remove all blocks and listeners."""
        self.children = []
        Graph(self)
        return self

    def route(self, name: str, path: str | None = None, show_in_navbar: bool = True) -> Blocks:
        """Another page of the app; use it with `with`.

        Args:
            name: Its name in the navigation bar.
            path: Its place below the app's address; made from the name if None.
            show_in_navbar: Whether the navigation bar names it.
        """
        where = path if path is not None else name.lower().replace(" ", "-")
        where = where.strip("/")
        if not where or where in self.graph_.pages or where.startswith(("gradio_api", "static")):
            raise PropError(
                f"Blocks.route() was given the path {where!r}, which is taken or not possible; "
                "expected a new one such as 'settings'."
            )
        return _PageOf(self, name, where, show_in_navbar=show_in_navbar)

    # ---- questions -------------------------------------------------------------------------------

    def get_config(self, cls: type | None = None) -> dict[str, Any]:
        """The app as the browser first sees it; files keep their local paths."""
        from limelight.core.describe import config

        _ = cls
        return config(self.graph_, _plain_files)

    def get_config_file(self) -> dict[str, Any]:
        """The app as the browser first sees it; files keep their local paths."""
        return self.get_config()

    @property
    def config(self) -> dict[str, Any]:
        """The app as the browser first sees it; files keep their local paths."""
        return self.get_config()

    @property
    def fns(self) -> dict[int, Any]:
        """All listeners by `fn_index`."""
        return dict(self.graph_.listeners)

    def get_api_info(self, all_endpoints: bool = False, page: str | None = None) -> dict[str, Any]:
        """The endpoints that clients can call.

        Args:
            all_endpoints: Whether undocumented ones are listed, too.
            page: Path of the page whose endpoints are wanted; all if None.
        """
        from limelight.core.describe import info

        return info(self.graph_, _plain_files, all_endpoints=all_endpoints, page=page)

    @classmethod
    def get_instances(cls) -> list[Blocks]:
        """Apps that run in this process."""
        from limelight.server.launch import running_apps

        return [app for app in running_apps() if isinstance(app, cls)]

    def __call__(self, *inputs: Any, fn_index: int = 0, api_name: str | None = None) -> Any:
        """Call an endpoint's function with Python values, without conversion."""
        graph = self.graph_
        listener = (
            graph.listener_named(api_name) if api_name is not None else graph.listener(fn_index)
        )
        if listener is None or listener.fn is None:
            raise PropError(
                f"No function has the number {fn_index!r}; expected one of {list(graph.listeners)}."
            )
        return listener.fn(*inputs)

    def integrate(self, comet_ml: Any = None, wandb: Any = None, mlflow: Any = None) -> None:
        """Show the app in an experiment tracker; not available in this version."""
        raise NotAvailable(
            f"integrate() with {comet_ml or wandb or mlflow!r} is not available in this version. "
            "Log the app's URL with the tracker's own functions."
        )

    # ---- running ---------------------------------------------------------------------------------

    def queue(
        self,
        status_update_rate: float | Literal["auto"] = "auto",
        api_open: bool | None = None,
        max_size: int | None = None,
        *,
        default_concurrency_limit: int | Literal["not_set"] | None = "not_set",
        fairness: Literal["session", "fifo"] | None = None,
    ) -> Self:
        """Set how calls wait.

        Args:
            status_update_rate: Seconds between two messages about places in the queue; `"auto"`
                sends them at once while few wait, and less often the more there are.
            api_open: Whether direct calls may pass the queue by.
            max_size: Most calls that wait; further ones are told that the queue is full.
            default_concurrency_limit: Calls of one function that run at once, unless its listener
                says otherwise; None is no limit.
            fairness: Who is next when several wait for one function. `"session"` gives nobody a
                second turn before another's first; `"fifo"` goes by arrival alone. What the
                environment says if None, which is `"session"` if it says nothing.
        """
        _check_queue(status_update_rate, max_size, default_concurrency_limit, fairness)
        settings = self.graph_.settings
        settings.status_update_rate = status_update_rate
        settings.max_size = max_size
        if api_open is not None:
            settings.api_open = api_open
        if default_concurrency_limit != "not_set":
            settings.default_concurrency_limit = default_concurrency_limit
        if fairness is not None:
            settings.fairness = fairness
        return self

    def launch(
        self,
        inline: bool | None = None,
        inbrowser: bool = False,
        share: bool | None = None,
        debug: bool = False,
        max_threads: int = 40,
        auth: Any = None,
        auth_message: str | None = None,
        prevent_thread_lock: bool = False,
        show_error: bool = False,
        server_name: str | None = None,
        server_port: int | None = None,
        *,
        height: int = 500,
        width: int | str = "100%",
        favicon_path: str | Path | None = None,
        ssl_keyfile: str | None = None,
        ssl_certfile: str | None = None,
        ssl_keyfile_password: str | None = None,
        ssl_verify: bool = True,
        quiet: bool = False,
        footer_links: list[Any] | None = None,
        run_history: bool | None = None,
        allowed_paths: list[str] | None = None,
        blocked_paths: list[str] | None = None,
        root_path: str | None = None,
        app_kwargs: dict[str, Any] | None = None,
        state_session_capacity: int = 10_000,
        share_server_address: str | None = None,
        share_server_protocol: Literal["http", "https"] | None = None,
        share_server_tls_certificate: str | None = None,
        auth_dependency: Any = None,
        max_file_size: str | int | None = None,
        enable_monitoring: bool | None = None,
        strict_cors: bool = True,
        node_server_name: str | None = None,
        node_port: int | None = None,
        ssr_mode: bool | None = None,
        pwa: bool | None = None,
        mcp_server: bool | None = None,
        num_workers: int | None = None,
        _app: Any = None,
        _frontend: bool = True,
        i18n: Any = None,
        theme: Any = None,
        css: str | None = None,
        css_paths: str | Path | Sequence[str | Path] | None = None,
        js: str | Literal[True] | None = None,
        head: str | None = None,
        head_paths: str | Path | Sequence[str | Path] | None = None,
    ) -> tuple[Any, str, str | None]:
        """Serve the app.

        Args:
            inline: Whether a notebook shows the app below the cell.
            inbrowser: Whether a browser is opened.
            share: A public link; not available in this version, a note says so.
            debug: Whether it blocks in a notebook, too.
            max_threads: Most functions that run at once.
            auth: Log-in; not available in this version.
            auth_message: Text on the log-in page.
            prevent_thread_lock: Whether it returns while the server runs on.
            show_error: Whether readers see the text of unexpected errors.
            server_name: Address to listen on; 127.0.0.1 if None, "0.0.0.0" for all.
            server_port: Port; if None, the first free one from 7860.
            height: Pixels, in a notebook.
            width: Pixels or CSS length, in a notebook.
            favicon_path: Icon of the browser's tab.
            ssl_keyfile: Key for https.
            ssl_certfile: Certificate for https.
            ssl_keyfile_password: Password of the key.
            ssl_verify: Accepted for old apps; launching needs no request to itself.
            quiet: Whether nothing is printed.
            footer_links: What the footer shows: `"api"`, `"gradio"`, `"settings"`, or dictionaries
                with `label` and `url`.
            run_history: Accepted for old apps.
            allowed_paths: Folders and files that functions may serve besides the working folder.
            blocked_paths: Folders and files that are never served.
            root_path: Path or URL below which a proxy shows the app.
            app_kwargs: Accepted for old apps.
            state_session_capacity: Most sessions whose state is kept.
            share_server_address: Accepted for old apps.
            share_server_protocol: Accepted for old apps.
            share_server_tls_certificate: Accepted for old apps.
            auth_dependency: Log-in by a function of the request; not available in this version.
            max_file_size: Largest upload: bytes, or a text such as `"10mb"`.
            enable_monitoring: Accepted for old apps.
            strict_cors: Whether pages of other origins may not call an app on this machine.
            node_server_name: Accepted for old apps.
            node_port: Accepted for old apps.
            ssr_mode: Accepted for old apps; the first paint always comes from the server.
            pwa: Whether the page can be installed.
            mcp_server: Tools for language models; not available in this version.
            num_workers: Accepted for old apps.
            _app: Accepted for old apps.
            _frontend: Whether the page is served, besides the API.
            i18n: Translations.
            theme: Look of the app: a Theme or the name of a built-in one.
            css: CSS that wins over ours.
            css_paths: Files with CSS that wins over ours.
            js: JavaScript that runs when the page is loaded.
            head: HTML for the page's head.
            head_paths: Files with HTML for the page's head.

        Returns:
            The ASGI app, its local address and None.
        """
        from limelight.server.launch import launch

        given = {k: v for k, v in locals().items() if k not in ("self", "launch")}
        for name, value in self._look.items():
            if given.get(name) is None:
                given[name] = value
        self.graph_.complete()
        served: tuple[Any, str, str | None] = launch(self, **given)
        return served

    def close(self, verbose: bool = True) -> None:
        """Stop the server.

        Args:
            verbose: Whether a line is printed.
        """
        if self.server is not None:
            self.server.close()
            self.server = None
            self.is_running = False
            if verbose:
                print(f"Closing server running on {self.local_url}")  # told to the terminal

    def block_thread(self) -> None:
        """Wait until the server stops or Ctrl+C is pressed."""
        if self.server is not None:
            self.server.wait()


def _check_queue(rate: object, size: object, limit: object, fairness: object) -> None:
    """Refuse what a queue cannot be told.

    Raises:
        PropError: a value makes no sense.
    """
    is_rate = isinstance(rate, (int, float)) and not isinstance(rate, bool) and rate > 0
    if rate != "auto" and not is_rate:
        raise PropError(
            f"queue() was given status_update_rate={rate!r}; expected 'auto' or seconds, more "
            "than 0."
        )
    for name, value in (("max_size", size), ("default_concurrency_limit", limit)):
        is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        if value is not None and value != "not_set" and not is_count:
            raise PropError(
                f"queue() was given {name}={value!r}; expected None (no limit) or a number of at "
                "least 1."
            )
    if fairness not in (None, "session", "fifo"):
        raise PropError(
            f"queue() was given fairness={fairness!r}; expected 'session' (sessions take turns) "
            "or 'fifo' (in the order of arrival)."
        )


_LOOK = ("theme", "css", "css_paths", "js", "head", "head_paths")


class _PageOf(Blocks, tag="blocks"):
    """One more page; its blocks and listeners belong to the app."""

    def __init__(self, app: Blocks, name: str, path: str, *, show_in_navbar: bool) -> None:
        super().__init__()
        self._graph = app.graph_
        self._id = app.block_id
        app.graph_.pages[path] = Page(path, name, self, show_in_navbar=show_in_navbar)

    def _complete(self) -> None:
        self.graph_.complete()


def _plain_files(payload: Any) -> Any:
    """A payload with file objects as dictionaries."""
    from limelight.core.filedata import FileData

    if isinstance(payload, FileData):
        return payload.model_dump()
    if is_object(payload):
        return {key: _plain_files(inner) for key, inner in payload.items()}
    if is_listing(payload):
        return [_plain_files(inner) for inner in payload]
    return payload
