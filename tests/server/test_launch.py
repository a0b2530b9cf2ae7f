from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from limelight.errors import NotAvailable, PropError, ServerFailedToStartError
from limelight.server.launch import (
    close_all,
    launch,
    listen,
    mount_gradio_app,
    parse_size,
    running_apps,
)
from limelight.settings import Settings, read_settings, settings
from tests.server.harness import events_of, make_demo, served

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (None, None),
        (7, 7),
        ("10", 10),
        ("10kb", 10240),
        ("1.5 MB", 1572864),
        ("2g", 2 << 30),
        ("1mib", 1 << 20),
    ],
)
def test_sizes(given: Any, size: int | None) -> None:
    assert parse_size(given) == size


@pytest.mark.parametrize("given", ["", "ten", "-1", -1, True, "5xb", 1.5])
def test_what_is_no_size_is_told(given: Any) -> None:
    with pytest.raises(PropError, match="max_file_size was given"):
        parse_size(given)


def test_launch_returns_the_app_and_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    demo = make_demo()
    demo.graph_.complete()
    made = launch(demo, prevent_thread_lock=True)
    try:
        app, url, share = made
        assert isinstance(app, Starlette)
        assert share is None
        assert repr(made) == ""
        assert url == demo.local_url
        assert capsys.readouterr().out == f"* Running on local URL:  {url.rstrip('/')}\n"
        assert demo in running_apps()
        assert httpx.get(f"{url}gradio_api/startup-events").json() is False
    finally:
        demo.close(verbose=False)
    assert demo not in running_apps()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_the_next_free_port_is_taken() -> None:
    with listen("127.0.0.1", 0, 0, 1) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", None, port, 20) as other:
            assert port < other.getsockname()[1] < port + 20
        with pytest.raises(
            ServerFailedToStartError, match=f"Cannot find empty port in range: {port}\\."
        ):
            listen("127.0.0.1", port, 0, 1)


def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(ServerFailedToStartError, match=r"Cannot listen at '203\.0\.113\.1'"):
        listen("203.0.113.1", 0, 0, 1)


@pytest.mark.parametrize("given", [{"auth": ("a", "b")}, {"auth_dependency": lambda _: "x"}])
def test_a_log_in_is_refused_rather_than_left_out(given: dict[str, Any]) -> None:
    demo = make_demo()
    demo.graph_.complete()
    with pytest.raises(NotAvailable, match="log-in"):
        launch(demo, **given)
    assert not demo.is_running


def test_the_environment_gives_port_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen("127.0.0.1", 0, 0, 1) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("GRADIO_SERVER_PORT", str(port))
    monkeypatch.setenv("GRADIO_SERVER_NAME", "0.0.0.0")
    with served() as url:
        assert url == f"http://0.0.0.0:{port}"
        assert (
            httpx.get(
                f"http://127.0.0.1:{port}/config", headers={"host": "lan.example"}
            ).status_code
            == 200
        )


def test_settings_have_two_names_and_ours_wins() -> None:
    given = {
        "GRADIO_SERVER_PORT": "1",
        "LIMELIGHT_SERVER_PORT": "2",
        "GRADIO_ALLOWED_PATHS": "a, b",
        "GRADIO_DEFAULT_CONCURRENCY_LIMIT": "none",
        "GRADIO_SHARE": "True",
        "GRADIO_HEARTBEAT_INTERVAL": "abc",
    }
    found = read_settings(given)
    assert found == Settings(
        server_port=2, allowed_paths=("a", "b"), default_concurrency_limit=None, share=True
    )
    assert read_settings({}) == Settings()


def test_css_and_head_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(".a{}")
    (tmp_path / "h.html").write_text("<meta name=x>")
    given: dict[str, Any] = {
        "css": ".b{}",
        "css_paths": tmp_path / "a.css",
        "head_paths": [str(tmp_path / "h.html")],
    }
    with served(**given) as url:
        config = httpx.get(f"{url}/config").json()
        assert (config["css"], config["head"]) == (".b{}\n.a{}", "<meta name=x>")
    with pytest.raises(PropError, match="css_paths names"), served(css_paths="nope.css"):
        pass


