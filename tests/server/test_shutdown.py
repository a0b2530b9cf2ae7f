"""Real processes that are asked to stop, or killed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import websockets

from tests.server.harness import events_of, messages_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

ROOT = Path(__file__).parents[2]

APP = """
import time
import limelight as gr

def slow(x):
    time.sleep(0.1)
    return x

def steps(n):
    for number in range(int(n)):
        time.sleep(0.1)
        yield str(number)

def forever(x):
    time.sleep(300)

with gr.Blocks() as demo:
    box = gr.Textbox()
    box.submit(slow, box, box, api_name="slow", concurrency_limit=2)
    box.submit(steps, box, box, api_name="steps")
    box.submit(forever, box, box, api_name="forever")
"""
LAUNCHED = APP + "demo.launch(server_port=PORT)\n"
MOUNTED = (
    APP
    + """
import uvicorn
from starlette.applications import Starlette
app = gr.mount_gradio_app(Starlette(), demo, "")
uvicorn.run(app, port=PORT, log_level="warning")
"""
)
SLOW, STEPS, FOREVER = range(3)


@contextmanager
def running(
    script: str, folder: Path, *, port: int = 0, **environment: str
) -> Generator[tuple[subprocess.Popen[bytes], str]]:
    """A process that serves the app, and its address."""
    if not port:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
    file = folder / "app.py"
    file.write_text(script.replace("PORT", str(port)))
    command = [sys.executable, str(file)]
    if "launch" not in script and "uvicorn" not in script:
        command = [sys.executable, "-m", "limelight", "run", str(file), "--port", str(port)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                if httpx.get(f"{url}/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.05)
        yield process, url
    finally:
        process.kill()
        process.wait()


async def join(client: httpx.AsyncClient, fn_index: int, session: str, value: Any) -> str:
    body = {"data": [value], "fn_index": fn_index, "session_hash": session}
    answer = await client.post("/gradio_api/queue/join", json=body)
    assert answer.status_code == 200, answer.text
    event_id: str = answer.json()["event_id"]
    return event_id


async def heard(client: httpx.AsyncClient, session: str) -> list[Any]:
    """All messages of a session, to the end of its stream."""
    query = {"session_hash": session}
    return messages_of((await client.get("/gradio_api/queue/data", params=query)).text)


def completed(messages: list[Any]) -> list[Any]:
    return [m for m in messages if m["msg"] == "process_completed"]


async def ended(process: subprocess.Popen[bytes], timeout_s: float = 10) -> int:
    return await asyncio.to_thread(process.wait, timeout_s)


def client_of(url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, timeout=20, limits=httpx.Limits(max_connections=None))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("script", [LAUNCHED, APP, MOUNTED], ids=["launch", "run", "mounted"])
async def test_no_accepted_call_is_lost(script: str, tmp_path: Path) -> None:
    with running(script, tmp_path) as (process, url):
        async with client_of(url) as client:
            sessions = [f"s{number}" for number in range(8)]
            await asyncio.gather(
                *(join(client, SLOW, s, f"{s}-{n}") for s in sessions for n in range(5)),
                join(client, STEPS, "steps", "12"),
            )
            # Half of them listen before the signal comes, the others when it has come.
            early = [asyncio.ensure_future(heard(client, s)) for s in [*sessions[:4], "steps"]]
            posted = await client.post("/gradio_api/call/slow", json={"data": ["by curl"]})
            await asyncio.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.2)
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()) == (503, {"status": "stopping"})
            for path in ("queue/join", "call/slow", "run/slow"):
                body = {"data": ["late"], "fn_index": SLOW, "session_hash": "late"}
                refused = await client.post(f"/gradio_api/{path}", json=body)
                assert refused.status_code == 503
                assert refused.headers["retry-after"] == "5"
                assert "takes no new calls" in refused.json()["detail"]
            late = [asyncio.ensure_future(heard(client, s)) for s in sessions[4:]]
            by_curl = await client.get(f"/gradio_api/call/slow/{posted.json()['event_id']}")
            assert events_of(by_curl.text)[-1] == ("complete", ["by curl"])
            found = await asyncio.gather(*early, *late)
            values = [m["output"]["data"][0] for told in found for m in completed(told)]
            assert sorted(values) == sorted(
                [f"{s}-{n}" for s in sessions for n in range(5)] + ["11"]
            )
            assert all(told[-1]["msg"] == "close_stream" for told in found)
            assert await ended(process) == (-signal.SIGTERM if script == MOUNTED else 0)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("script", [LAUNCHED, MOUNTED], ids=["launch", "mounted"])
async def test_what_takes_too_long_is_told_so(script: str, tmp_path: Path) -> None:
    with running(script, tmp_path, LIMELIGHT_SHUTDOWN_TIMEOUT="0.5") as (process, url):
        async with client_of(url) as client:
            await join(client, FOREVER, "s", "x")
            await join(client, FOREVER, "s", "y")
            listening = asyncio.ensure_future(heard(client, "s"))
            beating = asyncio.ensure_future(client.get("/gradio_api/heartbeat/s"))
            await asyncio.sleep(0.3)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            for told in completed(await listening):
                assert told["success"] is False
                assert told["output"]["error"] == (
                    "The server stopped before this finished. Run it again."
                )
            assert len(completed(listening.result())) == 2
            await beating
            await ended(process)
            assert time.monotonic() - began < 8


async def _until_closed(page: websockets.ClientConnection) -> AsyncGenerator[str | bytes]:
    with suppress(websockets.ConnectionClosed):
        while True:
            yield await page.recv()


@pytest.mark.timeout(60)
async def test_pages_are_told_to_connect_again(tmp_path: Path) -> None:
    with running(LAUNCHED, tmp_path) as (process, url):
        address = url.replace("http", "ws") + "/gradio_api/ws?session_hash=s&after=0"
        async with websockets.connect(address) as page:
            await page.recv()
            body = '{"op": "join", "ref": 1, "body": {"fn_index": 0, "data": ["x"]}}'
            await page.send(body)
            await page.recv()
            process.send_signal(signal.SIGTERM)
            lines = [str(line) async for line in _until_closed(page)]
            assert page.close_code == 1012
            assert '"process_completed"' in "".join(lines)
            assert "unexpected_error" not in "".join(lines)
        assert await ended(process) == 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_stops_at_once(second: signal.Signals, tmp_path: Path) -> None:
    with running(LAUNCHED, tmp_path) as (process, url):
        async with client_of(url) as client:
            await join(client, FOREVER, "s", "x")
            listening = asyncio.ensure_future(heard(client, "s"))
            await asyncio.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.3)
            assert process.poll() is None
            began = time.monotonic()
            process.send_signal(second)
            assert (await listening)[-1]["message"] == "Server stopped unexpectedly."
            assert await ended(process) == 0
            assert time.monotonic() - began < 8


@pytest.mark.timeout(60)
async def test_a_killed_server_leaves_clear_errors_behind(tmp_path: Path) -> None:
    with running(LAUNCHED, tmp_path) as (process, url):
        port = int(url.rpartition(":")[2])
        async with client_of(url) as client:
            event_id = await join(client, STEPS, "s", "100")
            posted = await client.post("/gradio_api/call/steps", json={"data": ["100"]})
            listening = asyncio.ensure_future(heard(client, "s"))
            await asyncio.sleep(0.5)
            process.kill()
            with pytest.raises(httpx.TransportError):
                await listening
            await ended(process)
    with running(LAUNCHED, tmp_path, port=port) as (_, url):
        async with client_of(url) as client:
            assert (await heard(client, "s"))[-1]["session_not_found"] is True
            for gone in (event_id, posted.json()["event_id"]):
                answer = await client.get(f"/gradio_api/call/steps/{gone}")
                assert events_of(answer.text) == [("error", "404: Not Found")]
            cancel = {"session_hash": "s", "fn_index": STEPS, "event_id": event_id}
            assert (await client.post("/gradio_api/cancel", json=cancel)).status_code == 200
            await join(client, SLOW, "s", "again")
            assert completed(await heard(client, "s"))[0]["output"]["data"] == ["again"]
