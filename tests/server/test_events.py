from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.server.harness import fn_index, in_process, make_app, messages_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

SHAPE = {"msg", "event_id"}


async def join(client: httpx.AsyncClient, index: int, data: list[Any], session: str = "s") -> str:
    body = {"data": data, "fn_index": index, "session_hash": session}
    answer = await client.post("/gradio_api/queue/join", json=body)
    assert answer.status_code == 200, answer.text
    event_id: str = answer.json()["event_id"]
    assert len(event_id) == 32
    return event_id


async def test_a_call_is_queued_and_its_messages_come_in_order() -> None:
    app = make_app()
    async with in_process(app) as client:
        event = await join(client, fn_index(app, "greet"), ["Ann"])
        answer = await client.get("/gradio_api/queue/data?session_hash=s")
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        found = messages_of(answer.text)
        assert [m["msg"] for m in found] == [
            "estimation",
            "process_starts",
            "process_completed",
            "close_stream",
        ]
        assert [m["event_id"] for m in found] == [event, event, event, None]
        assert found[2]["success"] is True
        assert found[2]["output"]["data"] == ["Hello Ann"]


async def test_a_stream_does_not_repeat_what_was_delivered() -> None:
    app = make_app()
    async with in_process(app) as client:
        first = await join(client, fn_index(app, "greet"), ["Ann"])
        await client.get("/gradio_api/queue/data?session_hash=s")
        second = await join(client, fn_index(app, "greet"), ["Bob"])
        text = (await client.get("/gradio_api/queue/data?session_hash=s")).text
        assert first not in text
        assert second in text


async def test_calls_of_one_session_share_a_stream() -> None:
    app = make_app()
    async with in_process(app) as client:
        events = {await join(client, fn_index(app, "count"), [3]) for _ in range(3)}
        found = messages_of((await client.get("/gradio_api/queue/data?session_hash=s")).text)
        ended = {m["event_id"] for m in found if m["msg"] == "process_completed"}
        assert ended == events
        assert [m["msg"] for m in found].count("close_stream") == 1


async def test_a_counting_reader_resumes_where_it_was() -> None:
    app = make_app()
    async with in_process(app) as client:
        await join(client, fn_index(app, "greet"), ["Ann"])
        text = (await client.get("/gradio_api/queue/data?session_hash=s&after=0")).text
        assert text.startswith('id: 1\ndata: {"msg":"estimation"')
        assert "id: 3\n" in text
        again = await client.get("/gradio_api/queue/data?session_hash=s&after=2")
        assert again.text.startswith('id: 3\ndata: {"msg":"process_completed"')
        header = {"last-event-id": "2"}
        same = await client.get("/gradio_api/queue/data?session_hash=s&after=0", headers=header)
        assert same.text == again.text


async def test_an_unknown_session_is_told_in_the_stream() -> None:
    async with in_process() as client:
        answer = await client.get("/gradio_api/queue/data?session_hash=nobody")
        assert answer.status_code == 200
        assert messages_of(answer.text) == [
            {
                "msg": "unexpected_error",
                "message": "404: Not Found",
                "event_id": None,
                "session_not_found": True,
                "success": False,
            }
        ]
        assert len(client._transport.app.state.site.runtime.sessions) == 0  # type: ignore[attr-defined]  # ASGITransport


async def test_heartbeats_fill_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    from limelight.settings import settings

    monkeypatch.setenv("LIMELIGHT_HEARTBEAT_INTERVAL", "0.05")
    settings.cache_clear()
    try:
        app = make_app()
        site = app.state.site
        async with in_process(app) as client:
            session = site.runtime.session("s", None, create=True)
            session.outbox.expect("e")
            task = asyncio.ensure_future(client.get("/gradio_api/queue/data?session_hash=s"))
            await asyncio.sleep(0.12)
            session.outbox.close()
            kinds = [m["msg"] for m in messages_of((await task).text)]
            assert kinds[:2] == ["heartbeat", "heartbeat"]
    finally:
        settings.cache_clear()


async def test_a_failure_is_an_error_object() -> None:
    app = make_app()
    async with in_process(app) as client:
        await join(client, fn_index(app, "fail"), ["x"])
        found = messages_of((await client.get("/gradio_api/queue/data?session_hash=s")).text)
        assert found[-2]["success"] is False
        assert found[-2]["output"] == {
            "error": "no x",
            "duration": 10,
            "visible": True,
            "title": "Sorry",
        }


async def test_an_unexpected_failure_says_nothing() -> None:
    app = make_app()
    async with in_process(app) as client:
        await join(client, fn_index(app, "crash"), ["x"])
        found = messages_of((await client.get("/gradio_api/queue/data?session_hash=s")).text)
        assert found[-2]["output"] == {"error": None}


