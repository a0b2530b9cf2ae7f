"""`launch`: a port, a server thread, a line on the terminal, and waiting until somebody stops
it.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from limelight.core.files import FileCache
from limelight.errors import NotAvailable, PropError, ServerFailedToStartError
from limelight.runtime import logs
from limelight.runtime.runtime import Runtime, RuntimeSettings
from limelight.server.app import create_app
from limelight.server.fetch import fetch_to
from limelight.server.options import ServerOptions
from limelight.server.security import is_loopback_host
from limelight.server.signals import serving
from limelight.settings import settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
    from concurrent.futures import Future
    from types import FrameType

    from starlette.applications import Starlette

    from limelight.core.graph import Graph
    from limelight.server.site import Site

__all__ = [
    "Launched",
    "Server",
    "build_app",
    "close_all",
    "launch",
    "mount_gradio_app",
    "parse_size",
    "running_apps",
]

FIRST_PORT = 7860
_START_TIMEOUT_S = 60.0
_STOP_TIMEOUT_S = 8.0
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?\s*", re.IGNORECASE)


class Launched(tuple[Any, ...]):
    """What `launch()` returns; prints as nothing, so that a notebook's cell ends quietly."""

    __slots__ = ()

    def __repr__(self) -> str:
        return ""


# ---- what the author said -----------------------------------------------------------------------


def parse_size(given: str | int | None) -> int | None:
    """Bytes of a size such as `"10mb"`, `"1.5 gb"` or a number; units are powers of 1024.

    Raises:
        PropError: it is neither.
    """
    if given is None:
        return None
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        return given
    found = _SIZE.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise PropError(
            f"max_file_size was given {given!r}; expected bytes or a text such as '10mb'. "
            "Write launch(max_file_size='10mb')."
        )
    return int(float(found[1]) * 1024 ** " kmgt".index(found[2].lower() or " "))


def _read_files(paths: Any, name: str) -> list[str]:
    if paths is None:
        return []
    many: Sequence[Any] = [paths] if isinstance(paths, (str, Path)) else paths
    texts: list[str] = []
    for path in many:
        try:
            texts.append(Path(path).read_text("utf-8"))
        except OSError as problem:
            raise PropError(
                f"{name} names {str(path)!r}, which cannot be read ({problem.strerror}). "
                "Expected a text file."
            ) from None
    return texts


def _apply_look(graph: Graph, given: dict[str, Any]) -> None:
    """Note how the app looks; what was set before and is not given now stays."""
    target = graph.settings
    css = [given.get("css") or "", *_read_files(given.get("css_paths"), "css_paths")]
    head = [given.get("head") or "", *_read_files(given.get("head_paths"), "head_paths")]
    target.css = "\n".join(filter(None, css)) or target.css
    target.head = "\n".join(filter(None, head)) or target.head
    for name in ("theme", "js", "i18n", "footer_links"):
        if given.get(name) is not None:
            setattr(target, name, given[name])
    target.show_error = bool(given.get("show_error"))
    target.pwa = bool(given.get("pwa"))


def _refuse(given: dict[str, Any]) -> None:
    """Stop at what would be unsafe to leave out silently.

    Raises:
        NotAvailable: a log-in is asked for.
    """
    for name in ("auth", "auth_dependency"):
        if given.get(name):
            raise NotAvailable(
                f"launch({name}=...) asks for a log-in, which this version does not have yet; "
                "serving the app without one would open it to everybody. "
                "Put it behind a proxy that asks for a password."
            )


