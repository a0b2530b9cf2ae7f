"""The connection is cut after every single message of a streaming call; the result is the same."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import websockets

from limelight.app.blocks import Blocks
from limelight.components.button.button import Button
from limelight.components.json_.json_ import JSON
from limelight.components.textbox.textbox import Textbox
from limelight.core.progress import Progress
from limelight.runtime import deltas
from tests.server.harness import served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

STEPS = 6


async def _stream(
    progress: Progress = Progress(),  # noqa: B008  # how authors ask for it
) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
    text = ""
    for number in range(STEPS):
        progress(number / STEPS)
        text += f"wörd{number} "
        yield text, {"list": [text] * number, "n": number}
        await asyncio.sleep(0.03)


@pytest.fixture
def url() -> Iterator[str]:
    with Blocks() as demo:
        Button().click(_stream, None, [Textbox(), JSON()], api_name="stream")
    with served(demo) as address:
        yield address


class _Reader:
    """What a client knows of one call."""

    def __init__(self) -> None:
        self.values: list[Any] | None = None
        self.is_done = False

    def take(self, message: dict[str, Any]) -> None:
        if message["msg"] == "process_generating":
            data = message["output"]["data"]
            if self.values is None:
                self.values = data
            else:
                self.values = [deltas.apply(v, e) for v, e in zip(self.values, data, strict=True)]
        if message["msg"] == "process_completed":
            generated = self.values
            self.values = message["output"]["data"]
            assert generated is None or generated == self.values  # the edits led to the same
            self.is_done = True

    @property
    def bytes(self) -> bytes:
        return json.dumps(self.values, sort_keys=True).encode()


def _expected() -> bytes:
    text = "".join(f"wörd{n} " for n in range(STEPS))
    before = "".join(f"wörd{n} " for n in range(STEPS))
    last = {"list": [before] * (STEPS - 1), "n": STEPS - 1}
    return json.dumps([text, last], sort_keys=True).encode()


def _address(url: str, session: str, **query: Any) -> str:
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{url.replace('http', 'ws')}/gradio_api/ws?session_hash={session}{asked}"


async def _join(url: str, session: str) -> str:
    async with httpx.AsyncClient() as client:
        body = {"data": [], "fn_index": 0, "session_hash": session}
        return str(
            (await client.post(f"{url}/gradio_api/queue/join", json=body)).json()["event_id"]
        )


async def _read_socket(url: str, session: str, *, forgets: bool, cut_at: int | None) -> _Reader:
    """Read a call to its end over sockets.

    Args:
        url: Of the app.
        session: Its session.
        forgets: Whether a new connection begins like a page that was loaded again, which has
            nothing but the call's name.
        cut_at: Cut only after this many messages; after each one if None.
    """
    event_id = await _join(url, session)
    reader, seq, count = _Reader(), 0, 0
    while not reader.is_done:
        query = {"events": event_id} if forgets and seq else {"after": seq}
        async with websockets.connect(_address(url, session, **query)) as socket:
            is_cut = False
            async for frame in socket:
                for line in str(frame).split("\n"):
                    told = json.loads(line)
                    if isinstance(told, dict):
                        calls = told["hello"].get("calls")
                        if calls is None:
                            assert told["hello"]["resumed"]
                            continue
                        reader, seq = _Reader(), told["hello"]["seq"]
                        for message in calls[event_id]:
                            reader.take(message)
                        continue
                    if is_cut or told[0] <= seq:  # on its way when the connection was cut: lost
                        continue
                    seq, count = told[0], count + 1
                    if told[1].get("event_id") == event_id:
                        reader.take(told[1])
                    is_cut = cut_at in (None, count)
                if is_cut or reader.is_done:
                    socket.transport.abort()
                    break
    return reader


@pytest.mark.parametrize("forgets", [False, True], ids=["resumes", "begins anew"])
async def test_a_page_that_is_cut_off_after_each_message_has_the_same_result(
    url: str, *, forgets: bool
) -> None:
    uncut = await _read_socket(url, "uncut", forgets=False, cut_at=10**9)
    assert uncut.bytes == _expected()
    each = await _read_socket(url, "each", forgets=forgets, cut_at=None)
    assert each.bytes == _expected()
    for at in range(1, 2 * STEPS + 3):
        one = await _read_socket(url, f"at-{at}", forgets=forgets, cut_at=at)
        assert one.bytes == _expected(), at


async def _read_events(url: str, session: str, cut_at: int) -> _Reader:
    """Read a call to its end over event streams, the first of which is cut."""
    await _join(url, session)
    reader, seq, count = _Reader(), 0, 0
    async with httpx.AsyncClient(timeout=10) as client:
        while not reader.is_done:
            address = f"{url}/gradio_api/queue/data?session_hash={session}&after={seq}"
            async with client.stream("GET", address) as answer:
                async for line in answer.aiter_lines():
                    name, _, text = line.partition(": ")
                    if name == "id":
                        seq = int(text)
                    elif name == "data":
                        reader.take(json.loads(text))
                        count += 1
                        if count == cut_at or reader.is_done:
                            break
    return reader


async def test_an_event_stream_that_is_cut_after_any_message_goes_on_where_it_was(
    url: str,
) -> None:
    for at in range(1, 2 * STEPS + 3):
        assert (await _read_events(url, f"at-{at}", at)).bytes == _expected(), at


async def test_a_result_can_be_fetched_by_the_calls_name_more_than_once(url: str) -> None:
    async with httpx.AsyncClient(timeout=10) as client:
        made = await client.post(f"{url}/gradio_api/call/stream", json={"data": []})
        address = f"{url}/gradio_api/call/stream/{made.json()['event_id']}"
        async with client.stream("GET", address) as answer:  # cut in the middle
            async for line in answer.aiter_lines():
                if line == "event: generating":
                    break
        first, second = (await client.get(address)).text, (await client.get(address)).text
    last = first.split("event: complete\ndata: ")[1]
    assert json.dumps(json.loads(last), sort_keys=True).encode() == _expected()
    assert second.split("event: complete\n")[1] == first.split("event: complete\n")[1]


async def test_a_key_makes_a_repeated_join_one_call(url: str) -> None:
    body = {"data": [], "fn_index": 0, "session_hash": "k", "key": "once"}
    async with httpx.AsyncClient() as client:
        address = f"{url}/gradio_api/queue/join"
        answers = await asyncio.gather(*(client.post(address, json=body) for _ in range(5)))
    assert len({answer.json()["event_id"] for answer in answers}) == 1
