"""The file cache: stores uploads and outputs once, and is the only module that turns a handle into a path.

Knows which local files an app may hand out; knows nothing of HTTP, and fetches no URL itself.
"""

from __future__ import annotations

import os
import re
import stat
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from limelight.errors import FileAccessError, PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from types import TracebackType
    from typing import BinaryIO

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

_HANDLE = re.compile(r"[0-9a-f]{32}/[^/\x00-\x1f]{1,200}")
_FILE_ROUTE = "gradio_api/file="
_META_TYPE = "gradio.FileData"
_NAME_BYTES = 200
_CHUNK_BYTES = 1 << 18
_DATA_URL_BYTES = 64 << 20
_MAX_DEPTH = 200
_REFUSED = "no such file: the handle is unknown, or it belongs to somebody else."
# In a container the working folder is often "/", which must not open these to an app's output.
_SYSTEM_FOLDERS = frozenset(
    "bin boot dev etc home lib lib32 lib64 libx32 proc root run sbin srv sys usr var".split()
)


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
    """Whether the app's author listed it in `allowed_paths` or static paths."""


# ---- names -----------------------------------------------------------------------------------

_FORBIDDEN = re.compile(r"[<>:\"/\\|?*`$!{}\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=[ .]|$)", re.IGNORECASE)


def clean_name(name: str | None) -> str:
    """A file name that is safe on every system and at most 200 bytes long; the extension survives.

    `None` gets a random name that starts with `tmp`.
    """
    if name is None:
        return "tmp" + os.urandom(6).hex()
    # A name longer than this is cut anyhow; cutting first keeps the rest linear and short.
    name = re.split(r"[/\\]", name[-4096:])[-1] if len(name) > 4096 else re.split(r"[/\\]", name)[-1]
    had_stem_removed = _FORBIDDEN.match(name) is not None
    name = _FORBIDDEN.sub("", name).rstrip(" .")
    stem, suffix = os.path.splitext(name)
    if not stem or (had_stem_removed and not suffix and stem.startswith(".")):
        stem, suffix = "file", suffix or stem
    name = stem + suffix
    if _DEVICE.match(name):
        stem = "_" + stem
    return _shorten(stem, suffix)


def _shorten(stem: str, suffix: str) -> str:
    """The name in at most 200 bytes of UTF-8, taken from the stem first."""
    ending = _cut(suffix, _NAME_BYTES - 4)
    return (_cut(stem, _NAME_BYTES - len(ending.encode())) + ending).rstrip(" .") or "file"


def _cut(text: str, size_bytes: int) -> str:
    return text.encode()[:size_bytes].decode(errors="ignore")


_MIME_BY_SUFFIX = (  # systems without /etc/mime.types do not know these
    (".webp", "image/webp"),
    (".avif", "image/avif"),
    (".svg", "image/svg+xml"),
    (".md", "text/markdown"),
    (".mjs", "text/javascript"),
    (".wasm", "application/wasm"),
    (".flac", "audio/flac"),
    (".m4a", "audio/mp4"),
    (".opus", "audio/ogg"),
    (".mkv", "video/x-matroska"),
    (".glb", "model/gltf-binary"),
    (".gltf", "model/gltf+json"),
)


def guess_mime(name: str) -> str:
    """The media type that goes with a name's extension."""
    lower = name.lower()
    for suffix, mime in _MIME_BY_SUFFIX:
        if lower.endswith(suffix):
            return mime
    import mimetypes

    mime_type, encoding = mimetypes.guess_type("x" + os.path.splitext(lower)[1])
    return mime_type if mime_type and not encoding else "application/octet-stream"


# ---- files inside JSON -----------------------------------------------------------------------


def _is_file(value: dict[Any, Any]) -> bool:
    meta = value.get("meta")
    return type(meta) is dict and meta.get("_type") == _META_TYPE and ("path" in value or "url" in value)


def _is_unmarked(value: dict[Any, Any]) -> bool:
    return type(value.get("path")) is str and not _is_file(value)


