"""What both clients can do, in one vocabulary, so that one test speaks through either of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Connection", "Failed", "Heard", "LocalFile", "RemoteFile"]


class Failed(Exception):
    """A call that a client reports as failed."""

    def __init__(
        self,
        message: str | None,
        *,
        title: str | None = None,
        duration: float | None = None,
        visible: bool | None = None,
        kind: str = "",
        detail: Any = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.title = title
        self.duration = duration
        self.visible = visible
        self.kind = kind
        """The client's own word: `validation`, `busy`, or empty."""
        self.detail = detail
        """What the server said about each input, for `validation`."""


@dataclass
class Heard:
    """What a client told of one call."""

    values: list[list[Any]] = field(default_factory=list)
    """Outputs of each step; of a call that is no generator, its one result."""
    result: list[Any] | None = None
    """Final outputs; None if there are none."""
    is_cancelled: bool = False


@dataclass(frozen=True)
class LocalFile:
    """A file of this machine, given to a client."""

    path: Path
    is_named: bool = False
    """Whether the JavaScript client gets its path too; it is given the bytes alone otherwise."""


@dataclass(frozen=True)
class RemoteFile:
    """An address, given to a client as a file."""

    url: str


class Connection(Protocol):
    """A client that is connected to an app."""

    name: str

    def predict(self, endpoint: str, *args: Any, **kwargs: Any) -> list[Any]:
        """The outputs of a call. Files among them are local ones.

        Raises:
            Failed: the call failed.
        """
        ...

    def hear(self, endpoint: str, *args: Any, cancel_after: int = 0) -> Heard:
        """Follow a call to its end, or cancel it after some values.

        Raises:
            Failed: the call failed.
        """
        ...

    def together(self, calls: list[tuple[str, tuple[Any, ...]]]) -> list[list[Any]]:
        """The outputs of calls that are all made before the first one ends."""
        ...

    def endpoints(self) -> dict[str, Any]:
        """The named endpoints that the client shows to its user."""
        ...

    def new_session(self) -> None:
        """Go on as somebody new."""
        ...

    @property
    def session(self) -> str:
        """The name that the client gave its session."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...
