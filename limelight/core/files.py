"""The file cache: stores uploads and outputs.

The only module that turns a handle into a path. Knows nothing of HTTP, and fetches no URL itself.
"""

from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from limelight.core.filenames import clean_name, guess_mime
from limelight.core.filetree import (
    FILE_ROUTE,
    META_TYPE,
    handle_in,
    has_files,
    has_unmarked,
    walk_files,
)
from limelight.core.places import Places, is_in, open_regular, short
from limelight.errors import FileAccessError, PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from types import TracebackType

__all__ = [
    "FileCache",
    "FileTooLarge",
    "Stored",
    "UploadWriter",
    "clean_name",
    "file_data",
    "guess_mime",
    "has_files",
    "walk_files",
]

_CHUNK_BYTES = 1 << 18
_DATA_URL_BYTES = 64 << 20
_ORIG_NAME_CHARACTERS = 1024
_PLACE = re.compile(r"[0-9a-f]{64}/[^/\\\x00-\x1f]{1,200}")
_REFUSED = "no such file: the handle is unknown, or it belongs to somebody else."
_AS_UPLOADED = "Upload the file first and send what the upload route returned."


class FileTooLarge(PayloadError):
    """A file has more bytes than `max_file_size`."""

    code = "file-too-large"


class Stored(NamedTuple):
    """A file that the cache knows."""

    handle: str
    """Opaque name for clients: 32 random hex digits, a slash, the cleaned name."""
    path: Path
    """Where the bytes are."""
    name: str
    owner: str | None
    """Identity that may read it; None means whoever knows the handle."""
    size: int
    """Bytes."""
    mime: str
    is_allowed: bool = False
    """Whether it was found by its path, in a place that the app's author opened to clients."""


def file_data(stored: Stored, *, with_size: bool = False) -> dict[str, Any]:
    """The seven members that clients know a file by; `url` is relative to the app's address."""
    from urllib.parse import quote

    return {
        "path": stored.handle,
        "url": FILE_ROUTE + quote(stored.handle, safe="/"),
        "size": stored.size if with_size else None,
        "orig_name": stored.name,
        "mime_type": None,
        "is_stream": False,
        "meta": {"_type": META_TYPE},
    }


def _is_url(text: str) -> bool:
    return text[:8].lower().startswith(("http://", "https://"))