def build_app(
    graph: Graph, given: dict[str, Any], *, host: str | None, port: int, is_mounted: bool = False
) -> Starlette:
    """The ASGI application of an app.

    Args:
        graph: The complete app.
        given: Arguments of `launch()` by name.
        host: Address that it will listen at; None when something else serves it.
        port: Port of that address.
        is_mounted: Whether another application serves it.
    """
    _refuse(given)
    _apply_look(graph, given)
    env = settings()
    logs.configure(env.log)
    max_bytes = parse_size(given.get("max_file_size"))
    folder = Path(env.temp_dir) if env.temp_dir else Path(tempfile.gettempdir()) / "limelight-files"
    files = FileCache(
        folder,
        allowed=[Path(p) for p in (*(given.get("allowed_paths") or ()), *env.allowed_paths)],
        blocked=[Path(p) for p in (*(given.get("blocked_paths") or ()), *env.blocked_paths)],
        fetch=fetch_to,
        max_file_size=max_bytes,
    )
    runtime = Runtime(
        graph,
        RuntimeSettings(
            max_threads=given.get("max_threads") or 40,
            show_error=bool(given.get("show_error")),
            resume_window_s=env.resume_window,
            state_session_capacity=min(
                given.get("state_session_capacity") or env.max_sessions, env.max_sessions
            ),
            max_sessions=env.max_sessions,
            heartbeat_s=env.heartbeat_interval,
            max_deep_links=env.max_deep_links,
            max_deep_link_bytes=env.max_deep_link_size,
            shutdown_timeout_s=env.shutdown_timeout,
            fairness=env.fairness,
            default_concurrency_limit=env.default_concurrency_limit,
            max_queue_per_client=env.max_queue_per_client,
            max_outbox_messages=env.max_outbox_messages,
            max_outbox_bytes=env.max_outbox_bytes,
            max_media_bytes=env.max_media_bytes,
        ),
        files=files,
    )
    favicon = given.get("favicon_path")
    options = ServerOptions(
        environment=env,
        root_path=given.get("root_path") or env.root_path,
        port=port,
        is_loopback=host is not None and is_loopback_host(_bracketed(host)),
        allowed_hosts=env.allowed_hosts,
        adds_date=host is not None,
        is_mounted=is_mounted,
        frame_ancestors=env.frame_ancestors,
        strict_cors=given.get("strict_cors", True),
        max_file_size_bytes=max_bytes,
        favicon_path=str(favicon) if favicon else None,
        show_error=bool(given.get("show_error")),
        footer_links=given.get("footer_links"),
        pwa=bool(given.get("pwa")),
    )
    return create_app(graph, runtime, options)


# ---- the server ----------------------------------------------------------------------------------


class _Uvicorn(uvicorn.Server):
    """uvicorn that is stopped by an event instead of looking ten times a second whether it
    should stop.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._stop = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets=sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        assert self._stop is not None  # noqa: S101  # made in startup
        if not self.should_exit:
            await self._stop.wait()
        self.should_exit = True

    def run_on_loop(self, coroutine: Coroutine[Any, Any, None]) -> Future[None]:
        """Run something on the server's loop; from any other thread, once it serves."""
        assert self._loop is not None  # noqa: S101  # made in startup
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def stop(self, site: Site, *, is_patient: bool = False) -> None:
        """End open streams, then the server; from any thread.

        Args:
            site: Whose streams.
            is_patient: Whether accepted calls are finished first.
        """
        if self._loop is None or self._loop.is_closed():
            return

        async def end() -> None:
            try:
                if is_patient:
                    await site.drain()
                await site.close()
            finally:
                self.should_exit = True
                assert self._stop is not None  # noqa: S101  # made in startup
                self._stop.set()

        with suppress(RuntimeError):  # the loop was closed meanwhile
            asyncio.run_coroutine_threadsafe(end(), self._loop)


class _ServerThread(threading.Thread):
    """The thread that a server runs in. Dies with the program."""

    def __init__(self, server: Server) -> None:
        super().__init__(name="limelight-server", daemon=True)
        self.server = server

    def run(self) -> None:
        self.server.run()


