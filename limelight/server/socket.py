"""The page's WebSocket: frames in become the same calls as the routes', the session's messages
become frames out.

In: `{"op": "join", "ref", "key", "body"}`, `{"op": "cancel", "ref", "body"}` and
`{"op": "ping", "ref"}`. Out: `{"hello": …}` first, `{"ref", "ok"}` or `{"ref", "error"}` for each
frame, and `[seq, message]`. A frame out holds one or more of these, a line each.

A page that connects again says the number of the last message that it has (`after`) and its calls
(`events`). Where the log does not reach back so far, the hello tells where each call stands
(`calls`), and the messages go on from there.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.routing import WebSocketRoute

from limelight.runtime.rejected import Rejected
from limelight.runtime.resume import standing, updates
from limelight.server.body import decode_body
from limelight.server.caller import caller_of
from limelight.server.routes.events import events_of, session_hash_of
from limelight.server.site import site_of
from limelight.server.sse import FRAME_BYTES, STEP_S
from limelight.wire.codec import encode
from limelight.wire.requests import Cancel, Join

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.types import Message, Receive, Scope, Send

    from limelight.core.request import Request
    from limelight.runtime.sessions import Session
    from limelight.server.site import Site

__all__ = ["routes"]

_log = logging.getLogger("limelight.socket")

MOST_IN_FLIGHT = 64
"""Frames of one socket that are worked on at a time; more wait in the network's buffers."""

PATIENCE_S = 0.002
"""How long the news that a call waits or starts is held back, so that a quick result travels with
it: a browser takes longer to receive three frames than one.
"""

_CAN_WAIT = frozenset(("estimation", "process_starts"))

GONE = 1001
"""How a browser closes the sockets of a page that is left or reloaded: it does not come back."""


class _Frame(msgspec.Struct):
    op: str
    ref: int = 0
    key: str | None = None
    body: msgspec.Raw = msgspec.Raw(b"{}")


class _CancelBody(msgspec.Struct):
    fn_index: int
    event_id: str


_frame = msgspec.json.Decoder(_Frame, strict=False)
_join = msgspec.json.Decoder(Join, strict=False)
_cancel = msgspec.json.Decoder(_CancelBody, strict=False)


class _Socket:
    """One open connection of a page."""

    def __init__(self, site: Site, session: Session, request: Request, send: Send) -> None:
        self.site = site
        self.session = session
        self.request = request
        self.closed_by_page = False
        self._send = send
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: list[bytes] = []
        self._flushing: asyncio.TimerHandle | None = None

    async def text(self, body: bytes, *, can_wait: bool = False) -> None:
        """Send a line, with those that were held back; or hold it back for a moment."""
        self._lines.append(body)
        if not can_wait:
            await self._flush()
        elif self._flushing is None:
            loop = asyncio.get_running_loop()
            self._flushing = loop.call_later(PATIENCE_S, self._flush_later)

    def _flush_later(self) -> None:
        self._flushing = None
        task = asyncio.ensure_future(self._flush())
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # the connection broke; the reader of frames is told, too

    async def _flush(self) -> None:
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        lines, self._lines = self._lines, []
        if lines:
            await self._send({"type": "websocket.send", "text": b"\n".join(lines).decode()})

    # ---- out ---------------------------------------------------------------------------------

    async def write(self, at: int) -> None:
        """Send the messages behind `at` until the log is closed."""
        outbox = self.session.outbox
        outbox.joins_steps = True
        while True:
            entries = await outbox.wait(at, most_bytes=FRAME_BYTES)
            for entry in entries[:-1]:
                self._lines.append(b"[%d,%s]" % (entry.seq, entry.data))
            if entries:
                last = entries[-1]
                at = last.seq
                can_wait = all(entry.kind in _CAN_WAIT for entry in entries)
                await self.text(b"[%d,%s]" % (at, last.data), can_wait=can_wait)
            outbox.delivered = max(outbox.delivered, at)
            if entries and entries[-1].kind == "process_generating":
                await asyncio.sleep(STEP_S)
            if outbox.is_closed and at >= outbox.last_seq:
                await self._flush()
                await self._send({"type": "websocket.close", "code": 1012})
                return

    # ---- in ----------------------------------------------------------------------------------

    async def read(self, receive: Receive) -> None:
        """Take frames until the connection is closed."""
        limit = self.site.options.environment.max_body_size
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self.closed_by_page = message.get("code") == GONE
                return
            body = _content(message)
            if len(body) > limit:
                await self._send({"type": "websocket.close", "code": 1009})
                return
            # A slow validator holds up its own call only. Tasks begin in the order of the frames.
            task = asyncio.ensure_future(self.answer(body))
            self._tasks.add(task)
            task.add_done_callback(self._done)
            if len(self._tasks) >= MOST_IN_FLIGHT:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def answer(self, body: bytes) -> None:
        """Do what one frame asks for, and say how it went."""
        ref, can_wait = 0, False
        try:
            frame = decode_body(body, _frame)
            ref = frame.ref
            ok = await self._do(frame)
        except Rejected as refusal:
            reply = {"ref": ref, "error": {"status": refusal.status, "detail": refusal.detail}}
        except Exception:
            _log.exception("a frame could not be handled")
            reply = {
                "ref": ref,
                "error": {"status": 500, "detail": "The server could not do this."},
            }
        else:
            reply = {"ref": ref, "ok": ok}
            can_wait = frame.op == "join"
        await self.text(encode(reply), can_wait=can_wait)

    async def _do(self, frame: _Frame) -> dict[str, Any]:
        runtime = self.site.runtime
        if frame.op == "join":
            join = decode_body(bytes(frame.body), _join)
            join.session_hash = self.session.hash
            join.key = frame.key
            return {"event_id": await runtime.join(join, self.request)}
        if frame.op == "cancel":
            body = decode_body(bytes(frame.body), _cancel)
            await runtime.cancel(
                Cancel(self.session.hash, body.fn_index, body.event_id), self.request
            )
            return {}
        if frame.op == "ping":
            return {}
        raise Rejected(422, f"{frame.op[:40]!r} is no operation. Send 'join', 'cancel' or 'ping'.")


