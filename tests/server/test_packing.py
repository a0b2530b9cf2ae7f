"""Streams of generators are packed for who takes gzip, and each step can be read at once."""

from __future__ import annotations

import json
import time
import zlib
from typing import TYPE_CHECKING

import httpx
import pytest

from limelight.app.blocks import Blocks
from limelight.components.button.button import Button
from limelight.components.textbox.textbox import Textbox
from tests.server.harness import served

if TYPE_CHECKING:
    from collections.abc import Iterator


def _tell() -> Iterator[str]:
    text = ""
    for number in range(4):
        text += f"w{number} "
        yield text
        time.sleep(0.3)


@pytest.fixture
def url() -> Iterator[str]:
    with Blocks() as demo:
        out = Textbox()
        Button().click(_tell, None, out)
        Button().click(lambda: "x", None, out)
    with served(demo) as address:
        yield address


def _join(client: httpx.Client, url: str, fn_index: int, session: str) -> str:
    body = {"data": [], "fn_index": fn_index, "session_hash": session}
    client.post(f"{url}/gradio_api/queue/join", json=body)
    return f"{url}/gradio_api/queue/data?session_hash={session}"


def test_each_step_can_be_unpacked_when_it_arrives(url: str) -> None:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with httpx.Client() as client:
        address = _join(client, url, 0, "s")
        arrived: list[tuple[float, str]] = []
        with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            began_s = time.monotonic()
            for part in answer.iter_raw():
                arrived.append((time.monotonic() - began_s, unpacker.decompress(part).decode()))
    whole = "".join(text for _, text in arrived)
    messages = [json.loads(block[6:]) for block in whole.split("\n\n") if block]
    assert [m["msg"] for m in messages].count("process_generating") == 4
    assert messages[-2]["output"]["data"] == ["w0 w1 w2 w3 "]
    assert unpacker.eof
    first = next(at for at, text in arrived if "process_generating" in text)
    last = next(at for at, text in arrived if "process_completed" in text)
    assert last - first > 0.5  # the steps came one by one


def test_who_takes_no_gzip_and_who_waits_for_a_single_value_gets_plain_text(url: str) -> None:
    with httpx.Client() as client:
        plain = client.get(_join(client, url, 0, "a"), headers={"accept-encoding": "identity"})
        short = client.get(_join(client, url, 1, "b"), headers={"accept-encoding": "gzip"})
    for answer in (plain, short):
        assert "content-encoding" not in answer.headers
        assert '"msg":"process_completed"' in answer.text
