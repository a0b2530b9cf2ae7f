"""What running functions ask their callers: told once, answered once, and by nobody else.

While a call waits it holds no place in the queue's limits, nor does its thread count
([0016](../../docs/decisions/0016-who-waits-for-a-person-lends-its-place.md)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.filetree import has_files
from limelight.errors import NoAnswer, PayloadError
from limelight.runtime.inputs import decode_event
from limelight.runtime.rejected import Rejected
from limelight.wire import messages

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from concurrent.futures import Future

    from limelight.core.files import FileCache
    from limelight.core.question import Place, Question
    from limelight.core.request import Request
    from limelight.runtime.job import Job
    from limelight.runtime.sessions import Sessions
    from limelight.wire.requests import Answer

__all__ = ["MOST_OPEN", "Asked", "Questions"]

MOST_OPEN = 64
"""Questions of a session that wait at a time."""


class Asked:
    """A question that waits for its answer."""

    def __init__(
        self, job: Job, question: Question, place: Place | None, answer: Future[Any]
    ) -> None:
        self.job = job
        self.question = question
        self.place = place
        self.answer = answer
        self.timer: asyncio.TimerHandle | None = None

    def message(self) -> messages.Ask:
        """What its caller is told."""
        question = self.question
        return messages.Ask(self.job.event_id, question.shown(), log=question.prompt)


class Questions:
    """The open questions of one app. Its methods run on the event loop.

    Args:
        sessions: Whose they are.
        files: Where files are that answer.
        lend: Called with a job that begins to wait: its place is free for others.
        take_back: Called with a job that may go on, and with what lets it,
            which says whether it does.
    """

    def __init__(
        self,
        sessions: Sessions,
        files: FileCache,
        *,
        lend: Callable[[Job], None],
        take_back: Callable[[Job, Callable[[], bool]], None],
    ) -> None:
        self._sessions = sessions
        self._files = files
        self._lend = lend
        self._take_back = take_back

    def reaches(self, job: Job) -> bool:
        """Whether a job has a caller who can be asked. Called from any thread."""
        return self._sessions.holds(job.session)

    def open(self, job: Job, question: Question, place: Place | None, answer: Future[Any]) -> None:
        """Tell a job's caller a question."""
        session = job.session
        if job.is_done or answer.cancelled():
            answer.cancel()
            return
        if len(session.questions) >= MOST_OPEN:
            answer.set_exception(
                NoAnswer(f"{MOST_OPEN} questions of one page wait already; no more can be asked.")
            )
            return
        asked = session.questions[question.id] = Asked(job, question, place, answer)
        if question.timeout_s is not None:
            asked.timer = job.loop.call_later(question.timeout_s, self._time_is_up, asked)
        answer.add_done_callback(
            lambda _: job.from_any_thread(self._drop, asked)  # also when the waiting task is gone
        )
        if not any(one.job is job for one in session.questions.values() if one is not asked):
            self._lend(job)
        if place is not None and job.show is not None:
            job.show(place.open(question))
        else:
            session.outbox.publish(asked.message())

    def waiting(self, session_hash: str, request: Request) -> list[dict[str, Any]]:
        """What the calls of a session ask now, each with its call's `event_id`.

        Raises:
            Rejected: it belongs to somebody else.
        """
        session = self._sessions.find(session_hash, request.identity)
        if session is None:
            return []
        asked = session.questions.values()
        return [{**one.question.shown(), "event_id": one.job.event_id} for one in asked]

    def take(self, question_id: str, body: Answer, request: Request) -> None:
        """Give an answer to the function that waits for it.

        Raises:
            Rejected: the question is not there, not there any more, or somebody else's; or this
                is no answer to it.
        """
        session = self._sessions.find(body.session_hash, request.identity)
        asked = session.questions.get(question_id) if session is not None else None
        if session is None or asked is None or asked.answer.done():
            raise Rejected(404, "No such question waits for an answer.")
        question, given = asked.question, body.answer
        if given is None:
            self._decline(asked)
            return
        try:
            if has_files(given):
                given = decode_event(given, session.identity, self._files)
            elif question.kind == "file":
                raise PayloadError(f"The answer {given!r:.80} does not fit; expected a file.")
            value = question.answer(given)
        except PayloadError as problem:
            raise Rejected(422, str(problem)) from None
        told = (given.get("orig_name") or "file") if question.kind == "file" else given
        self._close(asked, {"answer": told})
        self._settle(asked, value)

    def _decline(self, asked: Asked) -> None:
        question = asked.question
        if question.kind == "approval":
            self._close(asked, {"answer": False})
            self._settle(asked, value=False)
            return
        self._close(asked, {"declined": True})
        why = f"ask({question.prompt!r:.80}) got no answer: the reader declined."
        self._settle(asked, problem=NoAnswer(why))

    def forget(self, job: Job) -> None:
        """A job has ended, in whatever way: nothing of it waits any more."""
        for asked in [one for one in job.session.questions.values() if one.job is job]:
            self._close(asked, {"missed": True})
            asked.answer.cancel()

    def _time_is_up(self, asked: Asked) -> None:
        if asked.answer.done():
            return
        self._close(asked, {"missed": True})
        self._settle(asked, problem=TimeoutError())

    def _drop(self, asked: Asked) -> None:
        """Who waited for the answer is gone, as the function has cancelled it."""
        if asked.question.id in asked.job.session.questions:
            self._close(asked, {"missed": True})
            self._take_back(asked.job, lambda: not asked.job.is_done)

    def _close(self, asked: Asked, told: dict[str, Any]) -> None:
        """Show that a question is over."""
        session = asked.job.session
        if session.questions.pop(asked.question.id, None) is None:
            return
        if asked.timer is not None:
            asked.timer.cancel()
        job = asked.job
        if asked.place is not None and job.show is not None:
            shown = asked.place.close(asked.question, told)
            if not job.is_done:
                job.show(shown)
        elif not job.is_done:
            over = {"id": asked.question.id, "over": True}
            session.outbox.publish(messages.Ask(job.event_id, over, visible=False))

    def _settle(
        self, asked: Asked, value: Any = None, *, problem: BaseException | None = None
    ) -> None:
        job, answer = asked.job, asked.answer

        def go_on() -> bool:
            if answer.done():
                return False
            if problem is not None:
                answer.set_exception(problem)
            else:
                answer.set_result(value)
            return True

        if any(one.job is job for one in job.session.questions.values()):
            go_on()  # another question of it still waits: its place is lent on
        else:
            self._take_back(job, go_on)