class Server:
    """A running server.

    Args:
        app: What it serves.
        listening: Socket that is bound and listens already, so that nobody can take the port in
            between.
        owner: What was launched, for `running_apps()`.
        tls: Arguments of uvicorn about certificates.
    """

    def __init__(
        self,
        app: Starlette,
        listening: socket.socket,
        *,
        owner: Any = None,
        tls: dict[str, Any] | None = None,
    ) -> None:
        from limelight.server.connection import Connection
        from limelight.server.exchange import Exchange

        self.app = app
        self.owner = owner
        self._socket = listening
        self._failure: BaseException | None = None
        self._ended = threading.Event()
        self._uvicorn = _Uvicorn(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                # Forwarded headers are read by our own rules; see `urls.py`.
                proxy_headers=False,
                server_header=False,
                # It would wake up each second for it.
                date_header=False,
                http=Exchange,
                ws=Connection,
                # Text of a few hundred bytes: packing it costs more than sending it.
                ws_per_message_deflate=False,
                ws_max_size=app.state.site.options.environment.max_body_size,
                timeout_graceful_shutdown=2,
                timeout_keep_alive=30,
                **(tls or {}),
            )
        )
        self._thread = _ServerThread(self)

    def run(self) -> None:
        """Serve until stopped; what the thread does."""
        try:
            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                runner.run(self._uvicorn.serve(sockets=[self._socket]))
        except BaseException as failure:  # told to whoever waits for the start
            self._failure = failure
        finally:
            self._uvicorn.ready.set()
            self._ended.set()

    def start(self) -> None:
        """Start the thread and wait until it serves.

        Raises:
            ServerFailedToStartError: it did not.
        """
        self._thread.start()
        if not self._uvicorn.ready.wait(_START_TIMEOUT_S) or not self._uvicorn.started:
            raise ServerFailedToStartError(
                f"The server stopped at once ({self._failure!r}). Expected it to listen; "
                "see the log above."
            ) from self._failure

    def prepare(self) -> None:
        """Run what the app wants to have run first, such as examples; however long it takes.

        Raises:
            ExampleFailed: an example's function failed.
        """
        self._uvicorn.run_on_loop(self.app.state.site.prepare()).result()

    @property
    def is_running(self) -> bool:
        """Whether it serves."""
        return not self._ended.is_set()

    def close(self) -> None:
        """Stop: open streams are told, running functions get a moment. Closing twice is closing
        once.
        """
        if self._ended.is_set():
            return
        self._uvicorn.stop(self.app.state.site)
        if threading.current_thread() is not self._thread:
            self._thread.join(_STOP_TIMEOUT_S)
        self._socket.close()

    def _finish(self) -> None:
        """Stop when all accepted calls are finished."""
        print("Finishing accepted calls, then closing server. A second signal closes it now.",
              flush=True)  # fmt: skip  # told to the terminal
        self._uvicorn.stop(self.app.state.site, is_patient=True)

    def wait(self) -> None:
        """Wait until it is stopped.

        SIGTERM stops it when all accepted calls are finished, or after `shutdown_timeout`. Ctrl+C,
        or a second SIGTERM, stops it now; one more Ctrl+C ends the program at once.
        """
        restore = _on_terminate(self._finish)
        restore_interrupt = _interrupt_once()
        try:
            self._ended.wait()
            self._socket.close()
        except KeyboardInterrupt:
            restore()
            print("Keyboard interruption in main thread... closing server.")  # told to the terminal
            self.close()
        else:
            restore_interrupt()
        finally:
            restore()


def _interrupt_once() -> Callable[[], None]:
    """Let a second Ctrl+C end the program at once, however quickly it follows on the first;
    returns how to undo it.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return lambda: None

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.default_int_handler(number, frame)

    def restore() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, interrupt)
    return restore


def _on_terminate(finish: Callable[[], None]) -> Callable[[], None]:
    """Let SIGTERM, which containers send, call something, and a second one do what Ctrl+C does;
    returns how to undo it.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return lambda: None

    def interrupt(number: int, frame: FrameType | None) -> None:
        _ = number, frame
        raise KeyboardInterrupt

    def terminate(number: int, frame: FrameType | None) -> None:
        _ = number, frame
        signal.signal(signal.SIGTERM, interrupt)
        finish()

    def restore() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, terminate)
    return restore


