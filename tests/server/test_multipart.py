from __future__ import annotations

import asyncio
import threading
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limelight.core.files import FileCache, Stored, UploadWriter
from limelight.runtime.rejected import Rejected
from limelight.server.multipart import UploadCut, receive_files
from limelight.server.security import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FORM = {b"content-type": b"multipart/form-data; boundary=bb"}
END = b"\r\n--bb--\r\n"


def part(data: bytes, name: str | None = "a.txt", field: str = "files") -> bytes:
    filename = "" if name is None else f'; filename="{name}"'
    head = f'Content-Disposition: form-data; name="{field}"{filename}'
    return b"--bb\r\n" + head.encode() + b"\r\nContent-Type: text/plain\r\n\r\n" + data


def form(*parts: bytes) -> bytes:
    return b"\r\n".join(parts) + END


def channel(chunks: Iterable[bytes], *, is_cut: bool = False) -> Callable[[], Any]:
    rest = iter(chunks)

    async def receive() -> dict[str, Any]:
        for chunk in rest:
            return {"type": "http.request", "body": chunk, "more_body": True}
        if is_cut:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    return receive


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    return FileCache(tmp_path / "cache", max_file_size=1000)


async def upload(
    cache: FileCache, body: bytes | Iterable[bytes], headers: Any = FORM, **options: Any
) -> list[Stored]:
    chunks = [body] if isinstance(body, bytes) else body
    return await receive_files(channel(chunks), headers, cache=cache, owner="ann", **options)


def left_behind(cache: FileCache) -> list[str]:
    return [p.name for p in cache.folder.rglob("*") if p.is_file() and p.name != ".seed"]


async def test_files_are_stored_in_the_order_they_were_sent(cache: FileCache) -> None:
    seen: list[tuple[str, int]] = []

    def note(name: str, size: int) -> None:
        seen.append((name, size))

    body = form(part(b"one", "a.txt"), part(b"x", None, "note"), part(b"", "é b.txt"))
    stored = await upload(cache, body, on_progress=note)
    assert [(s.name, s.path.read_bytes(), s.owner) for s in stored] == [
        ("a.txt", b"one", "ann"),
        ("é b.txt", b"", "ann"),
    ]
    assert sum(size for _, size in seen) == 3


async def test_a_part_without_a_name_gets_a_random_one(cache: FileCache) -> None:
    for name in (None, ""):
        (stored,) = await upload(cache, form(part(b"x", name)))
        assert stored.name.startswith("tmp")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=200) | st.just(b"\r\n--b" * 9), max_size=4), st.integers(1, 50))
def test_any_content_arrives_however_it_is_cut(
    cache: FileCache, contents: list[bytes], step: int
) -> None:
    body = form(*[part(data, f"{n}.bin") for n, data in enumerate(contents)]) if contents else b""
    chunks = [body[i : i + step] for i in range(0, len(body), step)]
    if not contents:
        chunks = [b"--bb--\r\n"]
    stored = asyncio.run(upload(cache, chunks))
    assert [s.path.read_bytes() for s in stored] == contents


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"hello", 400),
        (b"--bb\r\n", 400),
        (part(b"no final boundary"), 400),
        (part(b"x") + b"\r\n--bb", 400),
        (part(b"x") + b"\r\n--bb-", 400),
        (b"--bb\r\nno colon\r\n\r\nx" + END, 400),
        (b"--bb\r\n: empty\r\n\r\nx" + END, 400),
        (b"--xx\r\n\r\nx\r\n--xx--", 400),
        (form(part(b"x", "..")), 400),
        (form(part(b"x", "../..")), 400),
        (form(part(b"x", "n" * 9000)), 400),
        (form(part(b"x", "n" * 1100)), 400),
        (b'--bb\r\nX: "' + b"a" * 200_000, 400),
        (b"--bb\r\n" + b"X: y\r\n" * 20_000, 400),
        (form(part(b"x" * 1001)), 413),
        (form(*[part(b"x")] * 11), 413),
        (form(part(b"x" * 2_000_000, None, "note")), 413),
        (form(part(b"x")) + b"tail" * 1_000_000, 413),
        (b"\r\n" * 2_000_000, 413),
    ],
)
async def test_other_forms_are_refused_and_nothing_is_kept(
    cache: FileCache, body: bytes, status: int
) -> None:
    for step in (len(body) + 1, 7):
        if len(body) > 100_000 and step == 7:
            continue
        chunks = [body[i : i + step] for i in range(0, len(body), step)]
        with pytest.raises(Rejected) as refusal:
            await upload(cache, chunks, limits=Limits(parts=10))
        assert refusal.value.status == status
        assert left_behind(cache) == []


async def test_a_good_file_before_a_bad_one_is_not_kept(cache: FileCache) -> None:
    with pytest.raises(Rejected, match="exceeds the maximum allowed size of 1000 bytes"):
        await upload(cache, form(part(b"good"), part(b"x" * 1001)))
    assert left_behind(cache) == []
    assert cache.usage_bytes("ann") == 0


