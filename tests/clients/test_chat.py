"""Chats with the official clients: they say something, hear the answer grow, and stop it."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from gradio_client import Client

import limelight as gr
from tests.clients.scenes import PATIENCE_S, serve
from tests.clients.talk import LocalFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.clients.conftest import Connect

pytestmark = pytest.mark.clients


class Chat:
    """A chat whose answers a test can follow."""

    def __init__(self, *, multimodal: bool = False) -> None:
        self.has_ended = threading.Event()
        """Set when an answer without end was stopped."""
        self.messages: list[Any] = []
        """What the function was asked."""
        self.demo = gr.ChatInterface(
            self.answer,
            multimodal=multimodal,
            additional_inputs=[gr.Textbox(label="Manner", value="kindly")],
            api_name="chat",
        )

    def answer(self, message: Any, history: list[Any], manner: str) -> Iterator[str]:
        self.messages.append(message)
        said = message["text"] if isinstance(message, dict) else message
        if said == "for ever":
            number = 0
            try:
                while not self.has_ended.wait(0.01):
                    yield f"{number}"
                    number += 1
            finally:
                self.has_ended.set()
        text = f"{len(history) // 2} {manner}:"
        for word in said.split():
            text += f" {word}"
            yield text


@pytest.fixture
def chat() -> Chat:
    return Chat()


def test_clients_chat_and_hear_the_answer_grow(connect: Connect, chat: Chat) -> None:
    with serve(chat.demo) as url:
        heard = connect(url).hear("/chat", "how are you", "kindly")
        assert heard.values == [["0 kindly: how"], ["0 kindly: how are"], ["0 kindly: how are you"]]
        assert heard.result == ["0 kindly: how are you"]


def test_history_lasts_for_the_session(connect: Connect, chat: Chat) -> None:
    with serve(chat.demo) as url:
        client = connect(url)
        assert client.predict("/chat", "one", "briefly") == ["0 briefly: one"]
        assert client.predict("/chat", "two", "briefly") == ["1 briefly: two"]
        client.new_session()
        assert client.predict("/chat", "three", "briefly") == ["0 briefly: three"]
        assert connect(url).predict("/chat", "four", "briefly") == ["0 briefly: four"]


def test_clients_stop_an_answer(connect: Connect, chat: Chat) -> None:
    with serve(chat.demo) as url:
        client = connect(url)
        heard = client.hear("/chat", "for ever", "kindly", cancel_after=2)
        assert heard.is_cancelled
        assert heard.values[:2] == [["0"], ["1"]]
        assert chat.has_ended.wait(PATIENCE_S)
        assert client.predict("/chat", "again", "kindly")[0].endswith("kindly: again")


def test_two_clients_have_a_conversation_each(connect: Connect, chat: Chat) -> None:
    with serve(chat.demo) as url:
        first, second = connect(url), connect(url)
        assert first.predict("/chat", "a", "kindly") == ["0 kindly: a"]
        assert second.predict("/chat", "b", "kindly") == ["0 kindly: b"]
        assert first.predict("/chat", "c", "kindly") == ["1 kindly: c"]


def test_clients_send_files(connect: Connect, tmp_path: Path) -> None:
    chat = Chat(multimodal=True)
    notes = tmp_path / "notes.txt"
    notes.write_text("abc")
    with serve(chat.demo) as url:
        client = connect(url)
        given = {"text": "look here", "files": [LocalFile(notes)]}
        heard = client.hear("/chat", given, "kindly")
        assert heard.values == [["0 kindly: look"], ["0 kindly: look here"]]
        assert client.predict("/chat", {"text": "hi", "files": []}, "kindly") == ["1 kindly: hi"]
        (path,) = chat.messages[0]["files"]
        assert Path(path).read_text() == "abc"
        stopped = client.hear("/chat", {"text": "for ever", "files": []}, "kindly", cancel_after=1)
        assert stopped.is_cancelled
        assert chat.has_ended.wait(PATIENCE_S)


def test_a_question_inside_an_answer_is_answered_by_a_program() -> None:
    def answer(message: str, history: list[Any]) -> str:
        return f"{message}: {gr.ask('Really?')}"

    with serve(gr.ChatInterface(answer, api_name="chat")) as url:
        client = Client(url, verbose=False)
        job = client.submit("delete it", api_name="/chat")
        with httpx.Client(base_url=f"{url}/gradio_api", cookies=client.cookies) as http:
            params = {"session_hash": client.session_hash}
            until_s = time.monotonic() + PATIENCE_S
            while not (found := http.get("/ask", params=params).json()):
                assert time.monotonic() < until_s
                time.sleep(0.02)
            assert found[0]["prompt"] == "Really?"
            told = {"session_hash": client.session_hash, "answer": True}
            assert http.post(f"/ask/{found[0]['id']}", json=told).json() == {"success": True}
        assert job.result(timeout=PATIENCE_S) == "delete it: True"
        client.close()
