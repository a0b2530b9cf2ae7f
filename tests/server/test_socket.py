from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import websockets

from tests.server.harness import make_demo, served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from websockets.asyncio.client import ClientConnection

    from limelight.app.blocks import Blocks


@pytest.fixture
def demo() -> Blocks:
    return make_demo()


@pytest.fixture
def url(demo: Blocks) -> Iterator[str]:
    with served(demo) as address:
        yield address


def index_of(demo: Blocks, name: str) -> int:
    return next(i for i, x in demo.graph_.listeners.items() if x.api_name == name)


@asynccontextmanager
async def connected(
    url: str, session: str = "s", after: int | str = 0, **given: Any
) -> AsyncGenerator[tuple[ClientConnection, dict[str, Any]]]:
    address = f"{url.replace('http', 'ws')}/gradio_api/ws?session_hash={session}&after={after}"
    async with websockets.connect(address, **given) as socket:
        hello = json.loads(await socket.recv())["hello"]
        yield socket, hello


async def lines(socket: ClientConnection) -> list[Any]:
    """What one frame says, a line each."""
    return [json.loads(line) for line in str(await socket.recv(decode=True)).split("\n")]


async def until_done(socket: ClientConnection, count: int = 1) -> list[Any]:
    frames: list[Any] = []
    while count > 0:
        for frame in await lines(socket):
            frames.append(frame)
            if isinstance(frame, list) and frame[1]["msg"] == "process_completed":
                count -= 1
    return frames


async def test_a_quick_result_travels_in_one_frame_with_the_news_before_it(
    url: str, demo: Blocks
) -> None:
    async with connected(url) as (socket, _):
        body = {"data": ["Ann"], "fn_index": index_of(demo, "greet")}
        await socket.send(json.dumps({"op": "join", "ref": 1, "key": "k", "body": body}))
        frames = [await lines(socket)]
        while "process_completed" not in str(frames[-1]):
            frames.append(await lines(socket))
        assert len(frames) <= 2  # two when this machine is slower than the server is patient


async def test_a_click_is_one_frame_there_and_messages_back(url: str, demo: Blocks) -> None:
    async with connected(url) as (socket, hello):
        assert hello == {"app_id": hello["app_id"], "seq": 0, "resumed": False}
        body = {"data": ["Ann"], "fn_index": index_of(demo, "greet"), "session_hash": "other"}
        await socket.send(json.dumps({"op": "join", "ref": 7, "key": "k", "body": body}))
        frames = await until_done(socket)
        answers = [f for f in frames if isinstance(f, dict)]
        messages = [f for f in frames if isinstance(f, list)]
        assert answers == [{"ref": 7, "ok": {"event_id": messages[0][1]["event_id"]}}]
        assert [seq for seq, _ in messages] == [1, 2, 3]
        assert messages[-1][1]["output"]["data"] == ["Hello Ann"]


async def test_a_lost_connection_loses_nothing(url: str, demo: Blocks) -> None:
    async with connected(url) as (socket, _):
        body = {"data": [5], "fn_index": index_of(demo, "count")}
        await socket.send(json.dumps({"op": "join", "ref": 1, "key": "k", "body": body}))
        await socket.recv()
        socket.transport.abort()
    async with connected(url, after=1) as (socket, hello):
        assert hello["resumed"] is True
        frames = await until_done(socket)
        assert frames[0][0] == 2
        assert frames[-1][1]["output"]["data"] == ["w0 w1 w2 w3 w4 "]


async def test_the_same_key_starts_one_call(url: str, demo: Blocks) -> None:
    async with connected(url) as (socket, _):
        frame = {
            "op": "join",
            "key": "k",
            "body": {"data": ["x"], "fn_index": index_of(demo, "greet")},
        }
        await socket.send(json.dumps({**frame, "ref": 1}))
        first = await until_done(socket)
        await socket.send(json.dumps({**frame, "ref": 2}))
        (again,) = await lines(socket)
        event = next(f for f in first if isinstance(f, dict))["ok"]
        assert again == {"ref": 2, "ok": event}


async def test_a_log_that_is_gone_is_said_to_be(url: str) -> None:
    async with connected(url, session="new", after=99) as (_, hello):
        assert hello["resumed"] is False
        assert hello["seq"] == 0


