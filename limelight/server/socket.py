"""The page's WebSocket: frames in become the same calls as the routes', the session's messages
become frames out.

In: `{"op": "join", "ref", "key", "body"}`, `{"op": "cancel", "ref", "body"}` and
`{"op": "ping", "ref"}`. Out: `{"hello": …}` first, `{"ref", "ok"}` or `{"ref", "error"}` for each
frame, and `[seq, message]`. A frame out holds one or more of these, a line each.

A page that connects again says the number of the last message that it has (`after`) and its calls
(`events`). Where the log does not reach back so far, the hello tells where each call stands
(`calls`), and the messages go on from there. With `stands` in the address a result that is the
value of the last step comes without its values (`server/told.py`).
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.routing import WebSocketRoute

from limelight.runtime.rejected import Rejected
from limelight.server.body import decode_body
from limelight.server.caller import caller_of
from limelight.server.routes.events import position_in, session_hash_of, standing_of
from limelight.server.sse import CAN_WAIT, FRAME_BYTES, PATIENCE_S, STEP_S
from limelight.server.told import Told
from limelight.wire.codec import encode
from limelight.wire.requests import Cancel, Join

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.types import Message, Receive, Scope, Send

    from limelight.core.request import Request
    from limelight.runtime.sessions import Session
    from limelight.server.caller import Caller

__all__ = ["routes"]

_log = logging.getLogger("limelight.socket")

MOST_IN_FLIGHT = 64
"""Frames of one socket that are worked on at a time; more wait in the network's buffers."""

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
    """One open connection of a page. Idle it is one task, which waits for frames: what sends
    messages is started when there are some.
    """

    __slots__ = (
        "_caller",
        "_context",
        "_failure",
        "_flushing",
        "_has_ended",
        "_has_news",
        "_lines",
        "_reader",
        "_request",
        "_send",
        "_tasks",
        "_told",
        "_writer",
        "at",
        "closed_by_page",
        "session",
        "site",
    )

    def __init__(self, caller: Caller, session: Session, send: Send) -> None:
        self.site = caller.site
        self.session = session
        self.closed_by_page = False
        self._caller = caller
        self._request: Request | None = None
        self._send = send
        self._told = Told(session.outbox, keeps_values="stands" in caller.query)
        self.at = 0
        """Number of the last message that the page has."""
        self._context = contextvars.copy_context()
        self._reader: asyncio.Task[Any] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._failure: BaseException | None = None
        self._has_ended = False
        self._has_news = False
        self._tasks: set[asyncio.Task[None]] | None = None
        self._lines: list[bytes] | None = None
        self._flushing: asyncio.TimerHandle | None = None

    @property
    def request(self) -> Request:
        """Who calls: made for the first call, as many pages never make one."""
        if self._request is None:
            self._request = self._caller.request()
        return self._request

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        if self._tasks is None:
            self._tasks = set()
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        if self._tasks is not None:
            self._tasks.discard(task)
            if not self._tasks:
                self._tasks = None
        if not task.cancelled():
            task.exception()  # the connection broke; the reader of frames is told, too

    # ---- out ---------------------------------------------------------------------------------

    async def text(self, body: bytes, *, can_wait: bool = False) -> None:
        """Send a line, with those that were held back; or hold it back for a moment."""
        self._hold(body)
        if not can_wait:
            await self._flush()
        else:
            self._flush_soon()

    def _hold(self, line: bytes) -> None:
        if self._lines is None:
            self._lines = []
        self._lines.append(line)

    def _flush_soon(self) -> None:
        if self._flushing is None:
            loop = asyncio.get_running_loop()
            self._flushing = loop.call_later(PATIENCE_S, self._patience_ended)

    def _patience_ended(self) -> None:
        self._flushing = None
        self._write_soon()

    async def _flush(self) -> None:
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
            if self._has_news:
                self._write_soon()  # they waited for the same timer
        lines, self._lines = self._lines, None
        if lines:
            await self._send({"type": "websocket.send", "text": b"\n".join(lines).decode()})

    def follow(self) -> None:
        """Send the messages behind `at` from now on, until `leave()`."""
        self._reader = asyncio.current_task()
        self.session.outbox.joins_steps = True
        self.session.outbox.subscribe(self._on_news)
        self._write_soon()

    def _on_news(self, kind: str) -> None:
        self._has_news = True
        if kind in CAN_WAIT:
            self._flush_soon()
        else:
            self._write_soon()

    def _write_soon(self) -> None:
        if self._writer is None and not self._has_ended:
            loop = asyncio.get_running_loop()
            # In the socket's context, and not in that of the call that has said something.
            self._writer = loop.create_task(self._write(), context=self._context)
            self._writer.add_done_callback(self._written)

    def _written(self, task: asyncio.Task[None]) -> None:
        self._writer = None
        if task.cancelled():
            return
        self._failure = task.exception()
        if self._failure is not None:
            self._end()
        elif self._has_news or (self._lines and self._flushing is None):
            self._write_soon()  # they came while the task was ending

    def _end(self) -> None:
        if not self._has_ended and self._reader is not None:
            self._has_ended = True
            self._reader.cancel()

    async def _write(self) -> None:
        """Send what is there; close the connection when no more will come."""
        outbox = self.session.outbox
        while True:
            self._has_news = False
            self._told.check(self.at)
            entries = outbox.after(self.at, FRAME_BYTES)
            for entry in entries:
                self._hold(b"[%d,%s]" % (entry.seq, self._told.data(entry)))
                self.at = entry.seq
            await self._flush()
            if entries:
                outbox.delivered = max(outbox.delivered, self.at)
                if entries[-1].kind == "process_generating":
                    await asyncio.sleep(STEP_S)
            elif not self._has_news:
                break
        if outbox.is_closed:
            await self._send({"type": "websocket.close", "code": 1012})
            self._end()

    async def leave(self) -> None:
        """Stop sending, and wait until nothing more is sent."""
        self._has_ended = True
        if self._flushing is not None:
            self._flushing.cancel()
        self.session.outbox.unsubscribe(self._on_news)
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)

    # ---- in ----------------------------------------------------------------------------------

    async def read(self, receive: Receive) -> None:
        """Take frames until the connection is closed, by either side."""
        try:
            await self._read(receive)
        except asyncio.CancelledError:
            # The reader is the request's own task: a cancellation from outside goes on.
            if not self._has_ended or self._reader is None or self._reader.uncancel() > 0:
                raise
            if self._failure is not None:
                raise self._failure from None

    async def _read(self, receive: Receive) -> None:
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
            self._start(self.answer(body))
            if self._tasks is not None and len(self._tasks) >= MOST_IN_FLIGHT:
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
        caller = caller_of(scope)
        site = caller.site
        who = caller.counts_as
        try:
            session, is_known = _session_of(caller)
            site.begin_stream(who)
        except Rejected:
            # Before the connection is accepted this becomes an HTTP 403.
            await send({"type": "websocket.close", "code": 1008})
            return
        socket = _Socket(caller, session, send)
        site.runtime.presence.connected(session)
        try:
            await receive()  # websocket.connect
            await send({"type": "websocket.accept"})
            await socket.text(_greet(caller, session, socket, is_known=is_known))
            socket.follow()
            await socket.read(receive)
        except OSError:
            pass  # the connection broke while something was being sent
        finally:
            try:
                await socket.leave()
            finally:
                site.end_stream(who)
                site.runtime.presence.disconnected(
                    session, is_page=True, said_goodbye=socket.closed_by_page
                )


