"""One `Session` per browser tab or client: its messages, state, changed props, calls, liveness."""

from __future__ import annotations

import asyncio
import copy
import functools
import itertools
import logging
from typing import TYPE_CHECKING, Any

from limelight.core.cachescope import CacheScope
from limelight.core.updates import is_update
from limelight.runtime.expiry import Expiry
from limelight.runtime.outbox import Outbox
from limelight.runtime.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.block import Block
    from limelight.core.component import Component
    from limelight.runtime.job import Job
    from limelight.runtime.questions import Asked
    from limelight.runtime.store import Store

__all__ = ["Session", "Sessions"]

_log = logging.getLogger("limelight.sessions")
_TABLE = "sessions"
_KEYS_KEPT = 256


class Session:
    """One browser tab or one client."""

    def __init__(
        self,
        session_hash: str,
        identity: str | None,
        outbox: Outbox,
        deadlines: Expiry | None = None,
    ) -> None:
        self.hash = session_hash
        self.identity = identity
        """Whom it belongs to; nobody else may use it."""
        self.outbox = outbox
        self.jobs: dict[str, Job] = {}
        """Calls that wait or run, by event id."""
        self.questions: dict[str, Asked] = {}
        """What its running calls ask and nobody has answered, by id."""
        self.state: dict[int, Any] = {}
        """Values of State blocks, by block id."""
        self.marks: dict[int, bytes] = {}
        """Names for the contents of those that have listeners, by block id."""
        self.keep_values = False
        """Whether what its page shows is written down: its reader can share it."""
        self.values: dict[int, dict[str, Any]] = {}
        """What its page shows as far as calls told: props by block id."""
        self.changed: dict[int, dict[str, Any]] = {}
        """Props that functions changed in this session, by block id."""
        self.event_of_key: dict[str, str] = {}
        """Event ids by idempotency key, newest last."""
        self.caches = CacheScope()
        """What it has in caches that keep values per session."""
        self.connections = 0
        """Streams and sockets that read it now."""
        self.is_page_gone = False
        """Whether one of those that ended stood for the whole page or client."""
        self.expiry: asyncio.TimerHandle | None = None
        self.grace: asyncio.TimerHandle | None = None
        self.grace_until_s = 0.0
        """When the time to come back is over, on the loop's clock."""
        self._effective: dict[int, Block] = {}
        self._own: dict[int, Any] = {}
        self._stateful: dict[int, Component[Any, Any]] = {}
        self._deadlines = deadlines

    def stop_timers(self) -> None:
        """Let go of the loop, which would keep the session alive until its timers are due."""
        for timer in (self.expiry, self.grace):
            if timer is not None:
                timer.cancel()
        self.expiry = self.grace = None

    # ---- state -----------------------------------------------------------------------------------

    def state_of(self, block: Component[Any, Any]) -> Any:
        """The session's own value of a State; a deep copy of the first value at the beginning."""
        key = block.block_id
        if key not in self.state:
            self.put_state(block, copy.deepcopy(block.initial_value))
        return self.state[key]

    def put_state(self, block: Component[Any, Any], value: Any) -> None:
        """Keep a State's value; its time to live begins."""
        key = block.block_id
        self.state[key] = value
        self._stateful[key] = block
        lifetime_s: float | None = getattr(block, "time_to_live", None)
        if lifetime_s is not None and self._deadlines is not None:
            self._deadlines.set(
                (self.hash, key), lifetime_s, functools.partial(self._delete_state, key)
            )

    def forget_state(self) -> None:
        """Delete all values; the authors' callbacks are told."""
        self._effective.clear()
        while self._own:
            self._own.popitem()[1].close()
        for key in list(self.state):
            if self._deadlines is not None:
                self._deadlines.cancel((self.hash, key))
            self._delete_state(key)

    def _delete_state(self, key: int) -> None:
        block = self._stateful.pop(key, None)
        self.marks.pop(key, None)
        if key in self.state and block is not None:
            _tell_deleted(block, self.state.pop(key))

    # ---- what its page shows ---------------------------------------------------------------------

    def note_payloads(self, blocks: Sequence[Block], payloads: Sequence[Any]) -> None:
        """Write down what came from the page, or went to it."""
        if not self.keep_values:
            return
        for block, payload in zip(blocks, payloads, strict=False):
            shown = self.values.setdefault(block.block_id, {})
            if is_update(payload):
                shown.update({k: v for k, v in payload.items() if k != "__type__"})
            else:
                shown["value"] = payload

    # ---- calls and props -------------------------------------------------------------------------

    def remember_key(self, key: str, event_id: str) -> None:
        """Note which call an idempotency key started."""
        self.event_of_key[key] = event_id
        while len(self.event_of_key) > _KEYS_KEPT:
            del self.event_of_key[next(iter(self.event_of_key))]

    def change_props(self, block: Block, props: dict[str, Any]) -> None:
        """Note props that a function changed, so that later calls convert with them."""
        self.changed.setdefault(block.block_id, {}).update(props)
        self._effective.pop(block.block_id, None)

    def effective(self, block: Block) -> Block:
        """The block as this session sees it now."""
        key = block.block_id
        changed = self.changed.get(key)
        if not changed and not block.is_per_session:
            return block
        made = self._effective.get(key)
        if made is None:
            made = copy.copy(block)
            made.__dict__.update(changed or {})
            if block.is_per_session:
                if key not in self._own:
                    self._own[key] = block.open_session()
                made.enter_session(self._own[key])
            self._effective[key] = made
        return made


