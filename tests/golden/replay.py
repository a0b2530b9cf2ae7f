"""Sends recorded requests to a server and compares the answers with the recorded ones."""

from __future__ import annotations

import copy
import json
import re
import threading
from pathlib import Path
from typing import Any

import httpx

from limelight.runtime.deltas import apply

__all__ = ["DEVIATIONS", "Mismatch", "Replay"]

DEVIATIONS = {
    "bad requests": "recorded 500 with plain text; here a 4xx with a JSON detail",
    "detail texts": "what a detail says is ours",
    "private endpoints": "recorded as callable by name; here they are not there",
    "bad payloads": "recorded error null; here the caller is told what was wrong with its payload",
    "cancel": "recorded output {}; here one null per output, which the JavaScript client can take",
    "schemas": "texts inside schemas are left out",
    "example addresses": "recorded addresses of another host; here names without an address",
    "playlists": "how many segments are there when a playlist is read is chance",
    "numbers": "a text where a number belongs is shown as it is there, and as nothing here",
    "edits": "fewer or smaller edits may lead to the same value",
    "own files": "icons of the package travel inside their address",
    "order": "messages of different events may come in another order",
    "numbering": "blocks and listeners are counted from 0 in each app",
    "unset props": "props that say nothing (null) stay away, and there may be more of them",
}

_ANY = re.compile(
    r"^<(float|text|app_id|css value|url|server text|client text|int hash|base64|js|date|secret"
    r"|storage_key)>$"
)
_BOUND = re.compile(r"<(event|session|token|cookie-id|sha256|uuid|hex32|deep-link):\d+>")
_FILE = re.compile(r"<(?:TMP)>/<sha256:\d+>/")
_OWN_FILE = re.compile(r"<PATH>/([^/]+)$")
"""A file of the package; only its name is of the protocol."""
# Members whose recorded value is a fact of that server, not of the protocol.
_FREE = {
    "theme_hash", "component_class_id", "stylesheets", "footer_links", "run_history",
    "version_info", "theme", "additional_description", "description", "example_inputs",
    "example_input", "etag", "title_of_page", "duration", "average_duration", "avg_time",
    "cache_duration", "rank_eta", "eta", "code_snippets", "key", "js", "event_specific_args",
    "i18n_translations", "delete_callback", "icon",
}  # fmt: skip


class Mismatch(AssertionError):
    """An answer that differs from the recorded one."""


