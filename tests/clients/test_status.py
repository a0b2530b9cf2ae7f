"""What the clients tell of a call while it runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.scenes import PATIENCE_S, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clients.conftest import Connect
    from tests.clients.javascript import JavaScriptClient

pytestmark = pytest.mark.clients


def _until(look: Callable[[], Any]) -> Any:
    """What `look` gives as soon as it gives something."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < deadline_s
        time.sleep(0.01)  # nothing tells when the client's status has changed
    return found


# ---- Python --------------------------------------------------------------------------------------


def test_python_job_knows_its_place_and_state(python: Connect, url: str, stage: Stage) -> None:
    client: Any = python(url)
    first = client.client.submit("a", api_name="/report")
    assert stage.has_begun.acquire(timeout=PATIENCE_S)
    second = client.client.submit("b", api_name="/report")
    waiting = _until(lambda: (s := second.status()).code.name == "IN_QUEUE" and s)
    assert (waiting.rank, waiting.queue_size, waiting.success) == (0, 1, None)
    assert not first.done()
    stage.gate.set()
    assert (first.result(), second.result()) == ("a", "b")
    ended = first.status()
    assert (ended.code.name, ended.success) == ("FINISHED", True)
    assert first.done()


def test_python_job_tells_progress(python: Connect, url: str, stage: Stage) -> None:
    client: Any = python(url)
    job = client.client.submit("a", api_name="/progress")
    (unit,) = _until(lambda: job.status().progress_data)
    assert (unit.index, unit.length, unit.unit, unit.desc) == (3, 10, "pages", "counting")
    stage.gate.set()
    assert job.result() == "a waited"


def test_python_job_tells_notices(python: Connect, url: str, stage: Stage) -> None:
    client: Any = python(url)
    job = client.client.submit("a", api_name="/report")
    assert tuple(_until(lambda: job.status().log)) == ("about to wait", "info")
    stage.gate.set()
    assert job.result() == "a"


def test_python_job_that_failed_says_so(python: Connect, url: str) -> None:
    client: Any = python(url)
    job = client.client.submit("a", api_name="/refuse")
    assert str(job.exception()).startswith("no a")
    ended = job.status()
    assert (ended.code.name, ended.success) == ("FINISHED", False)


def test_python_client_calls_back(python: Connect, url: str) -> None:
    client: Any = python(url)
    heard: list[Any] = []
    job = client.client.submit(2, api_name="/words", result_callbacks=[heard.append])
    assert job.result() == "w0 w1 "
    _until(lambda: heard)
    assert heard[-1] == "w0 w1 "


# ---- JavaScript ----------------------------------------------------------------------------------


def _stages(events: list[dict[str, Any]]) -> list[str]:
    return [event.get("stage", event["type"]) for event in events]


def test_javascript_job_tells_each_stage(javascript: Connect, url: str) -> None:
    client: Any = javascript(url)
    events = client.events("/words", 2)
    assert _stages(events) == [
        "pending",  # made by the client
        "pending",  # its place
        "pending",  # it starts
        *("generating", "data") * 2,
        "data",
        "complete",
    ]
    assert (events[1]["position"], events[1]["size"]) == (0, 1)
    assert events[-1]["avg_time"] > 0


def test_javascript_job_tells_progress(javascript: Connect, url: str, stage: Stage) -> None:
    client: JavaScriptClient = javascript(url)  # type: ignore[assignment]  # the JavaScript one
    stage.gate.set()
    events = client.events("/progress", "a")
    told = [event["progress_data"] for event in events if event.get("progress_data")]
    assert told[-1:] == [
        [{"index": 3, "length": 10, "unit": "pages", "progress": None, "desc": "counting"}]
    ]


def test_javascript_job_tells_notices(javascript: Connect, url: str, stage: Stage) -> None:
    client: Any = javascript(url)
    stage.gate.set()
    logs = [event for event in client.events("/report", "a") if event["type"] == "log"]
    names = ("log", "level", "title", "duration", "visible")
    assert [tuple(log[name] for name in names) for log in logs] == [
        ("about to wait", "info", "Note", 4, True),
        ("have waited", "warning", "Warning", 10, True),
    ]


def test_javascript_client_calls_unqueued_functions_directly(javascript: Connect, url: str) -> None:
    client: Any = javascript(url)
    assert client.predict("/direct", "Ann", 1) == ["Hello Ann"]
    assert client.predict("/direct_words", 3) == ["w0 "], "a direct call gets the first value"