async def test_cancel_and_ping(url: str, demo: Blocks) -> None:
    async with connected(url) as (socket, _):
        index = index_of(demo, "slow")
        await socket.send(
            json.dumps({"op": "join", "ref": 1, "body": {"data": ["x"], "fn_index": index}})
        )
        event = ""
        while not event:
            told = [line["ok"] for line in await lines(socket) if isinstance(line, dict)]
            event = told[0]["event_id"] if told else ""
        await socket.send(json.dumps({"op": "ping", "ref": 2}))
        cancel = {"fn_index": index, "event_id": event}
        await socket.send(json.dumps({"op": "cancel", "ref": 3, "body": cancel}))
        frames = await until_done(socket)
        assert {"ref": 2, "ok": {}} in frames
        assert {"ref": 3, "ok": {}} in frames


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        ("", 422),
        ("{", 422),
        ("[]", 422),
        ('{"ref":5}', 422),
        ('{"op":"nope","ref":5}', 422),
        ('{"op":"join","ref":5}', 422),
        ('{"op":"join","ref":5,"body":{"data":[],"fn_index":99}}', 404),
        ('{"op":"join","ref":5,"body":{"data":[]}}', 400),
        ('{"op":"cancel","ref":5,"body":{}}', 422),
        ('{"op":"join","body":' + "[" * 5000 + "]" * 5000 + "}", 422),
        (b"\xff\xfe", 422),
    ],
)
async def test_a_bad_frame_is_answered_and_the_socket_stays(
    url: str, frame: str | bytes, status: int
) -> None:
    async with connected(url) as (socket, _):
        await socket.send(frame)
        answer = json.loads(await socket.recv())
        assert answer["error"]["status"] == status
        await socket.send('{"op":"ping","ref":9}')
        assert json.loads(await socket.recv()) == {"ref": 9, "ok": {}}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_page_gets_no_socket(url: str, origin: str) -> None:
    with pytest.raises(websockets.InvalidStatus, match="403"):
        async with connected(url, origin=origin):
            pass


async def test_our_own_page_gets_one(url: str) -> None:
    async with connected(url, origin=url) as (_, hello):
        assert hello["seq"] == 0


async def test_somebody_elses_session_is_refused(url: str) -> None:
    with httpx.Client() as client:
        client.get(url)
        cookie = "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)
    async with connected(url, session="mine", additional_headers={"cookie": cookie}):
        with pytest.raises(websockets.InvalidStatus, match="403"):
            async with connected(url, session="mine"):
                pass


@pytest.mark.parametrize("path", ["gradio_api/ws", "gradio_api/nope", "", "gradio_api/queue/join"])
async def test_other_paths_take_no_sockets(url: str, path: str) -> None:
    with pytest.raises(websockets.InvalidStatus, match="403"):
        async with websockets.connect(f"{url.replace('http', 'ws')}/{path}"):
            pass


async def test_leaving_for_good_ends_the_session_and_breaking_off_does_not(demo: Blocks) -> None:
    import asyncio

    closed: list[str] = []
    demo.unload(lambda: closed.append("bye"))
    with served(demo) as url:
        async with connected(url, session="a") as (socket, _):
            socket.transport.abort()
        async with connected(url, session="b") as (socket, _):
            await socket.close(1001)
        for _ in range(100):
            await asyncio.sleep(0.01)
            if closed:
                break
        assert closed == ["bye"]


async def test_a_result_that_repeats_the_last_step_comes_without_it(url: str, demo: Blocks) -> None:
    body = {"data": [5], "fn_index": index_of(demo, "count")}
    join = json.dumps({"op": "join", "ref": 1, "key": "k", "body": body})
    async with connected(url, after="0&stands=1") as (socket, _):
        await socket.send(join)
        (*_, (number, completed)) = [f for f in await until_done(socket) if isinstance(f, list)]
        assert completed["success"] is True
        assert completed["output"]["data"] is None
        assert completed["output"]["is_generating"] is False
    for after in ("0", f"{number - 1}&stands=1"):  # one that keeps nothing, and one that comes late
        async with connected(url, after=after) as (socket, hello):
            assert hello["resumed"] is True
            assert (await until_done(socket))[-1][1]["output"]["data"] == ["w0 w1 w2 w3 w4 "]


async def test_a_result_of_one_step_only_comes_whole(url: str, demo: Blocks) -> None:
    async with connected(url, after="0&stands=1") as (socket, _):
        body = {"data": ["Ann"], "fn_index": index_of(demo, "greet")}
        await socket.send(json.dumps({"op": "join", "ref": 1, "key": "k", "body": body}))
        assert (await until_done(socket))[-1][1]["output"]["data"] == ["Hello Ann"]
