"""ChatThreads: the list of a reader's conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.core.request import Request
from limelight.errors import PayloadError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ChatThreads"]

_CHARACTERS = 120


class Threads(Protocol):
    """What the list is of."""

    def serve(self, data: Any, request: Request) -> Any:
        """Do what the page asks for."""


class ChatThreads(Component[str | None, str | None], tag="chatthreads"):
    """The reader's conversations: find, open, rename, pin, put away, share, delete them.

    `ChatInterface(save_history=True)` has one at its side. Its value is the name of the
    conversation that is open, which stands in the page's address, too, as `?thread=…`; None is a
    new one, and `shared:…` one that somebody's link leads to (`?shared=…`).
    """

    history: Any = prop(default=None, kw_only=False)
    """Where the conversations are: the `history` of a `ChatInterface`."""
    value: str | None = prop(default=None, kw_only=False)
    """The conversation that is open."""
    version: int = 0
    """Give another number to have the list read again."""
    interactive: bool | None = True
    """Whether conversations can be changed, besides being opened."""

    change = events.change
    input = events.input

    @property
    def kept_secret(self) -> bytes | None:
        """What browsers are known by when the app is started again; None leaves that open."""
        secret: bytes | None = getattr(self.history, "secret", None)
        return secret

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        props.pop("history", None)
        return props

    def offered_functions(self) -> dict[str, Callable[..., Any]]:
        """With conversations to be listed: `threads`, for the page."""
        own = {} if self.history is None else {"threads": self._serve}
        return {**super().offered_functions(), **own}

    def _serve(self, data: Any, request: Request) -> Any:
        history: Threads = self.history
        return history.serve(data, request)

    def preprocess(self, payload: Any) -> str | None:
        """The name of the conversation that is open; None for a new one.

        Raises:
            PayloadError: it is no text.
        """
        if payload is None or (isinstance(payload, str) and len(payload) <= _CHARACTERS):
            return payload or None
        raise PayloadError(f"{self!r} got {payload!r:.80}; expected the name of a conversation.")

    def postprocess(self, value: Any) -> str | None:
        """The name of the conversation to mark as open; None for a new one.

        Raises:
            ValueRejected: it is no text.
        """
        if value is None or isinstance(value, str):
            return value
        raise ValueRejected(
            f"{self!r} was given {value!r:.80}; expected the name of a conversation, or None."
        )

    def api_info(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, {"type": "null"}]}

    def example_payload(self) -> Any:
        return None

    def example_value(self) -> Any:
        return None