def _tell_deleted(block: Component[Any, Any], value: Any) -> None:
    """Call a State's `delete_callback`: in a thread, as it may take its time."""
    callback: Callable[[Any], None] | None = getattr(block, "delete_callback", None)
    if callback is None:
        return
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        _call_back(callback, block, value)
    else:
        loop.run_in_executor(None, _call_back, callback, block, value)


def _call_back(callback: Callable[[Any], None], block: Component[Any, Any], value: Any) -> None:
    try:
        callback(value)
    except Exception:
        _log.exception("delete_callback of %r failed", block)


class Sessions:
    """All sessions of an app. Bounded: the one used longest ago goes when there are too many."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        *,
        capacity: int,
        most: int = 0,
        keep_s: float,
        state_s: float,
        most_messages: int = 10_000,
        most_message_bytes: int = 32 << 20,
    ) -> None:
        self._store = store
        self._clock = clock
        self._keep_s = keep_s
        self._most_messages = most_messages
        self._most_message_bytes = most_message_bytes
        self._state_s = state_s
        self.keep_values = False
        """Whether sessions write down what their pages show."""
        self.deadlines = Expiry(clock)
        """When State values expire."""
        self.on_drop: Callable[[Session], None] = lambda session: session.outbox.close()
        self._capacity = capacity
        self._most = most = max(capacity, most)
        store.bound(_TABLE, most, self._dropped)

    def find(self, session_hash: str, identity: str | None) -> Session | None:
        """The session, if it exists.

        Raises:
            Rejected: it belongs to somebody else; told apart from "does not exist" by nobody.
        """
        session: Session | None = self._store.get(_TABLE, session_hash)
        if session is not None and session.identity != identity:
            raise Rejected(404, "This session is not known here. Reload the page.")
        return session

    def holds(self, session: Session) -> bool:
        """Whether somebody can read it: it has not ended, and others know its name."""
        return self._store.get(_TABLE, session.hash) is session

    def open(self, session_hash: str, identity: str | None) -> Session:
        """The session; made when it does not exist.

        Raises:
            Rejected: it belongs to somebody else.
        """
        session = self.find(session_hash, identity)
        if session is None:
            self._make_room()
            outbox = Outbox(
                self._clock,
                keep_s=self._keep_s,
                most=self._most_messages,
                most_bytes=self._most_message_bytes,
            )
            session = Session(session_hash, identity, outbox, self.deadlines)
            session.keep_values = self.keep_values
            self.deadlines.attach()
            self._store.put(_TABLE, session_hash, session)
        if session.expiry is not None:
            session.expiry.cancel()
            session.expiry = None
        return session

    def _make_room(self) -> None:
        """Forget unused sessions, those used longest ago first, when enough are kept.

        Raises:
            Rejected: status 429, as many are in use as may be.
        """
        excess = self._store.size(_TABLE) - self._capacity + 1
        if excess <= 0:
            return
        unused = (s for s in self.all() if not s.jobs and s.connections <= 0)
        for session in list(itertools.islice(unused, excess)):
            self.drop(session)
        if self._store.size(_TABLE) >= self._most:
            raise Rejected(
                429, f"{self._most} sessions are open, which is the most. Try again later."
            )

    def drop_later(self, session: Session, after_s: float | None = None) -> None:
        """Forget a closed session after a while, unless it is used again."""
        if session.expiry is not None:
            session.expiry.cancel()
        delay_s = self._state_s if after_s is None else after_s
        session.expiry = asyncio.get_running_loop().call_later(delay_s, self._expire, session)

    def _expire(self, session: Session) -> None:
        session.expiry = None
        if session.jobs:  # those that go on without a reader
            self.drop_later(session)
        else:
            self.drop(session)

    def drop(self, session: Session) -> None:
        """Forget a session now."""
        if self._store.pop(_TABLE, session.hash) is not None:
            self._dropped(session)

    def _dropped(self, session: Session) -> None:
        session.stop_timers()
        self.on_drop(session)  # looked up now: whoever owns the sessions may have set another one

    def __len__(self) -> int:
        return self._store.size(_TABLE)

    def all(self) -> list[Session]:
        """Every session, oldest first."""
        return list(self._store.values(_TABLE))
