from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx

from tests.server.harness import fn_index, in_process, make_app, served

if TYPE_CHECKING:
    import pytest


async def test_a_session_belongs_to_the_browser_that_opened_it() -> None:
    app = make_app()
    async with in_process(app) as one, in_process(app) as two, in_process(app) as nobody:
        await one.get("/")
        await two.get("/")
        index = fn_index(app, "slow")
        body = {"data": ["x"], "fn_index": index, "session_hash": "mine"}
        event = (await one.post("/gradio_api/queue/join", json=body)).json()["event_id"]
        for other in (two, nobody):
            joined = await other.post("/gradio_api/queue/join", json=body)
            assert joined.status_code == 404
            direct = await other.post(
                "/gradio_api/run/add", json={"data": [1], "session_hash": "mine"}
            )
            assert direct.status_code == 404
            heard = await other.get("/gradio_api/queue/data?session_hash=mine")
            assert "session_not_found" in heard.text
            assert "404: Not Found" in (await other.get(f"/gradio_api/call/slow/{event}")).text
            beat = await other.get("/gradio_api/heartbeat/mine")
            assert beat.status_code == 404
            cancel = {"session_hash": "mine", "fn_index": index, "event_id": event}
            # It looks the same as for what does not exist, and does nothing.
            assert (await other.post("/gradio_api/cancel", json=cancel)).json() == {"success": True}
        assert event in app.state.site.runtime.session("mine", _identity(app, one)).jobs


def _identity(app: Any, client: httpx.AsyncClient) -> str | None:
    from limelight.server.security import read_identity

    token = next(cookie.value for cookie in client.cookies.jar)
    return read_identity(token or "", app.state.site.options.secret)


async def test_names_of_the_process_and_of_nobody() -> None:
    app = make_app()
    async with in_process(app) as client:
        assert (await client.get("/gradio_api/app_id")).json() == {
            "app_id": app.state.site.runtime.app_id
        }
        assert (await client.get("/gradio_api/startup-events")).json() is False
        assert (await client.get("/gradio_api/user")).json() is None
        assert (await client.get("/gradio_api/token/")).json() == {"token": None, "user": None}
        login = await client.get("/gradio_api/login_check")
        assert (login.status_code, login.json()) == (200, None)
        for answer in (
            await client.post("/login", data={"username": "a", "password": "b"}),
            await client.get("/logout"),
        ):
            assert (answer.status_code, answer.headers["location"]) == (302, "./")


def test_the_heartbeat_lives_as_long_as_its_client() -> None:
    closed: list[str] = []
    from tests.server.harness import make_demo

    demo = make_demo()
    demo.unload(lambda: closed.append("bye"))
    with served(demo) as url, httpx.Client() as client:
        with client.stream("GET", f"{url}/gradio_api/heartbeat/s") as stream:
            assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
            parts = stream.iter_bytes()  # an iterator that nobody holds closes its stream
            assert next(parts) == b"data: ALIVE\n\n"
            assert closed == []
        _until(lambda: closed == ["bye"])


def test_a_server_that_stops_tells_open_streams() -> None:
    import threading

    from tests.server.harness import make_demo

    demo = make_demo()
    index = next(i for i, x in demo.graph_.listeners.items() if x.api_name == "slow")
    with served(demo) as url, httpx.Client(timeout=10) as client:
        body = {"data": ["x"], "fn_index": index, "session_hash": "s"}
        client.post(f"{url}/gradio_api/queue/join", json=body)
        found: list[str] = []
        with (
            client.stream("GET", f"{url}/gradio_api/queue/data?session_hash=s") as stream,
            httpx.Client(timeout=10) as other,
            other.stream("GET", f"{url}/gradio_api/heartbeat/s") as beat,
        ):
            parts = stream.iter_text()
            found.append(next(parts))
            stopper = threading.Thread(target=demo.close, args=(False,))
            stopper.start()
            found += list(parts)
            assert list(beat.iter_text())[-1:] in ([], ["data: ALIVE\n\n"])
            stopper.join()
        last = [block for block in "".join(found).split("\n\n") if block][-1]
        assert '"message":"Server stopped unexpectedly."' in last


def test_a_held_stream_goes_on_without_calls_until_the_server_stops() -> None:
    from tests.server.harness import make_demo

    demo = make_demo()
    index = next(i for i, x in demo.graph_.listeners.items() if x.api_name == "greet")
    body = {"data": ["Ada"], "fn_index": index, "session_hash": "s"}
    with served(demo) as url, httpx.Client(timeout=10) as client:
        held = f"{url}/gradio_api/queue/data?session_hash=s&after=0&hold=1"
        with client.stream("GET", held) as stream, httpx.Client(timeout=10) as other:
            lines = (line for line in stream.iter_lines() if line.startswith("data: "))
            assert "heartbeat" in next(lines), "it says at once that it is there"
            for _ in range(2):
                other.post(f"{url}/gradio_api/queue/join", json=body)
                said = next(line for line in lines if "process_completed" in line)
                assert "Hello Ada" in said
            demo.close(verbose=False)
            assert [json.loads(line[6:])["msg"] for line in lines] == ["unexpected_error"]


async def test_too_many_streams_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from limelight.settings import settings

    monkeypatch.setenv("LIMELIGHT_MAX_STREAMS_PER_CLIENT", "2")
    settings.cache_clear()
    try:
        app = make_app()
    finally:
        settings.cache_clear()
    async with in_process(app) as client:
        session = app.state.site.runtime.session("s", None, create=True)
        session.outbox.expect("e")
        url = "/gradio_api/queue/data?session_hash=s"
        open_ones = [asyncio.ensure_future(client.get(url)) for _ in range(2)]
        await asyncio.sleep(0.02)
        assert (await client.get(url)).status_code == 429
        session.outbox.close()
        await asyncio.gather(*open_ones)
        assert app.state.site._streams.total() == 0


def _until(is_so: Any) -> None:
    import time

    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)