def _session_of(caller: Caller) -> tuple[Session, bool]:
    """The session that a page connects to, and whether it was known before.

    Raises:
        Rejected: it belongs to somebody else, or there can be no more.
    """
    runtime = caller.site.runtime
    session_hash = session_hash_of(caller.query.get("session_hash"))
    known = runtime.session(session_hash, caller.identity)
    session = known or runtime.session(session_hash, caller.identity, create=True)
    if session is None or session.outbox.is_closed:
        raise Rejected(503, "The server is stopping.")
    return session, known is not None


def _greet(caller: Caller, session: Session, socket: _Socket, *, is_known: bool) -> bytes:
    """The first frame. It settles from where on the socket sends messages."""
    runtime, outbox = caller.site.runtime, session.outbox
    after = position_in(caller.query.get("after", ""))
    is_resumed = is_known and after is not None and outbox.holds(after)
    socket.at = after if is_resumed and after is not None else outbox.settle()
    hello: dict[str, Any] = {
        "app_id": runtime.app_id,
        "seq": outbox.last_seq,
        "resumed": is_resumed,
    }
    if not is_resumed and is_known:
        hello.update(standing_of(caller, session))
    return encode({"hello": hello})


routes = [WebSocketRoute("/gradio_api/ws", _Endpoint())]