def _loop_factory() -> Any:
    try:
        import uvloop  # type: ignore[import-not-found,unused-ignore]  # an extra
    except ImportError:
        return None
    return uvloop.new_event_loop


def running_apps() -> list[Any]:
    """What was launched and still runs in this process."""
    threads = [t for t in threading.enumerate() if isinstance(t, _ServerThread)]
    return [t.server.owner for t in threads if t.server.owner is not None]


def close_all(verbose: bool = True) -> None:
    """Stop every app that runs in this process.

    Args:
        verbose: Whether a line is printed for each.
    """
    for app in running_apps():
        app.close(verbose)


# ---- the port -----------------------------------------------------------------------------------


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: only then asyncio sends small pieces at once (TCP_NODELAY).
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # there it would let two servers share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host.strip("[]"), port))
        made.listen(2048)
    except OSError:
        made.close()
        raise
    return made


def listen(host: str, port: int | None, first: int, count: int) -> socket.socket:
    """A socket that listens: at the port, or at the first free one of several.

    Raises:
        ServerFailedToStartError: none can be had.
    """
    ports = [port] if port is not None else range(first, first + max(1, count))
    for candidate in ports:
        try:
            return _bind(host, candidate)
        except OverflowError:
            break
        except OSError as problem:
            if problem.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise ServerFailedToStartError(
                    f"Cannot listen at {host!r}: {problem.strerror}. "
                    "Expected an address of this machine, such as "
                    "'127.0.0.1' or '0.0.0.0'."
                ) from None
    span = str(ports[0]) if len(ports) == 1 else f"{ports[0]}-{ports[-1]}"
    raise ServerFailedToStartError(
        f"Cannot find empty port in range: {span}. Expected one that no other program uses. "
        "Pass another one as launch(server_port=...) or in the variable GRADIO_SERVER_PORT."
    )


# ---- launch and mount ---------------------------------------------------------------------------


def launch(blocks: Any, **given: Any) -> Launched:
    """Serve an app; what `Blocks.launch()` does.

    Args:
        blocks: The app, complete.
        given: The arguments of `Blocks.launch()` by name.

    Returns:
        The ASGI application, its local address, and None for the share link.

    Raises:
        NotAvailable: a log-in is asked for.
        ServerFailedToStartError: no port is free, or the server stopped at once.
    """
    env = settings()
    if blocks.server is not None:
        blocks.close(verbose=False)
    host = given.get("server_name") or env.server_name or "127.0.0.1"
    wanted = given["server_port"] if given.get("server_port") is not None else env.server_port
    listening = listen(host, wanted or None, FIRST_PORT, env.num_ports)
    port: int = listening.getsockname()[1]
    try:
        app = build_app(blocks.graph_, given, host=host, port=port)
        tls = {
            name: given[name]
            for name in ("ssl_keyfile", "ssl_certfile", "ssl_keyfile_password")
            if given.get(name)
        }
        server = Server(app, listening, owner=blocks, tls=tls)
        server.start()
    except BaseException:
        listening.close()
        raise
    try:
        server.prepare()
    except BaseException:
        server.close()
        raise
    scheme = "https" if given.get("ssl_certfile") else "http"
    blocks.server = server
    blocks.local_url = f"{scheme}://{_bracketed(host)}:{port}/"
    blocks.server_name, blocks.server_port, blocks.app = host, port, app
    blocks.is_running = True
    _announce(blocks.local_url, given, share=bool(given.get("share") or env.share))
    if given.get("inbrowser"):
        webbrowser.open(blocks.local_url.replace("://0.0.0.0", "://127.0.0.1"))
    is_interactive = bool(getattr(sys, "ps1", sys.flags.interactive)) or "ipykernel" in sys.modules
    is_blocking = not is_interactive or bool(given.get("debug")) or env.debug
    if is_blocking and not given.get("prevent_thread_lock"):
        server.wait()
        blocks.is_running = server.is_running
    return Launched((app, blocks.local_url, None))


