"""Runs one job: decode, call, encode, publish.

The only module that knows this order; read it first.

A job's last message is always published, whatever happens.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from limelight.core.narrow import is_array, is_listing
from limelight.errors import Error, LimelightError, PayloadError
from limelight.runtime import asking, inputs, logs, outputs, special_args
from limelight.runtime.deltas import advance
from limelight.runtime.functions import Call
from limelight.runtime.streams import IDLE_S, MediaRun
from limelight.wire import messages

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from limelight.core.files import FileCache
    from limelight.runtime.eta import RunTimes
    from limelight.runtime.job import Job
    from limelight.runtime.outputs import Encoded
    from limelight.runtime.questions import Questions
    from limelight.runtime.sessions import Session
    from limelight.runtime.streams import InputStream, Streams
    from limelight.runtime.threads import Threads

__all__ = ["Worker", "error_object", "rows_of"]

_log = logging.getLogger("limelight.calls")


def error_object(problem: BaseException, *, show_error: bool) -> dict[str, Any]:
    """What the caller is told of a failure: the author's words, or nothing unless `show_error`."""
    if isinstance(problem, Error):
        return {
            "error": problem.message,
            "duration": problem.duration,
            "visible": problem.visible,
            "title": problem.title,
        }
    if show_error or isinstance(problem, PayloadError):
        return {"error": str(problem), "visible": True}
    return {"error": None}


