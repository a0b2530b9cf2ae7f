from __future__ import annotations

import http.server
import socket
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from limelight.server.fetch import FetchLimits, FetchRefused, fetch_to, is_public, open_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by path; remembers the headers that it got."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: C901  # one case for each bad answer
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]  # set below
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self._answer(302, b"", Location=unquote(path.removeprefix("/to/")))
        elif path == "/loop":
            self._answer(302, b"", Location="/loop", Set_Cookie="a=b")
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                self.close_connection = True
        elif path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"too short")
            self.close_connection = True
        elif path == "/huge":
            self.send_response(200)
            self.send_header("Content-Length", "99999999")
            self.end_headers()
            self.close_connection = True
        elif path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            try:
                for _ in range(200):
                    self.wfile.write(b"X-A: b\r\n")
                    time.sleep(0.05)
            except OSError:
                pass
            self.close_connection = True
        elif path == "/gzip":
            self._answer(200, b"packed", Content_Encoding="gzip")
        elif path == "/chunked.txt":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n")
        elif path == "/missing":
            self._answer(404, b"no")
        else:
            self._answer(200, b"hello", Content_Type="image/png")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.seen = []  # type: ignore[attr-defined]  # read by the tests
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def site(server: Any) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def refuse_to_connect(*_: Any, **__: Any) -> Any:
    raise AssertionError("a packet was sent")


INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "168.63.129.16",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "2001:db8::1",
    "2001:0:1::",
    "x",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_refused_and_no_packet_is_sent(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_public(address)
    monkeypatch.setattr(socket, "create_connection", refuse_to_connect)
    with pytest.raises(FetchRefused, match="does not lead to a public address"):
        fetch_to("http://example.org/a", tmp_path, resolver=lambda host, port: [address])
    with pytest.raises(FetchRefused, match="public address"):
        fetch_to("http://example.org/a", tmp_path, resolver=lambda host, port: ["1.1.1.1", address])
    if address != "x" and "%" not in address:
        host = f"[{address}]" if ":" in address else address
        with pytest.raises(FetchRefused, match="does not lead to a public address"):
            fetch_to(f"http://{host}/a", tmp_path, resolver=refuse_to_connect)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost"])
def test_other_spellings_of_this_machine_are_refused(host: str, tmp_path: Path) -> None:
    with pytest.raises(FetchRefused):
        fetch_to(f"http://{host}:1/a", tmp_path)


def test_public_addresses_are_public() -> None:
    for address in ("1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:1.1.1.1"):
        assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://x",
        "//example.org/a",
        "example.org",
        "http://",
        "http://a@example.org/",
        "http://example.org\\@evil/",
        "http://exa mple.org/",
        "http://x/\r\nHost: y",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1",
        "javascript:x",
        "http://" + "a" * 9000,
    ],
)
def test_what_is_no_public_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchRefused):
        fetch_to(url, tmp_path, resolver=refuse_to_connect)


def test_a_file_is_fetched_without_cookies_or_proxies(
    server: Any, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    place = fetch_to(f"{site}/dir/my%20cat.png?a=é#x", tmp_path, allow_private=True)
    assert (place.name, place.read_bytes()) == ("my cat.png", b"hello")
    path, headers = server.seen[0]
    assert path == "/dir/my%20cat.png?a=%C3%A9"
    assert headers["Accept-Encoding"] == "identity"
    assert "Cookie" not in headers
    assert headers["Host"] == site.removeprefix("http://")


def test_the_type_gives_an_extension_where_the_url_has_none(site: str, tmp_path: Path) -> None:
    assert fetch_to(f"{site}/cat", tmp_path, allow_private=True).name == "cat.png"
    (tmp_path / "2").mkdir()
    place = fetch_to(f"{site}/x/..%2f..%2fevil.png", tmp_path / "2", allow_private=True)
    assert place.parent == tmp_path / "2"
    assert place.name == "evil.png"


def test_chunks_are_put_together(site: str, tmp_path: Path) -> None:
    assert fetch_to(f"{site}/chunked.txt", tmp_path, allow_private=True).read_bytes() == b"abcdef"


def test_the_body_can_be_read_as_it_comes(site: str) -> None:
    with open_url(f"{site}/a.png", allow_private=True) as remote:
        assert (remote.name, remote.mime, b"".join(remote)) == ("a.png", "image/png", b"hello")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/loop", "redirected more than 5 times"),
        ("/missing", "answered 404 instead of 200"),
        ("/short", "could not be fetched|ended after"),
        ("/huge", "larger than 1000000 bytes"),
        ("/endless", "larger than 1000000 bytes"),
        ("/gzip", "in the coding 'gzip'"),
        ("/to/file:///etc/passwd", "is not fetched"),
        ("/drip", "could not be fetched"),
    ],
)
def test_bad_answers_are_refused_and_nothing_is_kept(
    server: Any, site: str, tmp_path: Path, path: str, message: str
) -> None:
    limits = FetchLimits(size_bytes=1_000_000, time_s=1)
    started = time.monotonic()
    with pytest.raises(FetchRefused, match=message):
        fetch_to(site + path, tmp_path, allow_private=True, limits=limits)
    assert time.monotonic() - started < 5
    assert list(tmp_path.iterdir()) == []
    assert all("Cookie" not in headers for _, headers in server.seen)


def connect_to(server: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let each connection end at the test's server; lists the addresses that were asked for."""
    asked: list[str] = []
    real = socket.create_connection

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        asked.append(address[0])
        return real(("127.0.0.1", server.server_port), timeout=timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    return asked


def test_redirects_are_checked_again(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = connect_to(server, monkeypatch)
    for inside in ("http://127.0.0.1/a", "http://[::1]/a", "http://inside.example/a"):
        with pytest.raises(FetchRefused, match="does not lead to a public address"):
            fetch_to(
                f"http://example.org/to/{inside}",
                tmp_path,
                resolver=lambda host, port: ["10.0.0.1" if "inside" in host else "1.1.1.1"],
            )
    assert asked == ["1.1.1.1"] * 3


def test_a_name_that_changes_its_address_is_asked_only_once(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = connect_to(server, monkeypatch)
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    place = fetch_to(
        "http://rebind.example/a.png", tmp_path, resolver=lambda host, port: next(answers)
    )
    assert (place.read_bytes(), asked) == (b"hello", ["1.1.1.1"])
    assert next(answers) == ["127.0.0.1"]
