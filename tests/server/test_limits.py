"""What one visitor may cost: each limit has a default, a setting and an answer of its own."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import websockets

import limelight as gr
from limelight.settings import Settings, read_settings, settings
from tests.server.harness import fn_index, in_process, make_app, served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.applications import Starlette


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Any:
    yield
    monkeypatch.undo()
    settings.cache_clear()


@asynccontextmanager
async def limited(
    monkeypatch: pytest.MonkeyPatch, demo: gr.Blocks | None = None, **limits: int
) -> AsyncGenerator[tuple[httpx.AsyncClient, Starlette]]:
    """A client of an app in an environment that sets limits."""
    for name, value in limits.items():
        monkeypatch.setenv(f"LIMELIGHT_{name.upper()}", str(value))
    settings.cache_clear()
    app = make_app(demo)
    async with in_process(app) as client:
        yield client, app


def files(*names: str, size: int = 10) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (name, b"x" * size)) for name in names]


async def test_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited(monkeypatch, max_body_size=1000) as (client, _):
        for path in ("queue/join", "run/greet", "call/greet", "call/v2/greet", "component_server"):
            answer = await client.post(f"/gradio_api/{path}", json={"data": ["x" * 1000]})
            assert answer.status_code == 413, path
            assert "1000 bytes" in answer.json()["detail"]


async def test_depth_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited(monkeypatch, max_json_depth=20) as (client, _):
        for levels, status in ((10, 200), (20, 422)):
            deep = '{"data": [%s]}' % ("[" * levels + "]" * levels)
            answer = await client.post("/gradio_api/call/greet", content=deep)
            assert answer.status_code == status
        assert "nested too deeply" in answer.text


async def test_parts_of_an_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited(monkeypatch, max_upload_parts=3) as (client, _):
        url = "/gradio_api/upload"
        assert (await client.post(url, files=files("a", "b", "c"))).status_code == 200
        answer = await client.post(url, files=files("a", "b", "c", "d"))
        assert answer.status_code == 413
        assert answer.json()["detail"] == "The form has more than 3 parts."


async def test_names_and_headers_of_an_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited(monkeypatch, max_filename_size=50, max_part_header_size=200) as (client, _):
        for length, text in ((10, None), (60, "A file name"), (300, "The headers of a part")):
            answer = await client.post("/gradio_api/upload", files=files("n" * length))
            assert answer.status_code == (400 if text else 200)
            assert text is None or answer.json()["detail"].startswith(text)


async def test_disk_of_one_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited(monkeypatch, max_disk_per_session=100) as (client, app):
        url = "/gradio_api/upload"
        assert (await client.post(url, files=files("a", size=60))).status_code == 200
        answer = await client.post(url, files=files("b", size=60))
        assert answer.status_code == 413
        assert "exceed 100 bytes" in answer.json()["detail"]
        transport = httpx.ASGITransport(app, client=("203.0.113.8", 1))
        async with httpx.AsyncClient(transport=transport, base_url=client.base_url) as other:
            assert (await other.post(url, files=files("b", size=60))).status_code == 200


def held() -> tuple[gr.Blocks, threading.Event]:
    """An app whose function waits, and what ends that."""
    gate = threading.Event()

    def wait(text: str) -> str:
        gate.wait(10)
        return text

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(wait, box, box, api_name="wait")
    return demo, gate


async def test_waiting_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    demo, gate = held()
    async with limited(monkeypatch, demo.queue(max_size=2)) as (client, _):
        answers = [await client.post("/gradio_api/call/wait", json={"data": ["x"]}) for _ in "1234"]
        assert [a.status_code for a in answers] == [200, 200, 200, 503]
        assert answers[-1].json()["detail"].startswith("The queue is full")
        body = {"data": ["x"], "fn_index": 0, "session_hash": "s"}
        assert (await client.post("/gradio_api/queue/join", json=body)).status_code == 503
        gate.set()


async def test_waiting_calls_of_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    demo, gate = held()
    async with limited(monkeypatch, demo, max_queue_per_client=2) as (client, app):
        url = "/gradio_api/queue/join"
        body: dict[str, Any] = {"data": ["x"], "fn_index": 0}
        answers = [
            await client.post(url, json={**body, "session_hash": f"s{number}"})
            for number in range(4)
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert "calls from here wait already as may: 2" in answers[-1].json()["detail"]
        body["session_hash"] = "t"
        transport = httpx.ASGITransport(app, client=("203.0.113.8", 1))
        async with httpx.AsyncClient(transport=transport, base_url=client.base_url) as other:
            assert (await other.post(url, json=body)).status_code == 200
        gate.set()


async def test_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited(monkeypatch, max_sessions=3) as (client, app):
        runtime = app.state.site.runtime
        body: dict[str, Any] = {"data": ["x"], "fn_index": fn_index(app, "greet")}
        for name in "abcd":  # an unused one makes room
            answer = await client.post(
                "/gradio_api/queue/join", json={**body, "session_hash": name}
            )
            assert answer.status_code == 200
            await client.get(f"/gradio_api/queue/data?session_hash={name}")
        assert [s.hash for s in runtime.sessions.all()] == ["b", "c", "d"]
        for session in runtime.sessions.all():
            runtime.presence.connected(session)
        for path in ("queue/join", "run/greet", "call/greet"):
            answer = await client.post(
                f"/gradio_api/{path}", json={**body, "session_hash": "another"}
            )
            assert answer.status_code == 429, path
            assert "3 sessions are open" in answer.json()["detail"]
        assert (await client.get("/gradio_api/heartbeat/another")).status_code == 429


async def test_frames_of_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMELIGHT_MAX_BODY_SIZE", "1000")
    settings.cache_clear()
    with served() as url:
        address = url.replace("http", "ws") + "/gradio_api/ws?session_hash=s"
        async with websockets.connect(address) as page:
            await page.recv()
            await page.send('{"op": "ping", "ref": 1, "body": "%s"}' % ("x" * 1000))
            with suppress(websockets.ConnectionClosed):
                while True:
                    await page.recv()
            assert page.close_code == 1009


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("fairness", "FIFO", "fifo"),
        ("fairness", "random", "session"),
        ("shutdown_timeout", "0", 0.0),
        ("shutdown_timeout", "2.5", 2.5),
        ("shutdown_timeout", "-1", 30.0),
        ("shutdown_timeout", "soon", 30.0),
        ("max_json_depth", "9999", 500),
        ("max_json_depth", "0", 200),
        ("log", "JSON", "json"),
        ("log", "all", None),
        ("max_sessions", "5", 5),
    ],
)
def test_settings_that_make_no_sense_count_as_not_set(name: str, text: str, value: Any) -> None:
    found = read_settings({f"LIMELIGHT_{name.upper()}": text})
    assert getattr(found, name) == value
    assert found == Settings()._replace(**{name: value})


async def test_calls_of_one_function_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, running in (("2", 2), ("none", 4), ("0", 1)):
        demo, gate = held()
        monkeypatch.setenv("LIMELIGHT_DEFAULT_CONCURRENCY_LIMIT", said)
        async with limited(monkeypatch, demo) as (client, app):
            for _ in range(4):
                await client.post("/gradio_api/call/wait", json={"data": ["x"]})
            assert app.state.site.runtime.scheduler.running == running
            gate.set()
    demo, gate = held()
    async with limited(monkeypatch, demo.queue(default_concurrency_limit=3)) as (client, app):
        for _ in range(4):
            await client.post("/gradio_api/call/wait", json={"data": ["x"]})
        assert app.state.site.runtime.scheduler.running == 3  # the app's word counts more
        gate.set()
