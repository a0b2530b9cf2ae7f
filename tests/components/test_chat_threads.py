"""ChatThreads: props, what crosses the wire, and what the page can ask."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import limelight as gr
from limelight.components.chat_threads.chat_threads import ChatThreads
from limelight.errors import PayloadError, ValueRejected


class Kept:
    """Conversations of somebody."""

    secret = b"known"

    def serve(self, data: Any, request: Any) -> Any:
        return {"asked": data, "by": request}


def test_defaults() -> None:
    parameters = inspect.signature(ChatThreads).parameters
    expected = {"history": None, "value": None, "version": 0, "interactive": True}
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["history", "value"]
    assert list(ChatThreads.events) == ["change", "input"]


def test_the_conversations_stay_on_the_server() -> None:
    threads = ChatThreads(Kept())
    assert "history" not in threads.wire_props()
    assert threads.kept_secret == b"known"
    request: Any = "somebody"
    serve = threads.offered_functions()["threads"]
    assert serve({"action": "list"}, request) == {"asked": {"action": "list"}, "by": "somebody"}


def test_without_conversations_the_page_can_ask_nothing() -> None:
    assert "threads" not in ChatThreads().offered_functions()
    assert ChatThreads().kept_secret is None


def test_values_are_names() -> None:
    threads = ChatThreads()
    assert [threads.preprocess(given) for given in (None, "", "abc")] == [None, None, "abc"]
    assert [threads.postprocess(given) for given in (None, "shared:x")] == [None, "shared:x"]


@pytest.mark.parametrize("payload", [3, ["abc"], "a" * 121])
def test_what_names_no_conversation_is_refused(payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected the name of a conversation"):
        ChatThreads().preprocess(payload)


def test_a_function_gives_a_name() -> None:
    with pytest.raises(ValueRejected, match="was given 3; expected the name of a conversation"):
        ChatThreads().postprocess(3)


def test_a_chat_that_is_kept_has_a_list_of_its_own(tmp_path: Any) -> None:
    chat = gr.ChatInterface(lambda message, history: message, store=tmp_path / "chat.db")
    assert isinstance(chat.threads, ChatThreads)
    assert chat.threads.history is chat.history
