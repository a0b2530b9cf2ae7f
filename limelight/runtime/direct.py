"""Calls past the queue: the result is the answer. A generator gives its first value."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

from limelight.runtime import inputs
from limelight.runtime.outbox import Outbox
from limelight.runtime.rejected import CallFailed, Rejected
from limelight.runtime.sessions import Session
from limelight.runtime.worker import error_object
from limelight.wire import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.listener import Listener
    from limelight.core.request import Request
    from limelight.runtime.admission import Admission
    from limelight.runtime.eta import RunTimes
    from limelight.runtime.job import Job
    from limelight.runtime.sessions import Sessions
    from limelight.runtime.worker import Worker
    from limelight.wire.requests import Join

__all__ = ["Direct"]


class Direct:
    """Runs calls at once.

    Args:
        admission: Makes the jobs.
        sessions: Whose state they use.
        worker: Runs them.
        times: How long functions take.
        clock: Seconds; only differences matter.
        end: Called with each job when its result is known; closes what is still open.
        show_error: Whether callers see the text of unexpected errors.
    """

    def __init__(
        self,
        admission: Admission,
        sessions: Sessions,
        worker: Worker,
        times: RunTimes,
        clock: Callable[[], float],
        *,
        end: Callable[[Job], None],
        show_error: bool,
    ) -> None:
        self._admission = admission
        self._sessions = sessions
        self._worker = worker
        self._times = times
        self._clock = clock
        self._end = end
        self._show_error = show_error
        self.tasks: set[asyncio.Task[Any]] = set()
        """The tasks of requests that wait for a result."""

    async def run(self, body: Join, request: Request) -> messages.Output:
        """The result of a call.

        Raises:
            CallFailed: the function failed.
            Rejected: the call is not accepted.
        """
        self._admission.check_open()
        listener = self._admission.listener(body)
        session = self._session(body.session_hash, request)
        job = self._admission.job(listener, session, body, request)
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a request is always handled by a task
        self.tasks.add(task)
        try:
            await self._validate(job)
            job.started_s = self._clock()
            output = await (self._batch(job) if listener.batch else self._first_step(job))
            job.end("success", self._clock())
            return output
        except Rejected:
            raise
        except Exception as problem:
            self._worker.log_failure(job, problem)
            job.end("error", self._clock())
            raise CallFailed(error_object(problem, show_error=self._show_error)) from problem
        finally:
            self.tasks.discard(task)
            self._end(job)
            if not body.session_hash:
                self._worker.forget(session)

    async def _validate(self, job: Job) -> None:
        if job.join.batched and job.listener.validator is not None:
            raise Rejected(
                400,
                f"{job.listener.api_name}() has a validator, which looks at one call at a time. "
                "Send its values without batched.",
            )
        await self._admission.validate(job)

    def _session(self, session_hash: str | None, request: Request) -> Session:
        if session_hash:
            return self._sessions.open(session_hash, request.identity)
        # Of its own, known to nobody: it ends with the call.
        return Session(secrets.token_hex(16), request.identity, Outbox(self._clock))

    async def _first_step(self, job: Job) -> messages.Output:
        listener: Listener = job.listener
        async for encoded, duration_s in self._worker.steps(job):
            await self._worker.end_media(job)
            return messages.Output(
                data=encoded.data,
                is_generating=listener.facts.is_generator,
                duration=duration_s,
                average_duration=self._times.add(listener.id, duration_s),
                changed_state_ids=encoded.changed_state_ids,
                used_cache=job.used_cache,
            )
        return messages.Output(data=[], is_generating=False)

    async def _batch(self, job: Job) -> messages.Output:
        began_s = self._clock()
        data = await self._columns(job)
        duration_s = self._clock() - began_s
        return messages.Output(
            data=data,
            is_generating=None,
            duration=duration_s,
            average_duration=self._times.add(job.listener.id, duration_s),
        )

    async def _columns(self, job: Job) -> list[Any]:
        if job.join.batched:
            return await self._worker.run_batched(job)
        data = inputs.complete(job.listener, job.join.data)
        job.join = type(job.join)(data=[[value] for value in data], fn_index=job.join.fn_index)
        return [column[0] for column in await self._worker.run_batched(job)]
