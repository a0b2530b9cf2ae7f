"""Asking what components want to know before their payloads are converted.

Conversions run on the loop and never wait; what has to be looked up for them is looked up here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.component import is_component
from limelight.core.function import facts_of
from limelight.core.narrow import is_object
from limelight.runtime.functions import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.listener import Listener
    from limelight.core.request import Request
    from limelight.runtime.sessions import Session
    from limelight.runtime.threads import Threads

__all__ = ["ask", "call"]


async def call(fn: Callable[..., Any], args: list[Any], request: Request, threads: Threads) -> Any:
    """The value of a function that is no listener's; it may take the request, and yield once."""
    facts = facts_of(fn)
    kwargs = {s.name: request for s in facts.special if s.kind == "request"}
    return await Call(fn, facts, threads, None).first(args, kwargs)


async def ask(
    listener: Listener, session: Session, data: list[Any], request: Request, threads: Threads
) -> None:
    """Let the components of a call's inputs look up what their payloads are.

    Raises:
        LimelightError: one of their functions failed.
    """
    if not listener.preprocess:
        return
    for number, (block, payload) in enumerate(zip(listener.inputs, data, strict=False)):
        if not is_component(block) or not block.may_ask:
            continue
        effective = session.effective(block)
        assert is_component(effective)  # noqa: S101  # a copy of `block`
        is_whole = number in listener.whole_inputs and is_object(payload) and "value" in payload
        wanted = effective.ask(payload["value"] if is_whole else payload)
        if wanted is not None:
            await call(wanted, [], request, threads)