def _content(message: Message) -> bytes:
    text: str | None = message.get("text")
    return (
        text.encode("utf-8", "replace") if text is not None else bytes(message.get("bytes") or b"")
    )


class _Endpoint:
    """GET `/gradio_api/ws`: a page connects, or connects again."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = site_of(scope)
        caller = caller_of(scope)
        try:
            session_hash = session_hash_of(caller.query.get("session_hash"))
            known = site.runtime.session(session_hash, caller.identity)
            session = known or site.runtime.session(session_hash, caller.identity, create=True)
            if session is None or session.outbox.is_closed:
                raise Rejected(503, "The server is stopping.")
            with site.stream(caller):
                await self._serve(scope, receive, send, site, session, is_known=known is not None)
        except Rejected:
            # Before the connection is accepted this becomes an HTTP 403.
            await send({"type": "websocket.close", "code": 1008})

    async def _serve(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        site: Site,
        session: Session,
        *,
        is_known: bool,
    ) -> None:
        caller = caller_of(scope)
        outbox = session.outbox
        text = caller.query.get("after", "")
        after = int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else -1
        is_resumed = is_known and outbox.first_seq - 1 <= after <= outbox.last_seq
        socket = _Socket(site, session, caller.request(), send)
        site.runtime.presence.connected(session)
        try:
            await receive()  # websocket.connect
            await send({"type": "websocket.accept"})
            at = after if is_resumed else outbox.settle()
            hello: dict[str, Any] = {
                "app_id": site.runtime.app_id,
                "seq": outbox.last_seq,
                "resumed": is_resumed,
            }
            if not is_resumed and is_known:
                calls = standing(site.runtime, session, events_of(caller))
                hello["calls"] = {
                    name: list(map(msgspec.Raw, told)) for name, told in calls.items()
                }
                hello["updates"] = updates(site.runtime, session)
            await socket.text(encode({"hello": hello}))
            await _first_of(socket.read(receive), socket.write(at))
        except OSError:
            pass  # the connection broke while something was being sent
        finally:
            site.runtime.presence.disconnected(
                session, is_page=True, said_goodbye=socket.closed_by_page
            )


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Run all until one ends; the others are cancelled."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


routes = [WebSocketRoute("/gradio_api/ws", _Endpoint())]
