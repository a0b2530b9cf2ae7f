from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.filedata import FileData
from limelight.core.files import FileCache
from limelight.core.stow import Stower
from limelight.core.streaming import MediaStreamChunk
from limelight.errors import LimelightError, ValueRejected
from limelight.runtime import streams as module
from limelight.runtime.outbox import Outbox
from limelight.runtime.sessions import Session
from limelight.runtime.store import MemoryStore
from limelight.runtime.streams import InputStream, MediaRun, MediaStream, Streams
from limelight.wire.requests import Join

if TYPE_CHECKING:
    from pathlib import Path


class Speaker(gr.HTML, tag="speaker"):
    """Takes pieces as they are."""

    streaming: bool = True
    rest: bytes | None = None
    breaks: bool = False

    def stream_output(self, value: Any, output_id: str, first_chunk: bool) -> Any:
        _ = output_id, first_chunk
        chunk = MediaStreamChunk(data=value.data, duration=0.5, extension=".aac")
        return chunk, FileData(path="", orig_name=value.orig_name)

    async def flush_stream_output(self, output_id: str) -> MediaStreamChunk | None:
        if self.breaks:
            raise ValueError(output_id)
        return (
            MediaStreamChunk(data=self.rest, duration=2.1, extension=".ts") if self.rest else None
        )

    async def combine_stream(
        self, stream: list[bytes], desired_output_format: str | None = None, only_file: bool = False
    ) -> FileData:
        assert only_file
        return FileData.from_bytes(b"".join(stream), f"whole.{desired_output_format}")


class Studio:
    """One session that makes sound."""

    def __init__(self, folder: Path, most_bytes: int = 10_000) -> None:
        self.store = MemoryStore()
        self.streams = Streams(self.store, most_bytes=most_bytes)
        self.session = Session("s", None, Outbox(lambda: 0.0))
        self.stower = Stower(FileCache(folder), None, frozenset(), trusted=False)

    def run(self) -> MediaRun:
        return MediaRun(self.streams, self.session)

    def say(self, run: MediaRun, block: Any, data: bytes) -> MediaStream:
        told = run.add(block, FileData.from_bytes(data, "piece.wav"), self.stower)
        _, run_id, number, _ = told["path"].split("/")
        found = self.streams.media(self.session, run_id, number)
        assert found is not None
        return found


def make_speaker(**given: Any) -> Speaker:
    with gr.Blocks():
        gr.Textbox()
        return Speaker(**given)


def chunk(text: str) -> Join:
    return Join(data=[text])


async def test_only_the_newest_chunk_waits_unless_each_counts() -> None:
    newest, every = InputStream(keeps_all=False), InputStream(keeps_all=True)
    for stream in (newest, every):
        assert all(stream.push(chunk(text), 1) for text in "abc")
        stream.close()
    assert await newest.next(1) == chunk("c")
    assert [await every.next(1) for _ in range(4)] == [*map(chunk, "abc"), None]
    assert await newest.next(1) is None


async def test_a_chunk_is_waited_for() -> None:
    stream = InputStream(keeps_all=False)
    waiting = asyncio.create_task(stream.next(5))
    await asyncio.sleep(0)
    stream.push(chunk("a"), 1)
    assert await waiting == chunk("a")
    assert await stream.next(0.01) is None
    waiting = asyncio.create_task(stream.next(5))
    await asyncio.sleep(0)
    stream.close()
    assert await waiting is None


def test_chunks_that_wait_are_bounded_in_bytes() -> None:
    stream = InputStream(keeps_all=True, most_bytes=10)
    assert [stream.push(chunk("a"), size) for size in (100, 1)] == [True, False]
    stream = InputStream(keeps_all=True, most_bytes=10)
    assert [stream.push(chunk("a"), size) for size in (6, 4, 1)] == [True, True, False]


async def test_a_recording_is_all_its_segments_in_the_format_of_the_first(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    run, speaker = studio.run(), make_speaker(rest=b"c")
    studio.say(run, speaker, b"a")
    stream = studio.say(run, speaker, b"b")
    states = [(run.is_open, stream.is_ended)]
    await asyncio.to_thread(run.end)
    states.append((run.is_open, stream.is_ended))
    assert states == [(True, False), (False, True)]
    assert "TARGETDURATION:3" in stream.playlist()
    whole = await stream.combine()
    assert (whole.data, whole.orig_name) == (b"abc", "whole.wav")


async def test_what_cannot_be_one_file_is_said() -> None:
    with pytest.raises(LimelightError, match="cannot be made into one file"):
        await MediaStream(make_speaker(), "s/r/1").combine()


def test_a_component_that_breaks_at_the_end_leaves_no_list_open(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    run = studio.run()
    with gr.Blocks():
        first = studio.say(run, Speaker(breaks=True), b"a")
        second = studio.say(run, Speaker(), b"a")
    with pytest.raises(ValueError, match="s/"):
        run.end()
    assert first.is_ended
    assert second.is_ended


def test_streams_that_ended_make_room_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_MEDIA", 2)
    studio = Studio(tmp_path)
    speaker = make_speaker()
    made: list[MediaStream] = []
    for _ in range(4):
        run = studio.run()
        made.append(studio.say(run, speaker, b"a"))
        run.end()
    known = studio.store.get("media", "s")
    assert list(known.values()) == made[2:]


def test_segments_are_dropped_from_the_beginning_but_never_the_last(tmp_path: Path) -> None:
    studio = Studio(tmp_path, most_bytes=250)
    run, speaker = studio.run(), make_speaker()
    for _ in range(4):
        studio.say(run, speaker, b"x" * 100)
    stream = studio.say(run, speaker, b"x" * 100)
    assert (stream.dropped, stream.size_bytes) == (3, 200)
    stream = studio.say(run, speaker, b"x" * 1000)
    assert [len(segment.data) for segment in stream.segments] == [1000]
    assert "#EXT-X-MEDIA-SEQUENCE:5\n" in stream.playlist()


def test_segments_are_of_the_kinds_that_players_take() -> None:
    stream = MediaStream(make_speaker(), "s/r/1")
    with pytest.raises(ValueRejected, match=r"'\.exe'"):
        stream.add(MediaStreamChunk(data=b"", duration=1, extension=".exe"))
    stream.add(MediaStreamChunk(data=b"", duration=-1, extension="ts", id="one"))
    segment = stream.find("one.ts")
    assert segment is not None
    assert segment.duration_s == 0
    assert stream.find("two.ts") is None
