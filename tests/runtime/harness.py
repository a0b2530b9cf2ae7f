"""A running app without HTTP: calls go in, messages come out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from limelight.core.files import FileCache
from limelight.core.request import Request
from limelight.runtime.runtime import Runtime, RuntimeSettings
from limelight.wire.requests import Cancel, Join

if TYPE_CHECKING:
    from pathlib import Path

    from limelight.app.blocks import Blocks

__all__ = ["Harness"]


class Harness:
    """One session of an app."""

    def __init__(self, demo: Blocks, folder: Path, **settings: Any) -> None:
        demo.graph_.complete()
        self.files = FileCache(folder)
        self.runtime = Runtime(demo.graph_, RuntimeSettings(**settings), files=self.files)
        self.request = Request()

    async def join(self, fn: int | str, *data: Any, session: str = "s", **members: Any) -> str:
        """Queue a call; the event id."""
        graph = self.runtime.graph
        number = fn if isinstance(fn, int) else graph.listener_named(fn).id
        body = Join(data=list(data), fn_index=number, session_hash=session, **members)
        return await self.runtime.join(body, self.request)

    async def until(self, event_id: str, kind: str, *, session: str = "s") -> list[dict[str, Any]]:
        """The event's messages up to the first of a kind."""
        found = self.runtime.session(session, None)
        assert found is not None
        seen = 0
        messages: list[dict[str, Any]] = []
        while True:
            entries = await found.outbox.wait(seen, 5)
            assert entries, f"no message within 5 s; so far {messages}"
            for entry in entries:
                seen = entry.seq
                if entry.event_id == event_id:
                    messages.append(json.loads(entry.data))
                    if entry.kind == kind:
                        return messages

    async def call(self, fn: int | str, *data: Any, **members: Any) -> list[dict[str, Any]]:
        """All messages of one call."""
        session = members.get("session", "s")
        event_id = await self.join(fn, *data, **members)
        return await self.until(event_id, "process_completed", session=session)

    async def value(self, fn: int | str, *data: Any, **members: Any) -> Any:
        """The first output of one call that must end well."""
        last = (await self.call(fn, *data, **members))[-1]
        assert last["success"], last
        return last["output"]["data"][0]

    async def error(self, fn: int | str, *data: Any, **members: Any) -> dict[str, Any]:
        """The error object of one call that must fail."""
        last = (await self.call(fn, *data, **members))[-1]
        assert not last["success"], last
        output: dict[str, Any] = last["output"]
        return output

    async def cancel(self, event_id: str, fn: int = 0, *, session: str = "s") -> None:
        await self.runtime.cancel(Cancel(session, fn, event_id), self.request)