class Replay:
    """One driver's conversation."""

    def __init__(self, base: str, folder: str, *, uploads_images: bool = False) -> None:
        self.uploads_images = uploads_images
        self.base = base
        self.folder = folder
        self.bound: dict[str, str] = {}
        self.client = httpx.Client(base_url=base, timeout=20)
        self.streams: list[tuple[threading.Thread, dict[str, Any], dict[str, Any]]] = []
        self.answers: dict[int, Any] = {}
        self.listeners: dict[int, int] = {}
        """Recorded numbers of listeners and ours, where they differ."""

    # ---- placeholders ------------------------------------------------------------------------

    def fill(self, text: str) -> str:
        """A recorded text with what its placeholders stand for here."""
        text = text.replace("<ROOT>", self.base).replace("<CWD>", self.folder)
        for mark, value in sorted(self.bound.items(), key=lambda item: -len(item[0])):
            text = text.replace(mark, value)
        return _BOUND.sub(lambda m: self.bound.setdefault(m.group(0), _fresh(m.group(0))), text)

    def fill_json(self, value: Any) -> Any:
        return json.loads(self.fill(json.dumps(value)))

    def same(self, want: Any, have: Any, where: str) -> None:
        """Compare; placeholders are bound on the way."""
        if isinstance(want, str):
            self._same_text(want, have, where)
        elif isinstance(want, dict):
            self._same_object(want, have, where)
        elif isinstance(want, list):
            if want == ["nan"]:  # numbers
                return
            if not isinstance(have, list) or len(have) != len(want):
                raise Mismatch(f"{where}: wanted {want!r}, have {have!r}")
            for number, (a, b) in enumerate(zip(want, have, strict=True)):
                self.same(a, b, f"{where}[{number}]")
        elif want != have:
            raise Mismatch(f"{where}: wanted {want!r}, have {have!r}")

    def _same_text(self, want: str, have: Any, where: str) -> None:
        if _ANY.match(want) or ("<" in want and where.endswith(".detail")):
            return
        if own := _OWN_FILE.search(want):
            want, have = own[1], str(have).rsplit("/", 1)[-1]
        if not isinstance(have, str):
            raise Mismatch(f"{where}: wanted {want!r}, have {have!r}")
        file = _FILE.search(want)
        if file:
            name = want[file.end() :]
            tail = have.rsplit("/", 1)[-1]
            if tail != name:
                raise Mismatch(f"{where}: wanted a file {name!r}, have {have!r}")
            if want.startswith("<TMP>"):
                self.bound.setdefault(want, have)
                quoted = f"{file.group(0)}{name.replace(' ', '%20')}"
                self.bound.setdefault(quoted, have.replace(" ", "%20"))
            elif "file=" in want and f"file={self.bound_path(want)}" not in have:
                raise Mismatch(f"{where}: {have!r} does not lead to {self.bound_path(want)!r}")
            return
        self._same_marks(want, have, where)

    def _same_marks(self, want: str, have: str, where: str) -> None:
        marks = _BOUND.findall(want)
        if want in self.bound:
            if self.bound[want] != have:
                raise Mismatch(f"{where}: {want} is {self.bound[want]!r}, have {have!r}")
        elif marks and _BOUND.fullmatch(want):
            self.bound[want] = have
        elif not marks and self.fill(want) != have:
            raise Mismatch(f"{where}: wanted {self.fill(want)!r}, have {have!r}")
        elif marks:
            self._bind_inside(want, have)

    def _bind_inside(self, want: str, have: str) -> None:
        """Learn what placeholders inside a longer text stand for."""
        names: list[str] = []
        pattern = ""
        for piece in re.split(f"({_BOUND.pattern.replace('(', '(?:')})", want):
            if _BOUND.fullmatch(piece) and piece not in self.bound:
                names.append(piece)
                pattern += "([0-9A-Za-z-]+)"
            else:
                pattern += re.escape(self.fill(piece))
        found = re.fullmatch(pattern, have)
        if found is not None:
            for name, value in zip(names, found.groups(), strict=True):
                self.bound.setdefault(name, value)

    def _same_playlist(self, want: str, have: str, where: str) -> None:
        """Compare what is said before the segments, and learn the names of these."""
        heads = [
            text.partition("#EXTINF")[0].replace("#EXT-X-ENDLIST\n", "") for text in (want, have)
        ]
        if heads[0] != heads[1]:
            raise Mismatch(f"{where}: wanted {heads[0]!r}, have {heads[1]!r}")
        segments = [re.findall(r"^([^#\n]+)$", text, re.MULTILINE) for text in (want, have)]
        for a, b in zip(*segments, strict=False):
            self._bind_inside(a, b)

    def bound_path(self, url: str) -> str:
        path = url.split("file=", 1)[1]
        path = self.bound.get(path, self.bound.get(path.replace("%20", " "), path))
        return path.replace(" ", "%20")

    def _same_object(self, want: dict[str, Any], have: Any, where: str) -> None:
        if not isinstance(have, dict):
            raise Mismatch(f"{where}: wanted an object {list(want)}, have {have!r}")
        if want == {"error": None} and isinstance(have.get("error"), str):
            return  # bad payloads
        if want.get("__type__") == "update" and have.get("__type__") != "update":
            raise Mismatch(f"{where}: wanted an update, have {have!r}")
        for name, value in want.items():
            if name in _FREE or name.startswith("$"):
                continue
            if name not in have:
                if value is None or value == "<text>" or (name == "title" and "type" in want):
                    continue
                raise Mismatch(f"{where}: {name!r} is missing; wanted {value!r}")
            if name == "detail":
                if not have[name]:
                    raise Mismatch(f"{where}: empty detail")
                continue
            if (name, value) == ("orig_name", None):  # own files
                continue
            if name == "output" and value == {}:  # cancel
                continue
            self.same(value, have[name], f"{where}.{name}")

    def renumber(self, config: dict[str, Any]) -> None:
        """Find the listeners of a recorded app by their names; each has to be like the recorded."""
        have = {d["api_name"]: d for d in self.client.get("/config").json()["dependencies"]}
        likeness = ("queue", "api_visibility", "types", "trigger_mode", "batch")
        for wanted in config["dependencies"]:
            ours = have.get(wanted["api_name"])
            if ours is None or wanted["api_visibility"] == "private":
                continue
            self.listeners[wanted["id"]] = ours["id"]
            for name in likeness:
                self.same(wanted[name], ours[name], f"listener {wanted['api_name']}.{name}")
            for name in ("inputs", "outputs"):
                if len(wanted[name]) != len(ours[name]):
                    raise Mismatch(f"listener {wanted['api_name']}.{name}: {ours[name]}")

    # ---- exchanges ---------------------------------------------------------------------------

    def close(self) -> None:
        """Let the connections go."""
        self.client.close()

    def run(self, exchanges: list[dict[str, Any]], skip: set[str]) -> int:
        """Send every request in order; streams are read beside. Returns how many were compared."""
        compared = 0
        for exchange in exchanges:
            request, response = exchange["request"], exchange["response"]
            if any(request["path"] == s or request["path"].startswith(f"{s}/") for s in skip):
                continue
            compared += 1
            where = f"#{exchange['n']} {request['method']} {request['path']}"
            if "sse" in response:
                self._stream(request, response, where)
                continue
            have = self._send(request)
            self._compare(response, have, where)
            # The client goes on when the cancelled call is over.
            if request["path"].endswith("/reset"):
                for thread, _, _ in self.streams:
                    thread.join(2)
        for thread, _, _ in self.streams:
            thread.join(15)
        for _, result, expected in self.streams:
            self._compare_stream(expected["sse"], result, expected["where"])
        return compared

    def _target(self, request: dict[str, Any]) -> str:
        path = self.fill(request["path"])
        query = request.get("query")
        return f"{path}?{self.fill(query)}" if query else path

    def _send(self, request: dict[str, Any]) -> httpx.Response:
        kept = ("content-type", "x-gradio-user", "range", "origin", "accept")
        headers = {k: v for k, v in request.get("headers", {}).items() if k in kept}
        content: dict[str, Any] = {}
        if "multipart" in request:
            headers.pop("content-type", None)
            content["files"] = [self._part(part) for part in request["multipart"]]
        elif "json" in request:
            body = self.fill_json(request["json"])
            if self.listeners and "fn_index" in body:
                body["fn_index"] = self.listeners[body["fn_index"]]
            content["content"] = json.dumps(body)
        elif "text" in request:
            content["content"] = request["text"]
        return self.client.request(
            request["method"], self._target(request), headers=headers, **content
        )

    def _part(self, part: dict[str, Any]) -> tuple[str, tuple[str, bytes, str]]:
        name = self.fill(part.get("filename", "")).rsplit("/", 1)[-1]
        path = f"{self.folder}/{name}"
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            data = b"x" * (3 * 1024 * 1024) if name.startswith("big") else b"line one\nline two\n"
            if part.get("content_type", "").startswith("image") or self.uploads_images:
                data = Path(self.folder, "red.png").read_bytes()
        return part["name"], (name, data, part.get("content_type", "application/octet-stream"))

    def _compare(self, want: dict[str, Any], have: httpx.Response, where: str) -> None:
        if want["status"] >= 500 and "json" not in want:  # bad requests
            if not 400 <= have.status_code < 500 or "detail" not in have.json():
                raise Mismatch(
                    f"{where}: wanted a 4xx with a detail, have {have.status_code} {have.text}"
                )
            return
        if want["status"] == 500 and 400 <= have.status_code < 500 and have.json().get("error"):
            return  # bad payloads
        if have.status_code != want["status"]:
            raise Mismatch(
                f"{where}: wanted {want['status']}, have {have.status_code} {have.text[:300]}"
            )
        if "json" in want and want["json"] is not None and "$same_as" not in str(want["json"])[:40]:
            self.same(want["json"], have.json(), where)
        elif want.get("text", "").startswith("#EXTM3U"):
            self._same_playlist(want["text"], have.text, where)
        elif "text" in want and want["status"] < 400 and want["text"] != have.text:
            raise Mismatch(f"{where}: wanted {want['text']!r}, have {have.text!r}")
        kind = want.get("headers", {}).get("content-type", "").split(";")[0]
        if kind and want["status"] < 400 and not have.headers["content-type"].startswith(kind):
            raise Mismatch(f"{where}: wanted {kind}, have {have.headers['content-type']}")

    # ---- streams -----------------------------------------------------------------------------

    def _stream(self, request: dict[str, Any], response: dict[str, Any], where: str) -> None:
        result: dict[str, Any] = {"messages": [], "text": ""}
        target = self._target(request)

        def read() -> None:
            with httpx.stream("GET", f"{self.base}{target}", timeout=20) as stream:
                result["status"] = stream.status_code
                for chunk in stream.iter_text():
                    result["text"] += chunk
                    so_far = result["text"].count("\n\n")
                    if response.get("body_incomplete") and so_far >= len(response["sse"]):
                        return

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        events = set(_BOUND.findall(json.dumps(response["sse"]))) and set(
            re.findall(r"<event:\d+>", json.dumps(response["sse"]))
        )
        rides_along = any(mark not in self.bound for mark in events)  # later calls answer here, too
        thread.join(0.1 if rides_along else 1.2)
        self.streams.append((thread, result, {**response, "where": where}))
        if not thread.is_alive():
            self.streams.pop()
            self._compare_stream(response["sse"], result, where)

    def _compare_stream(
        self, want: list[dict[str, Any]], result: dict[str, Any], where: str
    ) -> None:
        have = _messages(result["text"])
        order = [self.bound.get(e, e) for e in _events(want)]
        want, have = _steady(_whole(want, _events(want))), _steady(_whole(have, order))
        if len(order) > 1:  # places in the queue depend on the clock
            for message in [*want, *have]:
                for name in ("rank", "queue_size"):
                    message["data"].pop(name, None)
        if len(want) != len(have):
            raise Mismatch(
                f"{where}: wanted {len(want)} messages, have {len(have)}: {have}\nwanted {want}"
            )
        for number, (a, b) in enumerate(zip(want, have, strict=True)):
            if a.get("event") != b.get("event"):
                raise Mismatch(f"{where}[{number}]: wanted {a}, have {b}")
            self.same(a["data"], b["data"], f"{where}[{number}]")


