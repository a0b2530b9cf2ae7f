from __future__ import annotations

import json
import os
import struct
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from tests.golden.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
CASES = [
    (path.stem, driver)
    for path in sorted(FOLDER.glob("*.json"))
    for driver in json.loads(path.read_text()).get("drivers", ())
]
# Requests of features that this version does not have.
SKIPPED = {
    "/monitoring", "/monitoring/summary", "/monitoring/badkey", "/login", "/logout",
    "/gradio_api/user", "/gradio_api/token", "/gradio_api/runs", "/gradio_api/run-history/buckets",
    "/gradio_api/vibe-code", "/gradio_api/dev/reload", "/gradio_api/call/priv",
    "/manifest.json", "/gradio_api/openapi.json",
}  # fmt: skip

NEEDS = {"audio_stream": "Audio", "generator_diff": "Dataframe", "stream_input": "Audio"}
"""Apps with components that this version may not have."""
EARLIER = {"cache-js": "python"}
"""Conversations that were recorded on a server that had had another one before."""
RENUMBERED = {
    "chat_multimodal": {"/config"},
    "chat_stream": {"/config"},
    "examples_cached": {"/config", "/gradio_api/info"},
}
"""Apps whose blocks and listeners have other numbers here, so that listeners are found by name, and
the requests that tell the numbers."""


def _png(path: Path) -> None:
    """A red image, 4 wide and 3 high."""
    rows = b"".join(b"\0" + b"\xff\0\0" * 4 for _ in range(3))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def served(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str, list[Any], dict[str, Any]]]:
    name, driver = request.param
    if name in NEEDS and not hasattr(gr, NEEDS[name]):
        pytest.skip(f"there is no {NEEDS[name]} yet")
    monkeypatch.chdir(tmp_path)  # examples are kept in the working folder
    recorded = json.loads((FOLDER / f"{name}.json").read_text())
    (tmp_path / "hello world.txt").write_text("line one\nline two\n")
    _png(tmp_path / "red.png")
    scope: dict[str, Any] = {"os": os, "time": time, "HERE": str(tmp_path)}
    exec(compile(recorded["app"], name, "exec", dont_inherit=True), scope)
    demo, options = scope[name](gr)
    options.pop("__mount__", None)
    demo.launch(prevent_thread_lock=True, quiet=True, **options)
    base = demo.local_url.rstrip("/")
    try:
        if earlier := EARLIER.get(f"{name}-{driver}"):
            before = Replay(base, str(tmp_path))
            before.run(recorded["drivers"][earlier]["exchanges"], SKIPPED)
            before.close()
        yield base, str(tmp_path), recorded["drivers"][driver]["exchanges"], recorded
    finally:
        demo.close(verbose=False)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.timeout(60)
@pytest.mark.parametrize("served", CASES, indirect=True, ids=["-".join(c) for c in CASES])
def test_the_recorded_conversation_is_answered_alike(
    served: tuple[str, str, list[Any], dict[str, Any]],
) -> None:
    base, folder, exchanges, recorded = served
    if len(exchanges) == 10 and "too long" in json.dumps(exchanges[2]["response"]):
        exchanges = exchanges[:5]  # the clock decides which of the later calls finds a full queue
    replay = Replay(base, folder, uploads_images="flip" in str(exchanges[-3:]))
    skipped = SKIPPED
    try:
        if recorded["scenario"] in RENUMBERED:
            replay.renumber(recorded["drivers"]["python"]["exchanges"][0]["response"]["json"])
            skipped = SKIPPED | RENUMBERED[recorded["scenario"]]
        assert replay.run(exchanges, skipped) > 0
    finally:
        replay.close()
