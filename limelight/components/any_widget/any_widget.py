"""AnyWidget: a widget of Jupyter in an app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component, server
from limelight.core.livewidget import Live
from limelight.core.narrow import is_array, is_object
from limelight.core.props import prop
from limelight.core.widgettraits import code_files, copy_widget, is_widget, page_state, schema
from limelight.errors import LimelightError, MissingExtra, PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["AnyWidget"]

_LIVE = "_live"
"""Member of a payload that stands for the session's own widget. NOTE: as in link.ts."""


class AnyWidget(Component[Any, Any], tag="anywidget"):
    """A widget of Jupyter that follows the anywidget standard, such as those of `drawdata`.

    Each session has a widget of its own. What the reader does in the browser sets its traits in
    Python and runs its observers; what Python sets is shown.

    Needs the package `anywidget`: `pip install limelight[widgets]`.
    """

    value: Any = prop(default=None, kw_only=False)
    """The widget: a class or a function that makes it, called for each session, or a widget, which
    is copied for each.
    """
    type: Literal["widget", "dict"] = prop(default="widget", wire=False)
    """What listeners get: the session's widget, or its traits as a dictionary."""
    container: bool = True
    """Whether it is drawn in a frame."""
    height: int | str | None = None
    """Pixels or a CSS length; the widget's own height if None."""

    change = events.change
    input = events.input

    is_per_session = True

    def setup(self) -> None:
        given, self.value = self.value, None
        super().setup()  # which would take a class for a function that gives the value
        self.value = given
        self._live: Live | None = None
        self._model: Any = None
        if given is not None and not is_object(given):
            self._model = (
                given if is_widget(given) and not isinstance(given, type) else self._made()
            )

    def _made(self) -> Any:
        """A new widget from the class or the function."""
        if not callable(self.value):
            raise PropError(
                f"AnyWidget() was given {self.value!r:.80}; expected a widget that has a browser "
                "half (`_esm`), its class, or a function that makes one."
            )
        try:
            made = self.value()
        except ImportError as problem:
            raise MissingExtra(
                f"The widget needs the package {problem.name!r}, which is not installed. "
                "Run: pip install limelight[widgets]"
            ) from problem
        if not is_widget(made):
            raise PropError(
                f"AnyWidget() was given {self.value!r:.80}, which made {made!r:.80}; expected a "
                "widget that has a browser half (`_esm`)."
            )
        return made

    def check(self) -> None:
        super().check()
        if self._model is None:
            raise PropError("AnyWidget() was given no widget. Pass one, its class or a function.")
        self.browser_code()

    # ---- sessions ------------------------------------------------------------------------------

    def open_session(self) -> Live:
        """A widget for one session."""
        is_copied = self.value is self._model
        return Live((lambda: copy_widget(self._model)) if is_copied else self._made)

    def enter_session(self, own: Live) -> None:
        """Work for the session that has this widget."""
        self._live = own

    def tell_page(self, tell: Callable[[], None]) -> None:
        """Let the widget give its page a sign."""
        if self._live is not None:
            self._live.tell = tell

    @server
    def exchange(self, data: Any) -> Any:
        """What the page says and hears: `{"after": number, "messages": […]}`."""
        if self._live is None or not is_object(data):
            raise PayloadError(f"The page said {data!r:.80}; expected what a widget says.")
        after, messages = data.get("after", -1), data.get("messages", [])
        if type(after) is not int or not is_array(messages):
            raise PayloadError(f"The page said {data!r:.80}; expected a number and messages.")
        return self._live.exchange(after, messages)

    @property
    def _widget(self) -> Any:
        return self._model if self._live is None else self._live.widget

    # ---- conversion ----------------------------------------------------------------------------

    def preprocess(self, payload: Any) -> Any:
        """The session's widget, or its traits as a dictionary.

        A client's `{"count": 3}` sets that trait first.
        """
        if payload is not None and not is_object(payload):
            raise PayloadError(f"{self!r}: expected an object of traits, got {payload!r:.80}.")
        if payload and _LIVE not in payload and self._live is not None:
            try:
                self._live.set_state(payload)
            except LimelightError:
                raise
            except Exception as problem:
                raise PayloadError(f"{self!r}: {problem}") from problem
        widget = self._widget
        if self.type == "widget" or widget is None:
            return widget
        return {name: getattr(widget, name) for name in page_state(widget)}

    def postprocess(self, value: Any) -> Any:
        """All traits as JSON, after those were set that the function gave.

        A widget gives all of its traits, a dictionary those it names, None none.
        """
        widget, live = self._widget, self._live
        if widget is None:
            return value
        if value is not None and value is not widget and value is not self._model:
            self._assign(live, value)
        payload = page_state(widget)
        if live is not None and live.tell is not None:
            payload[_LIVE] = live.state_at
        return payload

    def _assign(self, live: Live | None, value: Any) -> None:
        given: dict[str, Any] | None = value if is_object(value) else None
        if given is None and is_widget(value):
            given = {name: getattr(value, name) for name in page_state(value)}
        if given is None:
            raise ValueRejected(
                f"{self!r} was given {value!r:.80}; expected a widget or a dictionary of its "
                "traits."
            )
        given = {name: inner for name, inner in given.items() if name != _LIVE}
        known = self._model.traits()
        if unknown := [name for name in given if name not in known]:
            raise ValueRejected(
                f"{self!r} was given {unknown[0]!r}, which is no trait of "
                f"{type(self._model).__name__}; it has {', '.join(page_state(self._model))}."
            )
        if live is not None:
            live.assign(given)

    # ---- description ---------------------------------------------------------------------------

    @property
    def initial_value(self) -> Any:
        """The widget that sessions begin with."""
        return self._model

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        if self._model is not None:
            props.update({kind: code.url for kind, code in self.browser_code().items()})
            props["_is_live"] = True
        return props

    def browser_code(self) -> Any:
        from limelight.core.browsercode import browser_code

        kinds = [k for k in ("_esm", "_css") if getattr(self._model, k, None) is not None]
        name, files = type(self._model).__name__, self.code_files()
        found = {
            kind: browser_code(files.get(kind) or str(getattr(self._model, kind)), kind, name)
            for kind in kinds
        }
        return {kind: code for kind, code in found.items() if code is not None}

    def code_files(self) -> dict[str, Path]:
        return code_files(self._model)

    def api_info(self) -> dict[str, Any]:
        return schema(self._model) if self._model is not None else {"type": "object"}

    def example_payload(self) -> Any:
        return page_state(self._model) if self._model is not None else {}

    def example_value(self) -> Any:
        return self.example_payload()