async def test_a_little_after_the_end_is_ignored(cache: FileCache) -> None:
    assert len(await upload(cache, [form(part(b"x")), b"epilogue\r\n--bb\r\n", b"more"])) == 1


@pytest.mark.parametrize(
    "kind",
    [
        b"",
        b"application/json",
        b"multipart/form-data",
        b"multipart/mixed; boundary=bb",
        b"multipart/form-data; boundary=",
        b"multipart/form-data; boundary=" + b"b" * 500,
        b"\xff;;=;",
    ],
)
async def test_what_is_no_form_is_refused(cache: FileCache, kind: bytes) -> None:
    with pytest.raises(Rejected) as refusal:
        await upload(cache, form(part(b"x")), {b"content-type": kind})
    assert refusal.value.status == 400


async def test_an_upload_that_announces_too_much_is_refused_unread(cache: FileCache) -> None:
    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    headers = {**FORM, b"content-length": b"999999999999999999999999"}
    with pytest.raises(Rejected, match="maximum allowed size of 5000 bytes"):
        await receive_files(
            receive, headers, cache=cache, owner="ann", limits=Limits(upload_bytes=5000)
        )


async def test_a_visitor_has_limited_room(cache: FileCache) -> None:
    limits = Limits(owner_bytes=10)
    await upload(cache, form(part(b"12345678")), limits=limits)
    with pytest.raises(Rejected, match="together exceed 10 bytes") as refusal:
        await upload(cache, form(part(b"abc")), limits=limits)
    assert refusal.value.status == 413


async def test_a_client_that_goes_away_leaves_nothing(cache: FileCache) -> None:
    receive = channel([part(b"one"), b"\r\n" + part(b"tw")], is_cut=True)
    with pytest.raises(UploadCut):
        await receive_files(receive, FORM, cache=cache, owner="ann")
    assert left_behind(cache) == []


async def test_a_large_upload_takes_little_memory_and_lets_others_run(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache")
    size = 64 << 20
    block = (b"\r\n--b" + bytes(range(256)) * 4) * 250  # with false starts of a boundary

    def chunks() -> Iterator[bytes]:
        yield part(b"", "big.bin")
        left = size
        while left > 0:
            yield block[:left]
            left -= len(block)
        yield END

    longest_s = 0.0

    async def watch() -> None:
        nonlocal longest_s
        while True:
            started = time.perf_counter()
            await asyncio.sleep(0)
            longest_s = max(longest_s, time.perf_counter() - started)

    watcher = asyncio.create_task(watch())
    tracemalloc.start()
    try:
        (stored,) = await upload(cache, chunks())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        watcher.cancel()
    assert stored.size == stored.path.stat().st_size == size
    assert peak < 4 << 20
    assert longest_s < 0.5


async def test_a_slow_disk_stops_nobody_else(
    cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.max_file_size = None
    write = UploadWriter.write
    threads: set[int] = set()

    def slow(self: UploadWriter, data: bytes | memoryview) -> None:
        threads.add(threading.get_ident())
        time.sleep(0.3)
        write(self, data)

    monkeypatch.setattr(UploadWriter, "write", slow)
    told: list[tuple[int, int]] = []

    def note(_: str, size: int) -> None:
        told.append((threading.get_ident(), size))

    async def watch() -> float:
        longest_s = 0.0
        while True:
            began_s = time.perf_counter()
            try:
                await asyncio.sleep(0.005)
            except asyncio.CancelledError:
                return longest_s
            longest_s = max(longest_s, time.perf_counter() - began_s)

    watching = asyncio.ensure_future(watch())
    await asyncio.sleep(0)
    data = bytes(range(256)) * 2048
    (stored,) = await upload(cache, form(part(data)), on_progress=note)
    watching.cancel()
    assert await watching < 0.25
    assert stored.path.read_bytes() == data
    assert threading.get_ident() not in threads
    assert {thread for thread, _ in told} == {threading.get_ident()}
    assert sum(size for _, size in told) == len(data)


async def test_what_is_being_written_when_the_upload_is_cancelled_does_not_stay(
    cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_begun, may_go_on = threading.Event(), threading.Event()
    write = UploadWriter.write

    def slow(self: UploadWriter, data: bytes | memoryview) -> None:
        has_begun.set()
        may_go_on.wait(10)
        write(self, data)

    monkeypatch.setattr(UploadWriter, "write", slow)
    task = asyncio.ensure_future(upload(cache, [part(b"x" * 500), b"y" * 100]))
    await asyncio.to_thread(has_begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    may_go_on.set()
    for _ in range(200):
        if not left_behind(cache):
            break
        await asyncio.sleep(0.01)
    assert left_behind(cache) == []
