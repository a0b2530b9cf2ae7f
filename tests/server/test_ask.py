"""Questions of running functions over HTTP: heard, answered once, and by nobody else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import limelight as gr
from tests.server.harness import fn_index, in_process, make_app

if TYPE_CHECKING:
    import httpx


def app() -> Any:
    with gr.Blocks() as demo:
        box, out = gr.Textbox(), gr.Textbox()
        box.submit(lambda text: f"{text}: {gr.ask('Sure?')}", box, out, api_name="act")
    return make_app(demo)


async def waiting(client: httpx.AsyncClient, session: str) -> list[dict[str, Any]]:
    while True:
        answer = await client.get(f"/gradio_api/ask?session_hash={session}")
        assert answer.status_code == 200
        found: list[dict[str, Any]] = answer.json()
        if found:
            return found
        await asyncio.sleep(0.01)


async def test_a_program_hears_a_question_and_answers_it() -> None:
    demo = app()
    async with in_process(demo) as client:
        body = {"data": ["x"], "fn_index": fn_index(demo, "act"), "session_hash": "s"}
        event_id = (await client.post("/gradio_api/queue/join", json=body)).json()["event_id"]
        (question,) = await waiting(client, "s")
        assert question["event_id"] == event_id
        url = f"/gradio_api/ask/{question['id']}"
        for wrong, status in [
            ({"session_hash": "other", "answer": True}, 404),
            ({"session_hash": "s", "answer": "yes"}, 422),
            ({"session_hash": "s" * 300, "answer": True}, 422),
            ({"answer": True}, 422),
        ]:
            assert (await client.post(url, json=wrong)).status_code == status
        right = {"session_hash": "s", "answer": True}
        assert (await client.post(url, json=right)).json() == {"success": True}
        assert (await client.post(url, json=right)).status_code == 404
        text = (await client.get("/gradio_api/queue/data?session_hash=s")).text
        assert "x: True" in text


async def test_somebody_else_neither_hears_nor_answers() -> None:
    demo = app()
    other = {"authorization": "Bearer another"}
    async with in_process(demo) as client:
        body = {"data": ["x"], "fn_index": fn_index(demo, "act"), "session_hash": "s"}
        await client.post("/gradio_api/queue/join", json=body)
        (question,) = await waiting(client, "s")
        client.cookies.clear()
        answer = await client.get("/gradio_api/ask?session_hash=s", headers=other)
        assert answer.status_code == 404
        right = {"session_hash": "s", "answer": True}
        url = f"/gradio_api/ask/{question['id']}"
        assert (await client.post(url, json=right, headers=other)).status_code == 404
        assert (await client.post(url, json=right)).status_code == 200


async def test_a_call_in_two_requests_tells_its_questions() -> None:
    async with in_process(app()) as client:
        answer = await client.post("/gradio_api/call/act", json={"data": ["x"]})
        event_id = answer.json()["event_id"]
        (question,) = await waiting(client, event_id)
        right = {"session_hash": event_id, "answer": False}
        await client.post(f"/gradio_api/ask/{question['id']}", json=right)
        text = (await client.get(f"/gradio_api/call/act/{event_id}")).text
        assert 'event: ask\ndata: {"id":' in text
        assert 'event: complete\ndata: ["x: False"]' in text


async def test_a_direct_call_without_a_session_has_nobody_to_ask() -> None:
    async with in_process(app()) as client:
        answer = await client.post("/gradio_api/run/act", json={"data": ["x"]})
        assert answer.status_code == 500
