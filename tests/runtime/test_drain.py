from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import limelight as gr
from limelight.runtime.rejected import Rejected
from limelight.wire.requests import Join
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path


class Waiting:
    """An app whose functions go on when they are let."""

    def __init__(self, folder: Path, **settings: float) -> None:
        self.gate = asyncio.Event()
        with gr.Blocks() as demo:
            box = gr.Textbox()
            box.submit(self.wait, box, box, api_name="wait")
            box.submit(
                lambda names: names, box, box, api_name="batch", batch=True, max_wait=60
            )  # fmt: skip
        self.harness = Harness(demo, folder, **settings)
        self.runtime = self.harness.runtime

    async def wait(self, text: str) -> str:
        await self.gate.wait()
        return text

    def read(self, *sessions: str) -> None:
        """As if a reader had got everything."""
        for name in sessions:
            session = self.runtime.session(name, None)
            assert session is not None
            session.outbox.delivered = session.outbox.last_seq


async def test_what_was_accepted_is_finished_and_nothing_else_is_begun(tmp_path: Path) -> None:
    app = Waiting(tmp_path)
    ids = [await app.harness.join("wait", text, session=text) for text in "ab"]
    repeated = await app.harness.join("wait", "c", session="c", key="k")
    filling = await app.harness.join("batch", "d", session="d")
    direct = asyncio.ensure_future(
        app.runtime.direct.run(Join(data=["e"], fn_index=0), app.harness.request)
    )
    await asyncio.sleep(0.01)
    draining = asyncio.ensure_future(app.runtime.drain())
    await app.harness.until(filling, "process_completed", session="d")  # it waits for no more calls
    with pytest.raises(Rejected, match="takes no new calls") as told:
        await app.harness.join("wait", "x")
    assert (told.value.status, told.value.retry_after_s) == (503, 5)
    with pytest.raises(Rejected, match="takes no new calls"):
        await app.runtime.direct.run(Join(data=["x"], fn_index=0), app.harness.request)
    assert await app.harness.join("wait", "c", session="c", key="k") == repeated
    assert not draining.done()
    app.gate.set()
    for session, event_id in zip("abc", [*ids, repeated], strict=True):
        last = (await app.harness.until(event_id, "process_completed", session=session))[-1]
        assert last["output"]["data"] == [session]
    assert (await direct).data == ["e"]
    assert not draining.done()  # nobody has read the results
    app.read(*"abcd")
    await asyncio.wait_for(draining, 1)
    await app.runtime.close()
    kinds = {entry.kind for s in app.runtime.sessions.all() for entry in s.outbox.after(0)}
    assert "unexpected_error" not in kinds


async def test_what_takes_too_long_is_told_so(tmp_path: Path) -> None:
    app = Waiting(tmp_path, shutdown_timeout_s=0.05)
    event_id = await app.harness.join("wait", "a")
    waiting = await app.harness.join("wait", "b")
    await app.runtime.drain(has_readers=False)
    for failed in (event_id, waiting):
        last = (await app.harness.until(failed, "process_completed"))[-1]
        assert last["success"] is False
        assert last["output"]["error"].startswith("The server stopped before this finished")
    await app.runtime.close()
    session = app.runtime.session("s", None)
    assert session is not None
    assert session.outbox.after(0)[-1].kind == "process_completed"


async def test_results_that_nobody_reads_do_not_hold_the_server(tmp_path: Path) -> None:
    app = Waiting(tmp_path, shutdown_timeout_s=0.1)
    app.gate.set()
    await app.harness.call("wait", "a")
    await asyncio.wait_for(app.runtime.drain(), 3)
    await app.runtime.close()
