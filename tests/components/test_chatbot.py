"""Chatbot: the forms of messages, to the page and back."""

from __future__ import annotations

from typing import Any

import pytest

import limelight as gr
from limelight.components.chatbot.messages import ChatbotDataMessages, Message, TextMessage
from limelight.core.filedata import FileData
from limelight.core.tail import Tail
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.runtime.deltas import advance, advance_tail, apply, own


def text(role: str, said: str, **more: Any) -> dict[str, Any]:
    part = {"text": said, "type": "text"}
    return {"role": role, "metadata": None, "content": [part], "options": None, **more}


HELLO = text("user", "hello")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, []),
        ([{"role": "user", "content": "hello"}], [HELLO]),
        ([gr.ChatMessage("hello", "user", None)], [text("user", "hello", options=[])]),  # type: ignore[arg-type]
        ([("hello", "ja")], [HELLO, text("assistant", "ja")]),
        ([["hello", None]], [HELLO]),
        ([{"role": "user", "content": "\n    hello\n    "}], [HELLO]),
        ([{"role": "user", "content": {"type": "text", "text": "hello"}}], [HELLO]),
        (ChatbotDataMessages([Message(role="user", content=[TextMessage(text="hello")])]), [HELLO]),
        (
            [{"role": "assistant", "content": "", "metadata": {"title": "Tool", "id": 1}}],
            [text("assistant", "", metadata={"title": "Tool", "id": 1})],
        ),
    ],
)
def test_what_the_page_gets(given: Any, shown: list[dict[str, Any]]) -> None:
    assert gr.Chatbot().postprocess(given) == shown


@pytest.mark.parametrize(
    "content",
    [
        ("a.png", "a cat"),
        {"path": "a.png", "alt_text": "a cat"},
        {"type": "file", "file": {"path": "a.png"}, "alt_text": "a cat"},
    ],
)
def test_a_file_has_a_description(content: Any) -> None:
    (message,) = gr.Chatbot().postprocess([{"role": "user", "content": content}])
    (part,) = message["content"]
    assert part["file"] == FileData(path="a.png", mime_type="image/png")
    assert part["alt_text"] == "a cat"


def test_a_component_is_sent_with_its_props_and_comes_back() -> None:
    chat = gr.Chatbot()
    (message,) = chat.postprocess([{"role": "assistant", "content": gr.Textbox("v", label="L")}])
    (part,) = message["content"]
    assert (part["component"], part["value"], part["props"]["label"]) == ("textbox", "v", "L")
    (back,) = chat.preprocess([message])
    assert back["content"][0]["instance"].value == "v"
    assert chat.postprocess([back]) == [message]


def test_a_component_in_a_message_stands_nowhere_else_on_the_page() -> None:
    with gr.Blocks() as demo:
        placed = gr.Textbox(label="placed before")
        said: list[Any] = [
            {"role": "assistant", "content": placed},
            {"role": "assistant", "content": ["look", gr.HTML("<b>x</b>")]},
            gr.ChatMessage(gr.Number(1)),
        ]
        chatbot = gr.Chatbot(said)
    assert [child.tag for child in demo.children] == ["chatbot"]
    shown = chatbot.postprocess(chatbot.initial_value)
    kinds = [part.get("component") for one in shown for part in one["content"]]
    assert kinds == ["textbox", None, "html", "number"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("hello", "expected a list of messages"),
        ([{"role": "user"}], "expected a dictionary with 'role' and 'content'"),
        ([{"role": "user", "content": 5}], "expected a text, a component"),
        ([5], "the message 5"),
    ],
)
def test_what_is_no_conversation_is_named(given: Any, told: str) -> None:
    with pytest.raises(ValueRejected, match=told):
        gr.Chatbot().postprocess(given)


@pytest.mark.parametrize(
    "payload",
    [
        5,
        [5],
        [{"content": []}],
        [{"role": "user", "content": 5}],
        [{"role": "user", "content": [], "metadata": 5}],
        [{"role": "user", "content": [], "options": 5}],
        [{"role": "user", "content": [{"type": "file", "file": {"path": "/etc/passwd"}}]}],
        [{"role": "user", "content": [{"type": "component", "component": "os.system"}]}],
    ],
)
def test_crafted_payloads_are_refused(payload: Any) -> None:
    with pytest.raises(PayloadError):
        gr.Chatbot().preprocess(payload)


def test_thoughts_become_steps() -> None:
    chat = gr.Chatbot(reasoning_tags=[("<think>", "</think>"), ("[", "]")])

    def shown(said: str) -> list[tuple[str, str | None]]:
        messages = chat.postprocess([{"role": "assistant", "content": said}])
        return [(m["content"][0]["text"], (m["metadata"] or {}).get("status")) for m in messages]

    assert shown("a<think>b</think>c[d]e") == [
        ("a", None),
        ("b", "done"),
        ("c", None),
        ("d", "done"),
        ("e", None),
    ]
    assert shown("<think>b") == [("b", "pending")]
    assert shown("plain") == [("plain", None)]
    assert shown("<think>" * 20_000)[0][1] == "pending"


@pytest.mark.parametrize(
    ("props", "told"),
    [
        ({"layout": "round"}, "layout"),
        ({"editable": True}, "editable"),
        ({"buttons": ["undo"]}, "buttons"),
        ({"avatar_images": "a.png"}, "avatar_images"),
        ({"reasoning_tags": ["<think>"]}, "reasoning_tags"),
        ({"examples": ["hello"]}, "examples"),
    ],
)
def test_props_that_mean_nothing(props: dict[str, Any], told: str) -> None:
    with pytest.raises(PropError, match=told):
        gr.Chatbot(**props)


def test_defaults_on_the_wire() -> None:
    props = gr.Chatbot().wire_props()
    assert props["buttons"] == ["share", "copy", "copy_all"]
    assert props["feedback_options"] == ["Like", "Dislike"]
    assert props["avatar_images"] == [None, None]
    assert props["latex_delimiters"] == [{"left": "$$", "right": "$$", "display": True}]


# ---- steps ---------------------------------------------------------------------------------------


def test_a_tail_gives_the_edits_of_the_whole() -> None:
    old = own([text("user", str(number)) for number in range(100)] + [text("assistant", "a")])
    rest = [text("assistant", "ab"), text("assistant", "c")]
    new = old[:100] + rest
    edits, made = advance_tail(old, Tail(100, rest, lambda: new))
    assert made == new
    assert edits == advance(old, new)[0]
    assert apply(own(old), edits) == new
    assert made[5] is old[5]
    assert advance_tail(made, Tail(100, rest, lambda: new))[1] is made


def test_a_tail_that_does_not_fit_is_taken_as_a_whole() -> None:
    new = [HELLO, text("assistant", "a")]
    assert advance_tail([], Tail(1, new[1:], lambda: new))[1] == new


def test_chatbot_converts_only_the_tail() -> None:
    tail = gr.Chatbot().postprocess(Tail(3, [{"role": "user", "content": "hello"}], list))
    assert (tail.kept, tail.rest, tail.whole()) == (3, [HELLO], [])
