"""Chat with a language model that runs on this machine.

The model is SmolLM2-135M-Instruct; its weights come with a package, so nothing is downloaded when
it runs. llama.cpp works it out, two answers at a time; whoever comes third waits in the queue.
It shows a chat whose answers stream, can be stopped, and say what they took.
Needs: `pip install -r examples/requirements/chat.txt` and `pip install --no-deps -r
examples/requirements/chat.without-deps.txt`, which `make demo-chat` does.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from small_model import ANSWERS_AT_A_TIME, CONTEXT_TOKENS, model, stream, took

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TOKENS = 384
"""Of one answer; a model as small as this one loses its way in longer ones."""
REPEAT_PENALTY = 1.15
"""Without it the model says the same again and again in a long answer."""
CHARACTERS_PER_TOKEN = 3
"""At least, in most languages that the model speaks; counting exactly is not worth its time."""

SYSTEM_PROMPT = "You are a helpful assistant. Answer briefly and kindly."


def text_of(message: dict[str, Any]) -> str:
    """The text of a message of the history."""
    content = message["content"]
    parts = [content] if isinstance(content, str) else content
    return "\n".join(part if isinstance(part, str) else part.get("text", "") for part in parts)


def prompt(message: str, history: list[dict[str, Any]], system_prompt: str) -> list[dict[str, str]]:
    """What the model is asked: as much of the conversation as it can hold, the newest first."""
    left = (CONTEXT_TOKENS - MOST_TOKENS) * CHARACTERS_PER_TOKEN
    left -= len(system_prompt) + len(message)
    said = [{"role": "user", "content": message[-left:] if left < 0 else message}]
    for earlier in reversed(history):
        text = text_of(earlier)
        left -= len(text)
        if left < 0:
            break
        said.insert(0, {"role": earlier["role"], "content": text})
    if system_prompt.strip():
        said.insert(0, {"role": "system", "content": system_prompt})
    return said


def answer(
    message: str,
    history: list[dict[str, Any]],
    system_prompt: str = SYSTEM_PROMPT,
    temperature: float = 0.5,
) -> Iterator[dict[str, Any]]:
    """Answer a message.

    Args:
        message: What is asked.
        history: What was said before.
        system_prompt: How the model is to behave.
        temperature: How freely it speaks; 0 to 1.5, and with 0 always the same.
    """
    request = {
        "messages": prompt(message, history, system_prompt),
        "temperature": temperature,
        "max_tokens": MOST_TOKENS,
        "repeat_penalty": REPEAT_PENALTY,
        "stream_options": {"include_usage": True},
    }
    began_s = first_s = time.monotonic()
    text = ""
    for piece in stream(request):
        for choice in piece["choices"]:
            more = choice["delta"].get("content")
            if more:
                first_s = first_s if text else time.monotonic()
                text += more
                yield {"role": "assistant", "content": text}
        if "usage" in piece:
            usage = took(piece["usage"], first_s - began_s, time.monotonic() - first_s)
            yield {"role": "assistant", "content": text, "metadata": {"usage": usage}}


demo = gr.ChatInterface(
    answer,
    additional_inputs=[
        gr.Textbox(SYSTEM_PROMPT, label="System prompt", lines=2),
        gr.Slider(
            0, 1.5, 0.5, step=0.1, label="Temperature", info="With 0 it always says the same."
        ),
    ],
    additional_inputs_accordion="Settings",
    editable=True,
    examples=[
        ["Why is the sky blue?"],
        ["Write a short poem about the sea."],
        ["Explain to a child what a prime number is."],
        ["Give me three ideas for a rainy Sunday, as a list."],
    ],
    concurrency_limit=ANSWERS_AT_A_TIME,
    title="Chat with SmolLM2",
    description="A language model of 135 million parameters, small enough to run on this machine's "
    "processor. It often errs; nothing that you write is sent anywhere else.",
    api_name="chat",
)

if __name__ == "__main__":
    model()  # so that the first answer need not wait for it
    demo.launch()