class UploadWriter:
    """A file on its way in: hashed while it is written, and known to nobody until `finish`.

    Used with `with`, it is thrown away unless it was finished.
    """

    def __init__(self, cache: FileCache, name: str | None, *, limit_bytes: int | None) -> None:
        import hashlib
        import tempfile

        self.name = clean_name(name)
        self.size = 0
        self._cache = cache
        self._limit_bytes = limit_bytes
        self._hash = hashlib.sha256(cache.seed)
        fd, temp = tempfile.mkstemp(dir=cache.incoming)
        self._temp: Path | None = Path(temp)
        self._file: BinaryIO | None = open(fd, "wb", buffering=0)  # noqa: SIM115  # until finish

    def write(self, data: bytes | memoryview) -> None:
        """Add bytes.

        Raises:
            FileTooLarge: the file would pass `max_file_size`; what was written is gone.
        """
        self.size += len(data)
        if self._limit_bytes is not None and self.size > self._limit_bytes:
            self.abort()
            raise FileTooLarge(
                f"File {self.name!r} exceeds the maximum allowed size of {self._limit_bytes} bytes."
                " Send a smaller one, or raise launch(max_file_size=...)."
            )
        if self._file is None:
            raise ValueError(f"{self.name!r} is sealed or aborted. Write before that.")
        self._hash.update(data)
        view = memoryview(data)
        while view:  # an unbuffered file may take less than it was given
            view = view[self._file.write(view) :]

    def seal(self) -> None:
        """Close the file: all bytes are there, and it waits for `finish` or `abort`."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self, owner: str | None, *, account: str | None = None) -> Stored:
        """Put the file in its place and make its handle.

        Args:
            owner: Who may read it.
            account: Whose bytes it counts as; the owner's if None.
        """
        self.seal()
        if self._temp is None:
            raise ValueError(f"{self.name!r} is finished or aborted. Call finish once.")
        stored = self._cache.settle(
            self._temp,
            self._hash.hexdigest(),
            name=self.name,
            owner=owner,
            size=self.size,
            account=account,
        )
        self._temp = None
        return stored

    def abort(self) -> None:
        """Throw away what was written; does nothing after `finish`."""
        self.seal()
        if self._temp is not None:
            self._temp.unlink(missing_ok=True)
            self._temp = None

    def __enter__(self) -> UploadWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abort()


class FileCache:
    """All files that pass between an app and its clients.

    Bytes lie at `folder/<sha256 of a per-install seed and the content>/<name>`. A handle says
    nothing about the content: two owners of equal bytes have unrelated handles. Any thread may
    use it.

    Args:
        folder: Where the files lie; made if missing, readable by this user only.
        allowed: Files and folders that functions may return and clients may read.
        blocked: Files and folders that are never handed out; stronger than `allowed`.
        static: Like `allowed`, and never copied.
        cwd: The app's working folder; functions may return what lies in it, except dot files.
        fetch: Downloads a URL into a folder and returns the file's path; None refuses URLs.
        max_file_size: Bytes that one incoming file may have; None sets no limit.
        clock: Seconds since the epoch.
    """

    def __init__(
        self,
        folder: Path,
        *,
        allowed: Sequence[Path] = (),
        blocked: Sequence[Path] = (),
        static: Sequence[Path] = (),
        cwd: Path | None = None,
        fetch: Callable[[str, Path], Path] | None = None,
        max_file_size: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.max_file_size = max_file_size
        self.places = Places(
            self.folder, cwd=cwd or Path.cwd(), allowed=allowed, blocked=blocked, static=static
        )
        self._fetch = fetch
        self._clock = clock
        self._vouched: set[Path] = set()
        """Files that the source names, such as examples; functions may return them, too."""
        self._lock = threading.Lock()
        self._entries: dict[str, tuple[Stored, float]] = {}
        self._accounts: dict[str, str] = {}
        """Whose bytes a file counts as, by handle, for those that are not their owner's."""
        self._kept: set[str] = set()
        """Handles of files that the app's source names; they do not grow old."""
        self._by_place: dict[tuple[Path, str | None], str] = {}
        self._at_place: dict[Path, set[str]] = {}
        self._in_home: dict[str, set[str]] = {}
        self._bytes: dict[str | None, dict[str, int]] = {}
        self.incoming = self.folder / ".incoming"
        """Where files lie while they arrive; in one file system with `folder`, for the rename."""
        self._make_folder()
        self.seed = self._read_seed()
        """Secret of this installation; without it content does not tell a file's place."""

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In a folder that everybody can write to, somebody else could have made this one as a trap.
        is_shared_place = hasattr(os, "getuid") and self.folder.parent == self.places.temp
        if is_shared_place and self.folder.stat().st_uid != os.getuid():
            raise FileAccessError(
                f"the cache folder {str(self.folder)!r} belongs to another user. "
                "Set the environment variable GRADIO_TEMP_DIR to a folder of your own."
            )
        self.incoming.mkdir(mode=0o700, exist_ok=True)

    def _read_seed(self) -> bytes:
        place = self.folder / ".seed"
        try:
            fd = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            seed = place.read_bytes()
            # Another process may be about to fill it; any seed will do for this run.
            return seed if len(seed) == 32 else os.urandom(32)
        with open(fd, "wb") as file:
            seed = os.urandom(32)
            file.write(seed)
        return seed

    # ---- storing ---------------------------------------------------------------------------

    def open_upload(self, name: str | None) -> UploadWriter:
        """A writer for a file that arrives in pieces; it counts against `max_file_size`."""
        return UploadWriter(self, name, limit_bytes=self.max_file_size)

    def store_bytes(self, data: bytes, name: str | None, owner: str | None) -> Stored:
        """Store content that the server made."""
        with UploadWriter(self, name, limit_bytes=None) as writer:
            writer.write(data)
            return writer.finish(owner)

    def settle(
        self,
        temp: Path,
        digest: str,
        *,
        name: str,
        owner: str | None,
        size: int,
        account: str | None = None,
    ) -> Stored:
        """Move a complete file from `incoming` to its place; what `UploadWriter.finish` does."""
        place = self.folder / digest / name
        # One step under the lock: `forget` must not remove the file between rename and entry.
        with self._lock:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            # Even when it is there: a function may have changed the file that it was given.
            os.replace(temp, place)
            return self._enter(place, name, owner, size=size, account=account)

    def _enter(
        self,
        place: Path,
        name: str,
        owner: str | None,
        *,
        size: int,
        account: str | None = None,
    ) -> Stored:
        handle = self._by_place.get((place, owner)) or f"{os.urandom(16).hex()}/{name}"
        stored = Stored(handle, place, name, owner, size, guess_mime(name))
        self._entries[handle] = stored, self._clock()
        self._by_place[place, owner] = handle
        self._at_place.setdefault(place, set()).add(handle)
        home = self._home(place)
        if home is not None:
            self._in_home.setdefault(home, set()).add(handle)
        if account is not None:
            self._accounts.setdefault(handle, account)
        payer = self._accounts.get(handle, owner)
        self._bytes.setdefault(payer, {})[handle] = size if home is not None else 0
        return stored

    def _home(self, place: Path) -> str | None:
        """Name of the folder that a file and all that was made from it lie in; None if not ours."""
        return place.relative_to(self.folder).parts[0] if is_in(place, (self.folder,)) else None

    def adopt(
        self,
        path: str | os.PathLike[str],
        owner: str | None,
        *,
        trusted: bool = False,
        tainted: Collection[str] = frozenset(),
    ) -> Stored:
        """Take the path or URL that a function returned into the cache, unless it is there.

        Args:
            path: Absolute, or relative to the working folder; or a URL, which is fetched.
            owner: Who may read it; None means whoever gets the handle.
            trusted: Whether the app's author named the file in the source; then it may lie anywhere
                but in `blocked`.
            tainted: Text that the caller sent with this call. A path among it is refused unless it
                is in `allowed`, or a file of the cache that this caller may read.

        Raises:
            FileAccessError: the file may not be handed out, or is not a regular file.
            PayloadError: the URL was refused, or could not be fetched.
        """
        text = os.fspath(path)
        if _is_url(text):
            return self.adopt_url(text, owner)
        if "\x00" in text:
            raise FileAccessError(f"{short(text)} is not a path: it has a NUL character.")
        is_tainted = not trusted and self.places.is_tainted(text, tainted)
        if is_tainted and not self.places.is_open_to_callers(text):
            raise self._refusal(text, "it is text that the caller sent")
        real = Path(os.path.realpath(self.places.absolute(text)))
        if trusted:
            self._vouched.add(real)
        is_trusted = trusted or real in self._vouched
        if reason := self._objection(real, owner, is_trusted=is_trusted, is_tainted=is_tainted):
            raise self._refusal(text, reason)
        stored = self._take(real, text, owner)
        if is_trusted:
            self._kept.add(stored.handle)
        return stored

    def take(self, path: str | os.PathLike[str], owner: str | None) -> Stored:
        """Take a file that the app itself keeps for this owner into the cache, wherever it lies.

        Raises:
            FileAccessError: it is gone, or not a regular file.
        """
        return self._take(Path(os.path.realpath(path)), os.fspath(path), owner)

    def _objection(
        self, real: Path, owner: str | None, *, is_trusted: bool, is_tainted: bool
    ) -> str | None:
        home = self._home(real) if real != self.folder else "."
        if home is None:
            return self.places.objection(real, is_trusted=is_trusted, is_tainted=is_tainted)
        if home.startswith("."):
            return "it belongs to the cache itself"
        with self._lock:
            is_known = any(key in self._by_place for key in ((real, owner), (real, None)))
        return "it is text that the caller sent" if is_tainted and not is_known else None

    @staticmethod
    def _refusal(text: str, reason: str) -> FileAccessError:
        what_to_do = "Add its folder to launch(allowed_paths=[...])."
        if "blocked_paths" in reason:
            what_to_do = "Serve another file, or take it out of launch(blocked_paths=[...])."
        return FileAccessError(f"{short(text)} may not be served: {reason}. {what_to_do}")

    def _take(self, real: Path, text: str, owner: str | None) -> Stored:
        try:
            with open_regular(real) as file:
                if is_in(real, (self.folder, *self.places.static)):
                    size = os.fstat(file.fileno()).st_size
                    with self._lock:
                        return self._enter(real, clean_name(real.name), owner, size=size)
                return self._copy(file, Path(text).name, owner, limit_bytes=None)
        except FileAccessError:
            raise
        except OSError as error:
            reason = error.strerror or str(error)
            raise FileAccessError(
                f"{short(text)} cannot be read: {reason}. Expected the path of a file."
            ) from error

    def _copy(
        self, file: BinaryIO, name: str, owner: str | None, *, limit_bytes: int | None
    ) -> Stored:
        with UploadWriter(self, name, limit_bytes=limit_bytes) as writer:
            while data := file.read(_CHUNK_BYTES):
                writer.write(data)
            return writer.finish(owner)

    def adopt_url(self, url: str, owner: str | None) -> Stored:
        """Download a URL and store what it gives. Blocks.

        Raises:
            PayloadError: the app takes no URLs, or the download was refused or failed.
        """
        import shutil
        import tempfile

        if self._fetch is None:
            raise self._no_urls(url)
        target = Path(tempfile.mkdtemp(dir=self.incoming))
        try:
            fetched = self._fetch(url, target)
            with open_regular(fetched) as file:
                return self._copy(file, fetched.name, owner, limit_bytes=self.max_file_size)
        finally:
            shutil.rmtree(target, ignore_errors=True)

    @staticmethod
    def _no_urls(url: str) -> PayloadError:
        return PayloadError(f"{short(url)} is not fetched: this app takes no URLs. Send the file.")

    # ---- finding -----------------------------------------------------------------------------

    @staticmethod
    def file_data(stored: Stored, *, with_size: bool = False) -> dict[str, Any]:
        """The seven members that clients know a file by; `url` is relative to the app's address."""
        return file_data(stored, with_size=with_size)

    def resolve(self, handle: str, owner: str | None) -> Stored:
        """The file of a handle, in any form that clients send it back.

        Raises:
            FileAccessError: unknown, gone, or somebody else's; one text for all.
        """
        found = self._find(handle, owner)
        if found is None:
            raise FileAccessError(_REFUSED)
        return found

    def _find(self, text: str, owner: str | None) -> Stored | None:
        handle = handle_in(text)
        if handle is None:
            return None
        with self._lock:
            found, _ = self._entries.get(handle, (None, 0.0))
        if found is None or (found.owner is not None and found.owner != owner):
            return None
        return found if found.path.is_file() else None

    def place_of(self, handle: str, owner: str | None) -> str:
        """Where a file lies, as `reopen` takes it: a name that outlives this process.

        Raises:
            FileAccessError: unknown, somebody else's, or not stored by the cache itself.
        """
        stored = self.resolve(handle, owner)
        home = self._home(stored.path)
        if home is None or stored.path != self.folder / home / stored.path.name:
            raise FileAccessError(_REFUSED)
        return f"{home}/{stored.path.name}"

    def reopen(self, place: str) -> Stored:
        """A file again by its place, with a handle that everybody may use who gets it.

        Raises:
            FileAccessError: it is gone.
        """
        if _PLACE.fullmatch(place) is None:
            raise FileAccessError(_REFUSED)
        path = self.folder / place
        try:
            with open_regular(path) as file, self._lock:
                size = os.fstat(file.fileno()).st_size
                return self._enter(path, path.name, None, size=size)
        except OSError:
            raise FileAccessError(_REFUSED) from None

    def locate(self, requested: str, owner: str | None) -> Stored:
        """What a client may read under `file=<requested>`: a handle, or a path in an open place.

        Raises:
            FileAccessError: anything else; one text for all.
        """
        if found := self._find(requested, owner):
            return found
        real = self.places.find_allowed(requested)
        if real is not None:
            try:
                with open_regular(real) as file:
                    size = os.fstat(file.fileno()).st_size
                name = Path(requested).name
                return Stored(requested, real, name, None, size, guess_mime(name), is_allowed=True)
            except OSError:
                pass  # the same answer as for what is not allowed
        raise FileAccessError(_REFUSED)

    # ---- inbound payloads --------------------------------------------------------------------

    def localize(
        self,
        payload: Any,
        owner: str | None,
        *,
        strict: bool = True,
        make: Callable[[dict[str, Any]], Any] | None = None,
    ) -> Any:
        """A client's payload with each file in it replaced by one whose `path` may be read.

        Handles are looked up, `data:` URLs decoded, other URLs fetched: that may block.

        Args:
            payload: JSON. Without a file in it, the same object is returned.
            owner: The caller's identity.
            strict: Whether an object with a text member `path` that is not marked as a file is an
                error, rather than data.
            make: Makes what stands for a file from its seven members; the dictionary if None.

        Raises:
            PayloadError: a `path` is not a handle that this caller may use.
            FileTooLarge: a `data:` URL or a download is too large.
        """
        if strict and has_unmarked(payload):
            raise PayloadError(
                'an object with a "path" is not an uploaded file: it has no '
                f'"meta": {{"_type": "{META_TYPE}"}}. {_AS_UPLOADED}'
            )
        # First a look at all files, so that nothing is stored or fetched for a refused payload.
        walk_files(payload, lambda given: self._check(given, owner))

        def visit(given: dict[str, Any]) -> Any:
            members = self._localize_one(given, owner)
            return make(members) if make else members

        return walk_files(payload, visit)

    def _source(self, given: dict[str, Any], owner: str | None) -> Stored | str:
        """What a file object refers to: a file of ours, or a URL."""
        path = given.get("path")
        text = path if path is not None and path != "" else given.get("url")
        if not isinstance(text, str):
            raise PayloadError(f'a file has neither "path" nor "url". {_AS_UPLOADED}')
        if stored := self._find(text, owner):
            return stored
        if _is_url(text) or (not path and text[:5].lower() == "data:"):
            return text
        raise PayloadError(f"{short(text)} is not an uploaded file. {_AS_UPLOADED}")

    def _check(self, given: dict[str, Any], owner: str | None) -> dict[str, Any]:
        source = self._source(given, owner)
        if isinstance(source, str) and _is_url(source) and self._fetch is None:
            raise self._no_urls(source)
        return given

    def _localize_one(self, given: dict[str, Any], owner: str | None) -> dict[str, Any]:
        stored = self._source(given, owner)
        orig_name = given.get("orig_name")
        if not isinstance(orig_name, str) or not 0 < len(orig_name) <= _ORIG_NAME_CHARACTERS:
            orig_name = None
        if isinstance(stored, str):
            if _is_url(stored):
                stored = self.adopt_url(stored, owner)
            else:
                stored = self._store_data_url(stored, orig_name, owner)
        url, mime = given.get("url"), given.get("mime_type")
        return {
            "path": str(stored.path),
            "url": url if isinstance(url, str) and url[:5].lower() != "data:" else None,
            "size": stored.size,
            "orig_name": orig_name or stored.name,
            "mime_type": mime if isinstance(mime, str) else stored.mime,
            "is_stream": given.get("is_stream") is True,
            "meta": {"_type": META_TYPE},
        }

    def _store_data_url(self, url: str, name: str | None, owner: str | None) -> Stored:
        import base64
        import mimetypes
        from urllib.parse import unquote_to_bytes

        head, comma, body = url[5:].partition(",")
        mime, *options = [part.strip().lower() for part in head[:200].split(";")]
        limit = _DATA_URL_BYTES if self.max_file_size is None else self.max_file_size
        is_base64 = "base64" in options
        if (len(body) * 3 // 4 - 2 if is_base64 else len(body) // 3) > limit:
            raise FileTooLarge(
                f"a data: URL exceeds the maximum allowed size of {limit} bytes. Upload a file."
            )
        try:
            data = base64.b64decode(body, validate=True) if is_base64 else unquote_to_bytes(body)
        except ValueError:
            comma, data = "", b""
        if not comma:
            raise PayloadError(
                f"{short(url)} is not a data: URL. Expected data:<type>;base64,<content>."
            )
        if name is None:
            known = {"image/webp": ".webp", "image/jpeg": ".jpeg", "audio/wav": ".wav"}
            suffix = known.get(mime) or mimetypes.guess_extension(mime or "text/plain") or ""
            name = (mime.partition("/")[0] or "file") + suffix
        with self.open_upload(name) as writer:
            writer.write(data)
            return writer.finish(owner)

    # ---- forgetting --------------------------------------------------------------------------

    def usage_bytes(self, account: str | None) -> int:
        """Bytes stored for an owner or another account, whether or not others have the same."""
        with self._lock:
            return sum(self._bytes.get(account, {}).values())

    def forget(self, owner: str) -> None:
        """Drop all handles of an owner, and the files that nobody else has a handle to."""
        with self._lock:
            for handle in [h for h, (file, _) in self._entries.items() if file.owner == owner]:
                self._drop(handle)

    def delete_older(self, age_s: float, *, strays: bool = False) -> int:
        """Drop what was stored at least `age_s` seconds ago; returns how many handles went.

        Files that the app's source names stay.

        Args:
            age_s: 0 drops everything else.
            strays: Whether files of that age that no handle leads to go as well, such as those of
                earlier runs. Another app that shares the folder loses its files, too.
        """
        limit_s = self._clock() - age_s
        with self._lock:
            old = [
                handle
                for handle, (_, at_s) in self._entries.items()
                if at_s <= limit_s and handle not in self._kept
            ]
            for handle in old:
                self._drop(handle)
            if strays:
                self._drop_strays(limit_s)
        return len(old)

    def _drop(self, handle: str) -> None:
        import shutil

        stored, _ = self._entries.pop(handle)
        del self._by_place[stored.path, stored.owner]
        self._kept.discard(handle)
        payer = self._accounts.pop(handle, stored.owner)
        del self._bytes[payer][handle]
        if not self._bytes[payer]:
            del self._bytes[payer]
        home = self._home(stored.path)
        self._at_place[stored.path].discard(handle)
        if not self._at_place[stored.path]:
            del self._at_place[stored.path]
            if home is not None:
                stored.path.unlink(missing_ok=True)
        if home is not None:
            self._in_home[home].discard(handle)
            if not self._in_home[home]:
                del self._in_home[home]
                shutil.rmtree(self.folder / home, ignore_errors=True)

    def _drop_strays(self, limit_s: float) -> None:
        import shutil

        for place in [*self.folder.iterdir(), *self.incoming.iterdir()]:
            is_home = re.fullmatch(r"[0-9a-f]{64}", place.name) is not None
            if place.name in self._in_home or not (is_home or place.parent == self.incoming):
                continue
            try:
                if place.lstat().st_mtime > limit_s:
                    continue
                if place.is_dir():
                    shutil.rmtree(place)
                else:
                    place.unlink()
            except OSError:
                continue  # another process was first
