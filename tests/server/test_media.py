"""Sound and video that are played while a function makes them."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import limelight as gr
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.streaming import MediaStreamChunk
from limelight.runtime.streams import Streams
from tests.server.harness import fn_index, in_process, make_app, messages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.applications import Starlette

SESSION = "a1"
HEAD = (
    "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-TARGETDURATION:1\n#EXT-X-VERSION:4\n"
    "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-START:TIME-OFFSET=0\n"
)


class Radio(Component[Any, Any], tag="radio_station"):
    """Plays what it is given, one segment for each piece."""

    value: Any = None
    streaming: bool = True

    def postprocess(self, value: Any) -> FileData | None:
        if isinstance(value, bytes):
            return FileData.from_bytes(value, f"part{value[-1] % 10}.wav")
        return None if value is None else FileData.from_path(value)

    async def stream_output(
        self, value: FileData | None, output_id: str, first_chunk: bool
    ) -> tuple[MediaStreamChunk | None, Any]:
        if value is None:
            return None, {"orig_name": None}
        data = value.data
        if data is None:
            with open(value.path, "rb") as file:
                data = file.read()
        self.heard.append((output_id, first_chunk))
        return MediaStreamChunk(data=data, duration=0.5, extension=".aac"), {
            "orig_name": value.orig_name
        }

    def flush_stream_output(self, output_id: str) -> MediaStreamChunk | None:
        _ = output_id
        return MediaStreamChunk(data=b"end", duration=0.25, extension=".aac")

    def end_stream_output(self, output_id: str) -> None:
        self.heard.append((output_id, None))

    def combine_stream(
        self, stream: list[bytes], desired_output_format: str | None = None, only_file: bool = False
    ) -> FileData:
        assert only_file
        return FileData.from_bytes(b"|".join(stream), f"whole.{desired_output_format}")

    @property
    def heard(self) -> list[Any]:
        found: list[Any] = self.__dict__.setdefault("_heard", [])
        return found


def make_demo(play: Callable[..., Any] | None = None) -> gr.Blocks:
    def tones(n: float) -> Iterator[bytes]:
        for number in range(int(n)):
            yield b"tone%d" % number

    with gr.Blocks() as demo:
        n, radio = gr.Number(), Radio()
        gr.Button().click(play or tones, n, radio, api_name="play")
    return demo


async def run(app: Starlette, client: httpx.AsyncClient, *data: Any) -> list[Any]:
    body = {"data": data, "fn_index": fn_index(app, "play"), "session_hash": SESSION}
    await client.post("/gradio_api/queue/join", json=body)
    answer = await client.get(f"/gradio_api/queue/data?session_hash={SESSION}")
    return [m for m in messages_of(answer.text) if str(m["msg"]).startswith("process")][1:]


def path_of(file: dict[str, Any]) -> str:
    url: str = file["url"]
    return url.removeprefix("http://testserver")


async def test_pieces_become_a_playlist_and_its_segments() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        messages = await run(app, client, 2)
        first = messages[0]["output"]["data"][0]
        playlist = await client.get(first["url"])
        names = re.findall(r"^\w+\.aac$", playlist.text, re.MULTILINE)
        segment = await client.get(first["url"].replace("playlist.m3u8", names[1]))
        whole = await client.get(first["url"].replace("playlist.m3u8", "playlist-file"))
    run_id = first["path"].split("/")[1]
    assert re.fullmatch(r"[0-9a-f]{32}", run_id)
    assert first == {
        "path": f"{SESSION}/{run_id}/2/playlist.m3u8",
        "url": f"http://testserver/gradio_api/stream/{SESSION}/{run_id}/2/playlist.m3u8",
        "size": None,
        "orig_name": "part8.wav",
        "mime_type": None,
        "is_stream": True,
        "meta": {"_type": "gradio.FileData"},
    }
    assert messages[1]["output"]["data"] == [[["replace", ["orig_name"], "part9.wav"]]]
    assert messages[2]["output"]["data"] == [{**first, "orig_name": "part9.wav"}]
    lines = [HEAD]
    for name, seconds in zip(names, ("0.500000", "0.500000", "0.250000"), strict=True):
        lines.append(f"#EXTINF:{seconds},\n{name}\n")
    assert playlist.text == "".join(lines) + "#EXT-X-ENDLIST\n"
    assert playlist.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert playlist.headers["cache-control"] == "no-store"
    assert segment.headers["content-type"] == "audio/aac"
    assert segment.content == b"tone1"
    assert whole.content == b"tone0|tone1|end"
    assert whole.headers["content-type"] in ("audio/wav", "audio/x-wav")


async def test_a_playlist_grows_while_the_function_runs() -> None:
    go = asyncio.Event()

    async def play(n: float) -> Any:
        for number in range(int(n)):
            yield b"tone%d" % number
            await go.wait()

    app = make_app(make_demo(play))
    async with in_process(app) as client:
        running = asyncio.create_task(run(app, client, 2))
        session = None
        while session is None or session.outbox.last_seq < 3:
            await asyncio.sleep(0.01)
            session = app.state.site.runtime.session(SESSION, None)
        path = session.jobs[next(iter(session.jobs))].latest.data[0]["url"]
        text = (await client.get(f"/{path}")).text
        assert text.count("#EXTINF") == 1
        assert "ENDLIST" not in text
        go.set()
        await running
        text = (await client.get(f"/{path}")).text
        assert text.count("#EXTINF") == 3
        assert text.endswith("#EXT-X-ENDLIST\n")


async def test_a_cancelled_run_closes_its_playlist() -> None:
    async def play(n: float) -> Any:
        yield b"tone"
        await asyncio.sleep(n)

    app = make_app(make_demo(play))
    async with in_process(app) as client:
        running = asyncio.create_task(run(app, client, 30))
        session = None
        while session is None or session.outbox.last_seq < 3:
            await asyncio.sleep(0.01)
            session = app.state.site.runtime.session(SESSION, None)
        (job,) = session.jobs.values()
        body = {"session_hash": SESSION, "fn_index": job.listener.id, "event_id": job.event_id}
        await client.post("/gradio_api/cancel", json=body)
        await running
        path = job.latest.data[0]["url"]
        async with asyncio.timeout(5):
            while "ENDLIST" not in (await client.get(f"/{path}")).text:
                await asyncio.sleep(0.01)
    radio = job.listener.outputs[0]
    assert radio.heard[-1] == (job.latest.data[0]["path"].rpartition("/")[0], None)


async def test_only_the_session_s_owner_may_listen() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        await client.get("/")  # gives an identity
        file = (await run(app, client, 1))[0]["output"]["data"][0]
        names = re.findall(r"^\w+\.aac$", (await client.get(file["url"])).text, re.MULTILINE)
        transport = httpx.ASGITransport(app, client=("203.0.113.8", 1))
        async with httpx.AsyncClient(transport=transport, base_url=client.base_url) as stranger:
            for name in ("playlist.m3u8", "playlist-file", names[0]):
                url = file["url"].replace("playlist.m3u8", name)
                answer = await stranger.get(url)
                assert (answer.status_code, list(answer.json())) == (404, ["detail"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("a1/none/2/playlist.m3u8", 404),
        ("zz/none/2/playlist.m3u8", 404),
        ("a1/none/2/playlist-file", 404),
        ("a1/none/2/0123.aac", 404),
        ("a1/none/2/0123.ts", 404),
        ("a1/none/2/0123.exe", 400),
        ("a1/none/2/0123", 400),
    ],
)
async def test_what_is_not_there_is_not_found(path: str, status: int) -> None:
    async with in_process(make_app(make_demo())) as client:
        answer = await client.get(f"/gradio_api/stream/{path}")
        assert (answer.status_code, list(answer.json())) == (status, ["detail"])


async def test_a_signature_is_repeated_for_each_segment() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        file = (await run(app, client, 1))[0]["output"]["data"][0]
        answer = await client.get(file["url"] + "?__sign=a%26b%0Ac")
    assert len(re.findall(r"^\w+\.aac\?__sign=a%26b%0Ac$", answer.text, re.MULTILINE)) == 2
    assert answer.headers["cache-control"] == "private, no-store"


async def test_a_path_is_read_only_where_files_may_be_read(tmp_path: Path) -> None:
    inside, secret = tmp_path / "tone.wav", "/etc/passwd"
    inside.write_bytes(b"inside")
    given = {0: str(inside), 1: secret}

    def play(n: float) -> Iterator[str]:
        yield given[int(n)]

    app = make_app(make_demo(play), allowed_paths=[str(tmp_path)])
    async with in_process(app) as client:
        file = (await run(app, client, 0))[0]["output"]["data"][0]
        assert (await client.get(file["url"])).text.count("#EXTINF") == 2
        messages = await run(app, client, 1)
    assert messages[-1]["success"] is False
    assert not any("url" in str(m["output"]) for m in messages)


async def test_values_that_are_no_media_are_passed_on() -> None:
    def play(n: float) -> Iterator[Any]:
        yield None
        yield gr.skip()
        yield b"tone"
        yield gr.update(visible=n > 0)

    app = make_app(make_demo(play))
    async with in_process(app) as client:
        body = {"data": [0], "fn_index": fn_index(app, "play")}
        event = (await client.post("/gradio_api/call/play", json=body)).json()["event_id"]
        text = (await client.get(f"/gradio_api/call/play/{event}")).text
    data = re.findall(r"event: generating\ndata: (.*)\n", text)
    assert data[0] == "[null]"
    assert data[1] == '[{"__type__":"update"}]'
    assert "playlist.m3u8" in data[2]
    assert '"visible":false' in data[3]


async def test_a_direct_call_gets_the_first_piece() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        body = {"data": [3], "session_hash": SESSION}
        output = (await client.post("/gradio_api/run/play", json=body)).json()
        assert output["is_generating"] is True
        text = (await client.get(output["data"][0]["url"])).text
        assert text.count("#EXTINF") == 2
        await client.post("/gradio_api/run/play", json={"data": [3]})
    store = app.state.site.runtime.store
    assert store.size("media") == 1  # nothing is kept of a session that nobody can name


async def test_a_session_takes_its_media_along() -> None:
    app = make_app(make_demo())
    async with in_process(app) as client:
        file = (await run(app, client, 1))[0]["output"]["data"][0]
        runtime = app.state.site.runtime
        runtime.sessions.drop(runtime.session(SESSION, None))
        assert (await client.get(file["url"])).status_code == 404
        assert runtime.store.size("media") == 0


async def test_what_one_session_holds_is_bounded() -> None:
    def play(n: float) -> Iterator[bytes]:
        for _ in range(int(n)):
            yield b"x" * 1000

    demo = make_demo(play)
    app = make_app(demo)
    async with in_process(app) as client:
        runtime = app.state.site.runtime
        runtime.streams = runtime.worker.streams = Streams(runtime.store, most_bytes=10_000)
        first = (await run(app, client, 5))[0]["output"]["data"][0]
        second = (await run(app, client, 30))[0]["output"]["data"][0]
        assert (await client.get(first["url"])).status_code == 404
        text = (await client.get(second["url"])).text
    assert text.count("#EXTINF") <= 11
    assert "PLAYLIST-TYPE" not in text
    dropped = int(re.findall(r"MEDIA-SEQUENCE:(\d+)", text)[0])
    assert dropped + text.count("#EXTINF") == 31
