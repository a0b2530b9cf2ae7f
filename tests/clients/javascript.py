"""The official JavaScript client, run by Node; see `node_client.mjs`."""

from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.clients.talk import Failed, Heard, LocalFile, RemoteFile

__all__ = ["JavaScriptClient", "Node"]


class Node:
    """A Node process with any number of clients in it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(Path(__file__).with_name("node_client.mjs"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._numbers = itertools.count()
        self._waiting: dict[int, Future[dict[str, Any]]] = {}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.startswith("{"):
                continue  # the client's own words on the console
            answer = json.loads(line)
            self._waiting.pop(answer["id"]).set_result(answer)
        for waiting in self._waiting.values():
            waiting.set_exception(RuntimeError("Node has ended; see its words above."))

    def begin(self, op: str, **args: Any) -> Future[dict[str, Any]]:
        """Ask for something; the answer comes later."""
        number = next(self._numbers)
        answer = self._waiting[number] = Future()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": number, "op": op, **args}) + "\n")
        self._process.stdin.flush()
        return answer

    def ask(self, op: str, **args: Any) -> Any:
        """Ask for something and wait.

        Raises:
            Failed: the client threw.
        """
        answer = self.begin(op, **args).result(timeout=25)
        if "problem" in answer:
            raise _failed(answer["problem"])
        return answer["result"]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._reader.join(10)
        self._process.stdout.close()


def _failed(status: dict[str, Any]) -> Failed:
    message = status.get("message")
    if status.get("code") == "validation_error":
        return Failed(None, kind="validation", detail=message)
    kind = "busy" if "currently busy" in str(message) else ""
    return Failed(
        message,
        title=status.get("title"),
        duration=status.get("duration"),
        visible=status.get("visible"),
        kind=kind,
    )


class JavaScriptClient:
    """A `Client` of `@gradio/client`.

    Args:
        node: Runs it.
        url: Address of the app.
        folder: Where files that it is given are put.
    """

    name = "javascript"

    def __init__(self, node: Node, url: str, folder: Path, **options: Any) -> None:
        self._node = node
        self._url = url
        self._folder = folder
        self._options = options
        self.number: int = node.ask("connect", url=url, options=options)

    def _given(self, value: Any) -> Any:
        if isinstance(value, LocalFile):
            return {"$path" if value.is_named else "$blob": str(value.path)}
        if isinstance(value, RemoteFile):
            return {"$url": value.url}
        if isinstance(value, list):
            return [self._given(item) for item in value]
        if isinstance(value, dict):
            return {name: self._given(item) for name, item in value.items()}
        return value

    def _fetched(self, value: Any) -> Any:
        """Files as local ones, as the Python client gives them."""
        if isinstance(value, list):
            return [self._fetched(item) for item in value]
        if isinstance(value, dict) and "meta" in value and value.get("url"):
            # In a folder of its own: names may be the same.
            path = Path(tempfile.mkdtemp(dir=self._folder)) / value["orig_name"]
            with urlopen(value["url"]) as answer:
                path.write_bytes(answer.read())
            return str(path)
        return value

    def ask(self, op: str, **args: Any) -> Any:
        """Let this client do something."""
        return self._node.ask(op, client=self.number, **args)

    def predict(self, endpoint: str, *args: Any, **kwargs: Any) -> list[Any]:
        data: Any = [self._given(value) for value in args]
        if kwargs or not args:
            data = {name: self._given(value) for name, value in kwargs.items()}
        return [self._fetched(value) for value in self.ask("predict", endpoint=endpoint, data=data)]

    def events(self, endpoint: str, *args: Any, **call: Any) -> list[dict[str, Any]]:
        """All that the client publishes for a call."""
        data = [self._given(value) for value in args]
        found: list[dict[str, Any]] = self.ask("hear", endpoint=endpoint, data=data, **call)
        return found

    def hear(self, endpoint: str, *args: Any, cancel_after: int = 0) -> Heard:
        return self._heard(self.events(endpoint, *args, cancel_after=cancel_after), cancel_after)

    def _heard(self, events: list[dict[str, Any]], cancel_after: int = 0) -> Heard:
        last = events[-1]
        if last["type"] == "status" and last["stage"] == "error":
            raise _failed(last)
        assert (last["type"], last["stage"]) == ("status", "complete")
        data = [self._fetched(event["data"]) for event in events if event["type"] == "data"]
        if cancel_after:
            return Heard(data[:-1], None, is_cancelled=data[-1] == [None] * len(data[-1]))
        is_generator = any(event.get("stage") == "generating" for event in events)
        # The result of a generator is published once more at the end.
        return Heard(data[:-1] if is_generator else data, data[-1])

    def together(self, calls: list[tuple[str, tuple[Any, ...]]]) -> list[list[Any]]:
        sent = [{"endpoint": e, "data": [self._given(x) for x in a]} for e, a in calls]
        heard = map(self._heard, self.ask("together", calls=sent))
        return [one.result or [] for one in heard]

    def endpoints(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("view_api")["named_endpoints"]
        return found

    def new_session(self) -> None:
        """A new client: this one keeps its session for life."""
        self.close()
        self.number = self._node.ask("connect", url=self._url, options=self._options)

    @property
    def session(self) -> str:
        """The name that the client gave its session."""
        return str(self.ask("session"))

    def close(self) -> None:
        self.ask("close")