def test_mounting_below_a_path() -> None:
    parent = Starlette(routes=[Route("/", lambda _: PlainTextResponse("parent"))])
    assert mount_gradio_app(parent, make_demo(), "/sub/app/") is parent
    with TestClient(parent, base_url="http://testserver") as client:
        assert client.get("/").text == "parent"
        assert client.get("/sub/app/config").json()["root"] == "http://testserver/sub/app"
        assert client.get("/config").status_code == 404
        moved = client.get("/sub/app", follow_redirects=False)
        assert moved.headers["location"] == "http://testserver/sub/app/"
        page = client.get("/sub/app/")
        assert "path=/sub/app" in page.headers["set-cookie"].lower()
        assert (
            client.get("/sub/app/second/", follow_redirects=False).headers["location"]
            == "../second"
        )
        assert client.get("/sub/app/second").status_code == 200
        event = client.post("/sub/app/gradio_api/call/greet", json={"data": ["A"]}).json()[
            "event_id"
        ]
        text = client.get(f"/sub/app/gradio_api/call/greet/{event}").text
        assert events_of(text) == [("complete", ["Hello A"])]
        handle = client.post("/sub/app/gradio_api/upload", files={"files": ("a.txt", b"x")}).json()[
            0
        ]
        body = {"data": [{"path": handle, "meta": {"_type": "gradio.FileData"}}]}
        made = client.post("/sub/app/gradio_api/run/copy", json=body).json()["data"][0]
        assert made["url"].startswith("http://testserver/sub/app/gradio_api/file=")
        assert client.get(made["url"]).content == b"x"


def test_two_mounted_apps_do_not_mix_up_their_visitors() -> None:
    parent = Starlette()
    mount_gradio_app(parent, make_demo(), "/a")
    mount_gradio_app(parent, make_demo(), "/b")
    with TestClient(parent) as client:
        client.get("/a/")
        client.get("/b/")
        assert len({cookie.name for cookie in client.cookies.jar}) == 2
        assert "set-cookie" not in client.get("/a/").headers
        assert "set-cookie" not in client.get("/b/").headers


SCRIPT = """
import sys, time
from tests.server.harness import make_demo
demo = make_demo()
demo.launch(server_port=int(sys.argv[1]))
print("after", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_a_script_at_once(number: signal.Signals) -> None:
    root = Path(__file__).parents[2]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(port)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == f"* Running on local URL:  http://127.0.0.1:{port}\n"
        with (
            httpx.Client() as client,
            client.stream("GET", f"http://127.0.0.1:{port}/gradio_api/heartbeat/s"),
        ):
            began = time.monotonic()
            process.send_signal(number)
            assert "closing server" in process.stdout.readline()
            assert process.stdout.readline() == "after\n"
            assert process.wait(5) == 0
            assert time.monotonic() - began < 3


def test_close_all_stops_every_app() -> None:
    apps = [make_demo(), make_demo()]
    for demo in apps:
        demo.graph_.complete()
        launch(demo, prevent_thread_lock=True, quiet=True)
    assert set(apps) <= set(running_apps())
    close_all(verbose=False)
    assert running_apps() == []


def test_small_answers_are_sent_at_once() -> None:
    """asyncio sets TCP_NODELAY only on sockets that name their protocol; without it each answer on
    a connection that is kept open waits 40 ms for the other side's acknowledgement.
    """
    with listen("127.0.0.1", None, 7860, 100) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_the_address_is_printed_at_once_into_a_pipe(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        "import limelight as gr\ngr.Interface(lambda x: x, 'textbox', 'textbox').launch()\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": "/usr/bin:/bin"},
    ) as process:
        assert process.stdout is not None
        try:
            assert "Running on local URL:  http://127.0.0.1:" in process.stdout.readline()
        finally:
            process.kill()
