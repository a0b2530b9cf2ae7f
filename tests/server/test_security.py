from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limelight.core.files import Stored
from limelight.server.security import (
    Unsatisfiable,
    content_disposition,
    cookie_name,
    file_headers,
    identity_token,
    is_loopback_host,
    join_path,
    local_target,
    new_identity,
    parse_range,
    read_identity,
    same_origin,
    sign,
    verify,
)

# ---- paths -----------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.js", "sub/b.css", ".env", "100%25.txt"):
        (folder / name).write_text("x")
    (tmp_path / "secret.txt").write_text("x")
    (folder / "link.js").symlink_to(tmp_path / "secret.txt")
    (folder / "inner.js").symlink_to(folder / "a.js")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize("name", ["a.js", "sub/b.css", "inner.js"])
def test_files_below_the_root_are_found(root: Path, name: str) -> None:
    assert join_path(root, name) == (root / name).resolve()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret.txt",
        "sub/../../secret.txt",
        "sub/./b.css",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "%252e%252e%252fsecret.txt",
        "..%5csecret.txt",
        "/etc/passwd",
        "//host/share",
        "\\\\host\\s",
        "..\\secret.txt",
        "C:x",
        "C:/x",
        "a.js::$DATA",
        "a.js.",
        "a.js ",
        "A.JS/../../secret.txt",
        "a.js\x00.png",
        "a.js\n",
        "link.js",
        "up/secret.txt",
        "pipe",
        "sub",
        "sub/",
        "sub//b.css",
        ".env",
        "con.js",
        "missing.js",
        "/proc/self/environ",
        "proc/self/environ",
        "x" * 100_000,
        "a/" * 3000,
        "x" * 3000,
    ],
)
def test_nothing_else_is_found(root: Path, name: str) -> None:
    assert join_path(root, name) is None


@given(st.text(alphabet="./\\%2ef5cA:\x00 secrt", max_size=40))
def test_no_text_leads_out_of_the_root(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    assert join_path(folder / "nothing", text) is None


@pytest.mark.parametrize(
    "target",
    [
        "//evil",
        "////evil",
        "/\\evil",
        "\\\\/evil",
        "/%5Cevil",
        "/%2F/evil",
        "/\t/evil",
        "/ /evil",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.com",
        "",
        None,
        "https:evil.com",
        "/%255Cevil",
        "https:evil",
        "http://x//evil",
        "https://x\\@evil/",
        "/\r\nSet-Cookie: a=b",
        "/%0d%0aX: y",
        "ftp://a/b",
    ],
)
def test_redirects_stay_on_this_origin(target: str | None) -> None:
    assert local_target(target) == "/"


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/", "/"),
        ("/sub/page?a=%20b&next=//x", "/sub/page?a=%20b&next=//x"),
        ("https://evil.com/page?x=1", "/page?x=1"),
        ("https:///evil", "/evil"),
        ("/ä", "/%C3%A4"),
    ],
)
def test_local_redirects_are_kept(target: str, kept: str) -> None:
    assert local_target(target) == kept


# ---- served files ------------------------------------------------------------------------------


def stored(name: str, mime: str, *, is_allowed: bool = False) -> Stored:
    return Stored("h", Path(name), name, None, 1, mime, is_allowed)


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.png", "image/png"),
        ("a.mp3", "audio/mpeg"),
        ("a.mp4", "video/mp4"),
        ("a.txt", "text/plain"),
        ("a.json", "application/json"),
    ],
)
def test_harmless_files_are_shown(name: str, mime: str) -> None:
    headers = file_headers(stored(name, mime))
    assert headers["content-type"].startswith(mime)
    assert headers["content-disposition"] == f'inline; filename="{name}"'
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "mime",
    [
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/javascript",
        "text/xml",
        "application/pdf",
        "text/css",
        "application/octet-stream",
        "",
        "text/html; x=image/png",
    ],
)
def test_what_a_browser_could_run_is_only_saved(mime: str) -> None:
    assert file_headers(stored("a.html", mime)) == {
        "content-type": "application/octet-stream",
        "content-disposition": 'attachment; filename="a.html"',
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=86400",
        "content-security-policy": "sandbox; default-src 'none'",
    }


def test_a_page_that_the_author_opened_runs_in_its_own_origin() -> None:
    headers = file_headers(stored("a.html", "text/html", is_allowed=True))
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-disposition"].startswith("inline")
    assert headers["content-security-policy"].startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in headers["content-security-policy"]