def _announce(url: str, given: dict[str, Any], *, share: bool) -> None:
    if given.get("quiet"):
        return
    # Flushed, as a log file or a container's pipe would keep it back.
    print(f"* Running on local URL:  {url.rstrip('/')}", flush=True)
    if share:
        print(
            "* Share links are not available in this version. Use a tunnel or a host of your own."
        )
    if given.get("mcp_server"):
        print("* Tools for language models (mcp_server=True) are not available in this version.")


def mount_gradio_app(
    app: Any,
    blocks: Any,
    path: str,
    server_name: str = "0.0.0.0",  # the peer's signature; nothing is bound here
    server_port: int = 7860,
    footer_links: list[Any] | None = None,
    run_history: bool | None = None,
    app_kwargs: dict[str, Any] | None = None,
    *,
    auth: Any = None,
    auth_message: str | None = None,
    auth_dependency: Any = None,
    root_path: str | None = None,
    allowed_paths: list[str] | None = None,
    blocked_paths: list[str] | None = None,
    favicon_path: str | None = None,
    show_error: bool = True,
    max_file_size: str | int | None = None,
    ssr_mode: bool | None = None,
    node_server_name: str | None = None,
    node_port: int | None = None,
    enable_monitoring: bool | None = None,
    pwa: bool | None = None,
    i18n: Any = None,
    mcp_server: bool | None = None,
    theme: Any = None,
    css: str | None = None,
    css_paths: Any = None,
    js: Any = None,
    head: str | None = None,
    head_paths: Any = None,
) -> Any:
    """Serve an app below a path of a Starlette or FastAPI application.

    Args:
        app: The application.
        blocks: The app to mount.
        path: Where, such as `"/demo"`.
        server_name: Accepted for old apps; the application's server decides.
        server_port: Accepted for old apps; the application's server decides.
        footer_links: What the footer shows; all if None.
        run_history: Accepted for old apps.
        app_kwargs: Accepted for old apps.
        auth: Log-in; not available in this version.
        auth_message: Text on the log-in page.
        auth_dependency: Log-in by a function; not available in this version.
        root_path: Path or address below which a proxy shows the application's mount.
        allowed_paths: Folders and files that functions may serve.
        blocked_paths: Folders and files that are never served.
        favicon_path: Icon of the browser's tab.
        show_error: Whether readers see the text of unexpected errors.
        max_file_size: Largest upload: bytes, or a text such as `"10mb"`.
        ssr_mode: Accepted for old apps.
        node_server_name: Accepted for old apps.
        node_port: Accepted for old apps.
        enable_monitoring: Accepted for old apps.
        pwa: Whether the page can be installed.
        i18n: Translations.
        mcp_server: Tools for language models; not available in this version.
        theme: Look of the app.
        css: CSS that wins over ours.
        css_paths: Files with CSS.
        js: JavaScript that runs when the page is loaded.
        head: HTML for the page's head.
        head_paths: Files with HTML for the page's head.

    Returns:
        The application.
    """
    given = {
        name: value for name, value in locals().items() if name not in ("app", "blocks", "path")
    }
    for name, value in getattr(blocks, "_look", {}).items():
        if given.get(name) is None:
            given[name] = value
    blocks.graph_.complete()
    mounted = build_app(blocks.graph_, given, host=None, port=0, is_mounted=True)
    site: Site = mounted.state.site
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(parent: Any) -> AsyncGenerator[Any]:
        async with outer(parent) as state, serving(site):
            await site.prepare()
            yield state

    app.router.lifespan_context = lifespan
    app.mount("/" + path.strip("/") if path.strip("/") else "", mounted)
    return app
