"""What to put where a function asks for its request, event data, progress or a header."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any

from limelight.core import tracking
from limelight.core.payloads import EventData
from limelight.core.progress import Progress
from limelight.errors import Error
from limelight.runtime import inputs

if TYPE_CHECKING:
    from limelight.core.function import FunctionFacts, SpecialArg
    from limelight.core.listener import Listener
    from limelight.runtime.job import Job

__all__ = ["arguments", "fill", "texts_in"]


def _class_in(hint: Any, base: type) -> type:
    options = (
        typing.get_args(hint)
        if typing.get_origin(hint) in (typing.Union, types.UnionType)
        else (hint,)
    )
    return next((o for o in options if isinstance(o, type) and issubclass(o, base)), base)


def _value(special: SpecialArg, job: Job) -> Any:
    if special.kind == "request":
        return job.request
    if special.kind == "progress":
        track = isinstance(special.default, Progress) and special.default.track_tqdm
        made = Progress(track_tqdm=track)
        made.speak_through(job)
        if track:
            tracking.follow(made)
        return made
    if special.kind == "cache":
        return special.default
    if special.kind == "header":
        name = special.name.replace("_", "-")
        return job.request.headers.get(name)
    if special.kind == "event_data":
        kind = _class_in(special.hint, EventData)
        target = job.session_block(job.join.trigger_id)
        return kind(target, job.join.event_data)
    if type(None) in typing.get_args(special.hint):  # an optional log-in: nobody is logged in
        return None
    raise Error("This action needs a log-in. Sign in and try again.", title="Log-in needed")


def texts_in(job: Job, into: set[str]) -> None:
    """Collect the strings that the caller sent beside the inputs, as far as the function sees them:
    files that it must not open for that.
    """
    kinds = {special.kind for special in job.listener.facts.special}
    if "event_data" in kinds:
        inputs.texts_in(job.join.event_data, into)
    if kinds & {"request", "header"}:
        request = job.request
        for given in (request.headers, request.query_params, request.cookies, request.path_params):
            inputs.texts_in(list(given.values()), into)


def fill(facts: FunctionFacts, values: list[Any], job: Job) -> tuple[list[Any], dict[str, Any]]:
    """Positional and keyword arguments: the inputs' values with the special ones put between."""
    tracking.follow(None)  # what an earlier call in this task asked for
    if not facts.special:
        return values, {}
    args = list(values)
    kwargs: dict[str, Any] = {}
    for special in facts.special:
        value = _value(special, job)
        if special.keyword_only or special.position > len(args):
            kwargs[special.name] = value
        else:
            args.insert(special.position, value)
    return args, kwargs


def arguments(listener: Listener, values: list[Any], job: Job) -> tuple[list[Any], dict[str, Any]]:
    """What a listener's function is called with, for the values of its inputs."""
    args, kwargs = fill(listener.facts, values, job)
    if listener.kwarg_names:
        count = len(args) - len(listener.kwarg_names)
        kwargs.update(zip(listener.kwarg_names, args[count:], strict=True))
        args = args[:count]
    return args, kwargs
