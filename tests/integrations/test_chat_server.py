"""`load_chat`: a chat with a server that runs here."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.errors import Error
from tests.integrations.server import ModelServer, chunk

if TYPE_CHECKING:
    from pathlib import Path

USAGE = {"prompt_tokens": 3, "completion_tokens": 2}
HELLO = [
    chunk(content="Hel"),
    chunk(content="lo"),
    chunk("stop"),
    {"choices": [], "usage": USAGE, "model": "tiny"},
]


def answers(demo: gr.ChatInterface, message: Any, history: Any = ()) -> list[list[dict[str, Any]]]:
    return [step.messages for step in demo.fn(message, list(history))]


def test_text_is_streamed_with_what_it_took() -> None:
    with ModelServer(HELLO) as server:
        demo = gr.load_chat(server.url, "tiny", "secret", system_message="Be kind.")
        steps = answers(demo, {"text": "Hi", "files": []}, [{"role": "user", "content": "Before"}])
    assert [step[0]["content"] for step in steps if step][:2] == ["Hel", "Hello"]
    usage = steps[-1][0]["metadata"]["usage"]
    assert (usage["model"], usage["input_tokens"], usage["output_tokens"]) == ("tiny", 3, 2)
    assert server.asked[0]["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Before"},
        {"role": "user", "content": "Hi"},
    ]
    assert server.tokens == ["Bearer secret"]


def test_reasoning_becomes_a_step_that_is_not_sent_back() -> None:
    script = [chunk(reasoning_content="Well"), chunk(content="Yes"), chunk("stop")]
    with ModelServer(script, HELLO) as server:
        demo = gr.load_chat(server.url, "tiny", file_types=None)
        thought, said = answers(demo, "Hi")[-1]
        assert thought["content"] == "Well"
        assert thought["metadata"]["status"] == "done"
        answers(demo, "And?", [thought, said])
    assert [m["content"] for m in server.asked[1]["messages"]] == ["Yes", "And?"]


def test_files_go_along_as_text_or_as_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("inside")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.png")]
    with ModelServer(HELLO) as server:
        demo = gr.load_chat(server.url, "tiny", file_types=["text_encoded", "image"])
        answers(demo, {"text": "Look", "files": files})
    (message,) = server.asked[0]["messages"]
    assert message["content"] == [
        {"type": "text", "text": "## a.txt\n\ninside\n\nLook"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw=="}},
    ]


def test_without_streaming_the_answer_comes_at_once() -> None:
    whole = {"choices": [{"message": {"content": "Hello"}}], "usage": None}
    with ModelServer(whole) as server:
        demo = gr.load_chat(server.url, "tiny", file_types=None, streaming=False)
        assert [step[0]["content"] for step in answers(demo, "Hi")] == ["Hello"]
    assert server.asked[0]["stream"] is False


def test_the_server_says_no() -> None:
    refusal = 404, {"error": {"message": "no such model"}}
    with ModelServer(refusal) as server:
        demo = gr.load_chat(server.url, "tiny", file_types=None)
        with pytest.raises(Error, match="status 404: no such model"):
            answers(demo, "Hi")
    with pytest.raises(Error, match="could not be reached"):
        answers(demo, "Hi")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ((401, {"error": {"message": "bad key"}}), "status 401: bad key"),
        ((429, {"error": {"message": "slow down"}}), "status 429: slow down"),
        ((500, "out of order"), "status 500: out of order"),
        ([{"error": {"message": "overloaded"}}], "said: overloaded"),
        (b"data: {not json\n\n", "did not answer in JSON"),
        (b"<html>Welcome</html>", "sent no answer"),
        (b"", "sent no answer"),
    ],
)
def test_what_is_wrong_with_the_server_is_told_to_the_reader(script: Any, told: str) -> None:
    with ModelServer(script) as server:
        demo = gr.load_chat(server.url, "tiny", file_types=None)
        with pytest.raises(Error, match=told) as problem:
            answers(demo, "Hi")
    assert not problem.value.print_exception


def test_who_stops_closes_the_connection() -> None:
    endless = (chunk(content="x" * 1000) for _ in itertools.count())
    with ModelServer(endless) as server:
        steps: Any = gr.load_chat(server.url, "tiny", file_types=None).fn("Hi", [])
        next(steps)
        steps.close()
        assert server.is_cut.wait(10)


@pytest.mark.parametrize("given", [{"base_url": "localhost"}, {"file_types": "sound"}])
def test_what_is_wrong_is_told(given: dict[str, Any]) -> None:
    load: Any = gr.load_chat
    with pytest.raises(TypeError, match="expected"):
        load(**{"base_url": "http://localhost/v1", "model": "tiny", **given})
