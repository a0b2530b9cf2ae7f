"""Calls through the queue: join it, hear of it, cancel. The routes that are called most, so
plain ASGI.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.routing import Route

from limelight.runtime.rejected import Rejected
from limelight.runtime.resume import MOST_CALLS, standing, updates
from limelight.server import sse
from limelight.server.body import decode_body, missing, read_body
from limelight.server.caller import caller_of
from limelight.server.packing import is_worth_packing, packed
from limelight.server.reply import send_json
from limelight.server.site import site_of
from limelight.wire import messages
from limelight.wire.codec import encode
from limelight.wire.requests import Cancel, Join, Reset

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from limelight.runtime.sessions import Session
    from limelight.server.caller import Caller

__all__ = ["position_in", "routes", "session_hash_of", "standing_of"]

LONGEST_HASH = 256

_join = msgspec.json.Decoder(Join, strict=False)
_cancel = msgspec.json.Decoder(Cancel, strict=False)
_reset = msgspec.json.Decoder(Reset, strict=False)

_SUCCESS = b'{"success":true}'


def session_hash_of(text: str | None, where: str = "query") -> str:
    """A session hash that is there and of a sensible length.

    Raises:
        Rejected: 422.
    """
    if not text:
        raise missing(where, "session_hash")
    if len(text) > LONGEST_HASH:
        raise Rejected(
            422,
            [
                {
                    "type": "string_too_long",
                    "loc": [where, "session_hash"],
                    "msg": f"String should have at most {LONGEST_HASH} characters",
                    "input": None,
                }
            ],
        )
    return text


class _Joining:
    """POST `/queue/join`: a call is put into the queue; the answer names it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        body = decode_body(
            await read_body(scope, receive, site.options.environment.max_body_size), _join
        )
        if not body.session_hash:
            raise Rejected(400, "Session hash not found.")
        if body.fn_index is None:
            raise Rejected(400, "No function index provided.")
        session_hash_of(body.session_hash, "body")
        event_id = await site.runtime.join(body, caller.request())
        await send_json(send, b'{"event_id":"%s"}' % event_id.encode())


class _Listening:
    """GET `/queue/data`: the messages of a session as an event stream."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        session_hash = session_hash_of(caller.query.get("session_hash"))
        after = _position(caller)
        is_held = "hold" in caller.query  # by a page that draws blocks which speak unasked
        session = _find(caller, session_hash, create=is_held)
        if session is None or (after is not None and not session.outbox.holds(after)):
            await _not_found(send)
            return
        with site.stream(caller):
            stream = sse.EventStream(
                session.outbox,
                heartbeat_s=site.options.environment.heartbeat_interval,
                root="" if after is not None else caller.root,
                after=after,
                is_held=is_held,
                keeps_values=after is not None and "stands" in caller.query,
            )
            site.runtime.presence.connected(session)
            if is_worth_packing(caller, session):
                send = packed(send)
            try:
                if not await stream.begin(send):
                    # Without the event that stops the server: the runtime's own last message ends
                    # the stream.
                    async with sse.until_gone(receive):
                        await stream.write(send)
            finally:
                site.runtime.presence.disconnected(session)


def _find(caller: Caller, session_hash: str, *, create: bool = False) -> Session | None:
    """The caller's session; somebody else's is as unknown as none."""
    try:
        return caller.site.runtime.session(session_hash, caller.identity, create=create)
    except Rejected:
        return None


def _position(caller: Caller) -> int | None:
    """Number of the last message that a counting reader has; None for a reader that does not
    count.
    """
    given = caller.query.get("after")
    if given is None:
        return None
    text = caller.header(b"last-event-id") or given
    after = position_in(text)
    if after is None:
        raise Rejected(
            422,
            [
                {
                    "type": "int_parsing",
                    "loc": ["query", "after"],
                    "msg": "Input should be a valid integer",
                    "input": text[:100],
                }
            ],
        )
    return after


def position_in(text: str) -> int | None:
    """The number of a message, if the text is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


async def _not_found(send: Send) -> None:
    """The protocol's way: status 200 and one message."""
    message = messages.UnexpectedError("404: Not Found", session_not_found=True)
    await sse.begin(send)
    await send({"type": "http.response.body", "body": sse.frame(message)})


class _Cancelling:
    """POST `/cancel`: ends a running or waiting call. Always succeeds, so that it tells nobody
    what exists.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        body = decode_body(
            await read_body(scope, receive, site.options.environment.max_body_size), _cancel
        )
        with suppress(Rejected):
            await site.runtime.cancel(body, caller_of(scope).request())
        await send_json(send, _SUCCESS)


class _Resetting:
    """POST `/reset`: sent by clients after a cancel; has no effect."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = site_of(scope).options.environment.max_body_size
        decode_body(await read_body(scope, receive, limit), _reset)
        await send_json(send, _SUCCESS)


def standing_of(caller: Caller, session: Session | None) -> dict[str, Any]:
    """Where the calls stand that a page asks for by `?events=`, separated by commas, and what
    functions changed.
    """
    runtime = caller.site.runtime
    names = [name for name in caller.query.get("events", "").split(",")[:MOST_CALLS] if name]
    calls = standing(runtime, session, names) if session is not None else {}
    return {
        "calls": {name: list(map(msgspec.Raw, calls.get(name, ()))) for name in names},
        "updates": updates(runtime, session) if session is not None else {},
    }


class _Standing:
    """GET `/queue/calls`: where some calls of a session stand, and the number of the newest
    message; a page that was loaded again goes on from there.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _ = receive
        site = site_of(scope)
        caller = caller_of(scope)
        session = _find(caller, session_hash_of(caller.query.get("session_hash")))
        answer = {
            "app_id": site.runtime.app_id,
            "seq": session.outbox.settle() if session is not None else 0,
            **standing_of(caller, session),
        }
        await send_json(send, encode(answer))


class _Status:
    """GET `/queue/status`: how many calls wait."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _ = receive
        size = site_of(scope).runtime.queue_size()
        await send_json(send, encode(messages.Estimation(None, None, size)))


routes = [
    Route("/gradio_api/queue/join", _Joining(), methods=["POST"]),
    Route("/gradio_api/queue/data", _Listening(), methods=["GET"]),
    Route("/gradio_api/queue/calls", _Standing(), methods=["GET"]),
    Route("/gradio_api/queue/status", _Status(), methods=["GET"]),
    Route("/gradio_api/cancel", _Cancelling(), methods=["POST"]),
    Route("/gradio_api/reset", _Resetting(), methods=["POST"]),
]
