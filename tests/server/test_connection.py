from __future__ import annotations

import asyncio
import gc
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
import websockets

from limelight.server.connection import Connection, _Flag, _Inbox  # pyright: ignore[reportPrivateUsage]  # of no use elsewhere
from tests.server.harness import make_demo, served

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def url() -> Iterator[str]:
    with served(make_demo()) as url:
        yield url


async def test_an_inbox_gives_what_came_in_the_order_in_which_it_came() -> None:
    inbox = _Inbox()
    assert inbox.empty()
    for item in range(3):
        inbox.put_nowait(item)
    assert inbox.qsize() == 3
    assert [await inbox.get() for _ in range(3)] == [0, 1, 2]
    assert inbox.empty()


async def test_an_inbox_wakes_who_waits_and_keeps_what_a_cancelled_one_did_not_take() -> None:
    inbox = _Inbox()
    waiting = asyncio.ensure_future(inbox.get())
    await asyncio.sleep(0)
    inbox.put_nowait("a")
    assert await waiting == "a"
    gone = asyncio.ensure_future(inbox.get())
    await asyncio.sleep(0)
    gone.cancel()
    inbox.put_nowait("b")
    assert await inbox.get() == "b"


async def test_a_flag_lets_all_pass_once_it_is_set_and_none_before() -> None:
    flag = _Flag()
    waiting = [asyncio.ensure_future(flag.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    flag.set()
    assert await asyncio.gather(*waiting) == [True, True]
    flag.clear()
    other = asyncio.ensure_future(flag.wait())
    await asyncio.sleep(0)
    assert not other.done()
    flag.set()
    assert await other


async def test_an_idle_page_costs_little(url: str) -> None:
    """10,000 of them are promised to fit into 300 MB; what Python counts is a part of it."""
    count = 40

    async def opened(number: int) -> Any:
        address = f"{url.replace('http', 'ws')}/gradio_api/ws?session_hash=idle{number}"
        socket = await websockets.connect(address, compression=None)
        await socket.recv()
        return socket

    sockets = [await opened(number) for number in range(2)]
    gc.collect()
    ours = "*/limelight/*", "*/uvicorn/*", "*/websockets/s*", "*/websockets/p*"
    only = [tracemalloc.Filter(True, pattern, all_frames=False) for pattern in ours]
    tracemalloc.start()
    try:
        sockets += [await opened(number) for number in range(2, 2 + count)]
        gc.collect()
        found = tracemalloc.take_snapshot().filter_traces(only)
    finally:
        tracemalloc.stop()
    connections = [one for one in gc.get_objects() if isinstance(one, Connection)]
    assert len(connections) == count + 2
    assert not any(one.__dict__ for one in connections), "uvicorn has new attributes: name them"
    assert not any(hasattr(one, "request") for one in connections)
    used = sum(stat.size for stat in found.statistics("filename")) / count
    assert used < 14_000, f"{used:.0f} bytes for an idle page"
    for socket in sockets:
        await socket.close()