def _fresh(mark: str) -> str:
    return "s" + mark.strip("<>").replace(":", "") + "abcdefgh"


def _messages(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in text.split("\n\n"):
        if not block.strip():
            continue
        message: dict[str, Any] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(": ")
            if name == "event":
                message["event"] = value
            elif name == "data":
                try:
                    message["data"] = json.loads(value)
                except ValueError:
                    message["data"] = value
        found.append(message)
    return found


def _events(messages: list[dict[str, Any]]) -> list[str]:
    """The events of a stream in the order of their first messages."""
    found = [m["data"].get("event_id") for m in messages if isinstance(m.get("data"), dict)]
    return [e for e in dict.fromkeys(found) if e is not None]


def _whole(messages: list[dict[str, Any]], order: list[str]) -> list[dict[str, Any]]:
    """With full values instead of edits, and the messages of one event together."""
    values: dict[str, list[Any]] = {}
    made: list[dict[str, Any]] = []
    for message in copy.deepcopy(messages):
        data = message.get("data")
        if isinstance(data, dict) and data.get("msg") == "process_generating":
            event, output = data["event_id"], data["output"]
            if event in values:
                pairs = zip(values[event], output["data"], strict=True)
                output["data"] = [apply(copy.deepcopy(old), edits) for old, edits in pairs]
            values[event] = copy.deepcopy(output["data"])
        made.append(message)

    def place(message: dict[str, Any]) -> int:
        data = message.get("data")
        event = data.get("event_id") if isinstance(data, dict) else None
        return order.index(event) if event in order else len(order)

    return sorted(made, key=place)


def _steady(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what depends on the clock: heartbeats, places, intermediate bars and steps."""
    kept: list[dict[str, Any]] = []
    steps = 0
    for message in messages:
        data = message.get("data")
        kind = data.get("msg") if isinstance(data, dict) else None
        if kind in ("heartbeat", "progress") or message.get("event") == "heartbeat":
            continue
        if kind == "estimation" and any(
            isinstance(m.get("data"), dict)
            and m["data"].get("msg") == "estimation"
            and m["data"].get("event_id") == message["data"].get("event_id")
            for m in kept
        ):
            continue
        if kind == "process_generating":
            steps += 1
            if steps > 1 and _is_long(messages):
                continue
        kept.append(message)
    return kept


def _is_long(messages: list[dict[str, Any]]) -> bool:
    """Whether a stream was cut by a cancel, so that its number of steps is chance."""
    last = [m["data"] for m in messages if isinstance(m.get("data"), dict)]
    return any(
        d.get("msg") == "process_completed"
        and isinstance(d.get("output"), dict)
        and (d["output"] == {} or set(d["output"]) == {"data"})
        for d in last
    )