class Worker:
    """Runs jobs; has no state of their own."""

    def __init__(
        self,
        files: FileCache,
        threads: Threads,
        times: RunTimes,
        clock: Callable[[], float],
        *,
        streams: Streams,
        show_error: bool,
    ) -> None:
        self.streams = streams
        """Where media goes that is played while it is made."""
        self.questions: Questions | None = None
        """Where functions' questions go."""
        self._files = files
        self._threads = threads
        self._times = times
        self._clock = clock
        self._show_error = show_error

    def forget(self, session: Session) -> None:
        """Let go of all that calls left in a session that ends."""
        session.forget_state()
        session.caches.clear()
        self.streams.forget(session)

    # ---- one step at a time ------------------------------------------------------------------

    async def _decode(self, job: Job) -> tuple[list[Any], frozenset[str]]:
        data = inputs.complete(job.listener, job.join.data)
        texts: set[str] = set()
        inputs.texts_in(inputs.free_payloads(job.listener, data), texts)
        inputs.texts_in(inputs.kept_texts(job.listener, job.session), texts)
        special_args.texts_in(job, texts)
        if job.listener.asks:
            await asking.ask(job.listener, job.session, data, job.request, self._threads)
        decode = (job.listener, job.session, data, self._files)
        if inputs.holds_files(data):  # reading and decoding files must not hold up the loop
            values = await asyncio.to_thread(inputs.decode, *decode)
        else:
            values = inputs.decode(*decode)
        return values, frozenset(texts)

    async def _encode(
        self, job: Job, returned: Any, tainted: frozenset[str], last: Encoded | None = None
    ) -> Encoded:
        encode = (job.listener, job.session, returned, self._files, tainted)
        is_heavy = any(getattr(block, "is_heavy", False) for block in job.listener.outputs)
        if is_heavy or job.media is not None:
            return await asyncio.to_thread(outputs.encode, *encode, last=last, media=job.media)
        return outputs.encode(*encode, last=last)

    async def steps(self, job: Job) -> AsyncGenerator[tuple[Encoded, float]]:
        """The encoded values that the job's function gives, each with the seconds it took."""
        if job.listener.fn is None:
            return
        began_s = self._clock()
        call, args, kwargs, tainted = await self._prepare(job, job.listener.fn)
        encoded: Encoded | None = None
        async for returned in call.steps(args, kwargs):
            encoded = await self._encode(job, returned, tainted, job.latest or encoded)
            yield encoded, self._clock() - began_s
            began_s = self._clock()

    async def _only_step(self, job: Job) -> tuple[Encoded | None, float]:
        """The same of a function that is no generator; None if there is no function."""
        if job.listener.fn is None:
            return None, 0.0
        began_s = self._clock()
        call, args, kwargs, tainted = await self._prepare(job, job.listener.fn)
        encoded = await self._encode(job, await call.value(args, kwargs), tainted)
        return encoded, self._clock() - began_s

    async def _prepare(
        self, job: Job, fn: Callable[..., Any]
    ) -> tuple[Call, list[Any], dict[str, Any], frozenset[str]]:
        """A job's call, its arguments by position and by name, and its untrusted texts."""
        listener = job.listener
        values, tainted = await self._decode(job)
        args, kwargs = special_args.arguments(listener, values, job)
        call = job.call = Call(fn, listener.facts, self._threads, job)
        job.questions = self.questions
        job.show = functools.partial(self._show, job, tainted)
        if job.media is None and MediaRun.is_wanted(listener):
            job.media = MediaRun(self.streams, job.session)
        return call, args, kwargs, tainted

    # ---- a queued job ------------------------------------------------------------------------

    async def run(self, job: Job) -> None:
        """Run a job to its last message."""
        job.started_s = self._clock()
        listener_id = job.listener.id
        outbox = job.session.outbox
        outbox.publish(messages.ProcessStarts(job.event_id, self._times.mean(listener_id)))
        try:
            if job.chunks is None:
                last, duration_s = await self._run_steps(job)
            else:
                last, duration_s = await self._run_chunks(job, job.chunks)
            await self.end_media(job)
        except asyncio.CancelledError:
            self.publish_cancelled(job)
        except Exception as problem:
            self.log_failure(job, problem)
            self.publish_failure(job, problem, after_values=job.latest is not None)
        else:
            mean_s = self._times.add(listener_id, self._clock() - job.started_s)
            self._publish_result(job, last, duration_s, mean_s)
        finally:
            await self.end_media(job)

    async def _run_steps(self, job: Job) -> tuple[Encoded | None, float]:
        """The last value of a function and the seconds it took; a generator's are published."""
        if job.listener.fn is None or not job.listener.facts.is_generator:
            return await self._only_step(job)
        last: Encoded | None = None
        duration_s = 0.0
        async with aclosing(self.steps(job)) as steps:
            async for encoded, duration_s in steps:
                self._publish_step(job, job.latest, encoded, duration_s)
                last = job.latest = encoded
                if self._is_out_of_time(job):
                    break  # who runs the job closes the generator
        return last, duration_s

    def _show(self, job: Job, tainted: frozenset[str], returned: Any) -> None:
        """Publish values between two steps, while the function waits for an answer."""
        if job.is_done or job.listener.batch:
            return
        encode = (job.listener, job.session, returned, self._files, tainted)
        encoded = outputs.encode(*encode, last=job.latest)
        self._publish_step(job, job.latest, encoded, 0.0)
        job.latest = encoded

    def _is_cut(self, job: Job) -> bool:
        """Whether it is the stream that ended and not the call; the protocol tells them apart."""
        return job.chunks is not None and not self._is_out_of_time(job)

    def _is_out_of_time(self, job: Job) -> bool:
        limit_s = job.listener.time_limit
        if limit_s is None or job.started_s is None:
            return False
        return self._clock() - job.started_s >= limit_s

    async def _run_chunks(self, job: Job, chunks: InputStream) -> tuple[Encoded | None, float]:
        """Call the function for each chunk of a stream; the last value and the seconds it took.

        Until the stream is closed, its time is up, or no chunk comes.
        """
        limit_s = job.listener.time_limit
        began_s = self._clock()
        patience_s: float | None = None
        last: Encoded | None = None
        duration_s = 0.0
        while True:
            async with aclosing(self.steps(job)) as steps:
                async for encoded, duration_s in steps:
                    last = encoded
                    if patience_s is None:
                        patience_s = (IDLE_S if limit_s is None else limit_s) - duration_s
                    if self._is_out_of_time(job):
                        return last, duration_s
                    left_s = None if limit_s is None else patience_s
                    self._publish_answer(job, encoded, duration_s, left_s)
            if patience_s is not None and limit_s is not None:
                patience_s = min(patience_s, limit_s - (self._clock() - began_s))
            body = await chunks.next(IDLE_S if patience_s is None else patience_s)
            if body is None:
                return last, duration_s
            job.join = body

    def _publish_answer(
        self, job: Job, encoded: Encoded, duration_s: float, left_s: float | None
    ) -> None:
        output = messages.Output(
            data=encoded.data,
            is_generating=True,
            duration=duration_s,
            average_duration=self._times.mean(job.listener.id),
            changed_state_ids=encoded.changed_state_ids,
        )
        job.session.outbox.publish(
            messages.ProcessStreaming(job.event_id, output, time_limit=left_s),
            has_files=encoded.has_files,
        )

    async def end_media(self, job: Job) -> None:
        """No more pieces come for the outputs that are played while they are made."""
        if job.media is not None and job.media.is_open:
            await asyncio.to_thread(job.media.end)

    def _publish_step(
        self, job: Job, last: Encoded | None, encoded: Encoded, duration_s: float
    ) -> None:
        data = encoded.data
        if last is not None:
            data = encoded.edits or [
                advance(*pair)[0] for pair in zip(last.data, data, strict=True)
            ]
        output = messages.Output(
            data=data,
            is_generating=True,
            duration=duration_s,
            average_duration=self._times.mean(job.listener.id),
            changed_state_ids=encoded.changed_state_ids,
        )
        job.session.outbox.publish(
            messages.ProcessGenerating(job.event_id, output),
            has_files=encoded.has_files,
            full=encoded.data,
        )

    def publish_kept(self, job: Job, steps: list[Encoded], duration_s: float) -> None:
        """All messages of a call that need not run, as its result is in a cache."""
        last: Encoded | None = None
        for encoded in steps:
            if job.listener.facts.is_generator:
                self._publish_step(job, last, encoded, duration_s)
            last = encoded
        mean_s = self._times.mean(job.listener.id)
        self._publish_result(job, last, duration_s, mean_s, is_kept=True)

    def _publish_result(
        self,
        job: Job,
        encoded: Encoded | None,
        duration_s: float,
        mean_s: float | None,
        *,
        is_kept: bool = False,
    ) -> None:
        if job.is_done:
            return
        if encoded is None:  # nothing was yielded, or there is no function
            encoded = outputs.Encoded()
            encoded.data = [
                None if getattr(b, "is_stateful", False) else {"__type__": "update"}
                for b in job.listener.outputs
            ]
        output = messages.Output(
            data=encoded.data,
            is_generating=None if job.listener.batch else self._is_cut(job),
            duration=duration_s,
            average_duration=mean_s,
            changed_state_ids=encoded.changed_state_ids,
            used_cache=job.used_cache,
        )
        message = messages.ProcessCompleted(
            job.event_id,
            output,
            used_cache="full" if is_kept else job.used_cache,
            cache_duration=duration_s,
            avg_time=mean_s,
        )
        job.end("success", self._clock())
        is_repeated = job.listener.facts.is_generator and job.chunks is None
        brief = _brief(message, output) if is_repeated else None
        job.session.outbox.publish(message, has_files=encoded.has_files, brief=brief)

    def publish_failure(
        self,
        job: Job,
        problem: BaseException,
        *,
        after_values: bool,
        outcome: Literal["error", "stopped"] = "error",
    ) -> None:
        """The last message of a job that failed."""
        if job.is_done:
            return
        error = error_object(problem, show_error=self._show_error)
        job.end(outcome, self._clock())
        title = None if after_values else error.get("title", "Error")
        job.session.outbox.publish(
            messages.ProcessCompleted(job.event_id, error, success=False, title=title)
        )

    def publish_cancelled(self, job: Job) -> None:
        """The last message of a job that was cancelled: one null per output.

        If it was stopped, what it gave last.
        """
        if job.is_done:
            return
        if job.is_stopped:
            self._publish_result(job, job.latest, 0.0, self._times.mean(job.listener.id))
            return
        job.end("cancelled", self._clock())
        output = {"data": [None] * len(job.listener.outputs)} if job.listener.outputs else {}
        job.session.outbox.publish(messages.ProcessCompleted(job.event_id, output))

    def log_failure(self, job: Job, problem: BaseException) -> None:
        """Write what went wrong, with the traceback unless the author or the caller meant it."""
        quiet = isinstance(problem, (Error, PayloadError)) and not getattr(
            problem, "print_exception", False
        )
        if quiet:
            text = "call %s of %s failed: %s"
            name, extra = job.listener.api_name, logs.facts(job)
            _log.debug(text, job.event_id, name, problem, extra=extra)
            return
        _log.error(
            "call %s of %s (%s) failed",
            job.event_id,
            job.listener.api_name,
            job.listener.where,
            exc_info=problem,
            extra=logs.facts(job),
        )

    # ---- a batch -------------------------------------------------------------------------------

    async def run_batch(self, jobs: list[Job]) -> None:
        """Run jobs of one batch function together; each gets its own messages."""
        first = jobs[0]
        listener = first.listener
        began_s = self._clock()
        for job in jobs:
            job.started_s = began_s
            job.session.outbox.publish(
                messages.ProcessStarts(job.event_id, self._times.mean(listener.id))
            )
        ready, columns, tainted = await self._decode_batch(jobs)
        if not ready:
            return
        try:
            returned = await self._call_batch(first, [list(c) for c in columns])
            rows = rows_of(returned, len(listener.outputs), len(ready))
        except asyncio.CancelledError:
            for job in ready:
                self.publish_cancelled(job)
            return
        except Exception as problem:
            self.log_failure(first, problem)
            for job in ready:
                self.publish_failure(job, problem, after_values=False)
            return
        duration_s = self._clock() - began_s
        mean_s = self._times.add(listener.id, duration_s)
        for job, row in zip(ready, rows, strict=True):
            try:
                returned_row = row if len(listener.outputs) != 1 else row[0]
                encoded = await self._encode(job, returned_row, tainted[job.event_id])
            except Exception as problem:
                self.log_failure(job, problem)
                self.publish_failure(job, problem, after_values=False)
            else:
                self._publish_result(job, encoded, duration_s, mean_s)

    async def _decode_batch(
        self, jobs: list[Job]
    ) -> tuple[list[Job], list[list[Any]], dict[str, frozenset[str]]]:
        """The jobs that can run, their values by input, and their untrusted texts by event id."""
        ready: list[Job] = []
        columns: list[list[Any]] = [[] for _ in jobs[0].listener.inputs]
        tainted: dict[str, frozenset[str]] = {}
        for job in jobs:
            try:
                values, tainted[job.event_id] = await self._decode(job)
            except Exception as problem:
                self.log_failure(job, problem)
                self.publish_failure(job, problem, after_values=False)
                continue
            if job.is_done:  # cancelled meanwhile
                continue
            ready.append(job)
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        return ready, columns, tainted

    async def _call_batch(self, job: Job, columns: list[list[Any]]) -> Any:
        listener = job.listener
        args, kwargs = special_args.fill(listener.facts, columns, job)
        assert listener.fn is not None  # noqa: S101  # a batch listener has one
        job.call = Call(listener.fn, listener.facts, self._threads, job)
        return await job.call.first(args, kwargs)

    async def run_batched(self, job: Job) -> list[list[Any]]:
        """A direct call with a list per input; one list per output."""
        listener = job.listener
        columns = job.join.data
        sizes = {len(c) if is_array(c) else -1 for c in columns}
        if len(sizes) > 1 or -1 in sizes:
            raise PayloadError(
                f"{listener.api_name}() was called with batched=true and {columns!r:.200}; "
                "expected one list per input, all of one length."
            )
        size = sizes.pop() if sizes else 0
        if size > listener.max_batch_size:
            raise PayloadError(
                f"{listener.api_name}() got a batch of {size}; it takes at most "
                f"{listener.max_batch_size}."
            )
        rows = [[column[i] for column in columns] for i in range(size)]
        if listener.asks:
            for row in rows:
                await asking.ask(listener, job.session, row, job.request, self._threads)
        decoded = [inputs.decode(listener, job.session, row, self._files) for row in rows]
        by_input = [[row[i] for row in decoded] for i in range(len(columns))]
        returned = await self._call_batch(job, by_input)
        made: list[list[Any]] = [[] for _ in listener.outputs]
        for row in rows_of(returned, len(listener.outputs), size):
            one = row if len(listener.outputs) != 1 else row[0]
            encoded = await self._encode(job, one, frozenset())
            for column, payload in zip(made, encoded.data, strict=True):
                column.append(payload)
        return made


def _brief(
    message: messages.ProcessCompleted, output: messages.Output
) -> messages.ProcessCompleted:
    """A result for who has its values from the last step."""
    members: dict[str, Any] = {**msgspec.structs.asdict(output), "data": None}
    return msgspec.structs.replace(message, output=members)


def rows_of(returned: Any, width: int, height: int) -> list[list[Any]]:
    """A batch function's result, a list per output, as one row per job."""
    columns: list[Any] = [*returned] if is_listing(returned) else [returned]
    if width == 1 and not (
        len(columns) == 1 and is_listing(columns[0]) and len(columns[0]) == height
    ):
        columns = [columns]
    sizes = [len(c) if is_listing(c) else -1 for c in columns]
    if len(columns) != width or any(size != height for size in sizes):
        raise LimelightError(
            f"A batch function with {width} outputs was called with {height} samples and returned "
            f"lists of the sizes {sizes}; expected {width} lists of {height} values each."
        )
    return [[column[i] for column in columns] for i in range(height)]
