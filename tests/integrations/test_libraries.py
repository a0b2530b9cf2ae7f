"""Adapters with the real libraries, where they are installed, and a server that runs here."""

from __future__ import annotations

from typing import Any

import pytest

from limelight.chat.trail import Trail
from limelight.integrations import langchain, openai
from tests.integrations.server import ModelServer, chunk

CALL = {"index": 0, "id": "c1", "type": "function",
        "function": {"name": "add", "arguments": '{"a": 1, '}}  # fmt: skip
REST = {"index": 0, "function": {"arguments": '"b": 2}'}}
CALLING = [chunk(tool_calls=[CALL]), chunk(tool_calls=[REST]), chunk("tool_calls")]
SAYING = [chunk(role="assistant", content="It is "), chunk(content="3"), chunk("stop")]


def test_chunks_without_a_library() -> None:
    trail = Trail()
    reader = openai.ChatCompletions(trail)
    for one in [*CALLING, *SAYING]:
        reader.take(one)
    assert reader.calls[0]["step"].input == {"a": 1, "b": 2}
    assert trail.text == "It is 3"


def test_objects_of_the_openai_package() -> None:
    library = pytest.importorskip("openai")
    with ModelServer(CALLING, SAYING) as server:
        client = library.OpenAI(base_url=server.url, api_key="none")
        trail = Trail()
        for _ in range(2):
            given: Any = client.chat.completions.create(
                model="tiny", messages=[{"role": "user", "content": "1 + 2?"}], stream=True
            )
            list(openai.chat(given, trail))
        client.close()
    assert [m["metadata"]["input"] for m in trail.messages[:1]] == [{"a": 1, "b": 2}]
    assert trail.text == "It is 3"


@pytest.mark.filterwarnings("ignore")  # its own, of what it renames
async def test_events_of_langchain() -> None:
    library = pytest.importorskip("langchain_openai")
    prebuilt = pytest.importorskip("langgraph.prebuilt")

    def add(a: int, b: int) -> int:
        """Add two numbers."""
        return a + b

    with ModelServer(CALLING, SAYING) as server:
        model = library.ChatOpenAI(base_url=server.url, model="tiny", api_key="none")
        agent = prebuilt.create_react_agent(model, [add])
        given = agent.astream_events({"messages": [("user", "1 + 2?")]}, version="v2")
        trail = Trail()
        async for _ in langchain.events(given, trail):
            pass
    step = trail.messages[0]["metadata"]
    assert (step["title"], step["input"], step["output"]) == ("add", {"a": 1, "b": 2}, "3")
    assert trail.text == "It is 3"
