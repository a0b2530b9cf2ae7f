"""Files that clients send and get."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.clients.scenes import Stage, serve
from tests.clients.talk import Connection, Failed, LocalFile, RemoteFile

if TYPE_CHECKING:
    from tests.clients.conftest import Connect
    from tests.clients.javascript import JavaScriptClient

pytestmark = pytest.mark.clients


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with files to send, apart from those that are got."""
    folder = tmp_path / "sent"
    folder.mkdir()
    return folder


def _write(path: Path, content: bytes) -> LocalFile:
    path.write_bytes(content)
    return LocalFile(path)


def test_file_comes_back_equal(client: Connection, sent: Path) -> None:
    content = bytes(range(256)) * 5000
    (copied,) = client.predict("/copy", _write(sent / "some file é.bin", content))
    assert Path(copied).name == "copy of it.txt"
    assert hashlib.sha256(Path(copied).read_bytes()).digest() == hashlib.sha256(content).digest()


def test_empty_file_comes_back_empty(client: Connection, sent: Path) -> None:
    (copied,) = client.predict("/copy", _write(sent / "empty.txt", b""))
    assert Path(copied).read_bytes() == b""


def test_several_files_keep_order_and_content(client: Connection, sent: Path) -> None:
    files = [_write(sent / f"{name}.txt", name.encode()) for name in ("one", "two", "three")]
    (made,) = client.predict("/reversed_files", files)
    assert [Path(path).read_bytes() for path in made] == [b"three", b"two", b"one"]


def test_files_keep_their_names(client: Connection, sent: Path) -> None:
    if client.name == "javascript":
        pytest.skip("its blobs have no names")
    files = [_write(sent / name, b"x") for name in ("a b.txt", "ä.txt", "no-ending")]
    assert client.predict("/names", files) == [["a b.txt", "ä.txt", "no-ending"]]


def test_file_given_by_its_path_is_sent(client: Connection, sent: Path) -> None:
    given = LocalFile(_write(sent / "by path.txt", b"text").path, is_named=True)
    (copied,) = client.predict("/copy", given)
    assert Path(copied).read_bytes() == b"text"


def test_address_of_an_inner_host_is_not_fetched(client: Connection, url: str) -> None:
    """The server may not be made to look around in its own network."""
    with pytest.raises(Failed):
        client.predict("/copy", RemoteFile(f"{url}/config"))


def test_no_files_are_none(client: Connection) -> None:
    assert client.predict("/names", None) == [[]]


def test_picture_is_turned_around(client: Connection, sent: Path) -> None:
    pixels = np.zeros((4, 6, 3), np.uint8)
    pixels[:, :2] = (255, 0, 10)
    Image.fromarray(pixels).save(sent / "left.png")
    (flipped,) = client.predict("/flip", LocalFile(sent / "left.png"))
    with Image.open(flipped) as got:
        assert got.size == (6, 4)
        assert np.array_equal(np.asarray(got.convert("RGB")), pixels[:, ::-1])


def test_no_picture_is_told_as_an_error(client: Connection, sent: Path) -> None:
    with pytest.raises(Failed):
        client.predict("/flip", _write(sent / "broken.png", b"no picture"))
    assert client.predict("/greet", "Ann", 1) == ["Hello Ann"]


def test_too_large_file_is_refused(connect: Connect, sent: Path) -> None:
    with serve(Stage().demo, max_file_size=1000) as url:
        client = connect(url)
        with pytest.raises(Failed):
            client.predict("/copy", _write(sent / "large.bin", b"x" * 2000))
        (copied,) = client.predict("/copy", _write(sent / "small.bin", b"x" * 900))
        assert Path(copied).read_bytes() == b"x" * 900


def test_file_that_was_not_uploaded_is_refused(client: Connection, sent: Path) -> None:
    """A client cannot make the server read a file of its own."""
    secret = _write(sent / "secret.txt", b"secret").path
    given = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    if client.name == "python":
        # The client uploads what it finds on its own disk, so ask as it would.
        base = client.client.src  # type: ignore[attr-defined]  # of the Python one
        body = {"data": [given], "session_hash": "outside"}
        answer = httpx.post(f"{base}gradio_api/run/copy", json=body)
        assert answer.status_code in (400, 403, 500)
        assert "secret" not in answer.text.replace(str(secret), "")
        return
    with pytest.raises(Failed):
        client.predict("/copy", given)


def test_files_of_two_clients_do_not_meet(connect: Connect, url: str, sent: Path) -> None:
    ann, bob = connect(url), connect(url)
    got = [
        Path(one.predict("/copy", _write(sent / "same name.txt", text))[0]).read_bytes()
        for one, text in ((ann, b"of Ann"), (bob, b"of Bob"))
    ]
    assert got == [b"of Ann", b"of Bob"]


def test_javascript_client_gets_absolute_addresses(javascript: Any, url: str, sent: Path) -> None:
    client: JavaScriptClient = javascript(url)
    events = client.events("/copy", _write(sent / "a.txt", b"text"))
    (made,) = (next(event["data"][0] for event in events if event["type"] == "data"),)
    assert made["url"].startswith(f"{url}/gradio_api/file=")
    assert made["orig_name"] == "copy of it.txt"
    assert httpx.get(made["url"]).content == b"text"
