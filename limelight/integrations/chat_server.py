"""`load_chat`: a chat with a model behind any OpenAI-compatible server.

Speaks HTTP by the standard library, in the thread of the answer: the base needs no client for it.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from limelight.app.chat import ChatInterface
from limelight.chat.trail import Trail
from limelight.core.narrow import is_listing, is_object
from limelight.errors import Error, PropError
from limelight.integrations.openai import ChatCompletions

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["load_chat"]

_TIMEOUT_S = 600
_MOST_FILE_BYTES = 20 << 20
_FileType = Literal["text_encoded", "image"]


def load_chat(
    base_url: str,
    model: str,
    token: str | None = None,
    *,
    file_types: Literal["text_encoded", "image"]
    | list[Literal["text_encoded", "image"]]
    | None = "text_encoded",
    system_message: str | None = None,
    streaming: bool = True,
    **kwargs: Any,
) -> ChatInterface:
    """A chat with a model behind an OpenAI-compatible server.

    ```python
    gr.load_chat("http://localhost:11434/v1/", model="llama3.2", token="none").launch()
    ```

    Args:
        base_url: Address of the API, up to and with its version: `https://…/v1/`.
        model: Name of the model.
        token: Key of the API; it stays on this server.
        file_types: What can be sent: `"text_encoded"` files are put into the message as text,
            `"image"` pictures go to the model; None takes no files.
        system_message: What the model is told first.
        streaming: Whether the answer is shown as it comes.
        kwargs: What else `ChatInterface` takes.

    Raises:
        PropError: the address is none of a server.
    """
    server = _Server(base_url, model, token)
    kinds: list[Any] = list(file_types) if is_listing(file_types) else [file_types or ""]
    unknown = [kind for kind in kinds if kind not in ("text_encoded", "image", "")]
    if unknown:
        raise PropError(
            f"load_chat() was given file_types={file_types!r}; expected 'text_encoded', 'image', a "
            "list of them, or None."
        )
    multimodal = any(kinds)
    first = [{"role": "system", "content": system_message}] if system_message else []

    def chat(message: Any, history: list[dict[str, Any]]) -> Iterator[Any]:
        """Ask the model."""
        said = [*first, *(_sent(one, kinds) for one in history if _is_said(one))]
        given: dict[str, Any] = message if is_object(message) else {"text": message}
        parts: list[Any] = [{"path": path} for path in given.get("files", ())]
        parts.append(given.get("text") or "")
        said.append(_sent({"role": "user", "content": parts}, kinds))
        yield from server.answer(said, streaming=streaming)

    kwargs.setdefault("multimodal", multimodal)
    kwargs.setdefault("title", model)
    if multimodal and kwargs["multimodal"] and "textbox" not in kwargs:
        from limelight.core.lookup import class_of_tag

        make: Any = class_of_tag("multimodaltextbox")
        kwargs["textbox"] = make(
            show_label=False,
            label="",
            placeholder="Type a message...",
            scale=7,
            container=False,
            autofocus=kwargs.get("autofocus", True),
            file_types=["image"] if kinds == ["image"] else None,
            file_count="multiple",
            render=False,
        )
    return ChatInterface(chat, **kwargs)


def _is_said(message: dict[str, Any]) -> bool:
    """Whether a model gets to see it again: steps were on the way to what was said."""
    metadata: dict[str, Any] = message.get("metadata") or {}
    return not metadata.get("title")


def _sent(message: dict[str, Any], kinds: list[Any]) -> dict[str, Any]:
    """A message of the chat as the server gets it."""
    content: Any = message.get("content")
    texts: list[str] = []
    pictures: list[dict[str, Any]] = []
    for part in content if is_listing(content) else [content]:
        if isinstance(part, str):
            texts.append(part)
        elif is_object(part) and isinstance(part.get("text"), str):
            texts.append(part["text"])
        elif is_object(part):
            file: Any = part.get("file") or part
            path: Any = file.get("path") if is_object(file) else None
            if isinstance(path, str):
                _add_file(Path(path), kinds, texts, pictures)
    text = "\n\n".join(part for part in texts if part)
    if not pictures:
        return {"role": message["role"], "content": text}
    told = [{"type": "text", "text": text}] if text else []
    return {"role": message["role"], "content": [*told, *pictures]}


def _add_file(path: Path, kinds: list[Any], texts: list[str], pictures: list[Any]) -> None:
    if path.stat().st_size > _MOST_FILE_BYTES:
        raise Error(f"{path.name} is larger than {_MOST_FILE_BYTES >> 20} MB. Send a smaller file.")
    kind = mimetypes.guess_type(path.name)[0] or ""
    if "image" in kinds and kind.startswith("image/"):
        data = base64.b64encode(path.read_bytes()).decode()
        url = f"data:{kind};base64,{data}"
        pictures.append({"type": "image_url", "image_url": {"url": url}})
        return
    if "text_encoded" not in kinds:
        raise Error(f"{path.name} is no picture. Send pictures only.", print_exception=False)
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        raise Error(
            f"{path.name} is no text. Send files of text only.", print_exception=False
        ) from None
    texts.append(f"## {path.name}\n\n{text}")


class _Server:
    """A server that speaks the Chat Completions API."""

    def __init__(self, base_url: str, model: str, token: str | None) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise PropError(
                f"load_chat() was given base_url={base_url!r}; expected an address such as "
                "'http://localhost:11434/v1/'."
            )
        self._is_secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port
        self._path = parts.path.rstrip("/") + "/chat/completions"
        self._model = model
        self._token = token

    def answer(self, said: list[dict[str, Any]], *, streaming: bool) -> Iterator[Any]:
        """What the model says, as a trail that grows. Who reads no more closes the connection."""
        trail = Trail()
        reader = ChatCompletions(trail)
        body: dict[str, Any] = {"model": self._model, "messages": said, "stream": streaming}
        if streaming:
            body["stream_options"] = {"include_usage": True}
        kind = http.client.HTTPSConnection if self._is_secure else http.client.HTTPConnection
        with contextlib.ExitStack() as open_ones:
            connection = kind(self._host, self._port, timeout=_TIMEOUT_S)
            open_ones.enter_context(contextlib.closing(connection))
            try:
                response = open_ones.enter_context(self._ask(connection, body))
                if not streaming:
                    reader.take(json.loads(response.read()))
                    yield trail
                    return
                is_heard = False
                for line in response:
                    data = line.strip().removeprefix(b"data:").strip()
                    if not line.startswith(b"data:") or not data:
                        continue
                    is_heard = True
                    if data == b"[DONE]":
                        break
                    chunk = json.loads(data)
                    if is_object(chunk) and chunk.get("error"):
                        raise self._failed(f"said: {_reason(chunk)}")
                    reader.take(chunk)
                    yield trail
                if not is_heard:
                    raise self._failed("sent no answer. Its address ends with the API's version")
            except (OSError, http.client.HTTPException) as problem:
                raise self._failed(f"could not be reached: {problem}") from problem
            except ValueError as problem:
                raise self._failed("did not answer in JSON") from problem
        yield trail

    def _ask(
        self, connection: http.client.HTTPConnection, body: dict[str, Any]
    ) -> http.client.HTTPResponse:
        headers = {"content-type": "application/json", "accept": "text/event-stream"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        connection.request("POST", self._path, json.dumps(body).encode(), headers)
        response = connection.getresponse()
        if response.status != 200:
            with response:
                text = response.read(4096)
            try:
                reason = _reason(json.loads(text))
            except ValueError:
                reason = text.decode("utf-8", "replace")[:200]
            raise self._failed(f"answered with status {response.status}: {reason}")
        return response

    def _failed(self, what: str) -> Error:
        return Error(f"The model's server ({self._host}) {what}", print_exception=False)


def _reason(body: Any) -> str:
    error: Any = body.get("error", body) if is_object(body) else body
    return str(error.get("message", error) if is_object(error) else error)[:500]
