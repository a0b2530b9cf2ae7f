"""A chat that answers as fast as it can, after `before` turns that were said already."""

from collections.abc import Iterator
from typing import Any

__all__ = ["build"]


def answer(message: str, _history: list[Any]) -> Iterator[str]:
    """As many words of six characters as the message says, and a last one."""
    text = ""
    for number in range(int(message)):
        text += f"w{number:04} "
        yield text
    yield text + "the-end"


def build(gr: Any, before: int) -> Any:
    """The app, made of a framework's components."""
    said = [
        message
        for turn in range(before)
        for message in (
            {"role": "user", "content": f"Question {turn}: what is **{turn}** squared?"},
            {
                "role": "assistant",
                "content": f"It is `{turn * turn}`.\n\n1. Take {turn}.\n2. Again.",
            },
        )
    ]
    chatbot = gr.Chatbot(said, height=500)
    return gr.ChatInterface(answer, chatbot=chatbot, api_name="chat")