def _any_dict(value: Any, wanted: Callable[[dict[Any, Any]], bool]) -> bool:
    """Whether a dictionary that `wanted` accepts is anywhere in `value`. Survives cycles."""
    stack, seen = [value], set[int]()
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is dict:
            if wanted(item):
                return True
            children = item.values()
        elif kind is list or kind is tuple:
            children = item
        else:
            continue
        if id(item) not in seen:
            seen.add(id(item))
            stack.extend(c for c in children if type(c) in (dict, list, tuple))
    return False


def has_files(value: Any) -> bool:
    """Whether a file is anywhere in a JSON value; if not, `localize` never touches the disk."""
    return _any_dict(value, _is_file)


def walk_files(value: Any, visit: Callable[[dict[str, Any]], Any]) -> Any:
    """`value` with each file in it replaced by what `visit` returns for it.

    Nothing is copied that holds no file: without files the same object comes back.

    Raises:
        PayloadError: files are nested more than 200 levels deep.
    """
    return _rewrite(value, visit, 0) if has_files(value) else value


def _rewrite(value: Any, visit: Callable[[dict[str, Any]], Any], depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise PayloadError(f"a value with files is nested deeper than {_MAX_DEPTH} levels. Flatten it.")
    kind = type(value)
    if kind is dict:
        if _is_file(value):
            return visit(value)
        made = {k: _rewrite(v, visit, depth + 1) for k, v in value.items()}
        return made if any(made[k] is not value[k] for k in made) else value
    if kind is list or kind is tuple:
        items = [_rewrite(v, visit, depth + 1) for v in value]
        if all(a is b for a, b in zip(items, value, strict=True)):
            return value
        return items if kind is list else tuple(items)
    return value


def file_data(stored: Stored, *, with_size: bool = False) -> dict[str, Any]:
    """The seven members that clients know a file by; `url` is relative to the app's address."""
    from urllib.parse import quote

    return {
        "path": stored.handle,
        "url": _FILE_ROUTE + quote(stored.handle, safe="/"),
        "size": stored.size if with_size else None,
        "orig_name": stored.name,
        "mime_type": None,
        "is_stream": False,
        "meta": {"_type": _META_TYPE},
    }


def _handle_in(text: str) -> str | None:
    """The handle in any form that clients send back: plain, or as a URL of the file route."""
    if _HANDLE.fullmatch(text):
        return text
    _, found, tail = text.partition(_FILE_ROUTE)
    if not found:
        return None
    from urllib.parse import unquote

    handle = unquote(re.split(r"[?#]", tail, maxsplit=1)[0])
    return handle if _HANDLE.fullmatch(handle) else None


def _is_url(text: str) -> bool:
    return text[:8].lower().startswith(("http://", "https://"))


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:77] + "...")


# ---- writing ---------------------------------------------------------------------------------


