"""Every route of the real router, so that a new one cannot be left out of what all must hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route

from limelight.server.app import all_routes
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from httpx import Response

ROUTES = [
    (method, route.path)
    for route in all_routes()
    if isinstance(route, Route)
    for method in sorted(route.methods or {"GET"})
]
POSTS = [path for method, path in ROUTES if method == "POST"]
EVIL = [
    "x",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "%ff",
    "a" * 5000,
    "__class__",
    "%2f%2fevil.example",
    "-1",
]
BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"{}",
    b"\x00\xff",
    b"[" * 50_000,
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"data":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    b'{"data":[],"fn_index":0,"session_hash":"s","event_id":"e"}',
    b'{"data":{"path":"/etc/passwd"},"fn_index":0,"session_hash":"s"}',
    b'{"component_id":1,"fn_name":"__class__","session_hash":"s","data":null}',
    b'{"component_id":1,"fn_name":"preprocess","session_hash":"s","data":null}',
    b'{"component_id":"x","fn_name":3}',
    b'{"component_id":99999,"fn_name":"ls","data":"/"}',
]


def filled(path: str, value: str) -> str:
    return re.sub(r"\{[^}]*\}", value, path)


def check(answer: Response) -> None:
    """Not our fault, one shape, nothing of the server's inside."""
    assert answer.status_code < 500, (answer.request.url, answer.text)
    assert "Traceback" not in answer.text
    assert "root:x:" not in answer.text
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        assert "detail" in answer.json()


@pytest.mark.parametrize("value", EVIL)
@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_no_path_breaks_a_route(method: str, path: str, value: str) -> None:
    if path.endswith("heartbeat/{session_hash}") and len(value) < 200:
        pytest.skip("stays open")
    async with in_process() as client:
        check(await client.request(method, filled(path, value)))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("path", POSTS)
async def test_no_body_breaks_a_route(path: str, body: bytes) -> None:
    async with in_process() as client:
        for name in ("greet", "x"):
            check(await client.post(filled(path, name), content=body))


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_other_methods_are_refused_everywhere(method: str, path: str) -> None:
    known = {m for m, p in ROUTES if p == path} | {"HEAD"}
    _ = method
    async with in_process() as client:
        for other in {"GET", "POST", "PUT", "DELETE", "PATCH"} - known:
            answer = await client.request(other, filled(path, "x"))
            if (other, path) == ("GET", "/gradio_api/call/v2/{api_name}"):
                continue  # the result of a call of an endpoint named "v2"
            assert answer.status_code == 405, (other, path)
            assert answer.json() == {"detail": "Method Not Allowed"}


@pytest.mark.parametrize(
    "path", ["/nope", "/info", "/gradio_api/config", "/gradio_api/nope", "/api/greet"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_is_unknown_is_a_404(method: str, path: str) -> None:
    async with in_process() as client:
        answer = await client.request(method, path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_answer_forbids_sniffing(method: str, path: str) -> None:
    if "heartbeat" in path:
        pytest.skip("stays open")
    async with in_process() as client:
        answer = await client.request(method, filled(path, "x"))
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_a_loopback_server_answers_no_strange_host(method: str, path: str) -> None:
    async with in_process(make_app(host="127.0.0.1")) as client:
        answer = await client.request(method, filled(path, "x"), headers={"host": "evil.example"})
        assert answer.status_code == 403


PRIVATE_FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
FILES = [
    PRIVATE_FILE,
    {"path": "/etc/passwd"},
    {"a": [PRIVATE_FILE]},
    [[PRIVATE_FILE]],
    '{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}',
    {"path": "x", "url": "file:///etc/passwd", "meta": {"_type": "gradio.FileData"}},
    {"path": "http://127.0.0.1:1/x", "meta": {"_type": "gradio.FileData"}},
    {"path": "http://169.254.169.254/latest", "meta": {"_type": "gradio.FileData"}},
]


@pytest.mark.parametrize("given", FILES)
@pytest.mark.parametrize("entry", ["join", "run", "call", "v2"])
async def test_no_entry_point_opens_a_path_of_the_caller(entry: str, given: object) -> None:
    import os

    app = make_app()
    folder = app.state.site.runtime.files.folder
    before = sorted(os.listdir(folder))
    async with in_process(app) as client:
        if entry == "run":
            answer = await client.post("/gradio_api/run/copy", json={"data": [given]})
            text = answer.text
            assert answer.json().get("data") in (None, [None]) or answer.status_code == 500
        else:
            named = {"v2": {"x": given}}.get(
                entry, {"data": [given], "fn_index": 6, "session_hash": "s"}
            )
            path = {"join": "queue/join", "call": "call/copy", "v2": "call/v2/copy"}[entry]
            event = (await client.post(f"/gradio_api/{path}", json=named)).json()["event_id"]
            where = "queue/data?session_hash=s" if entry == "join" else f"call/copy/{event}"
            if entry == "call":
                where = "queue/data?session_hash=s"
            text = (await client.get(f"/gradio_api/{where}")).text
        assert "root:" not in text
        assert "gradio_api/file=" not in text
    assert sorted(os.listdir(folder)) == before


async def test_forgotten_names_leave_nothing_behind() -> None:
    app = make_app()
    site = app.state.site
    async with in_process(app) as client:
        for i in range(200):
            await client.get(f"/gradio_api/queue/data?session_hash=u{i}")
            await client.get(f"/gradio_api/call/greet/{i:032x}")
            await client.get(f"/config?page=p{i}&deep_link=d{i}", headers={"host": f"h{i}.example"})
            await client.get("/", headers={"host": f"h{i}.example"})
            await client.post(
                "/gradio_api/cancel", json={"session_hash": f"u{i}", "fn_index": 0, "event_id": "e"}
            )
        assert len(site.runtime.sessions) == 0
        assert site._streams.total() == 0
        assert len(site._pages) <= 32
        assert len(site._described) <= 8
