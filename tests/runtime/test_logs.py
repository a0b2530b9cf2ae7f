from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.runtime import logs
from limelight.runtime.rejected import CallFailed
from limelight.wire.requests import Join
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """Our logger, as it was before."""
    found = logging.getLogger("limelight")
    before = list(found.handlers), found.level, found.propagate
    yield found
    found.handlers[:], found.propagate = before[0], before[2]
    found.setLevel(before[1])


def app() -> gr.Blocks:
    def work(text: str) -> str:
        if text == "refuse":
            raise gr.Error("Not that", print_exception=False)
        return str(1 / 0) if text == "crash" else text

    async def wait(text: str) -> str:
        import asyncio

        await asyncio.sleep(60)
        return text

    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(work, box, box, api_name="work")
        box.submit(wait, box, box, api_name="wait")
    return demo


def lines(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [r for r in caplog.records if hasattr(r, "outcome")]


async def test_each_finished_call_has_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "limelight")
    harness = Harness(app(), tmp_path)
    ids = [
        await harness.join("work", "fine", session="secret"),
        await harness.join("work", "crash", session="secret"),
        await harness.join("work", "refuse", session="secret"),
        await harness.join("wait", "x", session="secret"),
    ]
    for event_id in ids[:3]:
        await harness.until(event_id, "process_completed", session="secret")
    await harness.cancel(ids[3], session="secret")
    await harness.until(ids[3], "process_completed", session="secret")
    records = lines(caplog)
    assert [(r.event_id, r.api_name, r.outcome) for r in records] == [
        (ids[0], "work", "success"),
        (ids[1], "work", "error"),
        (ids[2], "work", "error"),
        (ids[3], "wait", "cancelled"),
    ]
    assert all(r.levelno == logging.INFO and r.duration >= 0 for r in records)
    assert len({r.session for r in records}) == 1
    assert "secret" not in caplog.text  # who can read the log must not read the session
    failures = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert [r.event_id for r in failures] == [ids[1]]  # type: ignore[attr-defined]  # an extra
    assert failures[0].exc_info is not None


async def test_direct_calls_and_stopped_ones_have_a_line_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "limelight")
    harness = Harness(app(), tmp_path)
    run = harness.runtime.direct.run
    await run(Join(data=["fine"], fn_index=0), harness.request)
    with pytest.raises(CallFailed):
        await run(Join(data=["crash"], fn_index=0), harness.request)
    await harness.join("wait", "x")
    await harness.runtime.close()
    assert [r.outcome for r in lines(caplog)] == ["success", "error", "stopped"]


async def test_calls_write_nothing_unless_somebody_asks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    harness = Harness(app(), tmp_path)
    await harness.call("work", "fine")
    await harness.call("work", "refuse")
    assert not caplog.records


def test_lines_can_be_json(logger: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    logs.configure("json")
    log = logging.getLogger("limelight.calls")
    log.info("done", extra={"event_id": "e", "outcome": "success", "duration": 0.5})
    log.debug("not asked for")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        log.exception("broken: %r", "x")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first.pop("time")
    assert first == {
        "level": "INFO",
        "logger": "limelight.calls",
        "message": "done",
        "event_id": "e",
        "outcome": "success",
        "duration": 0.5,
    }
    assert second["message"] == "broken: 'x'"
    assert "ZeroDivisionError" in second["traceback"]


def test_lines_can_be_plain(logger: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(None)
    assert logger.handlers == []
    logs.configure("info")
    logging.getLogger("limelight.calls").debug("not asked for")
    logs.configure("debug")
    logging.getLogger("limelight.calls").debug("detail")
    assert capsys.readouterr().err.endswith(" DEBUG limelight.calls: detail\n")
