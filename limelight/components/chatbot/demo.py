"""A conversation with a machine that repeats, word by word."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Iterator


def answer(message: str, history: list[dict[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    history = [*history, {"role": "user", "content": message}]
    said = ""
    for word in f"You said: **{message}**".split(" "):
        said += word + " "
        yield "", [*history, {"role": "assistant", "content": said}]
        time.sleep(0.05)


with gr.Blocks() as demo:
    chat = gr.Chatbot(label="Echo", placeholder="Say something.")
    box = gr.Textbox(placeholder="Type a message...", show_label=False, submit_btn=True)
    box.submit(answer, [box, chat], [box, chat])

if __name__ == "__main__":
    demo.launch()
