"""Calls for curl and for programs: two requests through the queue (`/call`), or one past it
(`/run`, `/api`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.routing import Route

from limelight.errors import PayloadError
from limelight.runtime import deltas
from limelight.runtime.rejected import CallFailed, Rejected
from limelight.server import sse
from limelight.server.body import decode_body, missing, read_body
from limelight.server.caller import caller_of
from limelight.server.reply import json_response, send_json
from limelight.server.routes.events import session_hash_of
from limelight.server.site import site_of
from limelight.server.urls import absolute_files
from limelight.wire.codec import decode, encode
from limelight.wire.requests import Join

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from limelight.runtime.outbox import Entry
    from limelight.runtime.sessions import Session
    from limelight.server.caller import Caller
    from limelight.server.site import Site

__all__ = ["routes", "session_hash_of_call"]

_TABLE = "calls"
"""Sessions of calls that named one, by event id."""

_join = msgspec.json.Decoder(Join, strict=False)
_named = msgspec.json.Decoder(dict[str, Any])

_HEARTBEAT = b"event: heartbeat\ndata: null\n\n"


async def _body(request: Request) -> bytes:
    limit = site_of(request.scope).options.environment.max_body_size
    return await read_body(request.scope, request.receive, limit)


# ---- first request: the call ---------------------------------------------------------------------


async def call(request: Request) -> Response:
    """POST `/call/{api_name}`: a call with a list of payloads; the answer names it."""
    return await _queue(request, decode_body(await _body(request), _join))


async def call_named(request: Request) -> Response:
    """POST `/call/v2/{api_name}`: a call with payloads by parameter name."""
    given = decode_body(await _body(request), _named)
    site = site_of(request.scope)
    name = site.runtime.admission.endpoint(request.path_params["api_name"]).api_name
    endpoint = site.info(None, all_endpoints=True)["named_endpoints"].get(f"/{name}")
    if endpoint is None:
        raise Rejected(404, f"No endpoint is called {name!r}.")
    session_hash = given.pop("session_hash", None)
    given.pop("oauth_token", None)
    data: list[Any] = []
    for parameter in endpoint["parameters"]:
        key = parameter["parameter_name"]
        if key in given:
            data.append(given.pop(key))
        elif parameter["parameter_has_default"]:
            data.append(parameter["parameter_default"])
        else:
            raise missing("body", key)
    if given:
        known = ", ".join(repr(p["parameter_name"]) for p in endpoint["parameters"]) or "none"
        raise Rejected(
            422,
            [
                {
                    "type": "extra_forbidden",
                    "loc": ["body", key],
                    "msg": f"{name}() has no such parameter; it has {known}",
                    "input": None,
                }
                for key in given
            ],
        )
    is_hash = isinstance(session_hash, str)
    return await _queue(request, Join(data=data, session_hash=session_hash if is_hash else None))


async def _queue(request: Request, body: Join) -> Response:
    site = site_of(request.scope)
    runtime = site.runtime
    body.fn_index = runtime.admission.endpoint(request.path_params["api_name"]).id
    if body.session_hash:
        session_hash_of(body.session_hash, "body")
    event_id = await runtime.join(body, caller_of(request.scope).request(), own_session=True)
    if body.session_hash:
        runtime.store.put(_TABLE, event_id, body.session_hash)
    return json_response({"event_id": event_id})


# ---- second request: its result ------------------------------------------------------------------


class _Results:
    """GET `/call/{api_name}/{event_id}`: the values of a call as an event stream, each in full."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        event_id: str = scope["path_params"]["event_id"]
        session = _session_of(site, caller, event_id)
        if session is None:
            await sse.begin(send)
            body = b'event: error\ndata: "404: Not Found"\n\n'
            await send({"type": "http.response.body", "body": body})
            return
        with site.stream(caller):
            site.runtime.presence.connected(session)
            try:
                await sse.begin(send)
                async with sse.until_gone(receive):
                    await _write(site, session, event_id, caller.root, send)
            finally:
                site.runtime.presence.disconnected(session)
                if session.hash == event_id and not session.jobs:
                    # Made for this call only: it can be read again as long as any message can.
                    window_s = site.options.environment.resume_window
                    site.runtime.sessions.drop_later(session, window_s)


def session_hash_of_call(site: Site, event_id: str) -> str:
    """The session that a call names, or that was made for it: it is called after the call."""
    found: str | None = site.runtime.store.get(_TABLE, event_id)
    return found or event_id


