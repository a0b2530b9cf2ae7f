"""May this call run at all: finds the listener, asks the validator, makes the job."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_listing, is_object
from limelight.errors import InvalidApiName, LimelightError, PayloadError
from limelight.runtime import asking, inputs
from limelight.runtime.job import Job
from limelight.runtime.rejected import Rejected

if TYPE_CHECKING:
    from limelight.core.files import FileCache
    from limelight.core.graph import Graph
    from limelight.core.listener import Listener
    from limelight.core.request import Request
    from limelight.runtime.sessions import Session
    from limelight.runtime.threads import Threads
    from limelight.wire.requests import Join

__all__ = ["Admission"]

_log = logging.getLogger("limelight.runtime")


class Admission:
    """Turns what a client asks for into a job, or says no."""

    def __init__(self, graph: Graph, files: FileCache, threads: Threads) -> None:
        self._graph = graph
        self._files = files
        self._threads = threads
        self.refusal: Rejected | None = None
        """What every new call is told; None while calls are taken."""

    def check_open(self) -> None:
        """Say no when no calls are taken any more.

        Raises:
            Rejected: status 503.
        """
        if self.refusal is not None:
            raise self.refusal

    def listener(self, join: Join) -> Listener:
        """The listener that a call asks for.

        Raises:
            Rejected: there is none, or it has no function.
        """
        if join.fn_index is None:
            raise Rejected(400, "fn_index is missing. Send the id of a listener of this app.")
        listener = self._graph.listener(join.fn_index)
        if listener is None or listener.fn is None:
            raise Rejected(
                404,
                f"No function has the fn_index {join.fn_index!r}. Read /config for those of this "
                "app.",
            )
        return listener

    def endpoint(self, api_name: str) -> Listener:
        """The listener of an endpoint.

        Raises:
            Rejected: status 404.
        """
        try:
            return self._graph.listener_named(api_name)
        except InvalidApiName as problem:
            raise Rejected(404, str(problem)) from None

    def job(
        self,
        listener: Listener,
        session: Session,
        join: Join,
        request: Request,
        event_id: str | None = None,
    ) -> Job:
        """A call of a listener in a session.

        Raises:
            Rejected: 400, the event names a file that the caller may not read.
        """
        try:
            join.event_data = inputs.decode_event(join.event_data, request.identity, self._files)
        except PayloadError as problem:
            raise Rejected(400, str(problem)) from None
        caller = request.for_session(session.hash)
        return Job(event_id or secrets.token_hex(16), listener, session, join, caller)

    async def validate(self, job: Job) -> None:
        """Ask the listener's validator, if it has one.

        Raises:
            Rejected: 422 with an answer per input, or 400 if the validator failed.
        """
        if job.listener.validator is None:
            return
        answers = await self._ask(job)
        names = job.listener.facts.parameters
        items: list[dict[str, Any]] = []
        for number, answer in enumerate(answers):
            is_bad = is_object(answer) and answer.get("is_valid") is False
            item: dict[str, Any] = dict(answer) if is_bad else {"is_valid": True, "message": ""}
            if is_bad:
                item["parameter_name"] = names[number] if number < len(names) else f"param_{number}"
            items.append(item)
        if any(item.get("is_valid") is False for item in items):
            raise Rejected(422, items)

    async def _ask(self, job: Job) -> list[Any]:
        from limelight.core.function import facts_of
        from limelight.runtime import special_args
        from limelight.runtime.functions import Call

        validator = job.listener.validator
        assert validator is not None  # noqa: S101  # checked by the caller
        facts = facts_of(validator)
        try:
            data = inputs.complete(job.listener, job.join.data)
            if job.listener.asks:
                await asking.ask(job.listener, job.session, data, job.request, self._threads)
            values = inputs.decode(job.listener, job.session, data, self._files)
            args, kwargs = special_args.fill(facts, values, job)
            result: Any = await Call(validator, facts, self._threads, job).first(args, kwargs)
        except Exception as problem:
            if not isinstance(problem, LimelightError):
                _log.exception("validator of %s failed", job.listener.api_name)
            raise Rejected(
                400,
                str(problem) if isinstance(problem, LimelightError) else "The validator failed.",
            ) from None
        return [*result] if is_listing(result) else [result]
