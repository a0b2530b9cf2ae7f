"""`Job`: a call in the queue, from its admission to its last message."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Literal

from limelight.errors import NoAnswer
from limelight.runtime import logs
from limelight.runtime.streams import InputStream
from limelight.wire import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from limelight.core.block import Block
    from limelight.core.cachescope import CacheScope
    from limelight.core.listener import Listener
    from limelight.core.question import Place, Question
    from limelight.core.request import Request
    from limelight.runtime.functions import Call
    from limelight.runtime.logs import Outcome
    from limelight.runtime.outputs import Encoded
    from limelight.runtime.questions import Questions
    from limelight.runtime.rounds import Flow
    from limelight.runtime.sessions import Session
    from limelight.runtime.streams import MediaRun
    from limelight.wire.requests import Join

__all__ = ["Job"]


class Job:
    """One call. Also the `Reporter` that a running function speaks through."""

    is_stopped = False
    """Whether the app ends it before its time, with what it gave last."""
    canceller: Callable[[Job], None] | None = None
    """Ends a job before its time; None where nothing but the job itself knows of it."""

    def __init__(
        self,
        event_id: str,
        listener: Listener,
        session: Session,
        join: Join,
        request: Request,
    ) -> None:
        self.event_id = event_id
        self.listener = listener
        self.session = session
        self.join = join
        self.request = request
        self.started_s: float | None = None
        self.task: asyncio.Task[None] | None = None
        self.call: Call | None = None
        self.is_done = False
        """Whether its last message was published."""
        self.is_cancelled = False
        self.chunks = InputStream.of(listener)
        """What is streamed to it; None if its listener takes one payload."""
        self.media: MediaRun | None = None
        """The outputs that are played while it makes them."""
        host = request.client.host if request.client else ""
        self.client = request.counts_as or request.identity or host
        """Who waits: a browser, or an address."""
        self.is_waiting = False
        """Whether it is in the queue, or in a batch that fills."""
        self.flow: Flow | None = None
        """The jobs of its session that wait in its group; set by the queue."""
        self.told: tuple[int, int, float | None] | None = None
        """The place, size of the queue and time that its caller was told last."""
        self.mates: list[Job] = []
        """The jobs of its batch, itself too; empty without one."""
        self.used_cache: Literal["partial"] | None = None
        """Whether its function took something from a cache."""
        self.loop = asyncio.get_running_loop()
        self.latest: Encoded | None = None
        """The values it gave last, if it is a generator; for a reader that begins in the middle."""
        self.latest_progress: list[messages.ProgressUnit] | None = None
        """How far it said that it is."""
        self.questions: Questions | None = None
        """Where its function's questions go; None where nobody could be asked."""
        self.show: Callable[[Any], None] | None = None
        """Shows values between two steps of its function; None before it was called."""
        self._progress: list[dict[str, Any]] | None = None

    def session_block(self, block_id: int | None) -> Block | None:
        """A block as the job's session sees it; what an event's data names as target."""
        graph = self.listener.graph
        block = graph.block(block_id) if graph is not None and block_id is not None else None
        return self.session.effective(block) if block is not None else None

    def end(self, outcome: Outcome, now_s: float) -> None:
        """Its last message is about to be published, or never will be."""
        self.is_done = True
        if self.questions is not None and self.session.questions:
            self.questions.forget(self)
        logs.finished(self, outcome, now_s)

    # ---- Reporter: called from any thread --------------------------------------------------------

    def log(
        self, message: str, *, level: str, duration: float | None, visible: bool, title: str
    ) -> None:
        """Show a toast."""
        note = messages.Log(
            event_id=self.event_id,
            log=str(message),
            level=level,  # type: ignore[arg-type]  # the notices pass only these
            duration=duration,
            visible=visible,
            title=title,
        )
        self.from_any_thread(self._publish_log, note)

    def ask(self, question: Question, place: Place | None) -> Future[Any]:
        """Ask the caller; the answer is to be waited for."""
        if self.questions is None or self.listener.batch or not self.questions.reaches(self):
            raise NoAnswer(
                f"ask({question.prompt!r:.80}) found nobody: the call of "
                f"{self.listener.api_name}() has no caller that hears questions. Call it through "
                "the queue, or with a session hash; a batch function cannot ask."
            )
        answer: Future[Any] = Future()
        self.from_any_thread(self.questions.open, self, question, place, answer)
        return answer

    def stop(self, returned: Any) -> None:
        """End it now, with this as the last value of its function."""

        def end() -> None:
            if self.show is not None:
                self.show(returned)
            self._stop([self])

        self.from_any_thread(end)

    def stop_waiting(self, listener_ids: Collection[int]) -> None:
        """End the calls of these listeners that the same session has in the queue."""
        jobs = list(self.session.jobs.values())
        found = [job for job in jobs if job.is_waiting and job.listener.id in listener_ids]
        self.from_any_thread(self._stop, found)

    def _stop(self, jobs: list[Job]) -> None:
        for job in jobs:
            if not job.is_done and job.canceller is not None:
                job.is_stopped = True
                job.canceller(job)

    @property
    def cache_scope(self) -> CacheScope:
        """The session's part of the caches that keep values per session."""
        return self.session.caches

    def note_cache_hit(self) -> None:
        """The result is told to come from a cache, in part."""
        self.used_cache = "partial"

    def progress(self, units: list[dict[str, Any]]) -> None:
        """Show how far the function is; states that follow quickly are told once."""
        is_scheduled = self._progress is not None
        self._progress = units
        if not is_scheduled:
            self.from_any_thread(self._publish_progress)

    def from_any_thread(self, callback: Any, *args: Any) -> None:
        """Do something on the loop, soon."""
        try:
            self.loop.call_soon_threadsafe(callback, *args)
        except RuntimeError:  # the loop is closed: the server stopped, nobody listens
            return

    def _publish_log(self, note: messages.Log) -> None:
        if not self.is_done:
            self.session.outbox.publish(note)

    def _publish_progress(self) -> None:
        units, self._progress = self._progress, None
        if not self.is_done and units is not None:
            data = self.latest_progress = [messages.ProgressUnit(**unit) for unit in units]
            self.session.outbox.publish(messages.Progress(self.event_id, data))
