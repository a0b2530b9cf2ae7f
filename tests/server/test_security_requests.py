"""What a request may ask for: the same answer on every route that leads to a call."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import websockets

import limelight as gr
from tests.server.harness import in_process, make_app, served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path


def make_demo() -> gr.Blocks:
    def enough(name: str, size: str) -> list[Any]:
        return [gr.validate(len(name) > 2, "Too short"), gr.validate(size != "", "Empty")]

    def tell(_: str, data: gr.EventData) -> str:
        return str(data.value)

    with gr.Blocks() as demo:
        name, out = gr.Textbox(), gr.Textbox()
        size = gr.Dropdown(["s", "m"], value="s")
        kind = gr.Radio(["a", "b"], value="a")
        some = gr.CheckboxGroup(["x", "y"])
        button = gr.Button()
        button.click(lambda n, s: n + s, [name, size], out, api_name="checked", validator=enough)
        button.click(lambda *v: str(v), [size, kind, some], out, api_name="choose")
        button.click(lambda: gr.Dropdown(["l", "xl"], value="l"), None, size, api_name="more")
        button.click(tell, name, out, api_name="tell")
        button.click(lambda n: n, name, out, api_name="secret", api_visibility="private")
        button.click(lambda n: n, name, out, api_name="hidden", api_visibility="undocumented")
    return demo


ROUTES = ["join", "call", "v2", "run", "api", "ws"]


class Caller:
    """Calls a function by each of the ways that lead to it; gives status and detail or result."""

    def __init__(self, url: str, demo: gr.Blocks) -> None:
        self.url, self.graph = url, demo.graph_
        self.client = httpx.AsyncClient(base_url=url, timeout=10)

    async def call(self, route: str, name: str, *data: Any, **members: Any) -> tuple[int, Any]:
        fn_index = self.graph.listener_named(name).id
        body = {"data": [*data], "session_hash": "s", **members}
        if route == "ws":
            return await self._socket({**body, "fn_index": fn_index})
        if route == "v2":
            info = (await self.client.get("/gradio_api/info?all_endpoints=true")).json()
            names = [p["parameter_name"] for p in info["named_endpoints"][f"/{name}"]["parameters"]]
            body = {"session_hash": "s", **dict(zip(names, data, strict=True))}
        path = {"join": "queue/join", "call": f"call/{name}", "v2": f"call/v2/{name}"}.get(
            route, f"{route}/{name}"
        )
        if route == "join":
            body["fn_index"] = fn_index
        answer = await self.client.post(f"/gradio_api/{path}", json=body)
        if answer.status_code != 200:
            return answer.status_code, answer.json()["detail"]
        if route in ("run", "api"):
            return 200, answer.json()["data"]
        event_id = answer.json()["event_id"]
        if route == "join":
            return await self._joined(event_id)
        text = (await self.client.get(f"/gradio_api/call/{name}/{event_id}")).text
        event, value = text.strip().split("\n\n")[-1].split("\n")
        payload = json.loads(value.removeprefix("data: "))
        return (200, payload) if event == "event: complete" else (400, payload)

    async def _joined(self, event_id: str) -> tuple[int, Any]:
        text = (await self.client.get("/gradio_api/queue/data?session_hash=s")).text
        for block in text.split("\n\n"):
            message = json.loads(block.removeprefix("data: ") or "{}")
            if message.get("event_id") == event_id and message["msg"] == "process_completed":
                return _outcome(message)
        raise AssertionError(text)

    async def _socket(self, body: dict[str, Any]) -> tuple[int, Any]:
        address = f"{self.url.replace('http', 'ws')}/gradio_api/ws?session_hash=s&after=0"
        event_id = None
        async with websockets.connect(address) as socket:
            await socket.send(json.dumps({"op": "join", "ref": 1, "body": body}))
            done: dict[str, Any] = {}
            while event_id is None or event_id not in done:
                for line in str(await socket.recv(decode=True)).split("\n"):
                    frame = json.loads(line)
                    if isinstance(frame, list):
                        if frame[1]["msg"] == "process_completed":
                            done[frame[1]["event_id"]] = frame[1]
                    elif "error" in frame:
                        return frame["error"]["status"], frame["error"]["detail"]
                    elif "ok" in frame:
                        event_id = frame["ok"]["event_id"]
        return _outcome(done[event_id])


def _outcome(message: dict[str, Any]) -> tuple[int, Any]:
    output = message["output"]
    return (200, output["data"]) if message["success"] else (400, output)


@pytest.fixture
def demo() -> gr.Blocks:
    return make_demo()


@pytest.fixture
async def caller(demo: gr.Blocks) -> AsyncGenerator[Caller]:
    with served(demo) as url:
        made = Caller(url, demo)
        yield made
        await made.client.aclose()


async def test_a_validator_is_asked_on_every_route(caller: Caller) -> None:
    yes = {"is_valid": True, "message": ""}
    no = {
        "__type__": "validate",
        "is_valid": False,
        "message": "Too short",
        "parameter_name": "n",
    }
    for route in ROUTES:
        assert await caller.call(route, "checked", "Ada", "s") == (200, ["Adas"]), route
        assert await caller.call(route, "checked", "A", "s") == (422, [no, yes]), route
    run = "/gradio_api/run/checked"
    answer = await caller.client.post(run, json={"data": [["A"], ["s"]], "batched": True})
    assert answer.status_code == 400
    assert "one call at a time" in answer.text


async def test_only_the_sessions_current_choices_are_taken(caller: Caller) -> None:
    good = ["s", "a", ["x"]]
    for route in ROUTES:
        status, value = await caller.call(route, "choose", *good)
        assert (status, value) == (200, ["('s', 'a', ['x'])"]), route
        for place, wrong in enumerate(["l", "c", ["x", "z"]]):
            data: list[Any] = [*good]
            data[place] = wrong
            status, detail = await caller.call(route, "choose", *data)
            assert status == 400, (route, data)
            assert "not in the list of choices" in str(detail)
    await caller.call("run", "more")
    for route in ROUTES:
        assert (await caller.call(route, "choose", "l", "a", []))[0] == 200, route
        assert (await caller.call(route, "choose", "s", "a", []))[0] == 400, route
        other = await caller.client.post(
            "/gradio_api/run/choose", json={"data": ["l", "a", []], "session_hash": "other"}
        )
        assert other.status_code == 400


async def test_event_data_names_no_path_on_any_route(caller: Caller, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    path = str(tmp_path / "secret")
    for given in (
        {"path": path, "meta": {"_type": "gradio.FileData"}},
        {"path": path},
        [{"a": {"path": path}}],
        {"url": f"file://{path}", "meta": {"_type": "gradio.FileData"}},
    ):
        for route in ("join", "call", "run", "api", "ws"):
            status, detail = await caller.call(route, "tell", "x", event_data={"value": given})
            assert status in (400, 422), (route, given)
            assert "Traceback" not in str(detail)


async def test_private_endpoints_have_no_name_and_undocumented_ones_are_not_listed() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        body = {"data": ["x"]}
        for route in ("run/{}", "api/{}", "call/{}", "call/v2/{}"):
            path = f"/gradio_api/{route}"
            sent: dict[str, Any] = {"n": "x"} if "v2" in route else body
            assert (await client.post(path.format("secret"), json=sent)).status_code == 404
            assert (await client.post(path.format("hidden"), json=sent)).status_code == 200
            unknown = await client.post(path.format("nope"), json=sent)
            secret = await client.post(path.format("secret"), json=sent)
            assert secret.json()["detail"].replace("secret", "nope") == unknown.json()["detail"]
        listed = (await client.get("/gradio_api/info")).json()["named_endpoints"]
        assert not {"/secret", "/hidden"} & set(listed)
        everything = (await client.get("/gradio_api/info?all_endpoints=true")).json()
        assert "/hidden" in everything["named_endpoints"]
        assert "/secret" not in everything["named_endpoints"]
        document = (await client.get("/gradio_api/openapi.json")).text
        assert "secret" not in document
        assert "hidden" not in document


async def test_an_uploads_progress_is_told_to_its_sender_only() -> None:
    app = make_app(make_demo())
    uploads = app.state.site.uploads
    async with in_process(app) as client:
        ada, eve = ({"authorization": f"Bearer {name}"} for name in ("ada", "eve"))
        path = "/gradio_api/upload?upload_id=u"
        await client.post(path, files={"files": ("a.txt", b"x")}, headers=ada)
        progress = "/gradio_api/upload_progress?upload_id=u"
        assert '"done"' in (await client.get(progress, headers=ada)).text
        listening = asyncio.create_task(client.get(progress, headers=eve))
        await asyncio.sleep(0.05)
        assert not listening.done()  # it waits for an upload of its own
        listening.cancel()
        assert uploads._running == {}
