"""Nonsense from outside, by the thousand: each request is answered below 500, nothing is logged."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.harness import fn_index, in_process, make_app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    import httpx

EXAMPLES = 150
_QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

_scalar = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["/etc/passwd", "../x", "a" * 300, "\x00", "__proto__", "1e999"])
)
_file_like = st.fixed_dictionaries(
    {"path": _scalar}, optional={"url": _scalar, "meta": st.just({"_type": "gradio.FileData"})}
)
_json = st.recursive(
    _scalar | _file_like,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
_members = {
    "data": st.lists(_json, max_size=4) | _json,
    "fn_index": st.integers(-2, 30) | _scalar,
    "session_hash": st.text(min_size=1, max_size=20) | _scalar,
    "event_data": _json,
    "trigger_id": st.integers(-1, 40) | _scalar,
    "key": _scalar,
    "batched": _scalar,
    "event_id": _scalar,
    "component_id": _scalar,
    "fn_name": st.sampled_from(["__class__", "preprocess", "x"]) | _scalar,
}
_body = st.fixed_dictionaries({}, optional=_members) | _json
_raw = st.binary(max_size=200) | st.sampled_from(
    [b"[" * 20_000, b'{"data":' * 5_000, b'{"data":[1e9999]}', b'"\\ud800"', b"\xff\xfe{}", b""]
)
_number = st.integers(-5, 2**70).map(str) | st.text(max_size=12)
_ranges = st.lists(
    st.tuples(_number, _number).map("-".join) | st.text(max_size=8), min_size=1, max_size=5
).map(lambda parts: "bytes=" + ",".join(parts))


class _Loud(logging.Handler):
    """Collects what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # A function that is called with nonsense may fail; its caller and this logger are told.
        if record.name != "limelight.calls":
            self.records.append(self.format(record))


@pytest.fixture
def loud() -> Iterator[_Loud]:
    handler = _Loud()
    names = ("limelight", "limelight.server", "asyncio", "uvicorn.error")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield handler
    for name in names:
        logging.getLogger(name).removeHandler(handler)
    assert not handler.records


def _try(act: Callable[[httpx.AsyncClient, Any], Awaitable[httpx.Response]]) -> None:
    async def run() -> None:
        app = make_app()
        async with in_process(app) as client:
            answer = await asyncio.wait_for(act(client, app), 10)
            assert answer.status_code < 500 or _is_failed_call(answer), (
                answer.status_code,
                answer.text[:500],
            )
            assert "Traceback" not in answer.text
            again = await client.get("/gradio_api/app_id")
            assert again.status_code == 200  # the server goes on

    asyncio.run(run())


def _is_failed_call(answer: httpx.Response) -> bool:
    """A direct call whose function failed is told by 500, which is the protocol's."""
    path = answer.request.url.path
    return "/run/" in path and answer.status_code == 500 and "error" in answer.json()


def _header_safe(text: str) -> bytes:
    return text.encode("latin-1", "replace").replace(b"\r", b" ").replace(b"\n", b" ")


@pytest.mark.usefixtures("loud")
@given(body=_body, path=st.sampled_from(
    ["queue/join", "run/greet", "run/add", "call/greet", "call/v2/count", "cancel", "reset",
     "component_server", "component_server/"]
))  # fmt: skip
@_QUIET
def test_bodies_of_any_shape(body: Any, path: str) -> None:
    content = json.dumps(body).encode()
    header = {"content-type": "application/json"}
    _try(lambda client, _: client.post(f"/gradio_api/{path}", content=content, headers=header))


@pytest.mark.usefixtures("loud")
@given(raw=_raw, path=st.sampled_from(["queue/join", "run/greet", "call/greet", "cancel"]))
@_QUIET
def test_bodies_that_are_not_json(raw: bytes, path: str) -> None:
    header = {"content-type": "application/json"}
    _try(lambda client, _: client.post(f"/gradio_api/{path}", content=raw, headers=header))


@pytest.mark.usefixtures("loud")
@given(
    raw=st.binary(max_size=300),
    boundary=st.text(max_size=20),
    name=st.text(max_size=40),
    is_ended=st.booleans(),
)
@_QUIET
def test_multipart_of_any_shape(raw: bytes, boundary: str, name: str, *, is_ended: bool) -> None:
    mark = _header_safe(boundary)
    content = (
        b"--" + mark + b'\r\nContent-Disposition: form-data; name="files"; filename="'
        + name.encode() + b'"\r\n\r\n' + raw
        + (b"\r\n--" + mark + b"--\r\n" if is_ended else b"")
    )  # fmt: skip
    header = {b"content-type": b"multipart/form-data; boundary=" + mark}
    _try(lambda client, _: client.post("/gradio_api/upload", content=content, headers=dict(header)))


@pytest.mark.usefixtures("loud")
@given(ranges=_ranges)
@_QUIET
def test_ranges_of_any_shape(ranges: str) -> None:
    async def act(client: httpx.AsyncClient, _: Any) -> httpx.Response:
        files = {"files": ("a.txt", b"0123456789")}
        (handle,) = (await client.post("/gradio_api/upload", files=files)).json()
        header = {b"range": _header_safe(ranges)}
        return await client.get(f"/gradio_api/file={handle}", headers=dict(header))

    _try(act)


@pytest.mark.usefixtures("loud")
@given(after=_number, header=_number, events=st.text(max_size=60), event_id=st.text(max_size=40))
@_QUIET
def test_places_to_go_on_from_of_any_shape(
    after: str, header: str, events: str, event_id: str
) -> None:
    async def act(client: httpx.AsyncClient, app: Any) -> httpx.Response:
        body = {"data": ["Ann"], "fn_index": fn_index(app, "greet"), "session_hash": "s"}
        await client.post("/gradio_api/queue/join", json=body)
        asked = {"session_hash": "s", "events": events}
        calls = await client.get("/gradio_api/queue/calls", params=asked)
        assert calls.status_code < 500
        segment = event_id.replace("/", "").replace("\\", "") or "x"
        result = await client.get(f"/gradio_api/call/greet/{_quoted(segment)}")
        assert result.status_code < 500
        return await client.get(
            "/gradio_api/queue/data",
            params={"session_hash": "s", "after": after},
            headers={b"last-event-id": _header_safe(header)},
        )

    _try(act)


@pytest.mark.usefixtures("loud")
@given(
    name=st.sampled_from(["greet", "fail", "add", "copy", "who", "direct", "hidden"]),
    data=st.lists(_json, max_size=3),
    event_data=_json,
    trigger_id=st.integers(-1, 15) | st.none(),
)
@_QUIET
def test_calls_with_values_of_any_shape_come_to_an_end(
    name: str, data: list[Any], event_data: Any, trigger_id: int | None
) -> None:
    async def act(client: httpx.AsyncClient, app: Any) -> httpx.Response:
        body = {
            "data": data,
            "fn_index": fn_index(app, name),
            "session_hash": "s",
            "event_data": event_data,
            "trigger_id": trigger_id,
        }
        content, header = json.dumps(body).encode(), {"content-type": "application/json"}
        direct = await client.post(f"/gradio_api/run/{name}", content=content, headers=header)
        assert direct.status_code < 500 or _is_failed_call(direct), direct.text
        joined = await client.post("/gradio_api/queue/join", content=content, headers=header)
        if joined.status_code == 200:
            told = await client.get("/gradio_api/queue/data", params={"session_hash": "s"})
            assert '"msg":"process_completed"' in told.text
            assert '"msg":"close_stream"' in told.text
        return joined

    _try(act)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "replace"), safe="")
