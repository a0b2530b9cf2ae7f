"""A session hash alone gives nobody another user's stream, state, files, cancel or reset."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

import limelight as gr
from limelight.core.component import server
from limelight.runtime.rejected import Rejected
from limelight.server.caller import Caller
from limelight.server.multipart import receive_files
from limelight.server.security import Limits, bearer_identity
from tests.server.harness import ORIGIN, fn_index, in_process, make_app, messages_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.applications import Starlette


class Desk(gr.Textbox, tag="textbox"):
    """A text box with a function for its browser half."""

    @server
    def peek(self, data: Any) -> str:
        return f"{data}"


def make_demo() -> gr.Blocks:
    with gr.Blocks() as demo:
        number = gr.Number(label="N")
        total = gr.State(0)
        given, made = gr.File(), gr.File()
        Desk()
        button = gr.Button()
        button.click(lambda n, t: (n + t, n + t), [number, total], [number, total], api_name="add")
        button.click(lambda x: x, given, made, api_name="copy")

        def slow(n: float, request: gr.Request) -> Any:
            import time

            for i in range(200):
                time.sleep(0.02)
                yield i

        button.click(slow, number, number, api_name="slow")
        gr.DeepLinkButton()
    return demo


KINDS = ["cookie", "bearer"]


class Two:
    """An owner and an intruder, of either kind."""

    def __init__(self, app: Starlette, owner: httpx.AsyncClient, thief: httpx.AsyncClient) -> None:
        self.app, self.owner, self.thief = app, owner, thief

    @property
    def runtime(self) -> Any:
        return self.app.state.site.runtime

    def join_body(self, api_name: str, *data: Any) -> dict[str, Any]:
        return {"data": [*data], "fn_index": fn_index(self.app, api_name), "session_hash": "mine"}


@pytest.fixture(params=[(a, b) for a in KINDS for b in [*KINDS, "nothing"]], ids="-".join)
async def two(request: pytest.FixtureRequest) -> AsyncGenerator[Two]:
    app = make_app(make_demo())
    transport = httpx.ASGITransport(app, client=("203.0.113.7", 1234))

    async def client(kind: str, name: str) -> httpx.AsyncClient:
        made = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        if kind == "bearer":
            made.headers["authorization"] = f"Bearer {name}"
        if kind == "cookie":
            await made.get("/")
        return made

    async with in_process(app):
        owner = await client(request.param[0], "ada")
        thief = await client(request.param[1], "eve")
        yield Two(app, owner, thief)
        await owner.aclose()
        await thief.aclose()


async def _stream(client: httpx.AsyncClient, path: str) -> str:
    return (await client.get(path)).text


async def test_state_cannot_be_used_by_run_join_or_call(two: Two) -> None:
    body = {"data": [5], "session_hash": "mine"}
    assert (await two.owner.post("/gradio_api/run/add", json=body)).json()["data"] == [5, None]
    for path, sent in (
        ("run/add", body),
        ("api/add", body),
        ("call/add", body),
        ("call/v2/add", {"n": 1, "session_hash": "mine"}),
        ("queue/join", two.join_body("add", 1, None)),
    ):
        answer = await two.thief.post(f"/gradio_api/{path}", json=sent)
        assert answer.status_code == 404, path
        assert "not known here" in answer.text
    assert (await two.owner.post("/gradio_api/run/add", json=body)).json()["data"] == [10, None]


async def test_streams_cannot_be_read(two: Two) -> None:
    joined = await two.owner.post("/gradio_api/queue/join", json=two.join_body("add", 7, None))
    event_id = joined.json()["event_id"]
    for path in ("queue/data?session_hash=mine", "queue/data?session_hash=mine&after=0"):
        messages = messages_of(await _stream(two.thief, f"/gradio_api/{path}"))
        assert [m["msg"] for m in messages] == ["unexpected_error"]
        assert messages[0]["session_not_found"] is True
    for version in ("call", "call/v2"):
        text = await _stream(two.thief, f"/gradio_api/{version}/add/{event_id}")
        assert text == 'event: error\ndata: "404: Not Found"\n\n'
    assert (await two.thief.get("/gradio_api/heartbeat/mine")).status_code == 404
    text = await _stream(two.owner, "/gradio_api/queue/data?session_hash=mine")
    assert "process_completed" in text


async def test_a_call_of_no_session_can_be_read_only_by_who_made_it(two: Two) -> None:
    made = await two.owner.post("/gradio_api/call/add", json={"data": [3, None]})
    path = f"/gradio_api/call/add/{made.json()['event_id']}"
    assert "404: Not Found" in await _stream(two.thief, path)
    assert "event: complete" in await _stream(two.owner, path)


async def test_calls_cannot_be_cancelled_or_reset(two: Two) -> None:
    joined = await two.owner.post("/gradio_api/queue/join", json=two.join_body("slow", 7))
    event_id = joined.json()["event_id"]
    sent = {"session_hash": "mine", "event_id": event_id, "fn_index": fn_index(two.app, "slow")}
    for path in ("cancel", "reset"):
        answer = await two.thief.post(f"/gradio_api/{path}", json=sent)
        assert answer.json() == {"success": True}  # which tells nothing
        session = next(iter(two.runtime.sessions.all()))
        assert not session.jobs[event_id].is_cancelled
    await two.owner.post("/gradio_api/cancel", json=sent)
    assert session.jobs.get(event_id) is None or session.jobs[event_id].is_cancelled


async def test_server_functions_cannot_name_the_session(two: Two) -> None:
    body = {"data": [1, None], "session_hash": "mine"}
    await two.owner.post("/gradio_api/run/add", json=body)
    desk = next(i for i, b in two.runtime.graph.blocks.items() if isinstance(b, Desk))
    sent = {"component_id": desk, "fn_name": "peek", "session_hash": "mine", "data": "x"}
    path = "/gradio_api/component_server"
    assert (await two.owner.post(path, json=sent)).json() == "x"
    assert (await two.thief.post(path, json=sent)).status_code == 404
    form = {key: (None, str(value)) for key, value in sent.items()}
    assert (await two.thief.post(path, files=form)).status_code == 404


async def test_a_link_to_somebody_elses_state_cannot_be_made(two: Two) -> None:
    body = {"data": [1, None], "session_hash": "mine"}
    await two.owner.post("/gradio_api/run/add", json=body)
    path = "/gradio_api/deep_link?session_hash=mine"
    assert len((await two.owner.get(path)).json()) == 11
    assert (await two.thief.get(path)).json() == ""


async def test_files_cannot_be_read_or_passed_on(two: Two) -> None:
    files = {"files": ("a.txt", b"private")}
    handle = (await two.owner.post("/gradio_api/upload", files=files)).json()[0]
    assert (await two.owner.get(f"/gradio_api/file={handle}")).content == b"private"
    assert (await two.thief.get(f"/gradio_api/file={handle}")).status_code == 403
    file = {"path": handle, "meta": {"_type": "gradio.FileData"}}
    for form in (file, {**file, "url": f"{ORIGIN}/gradio_api/file={handle}"}):
        answer = await two.thief.post("/gradio_api/run/copy", json={"data": [form]})
        assert answer.status_code == 400
    other = (await two.thief.post("/gradio_api/upload", files=files)).json()[0]
    assert other.split("/")[0] != handle.split("/")[0]


# ---- bearers and quotas --------------------------------------------------------------------------


def test_a_bearers_name_says_nothing_and_depends_on_the_secret() -> None:
    name = bearer_identity("hf_token", b"a" * 32)
    assert name == bearer_identity("hf_token", b"a" * 32)
    assert name not in (bearer_identity("hf_token", b"b" * 32), bearer_identity("x", b"a" * 32))
    assert "hf_token" not in name


@pytest.mark.parametrize("header", ["authorization", "x-hf-authorization"])
async def test_a_bearer_is_told_by_either_header_and_a_cookie_comes_first(header: str) -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        bearer = {header: "Bearer abc"}
        body = {"data": [1, None], "session_hash": "s"}
        post = client.post
        assert (await post("/gradio_api/run/add", json=body, headers=bearer)).status_code == 200
        assert (await post("/gradio_api/run/add", json=body)).status_code == 404
        again = await post("/gradio_api/run/add", json=body, headers={header: "bearer  abc "})
        assert again.json()["data"] == [2, None]
        for other in ("Basic abc", "Bearer ", "Bearer abd", "abc"):
            answer = await post("/gradio_api/run/add", json=body, headers={header: other})
            assert answer.status_code == 404, other
        await client.get("/")
        assert (await post("/gradio_api/run/add", json=body, headers=bearer)).status_code == 404


async def test_uploads_without_cookie_count_for_their_address_and_bearer() -> None:
    app = make_app(make_demo())
    cache = app.state.site.runtime.files
    async with in_process(app) as client:
        files = {"files": ("a.txt", b"12345678")}
        await client.post("/gradio_api/upload", files=files)
        await client.post("/gradio_api/upload", files=files, headers={"authorization": "Bearer x"})
    async with in_process(app, client=("203.0.113.8", 1)) as client:
        await client.post("/gradio_api/upload", files={"files": ("b.txt", b"1234")})
    used = {account: cache.usage_bytes(account) for account in cache._bytes}
    assert sorted(used.values()) == [4, 8, 8]
    assert all(account.startswith("address:203.0.113.") for account in used)


async def test_a_full_account_takes_no_more() -> None:
    app = make_app(make_demo())
    cache = app.state.site.runtime.files
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'

    async def upload(account: str, byte: bytes) -> int:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": head + byte * 50 + b"\r\n--b--\r\n"}

        try:
            await receive_files(
                receive,
                {b"content-type": b"multipart/form-data; boundary=b"},
                cache=cache,
                owner=None,
                account=account,
                limits=Limits(owner_bytes=80),
            )
        except Rejected as refusal:
            return refusal.status
        return 200

    assert [await upload("a", b"1"), await upload("b", b"2")] == [200, 200]
    cache.store_bytes(b"y" * 40, "n", None)  # what functions return is nobody's upload
    assert [await upload(name, b"3") for name in "abc"] == [413, 413, 200]


async def test_a_page_gets_a_cookie_although_a_proxy_adds_a_bearer() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        page = await client.get("/", headers={"authorization": "Bearer first"})
        assert "set-cookie" in page.headers
        body = {"data": [1, None], "session_hash": "s"}
        for token in ("first", "renewed"):
            bearer = {"authorization": f"Bearer {token}"}
            answer = await client.post("/gradio_api/run/add", json=body, headers=bearer)
            assert answer.status_code == 200


async def test_made_up_bearers_open_no_more_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(make_demo())
    site = app.state.site
    environment = site.options.environment._replace(max_streams_per_client=3)
    options = msgspec.structs.replace(site.options, environment=environment)
    monkeypatch.setattr(site, "options", options)

    def caller(token: str) -> Caller:
        scope = {
            "type": "http",
            "headers": [(b"authorization", f"Bearer {token}".encode())],
            "client": ("203.0.113.7", 1),
            "path": "/",
            "root_path": "",
        }
        return Caller(scope, site)

    with ExitStack() as stack:
        for number in range(3):
            stack.enter_context(site.stream(caller(f"t{number}")))
        with pytest.raises(Rejected) as refusal:
            stack.enter_context(site.stream(caller("another")))
        assert refusal.value.status == 429
    assert {caller(token).request().counts_as for token in "abc"} == {"203.0.113.7"}
