from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from pathlib import Path

    import httpx


async def upload(client: httpx.AsyncClient, name: str, data: bytes) -> str:
    answer = await client.post("/gradio_api/upload", files={"files": (name, data)})
    assert answer.status_code == 200, answer.text
    handle: str = answer.json()[0]
    return handle


async def test_an_upload_comes_back_as_it_was() -> None:
    async with in_process() as client:
        handle = await upload(client, "a b.txt", b"hello")
        answer = await client.get(f"/gradio_api/file={handle}")
        assert answer.content == b"hello"
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["content-disposition"] == 'inline; filename="a b.txt"'
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        head = await client.head(f"/gradio_api/file={handle}")
        assert head.content == b""
        assert head.headers["content-length"] == "5"
        old = await client.get(f"/gradio_api/file/{handle}")
        assert old.content == b"hello"


async def test_an_unchanged_file_is_not_sent_again() -> None:
    async with in_process() as client:
        handle = await upload(client, "a.txt", b"hello")
        tag = (await client.get(f"/gradio_api/file={handle}")).headers["etag"]
        again = await client.get(f"/gradio_api/file={handle}", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-1", 206, b"01"),
        ("bytes=5-", 206, b"56789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-100", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=5-2", 200, b"0123456789"),
        ("bytes=1-2-3", 200, b"0123456789"),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
        ("bytes=" + "0-1," * 4000, 200, b"0123456789"),
        ("bytes=" + "9" * 5000 + "-", 200, b"0123456789"),
    ],
)
async def test_ranges(asked: str, status: int, content: bytes) -> None:
    async with in_process() as client:
        handle = await upload(client, "a.bin", b"0123456789")
        answer = await client.get(f"/gradio_api/file={handle}", headers={"range": asked})
        assert (answer.status_code, answer.content) == (status, content)
        if status == 206:
            assert answer.headers["content-range"].endswith("/10")


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xhtml", "a.js", "a.xml", "a.HTML"])
async def test_an_uploaded_page_is_never_run(name: str) -> None:
    async with in_process() as client:
        handle = await upload(client, name, b"<script>alert(1)</script>")
        for headers in ({}, {"range": "bytes=0-3"}):
            answer = await client.get(f"/gradio_api/file={handle}", headers=headers)
            assert answer.headers["content-disposition"].startswith("attachment")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in answer.headers["content-security-policy"]
            assert answer.headers["content-type"] == "application/octet-stream"


PATHS = [
    "/etc/passwd",
    "etc/passwd",
    "../../../../etc/passwd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "//host/share",
    "%2f%2fhost/share",
    "%5c%5chost%5cs",
    "C:x",
    "x::$DATA",
    "/etc/passwd.",
    "/etc/passwd%20",
    "/ETC/PASSWD",
    "/etc/passwd%00.png",
    "/proc/self/environ",
    "/dev/zero",
    "/dev/stdin",
    "file:///etc/passwd",
    "http://127.0.0.1:1/",
    "a" * 10_000,
    "",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "route", ["/gradio_api/file=", "/gradio_api/file/", "/static/", "/assets/"]
)
async def test_no_path_leads_out(route: str, path: str) -> None:
    async with in_process() as client:
        answer = await client.get(route + path)
        assert answer.status_code in (403, 404), answer.text
        assert set(answer.json()) == {"detail"}


async def test_links_pipes_and_other_files_are_not_served(tmp_path: Path) -> None:
    import os

    allowed = tmp_path / "allowed"
    allowed.mkdir()
    (allowed / "ok.txt").write_text("fine")
    (allowed / "out").symlink_to("/etc/passwd")
    (allowed / ".env").write_text("SECRET=1")
    (tmp_path / "near.txt").write_text("near")
    os.mkfifo(allowed / "pipe")
    async with in_process(make_app(allowed_paths=[str(allowed)])) as client:
        assert (await client.get(f"/gradio_api/file={allowed}/ok.txt")).text == "fine"
        for bad in ("out", "pipe", ".env", "", "missing", "../near.txt"):
            answer = await asyncio.wait_for(client.get(f"/gradio_api/file={allowed}/{bad}"), 2)
            assert answer.status_code == 403, bad
        assert (await client.get(f"/gradio_api/file={allowed}")).status_code == 403


async def test_a_blocked_path_is_stronger_than_an_allowed_one(tmp_path: Path) -> None:
    (tmp_path / "no.txt").write_text("x")
    given: dict[str, Any] = {
        "allowed_paths": [str(tmp_path)],
        "blocked_paths": [str(tmp_path / "no.txt")],
    }
    async with in_process(make_app(**given)) as client:
        assert (await client.get(f"/gradio_api/file={tmp_path}/no.txt")).status_code == 403
        assert (await client.get(f"/gradio_api/file={tmp_path}/NO.txt")).status_code == 403


async def test_one_visitors_upload_is_nobody_elses() -> None:
    app = make_app()
    async with in_process(app) as one, in_process(app) as two:
        await one.get("/")
        await two.get("/")
        mine = await upload(one, "a.txt", b"same")
        theirs = await upload(two, "a.txt", b"same")
        assert mine.split("/")[0] != theirs.split("/")[0]
        assert (await one.get(f"/gradio_api/file={mine}")).status_code == 200
        assert (await two.get(f"/gradio_api/file={mine}")).status_code == 403


async def test_an_upload_over_the_limit_is_refused() -> None:
    async with in_process(make_app(max_file_size="1kb")) as client:
        answer = await client.post("/gradio_api/upload", files={"files": ("a.bin", b"x" * 2000)})
        assert answer.status_code == 413
        assert (await client.get("/config")).json()["max_file_size"] == 1024


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename=".."\r\n\r\nx\r\n--b--',
            "",
        ),
        (b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nx', ""),
        (b"--b\r\nX: " + b"y" * 100_000 + b"\r\n\r\nx\r\n--b--", ""),
    ],
)
async def test_a_broken_form_is_refused(content: bytes, kind: str) -> None:
    headers = {"content-type": kind or "multipart/form-data; boundary=b"}
    async with in_process() as client:
        answer = await client.post("/gradio_api/upload", content=content, headers=headers)
        assert 400 <= answer.status_code < 500
        assert set(answer.json()) == {"detail"}


async def test_progress_of_an_upload() -> None:
    async with in_process() as client:
        progress = asyncio.ensure_future(client.get("/gradio_api/upload_progress?upload_id=u"))
        await asyncio.sleep(0.02)
        answer = await client.post(
            "/gradio_api/upload?upload_id=u", files={"files": ("a.bin", b"x" * 200_000)}
        )
        assert answer.status_code == 200
        text = (await progress).text
        assert '"orig_name":"a.bin"' in text
        assert text.endswith('data: {"msg":"done"}\n\n')


async def test_an_unknown_upload_has_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    from limelight.server.routes import files

    monkeypatch.setattr(files, "_BEGINS_WITHIN_S", 0.01)
    app = make_app()
    async with in_process(app) as client:
        answer = await client.get("/gradio_api/upload_progress?upload_id=nope")
        assert answer.status_code == 404
        assert app.state.site.uploads._awaited == {}
