"""Streamed input: one call that takes chunk after chunk."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import httpx

import limelight as gr
from limelight.runtime import streams
from tests.server.harness import fn_index, in_process, make_app, messages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from starlette.applications import Starlette

SESSION = "s1"


def make_demo(**options: Any) -> gr.Blocks:
    def see(chunk: Any, seen: int) -> tuple[str, int]:
        return f"{seen + 1}: {chunk}", seen + 1

    def talk(chunk: Any) -> Iterator[str]:
        for word in ("a", "b", "c"):
            yield f"{chunk}{word}"

    def tire(chunk: Any) -> str:
        time.sleep(0.03)
        return str(chunk)

    with gr.Blocks() as demo:
        camera = gr.Image(sources=["webcam"], streaming=True)
        seen, out = gr.State(0), gr.Textbox()
        given: dict[str, Any] = {"preprocess": False, "concurrency_limit": None, **options}
        camera.stream(see, [camera, seen], [out, seen], api_name="see", **given)
        camera.stream(talk, camera, out, api_name="talk", **given)
        camera.stream(tire, camera, out, api_name="tire", **given)
    return demo


class Page:
    """A client that streams."""

    def __init__(self, app: Starlette, client: httpx.AsyncClient) -> None:
        self.app = app
        self.client = client
        self.event_id = ""

    async def join(self, name: str, *data: Any, **members: Any) -> asyncio.Task[list[Any]]:
        body = {"data": data, "fn_index": fn_index(self.app, name), "session_hash": SESSION}
        body |= members
        answer = await self.client.post("/gradio_api/queue/join", json=body)
        self.event_id = answer.json()["event_id"]
        return asyncio.create_task(self._listen())

    async def _listen(self) -> list[Any]:
        answer = await self.client.get(f"/gradio_api/queue/data?session_hash={SESSION}")
        return [m for m in messages_of(answer.text) if str(m["msg"]).startswith("process")][1:]

    async def push(self, *data: Any) -> httpx.Response:
        body = {"data": data, "fn_index": 0, "session_hash": SESSION, "trigger_id": 1}
        return await self.client.post(f"/gradio_api/stream/{self.event_id}", json=body)

    async def close(self) -> httpx.Response:
        return await self.client.post(f"/gradio_api/stream/{self.event_id}/close", json={})

    async def until(self, count: int) -> None:
        """Until so many messages were published."""
        session = self.app.state.site.runtime.sessions.find(SESSION, None)
        while session.outbox.last_seq < count:
            await session.outbox.wait(session.outbox.last_seq, 5)


def values(messages: list[Any]) -> list[tuple[str, Any]]:
    return [(m["msg"].removeprefix("process_"), m["output"]["data"][0]) for m in messages]


async def test_each_chunk_is_answered_in_full_until_the_stream_is_closed() -> None:
    app = make_app(make_demo(time_limit=5))
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("see", "x", None)
        for number, chunk in enumerate(("y", "z"), start=3):
            await page.until(number)
            answer = await page.push(chunk, None)
            assert (answer.status_code, answer.json()) == (200, {"msg": "success"})
        await page.until(5)
        assert (await page.close()).json() == {"msg": "success"}
        messages = await listening
    assert values(messages) == [
        ("streaming", "1: x"),
        ("streaming", "2: y"),
        ("streaming", "3: z"),
        ("completed", "3: z"),
    ]
    assert 4.5 < messages[0]["time_limit"] < 5
    assert all(m["output"]["is_generating"] is True for m in messages)
    assert all(m["output"]["data"][1] is None for m in messages)  # the State's


async def test_events_bring_pictures_along_and_name_no_files_of_others() -> None:
    picture: dict[str, Any] = {"path": None, "url": "data:image/webp;base64,UklGRg=="}
    picture["meta"] = {"_type": "gradio.FileData"}
    app = make_app(make_demo())
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("see", "x", None, event_data=picture)
        url = f"/gradio_api/stream/{page.event_id}"
        body: dict[str, Any] = {"data": ["y", None], "event_data": picture}
        assert (await client.post(url, json=body)).status_code == 200
        body["event_data"] = {**picture, "path": "/etc/passwd", "url": None}
        assert (await client.post(url, json=body)).status_code == 400
        await page.close()
        assert values(await listening)[-1] == ("completed", "2: y")


async def test_a_generator_answers_a_chunk_several_times() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("talk", "x")
        await page.until(5)
        await page.close()
        messages = await listening
    assert [value for _, value in values(messages)] == ["xa", "xb", "xc", "xc"]
    assert messages[0]["time_limit"] is None


async def test_of_pictures_that_wait_only_the_newest_is_taken() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("tire", "1")
        for chunk in "234":
            await page.push(chunk)
        await page.close()
        assert [value for _, value in values(await listening)] == ["1", "4", "4"]


async def test_pieces_of_a_recording_are_all_taken_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gr.Image, "streams_pieces", True, raising=False)
    monkeypatch.setattr(streams, "MOST_CHUNKS", 3)
    app = make_app(make_demo())
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("tire", "1")
        answers = [(await page.push(chunk)).status_code for chunk in "2345"]
        await page.close()
        assert [value for _, value in values(await listening)] == ["1", "2", "3", "4", "4"]
    assert answers == [200, 200, 200, 429]


async def test_a_stream_completes_when_its_time_is_up() -> None:
    app = make_app(make_demo(time_limit=0.2))
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("tire", "x")
        while not listening.done():
            await page.push("y")
            await asyncio.sleep(0.01)
        messages = await listening
        late = await page.push("z")
    assert values(messages)[-1] == ("completed", "y")
    assert len(messages) > 2
    assert late.status_code == 404


async def test_a_stream_completes_when_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("limelight.runtime.worker.IDLE_S", 0.1)
    app = make_app(make_demo())
    async with in_process(app) as client:
        messages = await (await Page(app, client).join("see", "x", None))
    assert values(messages) == [("streaming", "1: x"), ("completed", "1: x")]


async def test_a_stream_ends_with_the_connection_that_reads_it() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        runtime = app.state.site.runtime
        session = runtime.session(SESSION, None, create=True)
        runtime.presence.connected(session)
        page = Page(app, client)
        listening = await page.join("see", "x", None)
        await page.until(3)
        listening.cancel()
        runtime.presence.disconnected(session)
        runtime.presence.disconnected(session)
        await page.until(4)
        assert session.outbox.after(3)[0].kind == "process_completed"


async def test_nobody_else_may_send_chunks_or_close() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        await client.get("/")  # gives an identity
        page = Page(app, client)
        listening = await page.join("see", "x", None)
        transport = httpx.ASGITransport(app, client=("203.0.113.8", 1))
        async with httpx.AsyncClient(transport=transport, base_url=client.base_url) as stranger:
            url = f"/gradio_api/stream/{page.event_id}"
            body = {"data": ["y", None], "session_hash": SESSION}
            assert (await stranger.post(url, json=body)).status_code == 404
            assert (await stranger.post(f"{url}/close", json={})).status_code == 404
        assert (await page.close()).status_code == 200
        assert values(await listening)[-1] == ("completed", "1: x")


async def test_bad_requests_are_refused() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        unknown = await client.post("/gradio_api/stream/none", json={"data": []})
        assert unknown.status_code == 404
        assert (await client.post("/gradio_api/stream/none/close", json={})).status_code == 404
        page = Page(app, client)
        listening = await page.join("see", "x", None)
        url = f"/gradio_api/stream/{page.event_id}"
        assert (await client.post(url, content=b"{")).status_code == 422
        assert (await client.post(url, json={})).status_code == 422
        large = "x" * (app.state.site.options.environment.max_body_size + 1)
        assert (await client.post(url, content=large)).status_code == 413
        await page.close()
        await listening


async def test_a_chunk_that_does_not_fit_ends_the_stream_with_an_error() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        page = Page(app, client)
        listening = await page.join("see", "x", None)
        await page.until(3)
        await page.push()
        last = (await listening)[-1]
    assert last["success"] is False
    assert "takes 2" in last["output"]["error"]
