"""`Runtime`: an app that runs. Owns sessions, queue and worker; knows nothing of HTTP.

`server` turns requests into its calls and its outboxes into bytes.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from typing import TYPE_CHECKING, Any, Literal

from limelight.core.component import Component
from limelight.errors import PayloadError
from limelight.runtime.admission import Admission
from limelight.runtime.cache import kept_steps, may_be_kept
from limelight.runtime.direct import Direct
from limelight.runtime.drain import drain
from limelight.runtime.eta import RunTimes
from limelight.runtime.links import Links, can_share
from limelight.runtime.presence import Presence
from limelight.runtime.questions import Questions
from limelight.runtime.ranks import Ranks
from limelight.runtime.rehearsal import Rehearsal
from limelight.runtime.rejected import Rejected
from limelight.runtime.scheduler import Scheduler
from limelight.runtime.sessions import Sessions
from limelight.runtime.store import MemoryStore
from limelight.runtime.streams import Streams
from limelight.runtime.sweeper import Sweeper
from limelight.runtime.threads import Threads
from limelight.runtime.worker import Worker
from limelight.wire import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.block import Block
    from limelight.core.files import FileCache
    from limelight.core.graph import Graph
    from limelight.core.listener import Listener
    from limelight.core.request import Request
    from limelight.runtime.job import Job
    from limelight.runtime.sessions import Session
    from limelight.runtime.store import Store
    from limelight.wire.requests import Cancel, Join

__all__ = ["Runtime", "RuntimeSettings"]

_log = logging.getLogger("limelight.runtime")

CLOSE_S = 2.0
"""Seconds that cancelled functions get to end when the server stops."""


def _stopping() -> Rejected:
    return Rejected(503, "The server is stopping. Try again in a moment.")


class RuntimeSettings:
    """How an app is run."""

    def __init__(
        self,
        *,
        max_threads: int = 40,
        show_error: bool = False,
        resume_window_s: float = 60,
        state_session_capacity: int = 10_000,
        state_ttl_s: float = 3600,
        heartbeat_s: float = 15,
        shutdown_timeout_s: float = 30,
        fairness: Literal["session", "fifo"] = "session",
        max_queue_per_client: int | None = 1000,
        max_sessions: int = 10_000,
        default_concurrency_limit: int | None = 1,
        max_outbox_messages: int = 10_000,
        max_outbox_bytes: int = 32 << 20,
        max_media_bytes: int = 64 << 20,
        max_deep_links: int = 1000,
        max_deep_link_bytes: int = 1 << 20,
    ) -> None:
        self.max_threads = max_threads
        """Most functions that run at once."""
        self.show_error = show_error
        """Whether callers see the text of unexpected errors."""
        self.resume_window_s = resume_window_s
        """Seconds that a job outlives its connection, and that its messages can be read again."""
        self.state_session_capacity = state_session_capacity
        """Most sessions that are kept while nobody uses them."""
        self.default_concurrency_limit = default_concurrency_limit
        """Calls of one function at a time, where neither listener nor app say; None is no limit."""
        self.max_sessions = max_sessions
        """Most sessions that may be used at a time."""
        self.state_ttl_s = state_ttl_s
        """Seconds that a closed session's state is kept."""
        self.heartbeat_s = heartbeat_s
        """Seconds between two signs of life on an open stream."""
        self.shutdown_timeout_s = shutdown_timeout_s
        """Seconds that accepted calls get to finish when the server is asked to stop."""
        self.fairness: Literal["session", "fifo"] = fairness
        """Who is next when several wait, for apps that do not say."""
        self.max_queue_per_client = max_queue_per_client
        """Most calls of one client that wait; None is no limit."""
        self.max_outbox_messages = max_outbox_messages
        """Most messages of one session that wait for its reader or for its return."""
        self.max_outbox_bytes = max_outbox_bytes
        """Most bytes of them, about."""
        self.max_media_bytes = max_media_bytes
        """Most bytes of one session's sound and video that are played while they are made."""
        self.max_deep_links = max_deep_links
        """Most links to what a page shows that are kept."""
        self.max_deep_link_bytes = max_deep_link_bytes
        """Bytes that one such link may hold, without its files."""


