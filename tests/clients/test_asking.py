"""Functions that ask while an official client waits for them: a program hears the question over
HTTP, and answers it.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import limelight as gr
from tests.clients.scenes import PATIENCE_S, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.clients.conftest import Connect

pytestmark = pytest.mark.clients


async def choose(text: str) -> str:
    sizes = [("Small", 1), ("Large", 2)]
    return f"{text}: {await gr.ask('How large?', options=sizes)}"


def remove(message: str, history: list[Any]) -> Iterator[str]:
    yield "Looking."
    yield f"Removed {message}: {gr.ask('Remove it?', details=message)}"


@pytest.fixture
def demo() -> gr.Blocks:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(choose, box, box, api_name="choose")
        gr.ChatInterface(remove, api_name="chat")
    return demo


def waiting(http: httpx.Client, session: str) -> dict[str, Any]:
    """The question that a session's call asks, as soon as it does."""
    end_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < end_s:
        found = http.get("ask", params={"session_hash": session}).json()
        if found:
            question: dict[str, Any] = found[0]
            return question
        time.sleep(0.02)
    raise AssertionError("Nothing is asked.")


@pytest.mark.parametrize(
    ("endpoint", "answer", "kind", "result"),
    [
        ("/choose", "Large", "choice", "a.txt: 2"),
        ("/chat", True, "approval", "Removed a.txt: True"),
        ("/chat", False, "approval", "Removed a.txt: False"),
    ],
)
def test_a_program_answers_while_the_client_waits(
    connect: Connect, demo: gr.Blocks, endpoint: str, answer: Any, kind: str, result: str
) -> None:
    with (
        serve(demo) as url,
        ThreadPoolExecutor(1) as pool,
        httpx.Client(base_url=f"{url}/gradio_api/") as http,
    ):
        client = connect(url)
        call = pool.submit(client.predict, endpoint, "a.txt")
        question = waiting(http, client.session)
        assert question["kind"] == kind
        body = {"session_hash": client.session, "answer": answer}
        assert http.post(f"ask/{question['id']}", json=body).json() == {"success": True}
        assert call.result(PATIENCE_S) == [result]
        assert http.get("ask", params={"session_hash": client.session}).json() == []