class UploadWriter:
    """A file on its way in: hashed while it is written, and known to nobody until `finish`.

    Used with `with`, it is thrown away unless it was finished.
    """

    def __init__(self, cache: FileCache, name: str | None, limit_bytes: int | None) -> None:
        import hashlib
        import tempfile

        self.name = clean_name(name)
        self.size = 0
        self._cache = cache
        self._limit = limit_bytes
        self._hash = hashlib.sha256(cache.seed)
        fd, temp = tempfile.mkstemp(dir=cache.incoming)
        self._temp = Path(temp)
        self._file: BinaryIO | None = open(fd, "wb", buffering=0)  # noqa: SIM115  # lives until finish

    def write(self, data: bytes | memoryview) -> None:
        """Add bytes.

        Raises:
            FileTooLarge: the file would pass `max_file_size`; what was written is gone.
        """
        self.size += len(data)
        if self._limit is not None and self.size > self._limit:
            self.abort()
            raise FileTooLarge(
                f"File {self.name!r} exceeds the maximum allowed size of {self._limit} bytes. "
                "Send a smaller one, or raise launch(max_file_size=...)."
            )
        if self._file is None:
            raise ValueError(f"the upload of {self.name!r} is over: finish or abort was called before write.")
        self._hash.update(data)
        view = memoryview(data)
        while len(view):  # an unbuffered file may take less than it was given
            view = view[self._file.write(view) :]

    def finish(self, owner: str | None) -> Stored:
        """Put the file in its place and make its handle."""
        if self._file is None:
            raise ValueError(f"the upload of {self.name!r} is over: finish or abort was called before.")
        self._file.close()
        self._file = None
        return self._cache._settle(self._temp, self._hash.hexdigest(), self.name, owner, self.size)

    def abort(self) -> None:
        """Throw away what was written; does nothing after `finish`."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._temp.unlink(missing_ok=True)

    def __enter__(self) -> UploadWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()


class _Entry(NamedTuple):
    stored: Stored
    created_s: float


# ---- the cache -------------------------------------------------------------------------------


class FileCache:
    """All files that pass between an app and its clients.

    Bytes lie at `folder/<sha256 of a per-install seed and the content>/<name>`, once per name. A handle says
    nothing about the content: two owners of equal bytes have unrelated handles. Safe to use from any thread.

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
        import tempfile

        self.max_file_size = max_file_size
        self.folder = Path(os.path.realpath(folder))
        self._cwd = Path(os.path.abspath(cwd or Path.cwd()))
        self._real_cwd = Path(os.path.realpath(self._cwd))
        self._temp = Path(os.path.realpath(tempfile.gettempdir()))
        self._static = self._roots(static)
        self._allowed = self._roots(allowed) + self._static
        self._blocked = self._roots(blocked)
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}
        self._by_place: dict[tuple[Path, str | None], str] = {}
        self._handles_at: dict[Path, set[str]] = {}
        self._by_owner: dict[str | None, dict[str, int]] = {}
        self.incoming = self.folder / ".incoming"
        """Where files lie while they arrive; on the same file system, so that the last step is a rename."""
        self._make_folder()
        self.seed = self._read_seed()
        """Secret of this installation: without it nobody can tell a file's place from its content."""

    def _roots(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Each path as written and with its links followed, since callers may name it either way."""
        made: list[Path] = []
        for path in paths:
            absolute = os.path.join(self._cwd, os.path.expanduser(path))
            made += [Path(os.path.normpath(absolute)), Path(os.path.realpath(absolute))]
        return tuple(dict.fromkeys(made))

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In a folder that everybody can write to, somebody else could have put a trap in this place before us.
        if (
            hasattr(os, "getuid")
            and self.folder.parent == self._temp
            and self.folder.stat().st_uid != os.getuid()
        ):
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
            # Another process may be between making the file and filling it; then any seed of our own will do.
            return seed if len(seed) == 32 else os.urandom(32)
        with open(fd, "wb") as file:
            seed = os.urandom(32)
            file.write(seed)
        return seed

    # ---- storing ---------------------------------------------------------------------------

    def open_upload(self, name: str | None) -> UploadWriter:
        """A writer for a file that arrives in pieces; it counts against `max_file_size`."""
        return UploadWriter(self, name, self.max_file_size)

    def store_bytes(self, data: bytes, name: str | None, owner: str | None) -> Stored:
        """Store content that the server made."""
        with UploadWriter(self, name, None) as writer:
            writer.write(data)
            return writer.finish(owner)

    def _settle(self, temp: Path, digest: str, name: str, owner: str | None, size: int) -> Stored:
        place = self.folder / digest / name
        # One step under the lock: otherwise `forget` could remove the file between rename and entry.
        with self._lock:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            # Replaced even when it is there: a function may have changed the file that it was given.
            os.replace(temp, place)
            return self._enter(place, name, owner, size)

    def _enter(self, place: Path, name: str, owner: str | None, size: int) -> Stored:
        handle = self._by_place.get((place, owner))
        if handle is None:
            handle = f"{os.urandom(16).hex()}/{name}"
        stored = Stored(handle, place, name, owner, size, guess_mime(name))
        self._entries[handle] = _Entry(stored, self._clock())
        self._by_place[place, owner] = handle
        self._handles_at.setdefault(place, set()).add(handle)
        owned = place.is_relative_to(self.folder)
        self._by_owner.setdefault(owner, {})[handle] = size if owned else 0
        return stored

    def adopt(
        self,
        path: str | os.PathLike[str],
        owner: str | None,
        *,
        trusted: bool = False,
        tainted: Collection[str] = frozenset(),
    ) -> Stored:
        """Take a local file that a function returned into the cache, unless it lies there already.

        Args:
            path: Absolute, or relative to the working folder.
            owner: Who may read it; None means whoever gets the handle.
            trusted: Whether the app's author named the file in the source; then it may lie anywhere but in
                `blocked`.
            tainted: Text that the caller sent with this call. A path among it is refused unless it is in
                `allowed`, or a file of the cache that this caller may read.

        Raises:
            FileAccessError: the file may not be handed out, or is not a regular file.
        """
        text = os.fspath(path)
        if "\x00" in text:
            raise FileAccessError(f"{_short(text)} is not a path: it has a NUL character.")
        plain = Path(os.path.normpath(os.path.join(self._cwd, os.path.expanduser(text))))
        is_tainted = not trusted and self._is_tainted(text, plain, tainted)
        if is_tainted and not (_is_in(plain, self._allowed) or _is_in(plain, (self.folder,))):
            raise self._refusal(text, "it is text that the caller sent")  # before the disk is touched
        real = Path(os.path.realpath(os.path.join(self._cwd, os.path.expanduser(text))))
        if reason := self._objection(real, owner, is_trusted=trusted, is_tainted=is_tainted):
            raise self._refusal(text, reason)
        return self._take(real, text, owner)

    def _take(self, real: Path, text: str, owner: str | None) -> Stored:
        try:
            with _open_regular(real) as file:
                if _is_in(real, (self.folder,)) or _is_in(real, self._static):
                    size = os.fstat(file.fileno()).st_size
                    with self._lock:
                        return self._enter(real, clean_name(real.name), owner, size)
                with UploadWriter(self, Path(text).name or real.name, None) as writer:
                    while data := file.read(_CHUNK_BYTES):
                        writer.write(data)
                    return writer.finish(owner)
        except OSError as error:
            if isinstance(error, FileAccessError):
                raise
            raise FileAccessError(
                f"{_short(text)} cannot be read: {error.strerror or error}. Expected the path of a file."
            ) from error

    def adopt_url(self, url: str, owner: str | None) -> Stored:
        """Download what a function returned as a URL, and store it. Blocks.

        Raises:
            PayloadError: the app takes no URLs, or the download was refused or failed.
        """
        if self._fetch is None:
            raise PayloadError(f"{_short(url)} is not fetched: this app takes no URLs. Send the file itself.")
        import shutil
        import tempfile

        target = Path(tempfile.mkdtemp(dir=self.incoming))
        try:
            fetched = self._fetch(url, target)
            with _open_regular(fetched) as file, self.open_upload(fetched.name) as writer:
                while data := file.read(_CHUNK_BYTES):
                    writer.write(data)
                return writer.finish(owner)
        finally:
            shutil.rmtree(target, ignore_errors=True)

    # ---- what may be handed out --------------------------------------------------------------

    def _is_tainted(self, text: str, plain: Path, tainted: Collection[str]) -> bool:
        if text in tainted:
            return True
        wanted, last = os.path.normcase(plain), os.path.normcase(plain.name)
        for sent in tainted:
            if len(sent) > 4096 or "\x00" in sent or last not in os.path.normcase(sent):
                continue
            joined = os.path.join(self._cwd, os.path.expanduser(sent.strip()))
            if os.path.normcase(os.path.normpath(joined)) == wanted:
                return True
        return False

    def _objection(self, real: Path, owner: str | None, *, is_trusted: bool, is_tainted: bool) -> str | None:
        """Why a file (its links followed) may not be handed out; None if it may."""
        if _is_pseudo(real):
            return "it belongs to the system"
        if _is_in(real, (self.folder,)):
            hidden = real.relative_to(self.folder).parts[:1]
            if hidden and hidden[0].startswith("."):
                return "it belongs to the cache itself"
            return "it is text that the caller sent" if is_tainted and not self._knows(real, owner) else None
        if _is_in(real, self._blocked, any_case=True):
            return "it is in blocked_paths"
        if is_trusted or _is_in(real, self._allowed):
            return None
        if is_tainted:
            return "it is text that the caller sent"
        if _is_in(real, (self._temp,)) or self._is_in_cwd(real):
            return None
        return "it is a dot file or lies outside the working folder, the temp folder and the cache"

    def _is_in_cwd(self, real: Path) -> bool:
        if not _is_in(real, (self._real_cwd,)):
            return False
        parts = real.relative_to(self._real_cwd).parts
        if self._real_cwd.parent == self._real_cwd and parts and parts[0].lower() in _SYSTEM_FOLDERS:
            return False
        return not any(part.startswith(".") for part in parts)

    def _knows(self, place: Path, owner: str | None) -> bool:
        with self._lock:
            return (place, owner) in self._by_place or (place, None) in self._by_place

    @staticmethod
    def _refusal(text: str, reason: str) -> FileAccessError:
        return FileAccessError(
            f"{_short(text)} may not be served: {reason}. Add its folder to launch(allowed_paths=[...])."
        )

    # ---- finding -----------------------------------------------------------------------------

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
        handle = _handle_in(text)
        if handle is None:
            return None
        with self._lock:
            entry = self._entries.get(handle)
        if entry is None or (entry.stored.owner is not None and entry.stored.owner != owner):
            return None
        return entry.stored if entry.stored.path.is_file() else None

    def locate(self, requested: str, owner: str | None) -> Stored:
        """What a client may read under `file=<requested>`: a handle, or a path in `allowed` or static paths.

        A path is looked at on the disk only when its text lies in an allowed place. Dot files below an allowed
        folder are not given out.

        Raises:
            FileAccessError: anything else; one text for all.
        """
        if _HANDLE.fullmatch(requested):
            return self.resolve(requested, owner)
        plain = self._plain(requested)
        if plain is not None and _is_in(plain, self._allowed) and not self._is_hidden(plain):
            real = Path(os.path.realpath(plain))
            if self._is_open_to_clients(real):
                try:
                    with _open_regular(real) as file:
                        size = os.fstat(file.fileno()).st_size
                    return Stored(requested, real, plain.name, None, size, guess_mime(plain.name), True)
                except OSError:
                    pass  # the same answer as for what is not allowed
        raise FileAccessError(_REFUSED)

    def _is_open_to_clients(self, real: Path) -> bool:
        return (
            _is_in(real, self._allowed)
            and not _is_in(real, self._blocked, any_case=True)
            and not _is_in(real, (self.folder,))
            and not _is_pseudo(real)
        )

    def _plain(self, requested: str) -> Path | None:
        """The absolute path that a client's text means, or None if the text is of a kind used to trick."""
        if len(requested) > 4096 or re.search(r"[\x00-\x1f\x7f]", requested):
            return None
        text = requested.replace("\\", "/") if os.name == "nt" else requested
        if "\\" in text or text.startswith("//") or ".." in text.split("/"):
            return None
        drive = len(os.path.splitdrive(text)[0])
        if os.name == "nt" and (":" in text[drive:] or text.endswith((".", " "))):
            return None
        return Path(os.path.normpath(os.path.join(self._cwd, text)))

    def _is_hidden(self, plain: Path) -> bool:
        """Whether a dot file, or a file in a dot folder, below every allowed place that holds it."""
        rests = [plain.relative_to(root).parts for root in self._allowed if plain.is_relative_to(root)]
        return all(any(part.startswith(".") for part in rest) for rest in rests)

    # ---- inbound payloads --------------------------------------------------------------------

    def localize(
        self,
        payload: Any,
        owner: str | None,
        *,
        strict: bool = True,
        make: Callable[[dict[str, Any]], Any] | None = None,
    ) -> Any:
        """A client's payload with each file in it replaced by one whose `path` is local and may be read.

        Handles are looked up, `data:` URLs decoded, other URLs fetched: that may block.

        Args:
            payload: JSON. Without a file in it, the same object is returned.
            owner: The caller's identity.
            strict: Whether an object with a text member `path` that is not marked as a file is an error, rather
                than data.
            make: Makes what stands for a file from its seven members; the dictionary itself if None.

        Raises:
            PayloadError: a `path` is not a handle that this caller may use, found before the disk is touched.
            FileTooLarge: a `data:` URL or download is too large.
        """
        if strict and _any_dict(payload, _is_unmarked):
            raise PayloadError(
                'an object with a "path" is not an uploaded file: it has no "meta": '
                '{"_type": "gradio.FileData"}. Upload the file and send what the upload route returned.'
            )
        if not has_files(payload):
            return payload
        # First a look at all, so that nothing is stored or fetched for a payload that is refused.
        walk_files(payload, lambda given: self._check(given, owner))
        finish = make or (lambda members: members)
        return walk_files(payload, lambda given: finish(self._localize_one(given, owner)))

    def _source(self, given: dict[str, Any], owner: str | None) -> Stored | str:
        """What a file object refers to: a file of ours, or a URL."""
        path, url = given.get("path"), given.get("url")
        text = path or url
        if type(text) is not str or not isinstance(url, str | None):
            raise PayloadError('a file has neither "path" nor "url". Send what the upload route returned.')
        if stored := self._find(text, owner):
            return stored
        if _is_url(text) or (not path and text[:5].lower() == "data:"):
            return text
        raise PayloadError(
            f"{_short(text)} is not an uploaded file. Upload it first and send what the upload route returned."
        )

    def _check(self, given: dict[str, Any], owner: str | None) -> dict[str, Any]:
        source = self._source(given, owner)
        if isinstance(source, str) and self._fetch is None and _is_url(source):
            raise PayloadError(
                f"{_short(source)} is not fetched: this app takes no URLs. Send the file itself."
            )
        return given

    def _localize_one(self, given: dict[str, Any], owner: str | None) -> dict[str, Any]:
        source = self._source(given, owner)
        orig_name = given.get("orig_name")
        if type(orig_name) is not str or not 0 < len(orig_name) <= 1024:
            orig_name = None
        if isinstance(source, str):
            is_url = _is_url(source)
            stored = (
                self.adopt_url(source, owner) if is_url else self._store_data_url(source, orig_name, owner)
            )
        else:
            stored = source
        url, mime = given.get("url"), given.get("mime_type")
        return {
            "path": str(stored.path),
            "url": url if isinstance(url, str) and not url.startswith("data:") else None,
            "size": stored.size,
            "orig_name": orig_name or stored.name,
            "mime_type": mime if isinstance(mime, str) else stored.mime,
            "is_stream": given.get("is_stream") is True,
            "meta": {"_type": _META_TYPE},
        }

    def _store_data_url(self, url: str, name: str | None, owner: str | None) -> Stored:
        import base64
        import mimetypes
        from urllib.parse import unquote_to_bytes

        head, comma, body = url[5:].partition(",")
        mime, *options = [part.strip().lower() for part in head[:200].split(";")]
        limit = _DATA_URL_BYTES if self.max_file_size is None else self.max_file_size
        is_base64 = "base64" in options
        if len(body) * 3 // 4 - 2 > limit if is_base64 else len(body) > 3 * limit:
            raise FileTooLarge(f"a data: URL exceeds the maximum allowed size of {limit} bytes. Upload a file.")
        try:
            data = base64.b64decode(body, validate=True) if is_base64 else unquote_to_bytes(body)
        except ValueError:
            comma = ""
        if not comma:
            raise PayloadError(f"{_short(url)} is not a data: URL. Expected data:<type>;base64,<content>.")
        if name is None:
            suffix = ".webp" if mime == "image/webp" else mimetypes.guess_extension(mime or "text/plain")
            name = (mime.partition("/")[0] or "file") + (suffix or "")
        with self.open_upload(name) as writer:
            writer.write(data)
            return writer.finish(owner)

    # ---- forgetting --------------------------------------------------------------------------

    def usage_bytes(self, owner: str | None) -> int:
        """Bytes stored for an owner; a file that several handles share counts for each."""
        with self._lock:
            return sum(self._by_owner.get(owner, {}).values())

    def forget(self, owner: str) -> None:
        """Drop all handles of an owner, and the files that nobody else has a handle to."""
        with self._lock:
            for handle in list(self._by_owner.get(owner, {})):
                self._drop(handle)

    def delete_older(self, age_s: float, *, strays: bool = False) -> int:
        """Drop what was stored at least `age_s` seconds ago; returns how many handles went.

        Args:
            age_s: 0 drops everything.
            strays: Whether files on the disk that no handle leads to go as well, such as those of earlier runs.
                Another app that shares the folder loses its files of that age, too.
        """
        limit = self._clock() - age_s
        with self._lock:
            old = [handle for handle, entry in self._entries.items() if entry.created_s <= limit]
            for handle in old:
                self._drop(handle)
            if strays:
                self._drop_strays(limit)
        return len(old)

    def _drop(self, handle: str) -> None:
        stored = self._entries.pop(handle).stored
        self._by_place.pop((stored.path, stored.owner), None)
        owned = self._by_owner[stored.owner]
        owned.pop(handle, None)
        if not owned:
            del self._by_owner[stored.owner]
        at_place = self._handles_at[stored.path]
        at_place.discard(handle)
        if not at_place:
            del self._handles_at[stored.path]
            if stored.path.is_relative_to(self.folder):
                self._remove(stored.path)

    def _remove(self, place: Path) -> None:
        """Remove a file, and its folder with all that was made from the file when it was the last in it."""
        import shutil

        place.unlink(missing_ok=True)
        home = self.folder / place.relative_to(self.folder).parts[0]
        if not any(other.is_relative_to(home) for other in self._handles_at):
            shutil.rmtree(home, ignore_errors=True)

    def _drop_strays(self, limit_s: float) -> None:
        import shutil

        in_use = {path.relative_to(self.folder).parts[0] for path in self._handles_at if _is_in(path, (self.folder,))}
        with os.scandir(self.folder) as found:
            for entry in found:
                is_ours = re.fullmatch(r"[0-9a-f]{64}", entry.name) and entry.is_dir(follow_symlinks=False)
                if is_ours and entry.name not in in_use and entry.stat().st_mtime <= limit_s:
                    shutil.rmtree(entry.path, ignore_errors=True)
        with os.scandir(self.incoming) as found:
            for entry in found:
                if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime <= limit_s:
                    Path(entry.path).unlink(missing_ok=True)


# ---- places ----------------------------------------------------------------------------------


def _is_in(path: Path, roots: Sequence[Path], *, any_case: bool = False) -> bool:
    if any_case:  # a name is blocked in every spelling that some file system takes for the same
        path = Path(str(path).casefold())
        return any(path.is_relative_to(str(root).casefold()) for root in roots)
    return any(path.is_relative_to(root) for root in roots)


def _is_pseudo(path: Path) -> bool:
    """Whether it lies where the kernel shows itself as files."""
    if os.name != "posix" or _is_in(path, (Path("/dev/shm"),)):  # noqa: S108  # a place for real files
        return False
    return _is_in(path, (Path("/proc"), Path("/sys"), Path("/dev")))


def _open_regular(path: Path) -> BinaryIO:
    """The regular file at a path whose links were followed, opened for reading.

    A link that took its place meanwhile, a FIFO or a device is not opened.
    """
    before = os.lstat(path)
    if not stat.S_ISREG(before.st_mode):
        raise FileAccessError(f"{_short(str(path))} is not a regular file. Expected the path of a file.")
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    file = open(os.open(path, flags), "rb", buffering=0)  # noqa: SIM115  # the caller closes it
    if not os.path.samestat(before, os.fstat(file.fileno())):
        file.close()
        raise FileAccessError(f"{_short(str(path))} changed while it was opened. Try again.")
    return file
