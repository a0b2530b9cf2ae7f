from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limelight.core.files import FileCache, FileTooLarge, has_files
from limelight.errors import FileAccessError, PayloadError

META = {"_type": "gradio.FileData"}
PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def cwd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder; the system temp folder is elsewhere, so that it does not allow all."""
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    folder = tmp_path / "app"
    folder.mkdir()
    return folder


@pytest.fixture
def cache(cwd: Path) -> FileCache:
    return FileCache(cwd.parent / "cache", cwd=cwd, clock=Clock())


def file_of(path: Any, **members: Any) -> dict[str, Any]:
    return {"path": path, "meta": META, **members}


def on_disk(cache: FileCache) -> list[str]:
    return sorted(p.name for p in cache.folder.rglob("*") if p.is_file() and p.name != ".seed")


# ---- storing -----------------------------------------------------------------------------------


def test_bytes_are_stored_by_content_and_handles_do_not_tell(cache: FileCache) -> None:
    ann = cache.store_bytes(b"hi", "a.txt", "ann")
    bob = cache.store_bytes(b"hi", "a.txt", "bob")
    digest = hashlib.sha256(cache.seed + b"hi").hexdigest()
    assert ann.path == bob.path == cache.folder / digest / "a.txt"
    assert ann.handle.split("/")[0] != bob.handle.split("/")[0]
    assert digest not in ann.handle
    assert on_disk(cache) == ["a.txt"]
    assert cache.store_bytes(b"hi", "a.txt", "ann").handle == ann.handle


def test_the_seed_survives_a_restart(cache: FileCache, cwd: Path) -> None:
    assert FileCache(cache.folder, cwd=cwd).seed == cache.seed
    assert (cache.folder / ".seed").stat().st_mode & 0o077 == 0


def test_an_upload_is_unknown_until_it_is_finished(cache: FileCache) -> None:
    writer = cache.open_upload("../x.bin")
    writer.write(b"abc")
    writer.write(memoryview(b"def"))
    assert cache.usage_bytes("ann") == 0
    stored = writer.finish("ann")
    assert stored.name == "x.bin"
    assert stored.path.read_bytes() == b"abcdef"
    assert cache.usage_bytes("ann") == stored.size == 6


def test_an_aborted_upload_leaves_nothing(cache: FileCache) -> None:
    with cache.open_upload("x.bin") as writer:
        writer.write(b"abc")
    assert on_disk(cache) == []
    with pytest.raises(ValueError, match="sealed or aborted"):
        writer.write(b"x")


def test_a_file_over_the_limit_is_refused_and_removed(cwd: Path) -> None:
    cache = FileCache(cwd.parent / "cache", cwd=cwd, max_file_size=4)
    with cache.open_upload("x.bin") as writer:
        writer.write(b"1234")
        with pytest.raises(FileTooLarge, match="exceeds the maximum allowed size of 4 bytes"):
            writer.write(b"5")
    assert on_disk(cache) == []


def test_a_changed_copy_is_not_handed_to_the_next_owner(cache: FileCache) -> None:
    cache.store_bytes(b"hi", "a.txt", "ann").path.write_bytes(b"changed by a function")
    assert cache.store_bytes(b"hi", "a.txt", "bob").path.read_bytes() == b"hi"


# ---- outputs -------------------------------------------------------------------------------------


def test_a_file_of_the_working_folder_is_copied(cache: FileCache, cwd: Path) -> None:
    (cwd / "hello world.txt").write_bytes(b"hello")
    stored = cache.adopt("hello world.txt", "ann")
    assert stored.path.is_relative_to(cache.folder)
    assert cache.file_data(stored) == {
        "path": stored.handle,
        "url": "gradio_api/file=" + stored.handle.replace(" ", "%20"),
        "size": None,
        "orig_name": "hello world.txt",
        "mime_type": None,
        "is_stream": False,
        "meta": META,
    }
    assert cache.file_data(stored, with_size=True)["size"] == 5


def test_a_file_of_the_cache_is_not_copied(cache: FileCache) -> None:
    stored = cache.store_bytes(b"hi", "a.txt", "ann")
    assert cache.adopt(stored.path, "ann") == stored
    assert cache.adopt(stored.path, "bob").handle != stored.handle
    assert on_disk(cache) == ["a.txt"]


def test_static_files_are_handed_out_where_they_are(cwd: Path) -> None:
    (cwd.parent / "big.bin").write_bytes(b"big")
    cache = FileCache(cwd.parent / "cache", cwd=cwd, static=[cwd.parent / "big.bin"])
    assert cache.adopt(cwd.parent / "big.bin", "ann").path == cwd.parent / "big.bin"
    assert cache.usage_bytes("ann") == 0
    cache.forget("ann")
    assert (cwd.parent / "big.bin").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../secret.txt",
        ".env",
        ".git/config",
        "link",
        "pipe",
        ".",
        "missing.txt",
        "/proc/self/environ",
        "/proc/self/cwd/plain.txt/../../secret.txt",
        "/dev/zero",
        "/dev/fd/0",
        "plain.txt\x00.png",
        "plain.txt/",
        "blocked/x.txt",
        "BLOCKED/x.txt",
    ],
)
def test_other_files_are_refused(cwd: Path, path: str) -> None:
    for name in ("blocked", "BLOCKED", ".git"):
        (cwd / name).mkdir()
    for name in ("plain.txt", ".env", ".git/config", "blocked/x.txt", "BLOCKED/x.txt"):
        (cwd / name).write_text("x")
    (cwd.parent / "secret.txt").write_text("x")
    (cwd / "link").symlink_to(cwd.parent / "secret.txt")
    os.mkfifo(cwd / "pipe")
    cache = FileCache(cwd.parent / "cache", cwd=cwd, blocked=[cwd / "blocked"])
    if path == "plain.txt/":  # a trailing slash is no other file
        cache.adopt(path, None)
        return
    with pytest.raises(FileAccessError):
        cache.adopt(path, None)
    assert on_disk(cache) == []


def test_the_message_says_what_to_do(cache: FileCache) -> None:
    with pytest.raises(
        FileAccessError, match=r"'/etc/hosts' may not be served: .*launch\(allowed_paths=\["
    ):
        cache.adopt("/etc/hosts", None)


def test_an_author_may_name_any_file_but_a_blocked_one(cwd: Path) -> None:
    (cwd.parent / "a.txt").write_text("a")
    cache = FileCache(cwd.parent / "cache", cwd=cwd)
    assert cache.adopt(cwd.parent / "a.txt", None, trusted=True).size == 1
    blocking = FileCache(cwd.parent / "cache", cwd=cwd, blocked=[cwd.parent / "a.txt"])
    with pytest.raises(FileAccessError, match="blocked_paths"):
        blocking.adopt(cwd.parent / "a.txt", None, trusted=True)


def test_in_a_container_the_root_folder_opens_no_system_files(cwd: Path) -> None:
    cache = FileCache(cwd.parent / "cache", cwd=Path("/"))
    with pytest.raises(FileAccessError, match="may not be served"):
        cache.adopt("etc/hostname", None)


@pytest.mark.parametrize("sent", ["a.txt", "./a.txt", " a.txt ", "x/../a.txt", "{cwd}/a.txt"])
def test_text_that_the_caller_sent_is_not_opened(cache: FileCache, cwd: Path, sent: str) -> None:
    (cwd / "a.txt").write_text("secret")
    tainted = frozenset({sent.format(cwd=cwd), "other", "\x00", "x" * 9000})
    for returned in ("a.txt", str(cwd / "a.txt"), "./a.txt"):
        with pytest.raises(FileAccessError, match="text that the caller sent"):
            cache.adopt(returned, "ann", tainted=tainted)
    assert on_disk(cache) == []
    assert cache.adopt("a.txt", "ann", tainted=frozenset({"b.txt"})).size == 6


def test_text_that_the_caller_sent_is_opened_in_allowed_places(cwd: Path) -> None:
    (cwd / "a.txt").write_text("public")
    cache = FileCache(cwd.parent / "cache", cwd=cwd, allowed=[cwd])
    assert cache.adopt("a.txt", "ann", tainted=frozenset({"a.txt"})).size == 6


def test_a_known_place_in_the_cache_opens_no_file_of_another_owner(cache: FileCache) -> None:
    path = str(cache.store_bytes(b"hi", "a.txt", "ann").path)
    tainted = frozenset({path})
    with pytest.raises(FileAccessError, match="text that the caller sent"):
        cache.adopt(path, "bob", tainted=tainted)
    assert cache.adopt(path, "ann", tainted=tainted).size == 2
    for own in (".seed", ".incoming/x", "."):
        with pytest.raises(FileAccessError, match="may not be served"):
            cache.adopt(cache.folder / own, "ann")


def test_a_returned_url_is_fetched(cwd: Path) -> None:
    def fetch(url: str, target: Path) -> Path:
        place = target / "cat.png"
        place.write_bytes(url.encode())
        return place

    cache = FileCache(cwd.parent / "cache", cwd=cwd, fetch=fetch)
    stored = cache.adopt("https://example.org/cat.png", "ann")
    assert (stored.name, stored.path.read_bytes()) == ("cat.png", b"https://example.org/cat.png")
    assert list(cache.incoming.iterdir()) == []


# ---- finding -----------------------------------------------------------------------------------


def test_a_handle_is_found_in_every_form_that_clients_send(cache: FileCache) -> None:
    stored = cache.store_bytes(b"hi", "50% off #1.txt", "ann")
    url = cache.file_data(stored)["url"]
    for form in (
        stored.handle,
        url,
        "/" + url,
        "http://x/sub/" + url,
        "http://x/" + url + "?a=1#b",
    ):
        assert cache.resolve(form, "ann") == stored


def test_unknown_and_forbidden_are_one_answer(cache: FileCache) -> None:
    stored = cache.store_bytes(b"hi", "a.txt", "ann")
    gone = cache.store_bytes(b"gone", "a.txt", "bob")
    gone.path.unlink()
    texts: set[str] = set()
    for handle in (
        stored.handle,
        "0" * 32 + "/a.txt",
        "/etc/passwd",
        str(stored.path),
        gone.handle,
    ):
        for look in (cache.resolve, cache.locate):
            with pytest.raises(FileAccessError) as error:
                look(handle, "bob")
            texts.add(str(error.value))
    assert len(texts) == 1
    assert cache.resolve(cache.store_bytes(b"x", "x", None).handle, None).size == 1


TRAPS = [
    "/etc/passwd",
    "//host/share",
    "\\\\host\\s",
    "C:x",
    "{open}/../secret.txt",
    "{open}/%2e%2e/secret.txt",
    "{open}/..%2fsecret.txt",
    "{open}\\a.txt",
    "{open}/a.txt\x00",
    "{open}/link",
    "{open}/pipe",
    "{open}/.env",
    "{open}/.git/config",
    "{open}/BLOCKED.txt",
    "{open}/blocked.txt",
    "{open}",
    "{open}/missing",
    "{open}/a.txt::$DATA",
    "{open}/a.txt.",
    "{open}/a.txt ",
    "/proc/self/environ",
    "/dev/zero",
    "{cwd}/plain.txt",
    "x" * 100_000,
]


@pytest.mark.parametrize("trap", TRAPS)
def test_clients_read_only_what_was_opened_to_them(cwd: Path, trap: str) -> None:
    place = cwd.parent / "open"
    (place / ".git").mkdir(parents=True)
    for name in ("a.txt", ".env", "blocked.txt", ".git/config"):
        (place / name).write_text("a")
    for name in ("plain.txt", "../secret.txt"):
        (cwd / name).write_text("secret")
    (place / "link").symlink_to(cwd.parent / "secret.txt")
    os.mkfifo(place / "pipe")
    cache = FileCache(
        cwd.parent / "cache", cwd=cwd, allowed=[place], blocked=[place / "blocked.txt"]
    )
    found = cache.locate(str(place / "a.txt"), None)
    assert (found.path, found.is_allowed) == (place / "a.txt", True)
    assert cache.locate("../open/a.txt".replace("../open", str(place)), "ann").size == 1
    with pytest.raises(FileAccessError, match="no such file"):
        cache.locate(trap.format(open=place, cwd=cwd), None)


def test_paths_outside_open_places_are_refused_without_a_look_at_the_disk(
    cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touched(*_: Any, **__: Any) -> Any:
        raise AssertionError("the disk was touched")

    for name in ("stat", "lstat", "open", "readlink"):
        monkeypatch.setattr(os, name, touched)
    monkeypatch.setattr("os.path.realpath", touched)
    for path in ("/etc/passwd", "//host/share", "secret.txt"):
        with pytest.raises(FileAccessError):
            cache.locate(path, None)
        with pytest.raises(PayloadError):
            cache.localize([file_of(path)], "ann")
        with pytest.raises(FileAccessError):
            cache.adopt(path, "ann", tainted=frozenset({path}))


# ---- inbound payloads --------------------------------------------------------------------------


def test_handles_become_local_paths_at_any_depth(cache: FileCache) -> None:
    stored = cache.store_bytes(b"hi", "a.txt", "ann")
    payload = [1, {"files": [file_of(stored.handle, orig_name="My.txt", extra=1)]}, "x"]
    expected = {
        "path": str(stored.path),
        "url": None,
        "size": 2,
        "orig_name": "My.txt",
        "mime_type": "text/plain",
        "is_stream": False,
        "meta": META,
    }
    assert cache.localize(payload, "ann") == [1, {"files": [expected]}, "x"]
    assert cache.localize(payload, "ann", make=lambda f: f["path"])[1]["files"] == [
        str(stored.path)
    ]
    assert payload[1] == {"files": [file_of(stored.handle, orig_name="My.txt", extra=1)]}


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "a.txt",
        "../a",
        "file:///etc/passwd",
        "//host/s",
        "\\\\host\\s",
        "0" * 32 + "/x",
        "gradio_api/file=/etc/passwd",
        "data:text/plain,x",
        "\x00",
        7,
        None,
        {"a": 1},
        "",
    ],
)
@pytest.mark.parametrize("wrap", [0, 1, 2])
def test_what_is_not_a_handle_is_refused(cache: FileCache, path: Any, wrap: int) -> None:
    stored = cache.store_bytes(b"hi", "a.txt", "bob")
    bad: Any = [file_of(path), {"a": [file_of(path)]}, [[], {"b": {"c": file_of(path)}}]][wrap]
    with pytest.raises(PayloadError):
        cache.localize([PNG, file_of(None, url=PNG), bad], "ann")
    with pytest.raises(PayloadError, match="is not an uploaded file"):
        cache.localize(file_of(stored.handle), "ann")
    assert on_disk(cache) == ["a.txt"]


def test_a_path_without_a_mark_is_an_error_unless_the_caller_says_it_is_data(
    cache: FileCache,
) -> None:
    for payload in ({"path": "/etc/passwd"}, [{"a": {"path": "x", "meta": {}}}]):
        with pytest.raises(PayloadError, match='has no "meta"'):
            cache.localize(payload, "ann")
        assert cache.localize(payload, "ann", strict=False) is payload
    assert cache.localize({"path": ["M", 0, 0]}, "ann") == {"path": ["M", 0, 0]}


def test_a_data_url_is_decoded_and_stored(cache: FileCache) -> None:
    made = cache.localize(file_of(None, url=PNG), "ann")
    assert Path(made["path"]).read_bytes() == b"\x89PNG"
    assert (made["orig_name"], made["mime_type"], made["url"]) == ("image.png", "image/png", None)
    text = cache.localize({"url": "data:,a%20b", "meta": META, "orig_name": "x.txt"}, "ann")
    assert Path(text["path"]).read_bytes() == b"a b"
    assert cache.usage_bytes("ann") == 7


@pytest.mark.parametrize("url", ["data:", "data:image/png;base64", "data:image/png;base64,!!!!"])
def test_a_broken_data_url_is_refused(cache: FileCache, url: str) -> None:
    with pytest.raises(PayloadError, match="is not a data: URL"):
        cache.localize(file_of(None, url=url), "ann")


def test_a_large_data_url_is_refused(cwd: Path) -> None:
    cache = FileCache(cwd.parent / "cache", cwd=cwd, max_file_size=3)
    for url in (PNG, "data:,12345", "data:," + "x" * 100):
        with pytest.raises(FileTooLarge):
            cache.localize(file_of(None, url=url), "ann")


def test_urls_are_fetched_or_refused(cache: FileCache, cwd: Path) -> None:
    payload = [file_of("https://example.org/a.txt"), file_of(None, url="HTTP://example.org/b.txt")]
    with pytest.raises(PayloadError, match="takes no URLs"):
        cache.localize(payload, "ann")

    def fetch(url: str, target: Path) -> Path:
        place = target / url.rpartition("/")[2]
        place.write_text(url)
        return place

    fetching = FileCache(cache.folder, cwd=cwd, fetch=fetch)
    names = [file["orig_name"] for file in fetching.localize(payload, "ann")]
    assert names == ["a.txt", "b.txt"]


def test_our_own_url_is_looked_up_and_not_fetched(cache: FileCache) -> None:
    stored = cache.store_bytes(b"hi", "a.txt", "ann")
    url = "https://app.example.org/sub/gradio_api/file=" + stored.handle
    assert cache.localize(file_of(url), "ann")["path"] == str(stored.path)


def test_files_that_are_nested_too_deeply_are_refused(cache: FileCache) -> None:
    value: Any = file_of(cache.store_bytes(b"hi", "a.txt", "ann").handle)
    for _ in range(900):
        value = [value]
    with pytest.raises(PayloadError, match="nested deeper than 200"):
        cache.localize(value, "ann")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["path", "meta", "url", "a"]), inner, max_size=4)
        | st.fixed_dictionaries({"path": inner, "meta": st.just(META)})
    ),
    max_leaves=12,
)


@given(value=json_values)
def test_no_payload_opens_a_file(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    cache = FileCache(tmp_path_factory.getbasetemp() / "hypothesis-cache")
    try:
        made = cache.localize(value, "ann")
    except PayloadError:
        return
    assert made is value
    assert not has_files(value)


# ---- forgetting --------------------------------------------------------------------------------


def test_forgetting_an_owner_keeps_what_others_have(cache: FileCache) -> None:
    ann = cache.store_bytes(b"both", "both.txt", "ann")
    bob = cache.store_bytes(b"both", "both.txt", "bob")
    cache.store_bytes(b"own", "own.txt", "ann")
    cache.forget("ann")
    cache.forget("nobody")
    assert on_disk(cache) == ["both.txt"]
    assert cache.usage_bytes("ann") == 0
    assert cache.resolve(bob.handle, "bob") == bob
    with pytest.raises(FileAccessError):
        cache.resolve(ann.handle, "ann")
    cache.forget("bob")
    assert on_disk(cache) == []
    assert [p.name for p in cache.folder.iterdir() if not p.name.startswith(".")] == []


def test_what_is_old_goes(cwd: Path) -> None:
    clock = Clock()
    cache = FileCache(cwd.parent / "cache", cwd=cwd, clock=clock)
    old = cache.store_bytes(b"old", "old.txt", "ann")
    derived = old.path.parent / "RGB"
    derived.mkdir()
    (derived / "old.png").write_bytes(b"made from it")
    clock.now_s += 60
    new = cache.store_bytes(b"new", "new.txt", "ann")
    assert cache.delete_older(60) == 1
    assert on_disk(cache) == ["new.txt"]
    assert cache.resolve(new.handle, "ann") == new


def test_strays_of_earlier_runs_go_when_asked(cwd: Path) -> None:
    first = FileCache(cwd.parent / "cache", cwd=cwd)
    stray = first.store_bytes(b"stray", "stray.txt", "ann")
    (first.incoming / "half").write_bytes(b"half")
    (first.folder / "README").write_bytes(b"not ours")
    for place in (stray.path.parent, first.incoming / "half"):
        os.utime(place, (1, 1))
    cache = FileCache(first.folder, cwd=cwd)
    kept = cache.store_bytes(b"kept", "kept.txt", "ann")
    assert cache.delete_older(3600) == 0
    assert len(on_disk(cache)) == 4
    cache.delete_older(3600, strays=True)
    assert on_disk(cache) == ["README", "kept.txt"]
    assert cache.resolve(kept.handle, "ann") == kept


def test_the_index_does_not_grow_for_the_same_file(cache: FileCache) -> None:
    handles = {cache.store_bytes(b"same", "a.txt", "ann").handle for _ in range(100)}
    assert len(handles) == 1


def test_threads_may_store_and_forget_at_once(cache: FileCache) -> None:
    problems: list[BaseException] = []

    def work(owner: str) -> None:
        try:
            for _ in range(100):
                stored = cache.store_bytes(b"shared", "a.txt", owner)
                assert cache.resolve(stored.handle, owner).path.read_bytes() == b"shared"
                cache.forget(owner)
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(f"owner {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert on_disk(cache) == []


def test_importing_the_cache_loads_nothing_heavy() -> None:
    code = (
        "import sys, limelight.core.files as f;"
        "heavy = {'hashlib', 'tempfile', 'base64', 'mimetypes', 'dataclasses', 'asyncio', 'shutil',"
        " 'http', 'socket', 'msgspec'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
