"""Payloads on their way to the page: files inside are stored, and handles take their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.filedata import FileData
from limelight.core.narrow import is_listing, is_object

if TYPE_CHECKING:
    from limelight.core.files import FileCache

__all__ = ["Stower", "stow"]


class Stower:
    """Replaces `FileData` in payloads by handles."""

    def __init__(
        self, files: FileCache, owner: str | None, tainted: frozenset[str], *, trusted: bool
    ) -> None:
        self.files = files
        self.owner = owner
        self.tainted = tainted
        self.trusted = trusted
        self.has_files = False

    def __call__(self, value: Any) -> Any:
        if isinstance(value, FileData):
            self.has_files = True
            return self._file(value)
        if is_object(value):
            return {key: self(inner) for key, inner in value.items()} if _has_file(value) else value
        if is_listing(value):
            return [self(inner) for inner in value] if _has_file(value) else value
        return value

    def _file(self, file: FileData) -> dict[str, Any]:
        if file.data is not None:
            stored = self.files.store_bytes(file.data, file.orig_name or file.path, self.owner)
        elif file.path.startswith("data:") or (
            not file.path and (file.url or "").startswith("data:")
        ):
            return {**file.model_dump(), "path": file.path or None}
        elif file.is_own:
            stored = self.files.take(file.path, self.owner)
        else:
            stored = self.files.adopt(
                file.path, self.owner, trusted=self.trusted, tainted=self.tainted
            )
            if file.transform is not None:
                shown = file.transform(str(stored.path))
                if isinstance(shown, str):
                    return {**file.model_dump(), "path": None, "url": shown}
                stored = self.files.store_bytes(*shown, self.owner)
        file.stored = str(stored.path)
        made: dict[str, Any] = dict(self.files.file_data(stored))
        made["size"] = file.size
        made["orig_name"] = file.orig_name or made.get("orig_name")
        made["mime_type"] = file.mime_type
        made["is_stream"] = file.is_stream
        return made


def _has_file(value: Any) -> bool:
    if isinstance(value, FileData):
        return True
    if is_object(value):
        return any(map(_has_file, value.values()))
    if is_listing(value):
        return any(map(_has_file, value))
    return False


def stow(
    value: Any,
    files: FileCache,
    owner: str | None,
    *,
    trusted: bool,
    tainted: frozenset[str] = frozenset(),
) -> tuple[Any, bool]:
    """A payload with handles in place of files, and whether it has any.

    Args:
        value: What `postprocess` gave.
        files: Where the files are stored.
        owner: Who may read them; None for everybody who knows the handle.
        trusted: Whether the app's author named the paths, not a function at run time.
        tainted: Strings that the caller sent, which must not be opened.
    """
    stower = Stower(files, owner, tainted, trusted=trusted)
    return stower(value), stower.has_files
