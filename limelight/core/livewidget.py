"""`Live`: one session's widget, and what it has to say to its page.

Takes the place of Jupyter's connection: the widget's messages are kept, numbered, until the page
has read them. Knows nothing of the page itself.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import deque
from typing import TYPE_CHECKING, Any

from limelight.core.binary import pack
from limelight.core.narrow import is_object
from limelight.core.widgettraits import (
    from_page,
    is_shared,
    page_state,
    put_buffers,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Live"]

_log = logging.getLogger("limelight.anywidget")

MOST_MESSAGES = 2000
"""Messages that are kept for a page; one that missed some gets the whole state instead."""


class _Comm:
    """What a widget takes for its connection to Jupyter."""

    kernel = True
    """Widgets are silent when there is none."""

    def __init__(self, say: Callable[[Any, Any], None], comm_id: str) -> None:
        self.comm_id = comm_id
        self._say: Callable[[Any, Any], None] | None = say

    def on_msg(self, callback: Any) -> None:
        """Messages reach the widget by `Live`, not by this."""

    def on_close(self, callback: Any) -> None:
        """Nobody closes it but the widget."""

    def send(self, data: Any = None, metadata: Any = None, buffers: Any = None) -> None:
        """Called by the widget."""
        _ = metadata
        if self._say is not None:
            self._say(data, buffers or [])

    def close(self, *_: Any, **__: Any) -> None:
        """Called by the widget when it is closed."""
        self._say = None


class Live:
    """One session's widget.

    Args:
        make: Makes the widget; called when it is needed first, once.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._widget: Any = None
        self._making = threading.Lock()
        self._turn = threading.RLock()  # of who works with the widget: its page or a listener
        self._lock = threading.Lock()  # never held while code of the widget's author runs
        self._said: deque[tuple[int, dict[str, Any]]] = deque(maxlen=MOST_MESSAGES)
        self._is_told = False
        self.tell: Callable[[], None] | None = None
        """Lets the page ask what is new; None while no page shows the widget."""
        self.at = 0
        """Number of the newest message."""
        self.state_at = 0
        """Number of the newest message that changed a trait."""

    @property
    def widget(self) -> Any:
        """The widget itself."""
        if self._widget is None:
            with self._making:
                if self._widget is None:
                    widget = self._make()
                    known = getattr(widget, "comm", None)
                    name = getattr(known, "comm_id", None) or uuid.uuid4().hex
                    widget.comm = _Comm(self._heard, name)
                    self._widget = widget
        return self._widget

    def close(self) -> None:
        """The session is over."""
        self.tell = None
        widget, self._widget = self._widget, None
        if widget is not None:
            widget.close()

    # ---- what the widget says ----------------------------------------------------------------

    def _heard(self, data: dict[str, Any], buffers: list[Any]) -> None:
        """Keep a message of the widget's and give the page a sign."""
        method = data.get("method")
        if method == "update":
            state = put_buffers(data.get("state", {}), data.get("buffer_paths", []), buffers)
            state = {name: value for name, value in state.items() if is_shared(name)}
            if state:
                self._say({"method": "update", "state": pack(state)}, is_state=True)
        elif method == "custom":
            content = data.get("content")
            self._say({"method": "custom", "content": content, "buffers": pack(list(buffers))})
        # `echo_update` is for several pages of one kernel.

    def _say(self, message: dict[str, Any], *, is_state: bool = False) -> None:
        with self._lock:
            self.at += 1
            if is_state:
                self.state_at = self.at
            if self.tell is None:
                return  # who opens it later gets the whole state
            self._said.append((self.at, message))
            tell = None if self._is_told else self.tell
            self._is_told = True
        if tell is not None:
            tell()

    # ---- what the page says ------------------------------------------------------------------

    def exchange(self, after: int, messages: list[Any]) -> dict[str, Any]:
        """Take the page's messages and give those that it has not read.

        Args:
            after: Number of the last message that the page has read; -1 for none.
            messages: What it says, in order.

        Returns:
            `at` and `state_at`, `messages` as pairs of number and message, and `state` with all
            traits for a page that has read none or missed some.
        """
        widget = self.widget
        with self._turn:
            errors = [error for message in messages if (error := self._take(widget, message))]
        with self._lock:
            self._is_told = False
            while self._said and self._said[0][0] <= after:
                self._said.popleft()
            is_whole = after < 0 or after > self.at or self.at - after > len(self._said)
            if is_whole:
                self._said.clear()
            answer: dict[str, Any] = {
                "at": self.at,
                "state_at": self.state_at,
                "state": None,
                "messages": list(self._said),
                "errors": errors,
            }
        if is_whole:  # what comes meanwhile is told again, which changes nothing
            answer["state"] = page_state(widget)
        return answer

    def _take(self, widget: Any, message: Any) -> str | None:
        """Give a message of the page to the widget; what went wrong, for the page's console."""
        try:
            if message["method"] == "update":
                self.set_state(message["state"])
            else:
                buffers: list[Any] = message.get("buffers") or []
                views = [memoryview(from_page(buffer)) for buffer in buffers]
                widget._handle_custom_msg(from_page(message["content"]), views)
        except Exception as problem:
            name = str(widget.__class__.__name__)
            _log.warning("a %s could not take what its page said", name, exc_info=True)
            if is_object(message) and is_object(state := message.get("state")):
                kept = page_state(widget, state)  # the page shows what Python refused
                self._say({"method": "update", "state": kept}, is_state=True)
            return f"{type(problem).__name__}: {problem}"
        return None

    def set_state(self, state: dict[str, Any]) -> None:
        """Set traits as the page or a client sent them; its observers run."""
        widget = self.widget
        names = {name for name in widget.keys if is_shared(name)}
        traits = widget.traits()
        values = {
            name: from_page(value, traits.get(name))
            for name, value in state.items()
            if name in names
        }
        if values:
            with self._turn:
                widget.set_state(values)

    def assign(self, values: dict[str, Any]) -> None:
        """Set traits to Python values, which the page is told."""
        widget = self.widget
        with self._turn, widget.hold_trait_notifications():
            for name, value in values.items():
                setattr(widget, name, value)
