"""Apps that are reached below a path, through a proxy, or again after the connection broke."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from limelight.server.launch import mount_gradio_app
from tests.clients.scenes import PATIENCE_S, Stage, serve
from tests.clients.talk import Connection, LocalFile

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.types import ASGIApp, Receive, Scope, Send

    from tests.clients.conftest import Connect

pytestmark = pytest.mark.clients


@contextmanager
def _run(app: ASGIApp) -> Generator[str]:
    """Address at which uvicorn serves an application."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)


def _parent(path: str, **given: Any) -> Any:
    """An application of somebody's own, with the scene below a path."""

    def home(_: Any) -> PlainTextResponse:
        return PlainTextResponse("home")

    app = Starlette(routes=[Route("/", home)])
    return mount_gradio_app(app, Stage().demo, path, **given)


def _check(client: Connection, folder: Path) -> None:
    """Everything that needs an address."""
    assert client.predict("/greet", "Ann", 1) == ["Hello Ann"]
    assert client.hear("/words", 2).values == [["w0 "], ["w0 w1 "]]
    (folder / "sent.txt").write_bytes(b"text")
    (copied,) = client.predict("/copy", LocalFile(folder / "sent.txt"))
    assert Path(copied).read_bytes() == b"text"
    assert client.hear("/forever", "x", cancel_after=1).is_cancelled
    assert client.predict("/direct", "Ann", 1) == ["Hello Ann"]


@pytest.mark.parametrize("path", ["/demo", "/some/where/demo/"])
def test_mounted_app_works(connect: Connect, tmp_path: Path, path: str) -> None:
    with _run(_parent(path)) as url:
        assert httpx.get(url).text == "home"
        _check(connect(url + path), tmp_path)


def test_two_mounted_apps_work(connect: Connect, tmp_path: Path) -> None:
    app = mount_gradio_app(_parent("/one"), Stage().demo, "/two")
    with _run(app) as url:
        first, second = connect(f"{url}/one/"), connect(f"{url}/two/")
        _check(first, tmp_path)
        _check(second, tmp_path)
        assert first.predict("/add", 1) == [1]
        assert second.predict("/add", 2) == [2]


class _Proxy:
    """Does to requests what a proxy does that shows an application below a path of another host.

    Args:
        app: What is behind it.
        prefix: Path that the public address has and the application does not see.
        headers: What it adds.
    """

    def __init__(self, app: ASGIApp, prefix: str, headers: dict[str, str]) -> None:
        self.app = app
        self.prefix = prefix
        self.headers = [(k.lower().encode(), v.encode()) for k, v in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path: str = scope["path"].removeprefix(self.prefix)
            headers = [*scope["headers"], *self.headers]
            scope = {**scope, "path": path, "raw_path": path.encode(), "headers": headers}
        await self.app(scope, receive, send)


def test_app_behind_a_proxy_works(connect: Connect, tmp_path: Path) -> None:
    """The proxy keeps the host and tells the path, as `root_path` says it."""
    app = _parent("/demo", root_path="/public/demo")
    with _run(_Proxy(app, "/public", {})) as url:
        _check(connect(f"{url}/public/demo"), tmp_path)


def test_forwarded_host_and_protocol_make_the_root() -> None:
    headers = {"X-Forwarded-Host": "app.example.com, inner", "X-Forwarded-Proto": "https,http"}
    with _run(_parent("/demo")) as url:
        root = httpx.get(f"{url}/demo/config", headers=headers).json()["root"]
        assert root == "https://app.example.com/demo"


def test_forwarded_host_is_what_the_clients_go_on_with(connect: Connect, tmp_path: Path) -> None:
    app = _parent("/demo")
    with _run(app) as inner:
        host = inner.removeprefix("http://")
        # A second way to the same application, whose requests carry the first one's name.
        with _run(
            _Proxy(app, "", {"X-Forwarded-Host": host, "X-Forwarded-Proto": "http"})
        ) as outer:
            client = connect(f"{outer}/demo")
            if client.name == "javascript":
                assert client.ask("config")["root"] == f"{inner}/demo"  # type: ignore[attr-defined]
            _check(client, tmp_path)


# ---- lifecycle -----------------------------------------------------------------------------------


def test_client_that_goes_away_is_noticed(connect: Connect, url: str, stage: Stage) -> None:
    client = connect(url)
    # No call before: after one, the JavaScript client forgets to end its heartbeat when closed.
    assert not stage.has_unloaded.is_set()
    client.close()
    assert stage.has_unloaded.wait(PATIENCE_S)


def test_javascript_client_knows_whether_it_is_the_same_server(javascript: Connect) -> None:
    with serve(Stage().demo) as url:
        port = int(url.rsplit(":", 1)[1])
        client: Any = javascript(url)
        assert client.ask("reconnect") == "connected"
    assert client.ask("reconnect") == "broken"
    with serve(Stage().demo, server_port=port):
        assert client.ask("reconnect") == "changed"


def test_stopping_server_ends_calls(connect: Connect) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from tests.clients.talk import Failed

    stage = Stage()
    with ThreadPoolExecutor(1) as pool:
        with serve(stage.demo) as url:
            client = connect(url)
            running = pool.submit(client.hear, "/forever", "x")
            while not stage.demo.server.app.state.site.runtime.sessions.all():
                assert not stage.gate.wait(0.01)
            assert not stage.gate.wait(0.3)
        with pytest.raises(Failed) as told:
            running.result(PATIENCE_S)
    if client.name == "javascript":  # the Python client fails with a KeyError of its own
        assert told.value.message == "Server stopped unexpectedly."
    assert stage.has_ended.wait(PATIENCE_S)