def test_names_beyond_ascii_are_encoded() -> None:
    assert content_disposition("é.png", is_inline=True) == "inline; filename*=UTF-8''%C3%A9.png"
    assert (
        content_disposition('a"\r\nX: b', is_inline=False)
        == "attachment; filename*=UTF-8''a%22%0D%0AX%3A%20b"
    )


# ---- ranges ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-4", (0, 4)),
        ("bytes=5-", (5, 9)),
        ("bytes=5-99", (5, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-99", (0, 9)),
        ("BYTES=9-9", (9, 9)),
        ("", None),
        ("bytes=1-2-3", None),
        ("bytes=5-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("bytes=--5", None),
        ("bytes=a-b", None),
        ("items=0-1", None),
        ("bytes=٣-٤", None),
        ("bytes=0-1" + ",0-1" * 4000, None),
        ("bytes=0-" + "9" * 5000, None),
    ],
)
def test_ranges_are_read_as_the_specification_says(
    header: str, part: tuple[int, int] | None
) -> None:
    assert parse_range(header, 10) == part


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=-1", 0)])
def test_a_range_without_a_byte_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, size)


@given(st.text(alphabet="bytes=0123456789-, ", max_size=40), st.integers(0, 50))
def test_a_range_is_always_inside_the_file(header: str, size: int) -> None:
    try:
        part = parse_range(header, size)
    except Unsatisfiable:
        return
    if part is not None:
        assert 0 <= part[0] <= part[1] < size


# ---- origins -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:7860", "127.0.0.1:80", "127.1.2.3", "[::1]:7860", "app.localhost"],
)
def test_names_of_this_machine(host: str) -> None:
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil",
        "localhost.evil.com",
        "127.0.0.1.evil.com",
        "evil.com:127",
        "10.0.0.1",
        "0.0.0.0",
        "",
        "[::2]",
        "localhost@evil",
        "localhost, evil",
        "evil#localhost",
        "[::1",
        "localhost:x",
        "notlocalhost",
        "127.1",
    ],
)
def test_other_names_are_rebinding(host: str) -> None:
    assert not is_loopback_host(host)


@pytest.mark.parametrize(
    ("origin", "scheme", "authority"),
    [
        ("http://localhost:7860", "http", "localhost:7860"),
        ("https://App.example", "https", "app.example:443"),
        ("http://a", "ws", "a:80"),
        ("https://a", "wss", "a"),
        ("http://[::1]:80", "http", "[::1]"),
    ],
)
def test_the_same_origin(origin: str, scheme: str, authority: str) -> None:
    assert same_origin(origin, scheme, authority)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://app.example",
        "http://app.example:81",
        "http://app.example.evil",
        "http://evil",
        "http://app.example@evil",
        "http://xapp.example",
        "http://app.example/",
        "file://",
        "http://app.example:",
        "http://app.example, http://evil",
        "http://app.example:99999999",
        "ws://app.example",
        "http:/app.example",
    ],
)
def test_other_origins(origin: str) -> None:
    assert not same_origin(origin, "http", "app.example")


# ---- signatures --------------------------------------------------------------------------------


def test_a_signed_value_comes_back_and_a_forged_one_does_not() -> None:
    secret = b"k" * 32
    token = sign("ann.b", secret)
    assert verify(token, secret) == "ann.b"
    assert verify(token, b"j" * 32) is None
    assert verify(token, secret, "other") is None
    for forged in (
        "",
        ".",
        "ann",
        "ann.",
        token[:-1],
        "x" + token,
        token + "é",
        token.replace("ann", "bob"),
    ):
        assert verify(forged, secret) is None


def test_identities_are_names_and_nothing_else() -> None:
    secret = os.urandom(32)
    identity = new_identity()
    assert read_identity(identity_token(identity, secret), secret) == identity != new_identity()
    assert read_identity(sign(identity, secret), secret) is None
    assert read_identity("x" * 10_000_000, secret) is None
    assert cookie_name(7860) != cookie_name(7861)


def test_nothing_here_is_slow_for_long_text() -> None:
    started = time.perf_counter()
    for text in ("/" * 100_000, "bytes=" + "0-" * 50_000, "a." * 50_000, "http://" + "a" * 100_000):
        local_target(text)
        parse_range(text, 10)
        same_origin(text, "http", "a")
        is_loopback_host(text)
        content_disposition(text, is_inline=True)
    assert time.perf_counter() - started < 2