def _session_of(site: Site, caller: Caller, event_id: str) -> Session | None:
    session_hash = session_hash_of_call(site, event_id)
    try:
        session = site.runtime.session(session_hash, caller.identity)
    except Rejected:
        return None
    if session is None:
        return None
    return session if session.outbox.knows(event_id) else None


async def _write(site: Site, session: Session, event_id: str, root: str, send: Send) -> None:
    outbox = session.outbox
    reader = _Reader(event_id, root)
    at = 0
    while True:
        beat_s = site.options.environment.heartbeat_interval
        entries = await outbox.wait(at, beat_s, sse.FRAME_BYTES)
        body = b"" if entries else _HEARTBEAT
        for entry in entries:
            at = entry.seq
            body += reader.event(entry)
            if len(body) > sse.FRAME_BYTES:  # full values are much more than edits
                await send({"type": "http.response.body", "body": body, "more_body": True})
                body = b""
        has_ended = reader.is_done or outbox.is_closed
        if has_ended and outbox.is_idle(at):
            outbox.delivered = max(outbox.delivered, at)
        if body or has_ended:
            await send({"type": "http.response.body", "body": body, "more_body": not has_ended})
        if has_ended:
            return


class _Reader:
    """Turns the messages of one call into events; remembers its values, of which the log holds
    only the edits.
    """

    def __init__(self, event_id: str, root: str) -> None:
        self.is_done = False
        self._event_id = event_id
        self._root = root
        self._values: list[Any] | None = None

    def event(self, entry: Entry) -> bytes:
        """The event for a message; empty for what is not forwarded."""
        if entry.kind == "unexpected_error":
            self.is_done = True
            return self._text("error", decode(entry.data)["message"])
        if entry.event_id != self._event_id:
            return b""
        if entry.kind == "process_generating":
            data: list[Any] = decode(entry.data)["output"]["data"]
            if entry.is_full:
                self._values = data
            elif self._values is None:
                return b""  # the step that these edits begin at is gone; the result is full
            else:
                pairs = zip(self._values, data, strict=True)
                self._values = [deltas.apply(old, edits) for old, edits in pairs]
            return self._text("generating", self._values)
        if entry.kind == "process_streaming":
            return self._text("generating", decode(entry.data)["output"]["data"])
        if entry.kind == "log":
            asked = decode(entry.data).get("ask")
            return self._text("ask", asked) if asked is not None else b""
        if entry.kind == "process_completed":
            self.is_done = True
            message = decode(entry.data)
            output = message["output"]
            if not message["success"]:
                return self._text("error", output)
            return self._text("complete", output.get("data"))
        return b""

    def _text(self, kind: str, value: Any) -> bytes:
        return b"event: %s\ndata: %s\n\n" % (
            kind.encode(),
            absolute_files(encode(value), self._root),
        )


# ---- one request, not queued ---------------------------------------------------------------------


class _Direct:
    """POST `/run/{api_name}` and `/api/{api_name}`: the result is in the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        body = decode_body(
            await read_body(scope, receive, site.options.environment.max_body_size), _join
        )
        if body.session_hash:
            session_hash_of(body.session_hash, "body")
        if body.fn_index is None:
            body.fn_index = site.runtime.admission.endpoint(scope["path_params"]["api_name"]).id
        listener = site.graph.listener(body.fn_index)
        if listener is not None and listener.queue and not site.graph.settings.api_open:
            raise Rejected(404, "This app's functions are called through its queue only.")
        try:
            output = await site.runtime.direct.run(body, caller.request())
        except CallFailed as failure:
            if isinstance(
                failure.__cause__, PayloadError
            ):  # the caller's fault, not the function's
                detail = failure.error.get("error")
                await send_json(send, encode({"detail": detail, **failure.error}), 400)
            else:
                await send_json(send, encode(failure.error), 500)
            return
        answer = encode(output)
        await send_json(send, answer if caller.is_page else absolute_files(answer, caller.root))


routes = [
    Route("/gradio_api/run/{api_name:path}", _Direct(), methods=["POST"]),
    Route("/gradio_api/api/{api_name:path}", _Direct(), methods=["POST"]),
    Route("/gradio_api/call/v2/{api_name}/{event_id}", _Results(), methods=["GET"]),
    Route("/gradio_api/call/v2/{api_name}", call_named, methods=["POST"]),
    Route("/gradio_api/call/{api_name}/{event_id}", _Results(), methods=["GET"]),
    Route("/gradio_api/call/{api_name}", call, methods=["POST"]),
]