class Runtime:
    """An app that runs.

    Args:
        graph: The complete app.
        settings: How it is run.
        files: Where its files are.
        store: What processes share.
        clock: Seconds; only differences matter.
    """

    def __init__(
        self,
        graph: Graph,
        settings: RuntimeSettings,
        *,
        files: FileCache,
        store: Store | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.graph = graph
        self.settings = settings
        self.files = files
        self.app_id = secrets.randbits(63)
        self.clock = clock
        self.store: Store = store if store is not None else MemoryStore()
        self.sessions = Sessions(
            self.store,
            clock,
            capacity=settings.state_session_capacity,
            most=settings.max_sessions,
            keep_s=settings.resume_window_s,
            state_s=settings.state_ttl_s,
            most_messages=settings.max_outbox_messages,
            most_message_bytes=settings.max_outbox_bytes,
        )
        self.sessions.on_drop = self._forget
        self.sessions.keep_values = can_share(graph)
        self.links = Links(
            graph,
            files,
            most=settings.max_deep_links,
            largest_bytes=settings.max_deep_link_bytes,
        )
        self.times = RunTimes()
        self.threads = Threads(settings.max_threads)
        self.streams = Streams(self.store, most_bytes=settings.max_media_bytes)
        self.worker = Worker(
            files,
            self.threads,
            self.times,
            clock,
            streams=self.streams,
            show_error=settings.show_error,
        )
        self.admission = Admission(graph, files, self.threads)
        self.direct = Direct(
            self.admission,
            self.sessions,
            self.worker,
            self.times,
            clock,
            end=self._end_call,
            show_error=settings.show_error,
        )
        rehearsal = Rehearsal(self.worker, files, clock)
        for preparation in graph.preparations:
            preparation.attach(rehearsal)
        self.presence = Presence(
            settings.resume_window_s, abandon=self._abandon, leave=self.close_session
        )
        rules = graph.settings
        self.ranks = Ranks(self.times, clock, rate=rules.status_update_rate)
        self.scheduler = Scheduler(
            self._limits(),
            max_size=rules.max_size,
            max_per_client=settings.max_queue_per_client,
            max_running=settings.max_threads,
            fairness=rules.fairness or settings.fairness,
            start=self._start,
            moved=self.ranks.changed,
        )
        self.questions = self.worker.questions = Questions(
            self.sessions, files, lend=self._lend, take_back=self._take_back
        )
        self.sweeper = Sweeper(files, graph.settings.delete_cache)
        self.is_stopping = False
        self._tasks: set[asyncio.Task[Any]] = set()

    def _limits(self) -> dict[str, int | None]:
        """The lowest limit of each concurrency group."""
        limits: dict[str, int | None] = {}
        usual = self.graph.settings.default_concurrency_limit
        if usual == "not_set":
            usual = self.settings.default_concurrency_limit
        for listener in self.graph.listeners.values():
            given = listener.concurrency_limit
            limit = usual if given == "default" else given
            assert not isinstance(limit, str)  # noqa: S101  # the only text is "default"
            known = limits.get(listener.group, limit)
            bounds = [x for x in (known, limit) if x is not None]
            limits[listener.group] = min(bounds) if bounds else None
        return limits

    # ---- life --------------------------------------------------------------------------------

    async def start(self) -> None:
        """Get ready; runs on the loop that will serve."""
        self.is_stopping = self.presence.is_stopping = False
        self.admission.refusal = None
        self.sweeper.start()

    def busy(self) -> set[asyncio.Task[Any]]:
        """The tasks that work for somebody."""
        return self._tasks | self.direct.tasks

    async def drain(self, *, has_readers: bool = True) -> None:
        """Take no new calls, finish the others, and let their results be read. `close` is next."""
        timeout_s = self.settings.shutdown_timeout_s
        await drain(self, timeout_s=timeout_s, has_readers=has_readers)

    async def prepare(self) -> None:
        """Run what has to be run before anybody calls it, such as examples."""
        for preparation in self.graph.preparations:
            await preparation.prepare()

    async def close(self) -> None:
        """Stop: tell every open stream, cancel what runs, wait a moment for it."""
        self.is_stopping = self.presence.is_stopping = True
        is_drained = self.admission.refusal is not None
        self.admission.refusal = _stopping()
        for session in self.sessions.all():
            for job in session.jobs.values():
                if not job.is_done:  # the stream's last message is that the server stops
                    job.end("stopped", self.clock())
            if session.outbox.unfinished or (session.connections and not is_drained):
                session.outbox.publish(messages.UnexpectedError("Server stopped unexpectedly."))
            session.outbox.close()
        self.scheduler.close()
        self.ranks.close()
        for task in list(self._tasks):
            task.cancel()
        loop = asyncio.get_running_loop()
        until_s = loop.time() + CLOSE_S
        # In rounds: a cancelled call leaves a task that closes its generator, in a thread.
        while self._tasks and (left_s := until_s - loop.time()) > 0:
            await asyncio.wait(list(self._tasks), timeout=left_s)
        self.threads.close()
        self.sessions.deadlines.close()
        await self.sweeper.close()

    def _spawn(self, coroutine: Any) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # ---- sessions ------------------------------------------------------------------------------

    def session(
        self, session_hash: str, identity: str | None, *, create: bool = False
    ) -> Session | None:
        """A session by its hash.

        Raises:
            Rejected: it belongs to somebody else.
        """
        if create:
            return self.sessions.open(session_hash, identity)
        return self.sessions.find(session_hash, identity)

    def _abandon(self, session: Session) -> None:
        for job in reversed(list(session.jobs.values())):
            if job.listener.on_disconnect == "cancel":
                self._cancel(job)

    def close_session(self, session: Session) -> None:
        """The page was closed: run the unload listeners, forget the session after its time."""
        if self.is_stopping:
            return
        for listener in self.graph.listeners.values():
            if any(event == "unload" for _, event in listener.targets) and listener.fn is not None:
                self._spawn(self._unload(listener, session))
        session.caches.clear()
        self.sessions.drop_later(session)

    async def _unload(self, listener: Listener, session: Session) -> None:
        from limelight.core.request import Request
        from limelight.wire.requests import Join

        request = Request(session_hash=session.hash, identity=session.identity)
        job = self.admission.job(listener, session, Join(data=[]), request)
        try:
            async for _ in self.worker.steps(job):
                pass
        except Exception:
            _log.exception("unload listener %s failed", listener.api_name)

    def _forget(self, session: Session) -> None:
        for job in list(session.jobs.values()):
            self._cancel(job)
        self.worker.forget(session)
        session.outbox.close()

    # ---- calls ---------------------------------------------------------------------------------

    async def join(self, body: Join, request: Request, *, own_session: bool = False) -> str:
        """Queue a call; returns its event id.

        Args:
            body: What the client sent.
            request: Who calls.
            own_session: Whether a call without session hash gets a session named like its event.

        Raises:
            Rejected: it is not accepted.
        """
        if self.is_stopping:
            raise _stopping()
        if not body.session_hash and not own_session:
            raise Rejected(400, "session_hash is missing. Send any text that names your session.")
        listener = self.admission.listener(body)
        event_id = secrets.token_hex(16)
        session = self.sessions.open(body.session_hash or event_id, request.identity)
        self.presence.give_time(session)
        if body.key is not None and body.key in session.event_of_key:
            return session.event_of_key[body.key]
        self.admission.check_open()  # a call that was accepted is known all the same
        job = self.admission.job(listener, session, body, request, event_id)
        if listener.queue and not may_be_kept(listener):  # what is kept needs no room
            self.scheduler.check_room(job.client)
        if body.key is not None:  # before the validator: a repeated request may overtake it
            session.remember_key(body.key, event_id)
        try:
            await self.admission.validate(job)
            if await self._answer_from_cache(job):
                return event_id
            if listener.queue:
                self.scheduler.check_room(job.client)
        except Rejected:
            if body.key is not None:
                session.event_of_key.pop(body.key, None)
            raise
        if self.is_stopping:  # meanwhile
            raise _stopping()
        session.jobs[event_id] = job
        job.canceller = self._cancel
        self.streams.open(job)
        session.outbox.expect(event_id)
        if listener.queue:
            self.ranks.tell_new(job, self.scheduler.group_of(job), self.scheduler.put(job))
            self.scheduler.run_next()
        else:
            session.outbox.publish(messages.Estimation(event_id, 0, 1))
            job.task = self._spawn(self._run_unqueued(job))
        return event_id

    async def _answer_from_cache(self, job: Job) -> bool:
        """Answer a call whose result is kept; whether it is."""
        began_s = self.clock()
        steps = await kept_steps(job, self.files)
        if steps is None:
            return False
        job.session.outbox.expect(job.event_id)
        self.worker.publish_kept(job, steps, self.clock() - began_s)
        return True

    def _start(self, jobs: list[Job]) -> None:
        task = self._spawn(self._run(jobs))
        for job in jobs:
            job.task = task
            job.mates = jobs

    async def _work(self, jobs: list[Job]) -> None:
        """Run a job, or the jobs of one batch, and take them out of their sessions."""
        try:
            if jobs[0].listener.batch:
                await self.worker.run_batch(jobs)
            else:
                await self.worker.run(jobs[0])
        finally:
            for job in jobs:
                job.session.jobs.pop(job.event_id, None)
                self.streams.close(job)

    async def _run(self, jobs: list[Job]) -> None:
        first = jobs[0]
        try:
            await self._work(jobs)
        finally:
            if first.call is not None and first.call.is_busy:
                self._spawn(self._wind_down(first))
            else:
                self.scheduler.finished(first)

    async def _run_unqueued(self, job: Job) -> None:
        try:
            await self._work([job])
        finally:
            self._end_call(job)

    def _end_call(self, job: Job) -> None:
        """Close a call that holds no place in the queue, if it is still open."""
        if job.call is not None and job.call.is_busy:
            self._spawn(job.call.close())

    async def _wind_down(self, job: Job) -> None:
        """Free a job's place only when its thread has ended: a limit of one means one."""
        try:
            if job.call is not None:
                await job.call.close()
        except Exception:
            if not self.is_stopping:  # then no thread is left to close a generator in
                _log.exception("closing %s failed", job.listener.api_name)
        finally:
            self.scheduler.finished(job)

    def _lend(self, job: Job) -> None:
        self.scheduler.lend(job)
        if not job.listener.facts.is_async:
            self.threads.lend()

    def _take_back(self, job: Job, go_on: Callable[[], bool]) -> None:
        if not job.listener.facts.is_async:
            self.threads.take_back()
        self.scheduler.take_back(job, go_on)

    # ---- cancel --------------------------------------------------------------------------------

    async def cancel(self, body: Cancel, request: Request) -> None:
        """End a call of the same session; unknown ones are nobody's."""
        session = self.sessions.find(body.session_hash, request.identity)
        job = session.jobs.get(body.event_id) if session is not None else None
        if job is not None:
            self._cancel(job)

    def _cancel(self, job: Job) -> None:
        job.is_cancelled = True
        if self.scheduler.remove([job]):
            job.session.jobs.pop(job.event_id, None)
            self.streams.close(job)
            self.worker.publish_cancelled(job)
            return
        if job.listener.batch:  # the others want their results
            self.worker.publish_cancelled(job)
            if not all(mate.is_cancelled for mate in job.mates):
                return
        for mate in job.mates or [job]:
            mate.request.is_cancelled = True
        if job.task is not None:
            # Not now: a task that is cancelled before its first step never takes it, and so never
            # ends the job and frees its place.
            job.loop.call_soon(job.task.cancel)

    # ---- the queue -------------------------------------------------------------------------------

    def queue_size(self) -> int:
        """How many calls wait."""
        return self.scheduler.waiting

    # ---- server functions of components ----------------------------------------------------------

    def _for_session(self, session: Session, block: Block) -> Block:
        """The block as one session sees it, able to tell its page that it has something to say."""
        self.presence.give_time(session)
        loop = asyncio.get_running_loop()
        sign = messages.ProcessStreaming(f"block-{block.block_id}", messages.Output(data=[]))

        def tell() -> None:
            if not session.outbox.is_closed and not loop.is_closed():
                loop.call_soon_threadsafe(session.outbox.publish, sign)

        effective = session.effective(block)
        effective.tell_page(tell)
        return effective

    async def call_component(
        self,
        component_id: int,
        fn_name: str,
        session_hash: str | None,
        data: Any,
        request: Request,
    ) -> Any:
        """Call a function that a component offers to its browser half.

        Raises:
            Rejected: there is no such component or function, or it cannot take the data.
        """
        block = self.graph.block(component_id)
        if session_hash:
            session = self.sessions.find(session_hash, request.identity)
            if block is not None and block.is_per_session:
                session = session or self.sessions.open(session_hash, request.identity)
                block = self._for_session(session, block)
            elif block is not None and session is not None:
                block = session.effective(block)  # with the props that functions changed
        functions = block.offered_functions() if isinstance(block, Component) else {}
        fn = functions.get(fn_name)
        if fn is None:
            raise Rejected(404, f"Component {component_id!r} offers no function {fn_name!r}.")
        from limelight.runtime import asking

        try:
            asker = request.for_session(session_hash) if session_hash else request
            return await asking.call(fn, [data], asker, self.threads)
        except PayloadError as problem:
            raise Rejected(400, str(problem)) from None