async def test_a_cancelled_call_completes() -> None:
    app = make_app()
    async with in_process(app) as client:
        event = await join(client, fn_index(app, "slow"), ["x"])
        stream = asyncio.ensure_future(client.get("/gradio_api/queue/data?session_hash=s"))
        await asyncio.sleep(0.1)
        body = {"session_hash": "s", "fn_index": fn_index(app, "slow"), "event_id": event}
        answer = await client.post("/gradio_api/cancel", json=body)
        assert answer.json() == {"success": True}
        found = messages_of((await stream).text)
        assert found[-2]["msg"] == "process_completed"
        assert found[-1]["msg"] == "close_stream"
        assert (await client.post("/gradio_api/reset", json={"event_id": event})).json() == {
            "success": True
        }


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"data": ["x"], "fn_index": 0}, 400, "Session hash not found."),
        ({"data": ["x"], "session_hash": "s"}, 400, "No function index provided."),
        (
            {"data": "x", "fn_index": 0, "session_hash": "s"},
            422,
            [
                {
                    "type": "list_type",
                    "loc": ["body", "data"],
                    "msg": "Input should be a valid list",
                    "input": "x",
                }
            ],
        ),
        (
            {},
            422,
            [{"type": "missing", "loc": ["body", "data"], "msg": "Field required", "input": {}}],
        ),
    ],
)
async def test_a_bad_join_says_what_is_wrong(
    body: dict[str, Any], status: int, detail: Any
) -> None:
    async with in_process() as client:
        answer = await client.post("/gradio_api/queue/join", json=body)
        assert (answer.status_code, answer.json()) == (status, {"detail": detail})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"data":' + b"[" * 100_000,
        b'{"data":' + b"[" * 10_000 + b"]" * 10_000 + b',"fn_index":0,"session_hash":"s"}',
        b'{"data":' + b'{"a":' * 500 + b"1" + b"}" * 500 + b',"fn_index":0,"session_hash":"s"}',
        b'{"data":["\\ud800"],"fn_index":0,"session_hash":"s"}',
        b'{"data":[],"fn_index":"x","session_hash":"s"}',
        b'{"data":[],"fn_index":1e400,"session_hash":"s"}',
        b'{"data":[],"fn_index":0,"session_hash":["s"]}',
        b'{"data":[],"fn_index":0,"session_hash":"' + b"s" * 100_000 + b'"}',
        b'{"data":[],"fn_index":0,"session_hash":"s","trigger_id":"x"}',
    ],
)
async def test_what_is_no_call_is_refused(content: bytes) -> None:
    async with in_process() as client:
        answer = await client.post("/gradio_api/queue/join", content=content)
        assert answer.status_code == 422, answer.text
        assert isinstance(answer.json()["detail"], list)


@pytest.mark.parametrize("index", [99, -1, 2**70])
async def test_an_unknown_function_is_refused(index: int) -> None:
    async with in_process() as client:
        body = {"data": [], "fn_index": index, "session_hash": "s"}
        answer = await client.post("/gradio_api/queue/join", json=body)
        assert answer.status_code == 404
        assert set(answer.json()) == {"detail"}


async def test_a_body_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from limelight.settings import settings

    monkeypatch.setenv("LIMELIGHT_MAX_BODY_SIZE", "1000")
    settings.cache_clear()
    try:
        async with in_process() as client:
            body = {"data": ["x" * 2000], "fn_index": 0, "session_hash": "s"}
            answer = await client.post("/gradio_api/queue/join", json=body)
            assert answer.status_code == 413

            async def endless() -> AsyncGenerator[bytes]:
                while True:
                    yield b"x" * 500

            answer = await client.post("/gradio_api/queue/join", content=endless())
            assert answer.status_code == 413
    finally:
        settings.cache_clear()


async def test_the_queue_tells_its_length() -> None:
    async with in_process() as client:
        assert (await client.get("/gradio_api/queue/status")).json() == {
            "msg": "estimation",
            "event_id": None,
            "rank": None,
            "queue_size": 0,
            "rank_eta": None,
        }


async def test_a_missing_session_hash_is_a_422() -> None:
    async with in_process() as client:
        answer = await client.get("/gradio_api/queue/data")
        assert answer.status_code == 422
        assert answer.json()["detail"] == [
            {
                "type": "missing",
                "loc": ["query", "session_hash"],
                "msg": "Field required",
                "input": None,
            }
        ]


async def test_the_function_sees_headers_query_and_root() -> None:
    app = make_app()
    async with in_process(app) as client:
        body = {"data": ["me"], "fn_index": fn_index(app, "who"), "session_hash": "s"}
        await client.post("/gradio_api/queue/join?q=7", json=body, headers={"x-test": "yes"})
        found = messages_of((await client.get("/gradio_api/queue/data?session_hash=s")).text)
        assert found[2]["output"]["data"] == ["me|yes|7|http://testserver"]


async def test_unread_sessions_do_not_keep_the_server_from_forgetting() -> None:
    app = make_app(state_session_capacity=5)
    async with in_process(app) as client:
        for i in range(20):
            await join(client, fn_index(app, "greet"), ["x"], f"s{i}")
            while app.state.site.runtime.busy():  # what runs is not forgotten
                await asyncio.sleep(0.001)
        assert len(app.state.site.runtime.sessions) == 5
