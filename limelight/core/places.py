"""`Places`: which local files an app may hand out, and how one is opened without being tricked.

Decides about paths; stores nothing.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from limelight.core.statics import static_paths
from limelight.errors import FileAccessError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Places", "is_in", "open_regular", "short"]

# In a container the working folder is often "/", which must not open these to an app's output.
_SYSTEM_FOLDERS = re.compile(r"bin|boot|dev|etc|home|lib\w*|proc|root|run|sbin|srv|sys|usr|var")
_PATH_CHARACTERS = 4096


def short(text: str) -> str:
    """The text as messages quote it."""
    return repr(text if len(text) <= 80 else text[:77] + "...")


def is_in(path: Path, roots: Sequence[Path]) -> bool:
    """Whether a path is one of the roots or below one; looks at the text only."""
    return any(path.is_relative_to(root) for root in roots)


def _is_in_any_case(path: Path, roots: Sequence[Path]) -> bool:
    """The same for every spelling that some file system takes for the same name."""
    folded = Path(str(path).casefold())
    return any(folded.is_relative_to(str(root).casefold()) for root in roots)


def _is_pseudo(path: Path) -> bool:
    """Whether it lies where the kernel shows itself as files; `/dev/shm` holds real ones."""
    if os.name != "posix" or path.is_relative_to("/dev/shm"):
        return False
    return is_in(path, (Path("/proc"), Path("/sys"), Path("/dev")))


def open_regular(path: Path) -> BinaryIO:
    """The regular file at a path whose links were followed, opened for reading.

    A link that took its place meanwhile, a FIFO or a device is not opened.

    Raises:
        FileAccessError: it is not a regular file.
        OSError: it is not there, or may not be read.
    """
    before = os.lstat(path)
    if not stat.S_ISREG(before.st_mode):
        raise FileAccessError(
            f"{short(str(path))} is not a regular file. Expected the path of a file."
        )
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    file = open(os.open(path, flags), "rb", buffering=0)  # noqa: SIM115  # the caller closes it
    if not os.path.samestat(before, os.fstat(file.fileno())):
        file.close()
        raise FileAccessError(f"{short(str(path))} changed while it was opened. Try again.")
    return file


class Places:
    """Where an app's files may lie.

    Args:
        cache: Folder of the file cache.
        cwd: The app's working folder; functions may return what lies in it, except dot files.
        allowed: Files and folders that functions may return and clients may read.
        blocked: Files and folders that are never handed out; stronger than `allowed`.
        static: Like `allowed`, and never copied; so is what `set_static_paths` names at any time.
    """

    def __init__(
        self,
        cache: Path,
        *,
        cwd: Path,
        allowed: Sequence[Path],
        blocked: Sequence[Path],
        static: Sequence[Path],
    ) -> None:
        import tempfile

        self.cache = cache
        self.cwd = Path(os.path.abspath(cwd))
        self.temp = Path(os.path.realpath(tempfile.gettempdir()))
        self._static = self._roots(static)
        self._allowed = self._roots(allowed)
        self._named: tuple[tuple[Path, ...], tuple[Path, ...]] = (), ()
        """What `set_static_paths` named, and the roots that follow."""
        self._blocked = self._roots(blocked)
        self._real_cwd = Path(os.path.realpath(self.cwd))

    @property
    def static(self) -> tuple[Path, ...]:
        """Files and folders that are served without a copy."""
        named = static_paths()
        if self._named[0] != named:
            self._named = named, self._roots(named)
        return self._static + self._named[1]

    @property
    def allowed(self) -> tuple[Path, ...]:
        """Files and folders that functions may return and clients may read."""
        return self._allowed + self.static

    def _roots(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Each path as written and with its links followed, since callers may use either."""
        made: list[Path] = []
        for path in paths:
            absolute = os.path.join(self.cwd, os.path.expanduser(path))
            made += [Path(os.path.normpath(absolute)), Path(os.path.realpath(absolute))]
        return tuple(dict.fromkeys(made))

    # ---- what functions return -------------------------------------------------------------

    def absolute(self, text: str) -> str:
        """A function's path, seen from the working folder; links and `..` are still in it."""
        return os.path.join(self.cwd, os.path.expanduser(text))

    def is_tainted(self, text: str, tainted: Collection[str]) -> bool:
        """Whether a path is text that the caller sent, or another spelling of it. Reads no disk."""
        if text in tainted:
            return True
        wanted = os.path.normcase(os.path.normpath(self.absolute(text)))
        last = os.path.basename(wanted)
        for sent in tainted:
            if len(sent) > _PATH_CHARACTERS or "\x00" in sent or last not in os.path.normcase(sent):
                continue
            spelled = os.path.normpath(self.absolute(sent.strip()))
            if os.path.normcase(spelled) == wanted:
                return True
        return False

    def is_open_to_callers(self, text: str) -> bool:
        """Whether a path that the caller named is looked at on the disk at all."""
        return is_in(Path(os.path.normpath(self.absolute(text))), (self.cache, *self.allowed))

    def objection(self, real: Path, *, is_trusted: bool, is_tainted: bool) -> str | None:
        """Why a file outside the cache, its links followed, may not be handed out, if so."""
        if _is_pseudo(real):
            return "it belongs to the system"
        if _is_in_any_case(real, self._blocked):
            return "it is in blocked_paths"
        if is_trusted or is_in(real, self.allowed):
            return None
        if is_tainted:
            return "it is text that the caller sent"
        if is_in(real, (self.temp,)) or self._is_in_cwd(real):
            return None
        return "it is a dot file, or outside the working folder, the temp folder and the cache"

    def _is_in_cwd(self, real: Path) -> bool:
        if not real.is_relative_to(self._real_cwd):
            return False
        parts = real.relative_to(self._real_cwd).parts
        is_root = self._real_cwd == self._real_cwd.parent
        if is_root and parts[:1] and _SYSTEM_FOLDERS.fullmatch(parts[0]):
            return False
        return not any(part.startswith(".") for part in parts)

    # ---- what clients ask for --------------------------------------------------------------

    def find_allowed(self, requested: str) -> Path | None:
        """The file that a client's text names in `allowed` or `static`, its links followed.

        The disk is looked at only when the text lies in such a place. Dot files below an allowed
        folder are not found.
        """
        plain = self._plain(requested)
        if plain is None or not is_in(plain, self.allowed) or self._is_hidden(plain):
            return None
        real = Path(os.path.realpath(plain))
        is_open = (
            is_in(real, self.allowed)
            and not _is_in_any_case(real, self._blocked)
            and not _is_in_any_case(plain, self._blocked)
            and not real.is_relative_to(self.cache)
            and not _is_pseudo(real)
        )
        return real if is_open else None

    def _plain(self, requested: str) -> Path | None:
        """The absolute path that a client's text means; None if it is of a kind used to trick."""
        if len(requested) > _PATH_CHARACTERS or re.search(r"[\x00-\x1f\x7f]", requested):
            return None
        text = requested.replace("\\", "/") if os.name == "nt" else requested
        if "\\" in text or text.startswith("//") or ".." in text.split("/"):
            return None
        rest = os.path.splitdrive(text)[1]
        if os.name == "nt" and (":" in rest or text.endswith((".", " "))):
            return None
        return Path(os.path.normpath(os.path.join(self.cwd, text)))

    def _is_hidden(self, plain: Path) -> bool:
        """Whether a dot file, or in a dot folder, below every allowed place that holds it."""
        rests = [plain.relative_to(root).parts for root in self.allowed if is_in(plain, (root,))]
        return all(any(part.startswith(".") for part in rest) for rest in rests)
