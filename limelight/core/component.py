"""`Component[Wire, Value]`: a block with a value.

`Wire` is what crosses to the browser as JSON, `Value` what the user's function sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, cast

from limelight.core.block import Block
from limelight.core.props import prop
from limelight.core.streaming import StreamingInput
from limelight.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from typing_extensions import TypeIs, TypeVar

    from limelight.core.browsercode import BrowserCode
    from limelight.core.trigger import Dependency

    # Defaults, so that a component of unknown kind is `Component[Any, Any]` and not half unknown.
    Wire = TypeVar("Wire", default=Any)
    Value = TypeVar("Value", default=Any)
else:
    from typing import TypeVar

    Wire = TypeVar("Wire")
    Value = TypeVar("Value")

__all__ = ["Component", "FormComponent", "is_component", "server"]


class Component(Block, Generic[Wire, Value], tag="component"):
    """A block with a value."""

    if not TYPE_CHECKING:  # each subclass declares its own, with its type and place
        value: Any = prop(default=None, kw_only=False)
        """What it shows first; a function is called whenever the page is loaded."""

    label: str | None = None
    """Its name, shown above it and used by the API."""
    info: str | None = None
    """A sentence shown with the label."""
    show_label: bool | None = None
    """Whether the label is shown; it is still read out by screen readers if not."""
    container: bool = True
    """Whether it is drawn in a frame."""
    scale: int | None = None
    """Its share of the width in a Row; 0 does not grow, None is 1."""
    min_width: int | None = None
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    interactive: bool | None = None
    """Whether the reader can change it; if None, unless it only shows a function's result."""
    preserved_by_key: list[str] | str | None = "value"
    """Names of props that a keyed component keeps across runs of a render function."""
    load_fn: Callable[..., Any] | None = prop(default=None, wire=False)
    """Function that gives the value whenever the page is loaded."""
    every: Any = prop(default=None, wire=False)
    """With a function as value: seconds, or a Timer, between two calls of it."""
    inputs: (
        Component[Any, Any] | Sequence[Component[Any, Any]] | set[Component[Any, Any]] | None
    ) = prop(default=None, wire=False)
    """With a function as value: components it takes, and is called again for when they change."""

    is_stateful: ClassVar[bool] = False
    """Whether the server keeps the value, per session."""
    may_ask: ClassVar[bool] = False
    """Whether `ask` may have something to look up."""

    # ---- a browser half of its own -------------------------------------------------------------

    _esm: ClassVar[Any] = None
    """For a component of your own: its browser half, an ES module. The code, the path of a file, or
    a URL of this server."""
    _css: ClassVar[Any] = None
    """CSS for its browser half, which applies inside only; given like `_esm`."""
    _state_names: ClassVar[tuple[str, ...]] = ()
    """Props that its browser half reads and writes by name."""
    _is_state_value: ClassVar[bool] = False
    """Whether these props together are the value, because the class declares no `value`."""

    def __init_subclass__(cls, tag: str | None = None, **kwargs: Any) -> None:
        brings_half = cls.__dict__.get("_esm") is not None
        super().__init_subclass__(tag="anywidget" if brings_half and tag is None else tag, **kwargs)
        if cls._esm is None:
            return
        from limelight.core.browsercode import pack_conversions

        shared = Component.prop_table
        own = [p for name, p in cls.prop_table.items() if name not in shared and p.wire]
        cls._state_names = tuple(p.name for p in own)
        cls._is_state_value = bool(own) and cls.prop_table["value"].owner == "Component"
        pack_conversions(cls)

    def check(self) -> None:
        super().check()
        if self._esm is not None:
            self.browser_code()

    def browser_code(self) -> dict[str, BrowserCode]:
        """The browser half that it brings along, by `_esm` and `_css`; empty for most."""
        from limelight.core.browsercode import browser_code

        name = type(self).__name__
        found = {kind: browser_code(getattr(self, kind), kind, name) for kind in ("_esm", "_css")}
        return {kind: code for kind, code in found.items() if code is not None}

    def code_files(self) -> dict[str, Path]:
        """The files that it is read from, as far as there are any."""
        from limelight.core.browsercode import file_of

        found = {kind: file_of(getattr(self, kind), kind) for kind in ("_esm", "_css")}
        return {kind: path for kind, path in found.items() if path is not None}

    def setup(self) -> None:
        super().setup()
        if self.show_label is None:
            self.show_label = True
        value = self.__dict__.get("value")
        if callable(value) and not self.is_stateful:
            self.load_fn = value
            self.__dict__["value"] = value() if self.inputs is None else None

    def placed(self) -> None:
        """Make the timer of a function as value."""
        if isinstance(self, StreamingInput):
            self.check_streamable()
        if (
            self.load_fn is not None
            and self.every is not None
            and not isinstance(self.every, Block)
        ):
            from limelight.core.lookup import class_of_tag

            self.every = cast("Any", class_of_tag("timer"))(self.every)

    @property
    def skip_api(self) -> bool:
        """Whether API clients do not see it."""
        return False

    @property
    def stateful(self) -> bool:
        """Whether the server keeps the value, per session."""
        return self.is_stateful

    @property
    def initial_value(self) -> Any:
        """The Python value that it was made with."""
        if self._is_state_value:
            return {name: getattr(self, name) for name in self._state_names}
        return self.__dict__.get("value")

    # ---- conversion --------------------------------------------------------------------------

    def preprocess(self, payload: Wire) -> Value:
        """What the user's function gets for a payload of the page.

        Files in the payload are `FileData` objects whose `path` can be read.
        """
        return payload  # type: ignore[return-value]  # equal unless a subclass says otherwise

    def ask(self, payload: Any) -> Callable[..., Any] | None:
        """Hook: what to call before `preprocess` gets a payload; None if there is nothing to ask.

        It may take its time, be asynchronous, and take a `Request`.
        """

    def postprocess(self, value: Value) -> Wire:
        """The payload of the page for what the user's function returned.

        Files are `FileData` objects.
        """
        return value  # type: ignore[return-value]  # equal unless a subclass says otherwise

    # ---- description ---------------------------------------------------------------------------

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        props["_selectable"] = self.__dict__.get("_selectable", False)
        if buttons := props.get("buttons"):
            props["buttons"] = [b.block_id if isinstance(b, Block) else b for b in buttons]
        if functions := self.offered_functions():
            props["server_fns"] = sorted(functions)
        props.pop("value", None)
        if self._esm is not None:
            self._describe_half(props)
        return props

    def given_props(self) -> dict[str, Any]:
        given = super().given_props()
        if self._is_state_value:
            state = {name: given.pop(name) for name in self._state_names if name in given}
            if state:
                given["value"] = state
        return given

    def _describe_half(self, props: dict[str, Any]) -> None:
        """Add what the browser needs to draw a half of the author's own."""
        from limelight.core.binary import pack

        props.update({kind: code.url for kind, code in self.browser_code().items()})
        props["_traits"] = list(self._state_names)
        if settings().hot_reload and self.code_files():
            props["_is_hot"] = True
        for name in self._state_names:
            if name in props:
                props[name] = pack(props[name])
            if self._is_state_value:
                props.pop(name, None)
        if self._is_state_value:
            props["_is_state"] = True

    def offered_functions(self) -> dict[str, Callable[..., Any]]:
        """Functions that the browser half may call, by name: methods marked with `@server`."""
        found: dict[str, Callable[..., Any]] = {}
        for cls in type(self).__mro__:
            for name, member in cls.__dict__.items():
                if getattr(member, "is_server_function", False):
                    found.setdefault(name, getattr(self, name))
        listen = getattr(self, "on_message", None)
        if self._esm is not None and callable(listen):
            from limelight.core.browsercode import message_door

            found["on_message"] = message_door(listen)
        return found

    def api_info(self) -> dict[str, Any]:
        """JSON schema of the payload; of a component with `_esm` from what its props declare."""
        if self._esm is not None:
            from limelight.core.browsercode import schema_of_state

            return schema_of_state(type(self), self._state_names, whole=self._is_state_value)
        return {"type": {}}

    def api_info_as_input(self) -> dict[str, Any]:
        """JSON schema of what a client sends."""
        return self.api_info()

    def api_info_as_output(self) -> dict[str, Any]:
        """JSON schema of what a client receives."""
        return self.api_info()

    def example_payload(self) -> Any:
        """A payload that a client could send."""
        return None

    def example_value(self) -> Any:
        """A value that a function could return."""
        return None

    def example_inputs(self) -> Any:
        """A payload that a client could send."""
        return self.example_payload()

    def as_example(self, value: Any) -> Any:
        """A value as the page shows it in a list of examples."""
        return self.process_example(value)

    def process_example(self, value: Any) -> Any:
        """A value as the page shows it in a list of examples; by default its payload."""
        return self.postprocess(value)

    # ---- flagged data ----------------------------------------------------------------------------

    def flag(self, payload: Any, flag_dir: str | Path = "") -> str:
        """A payload as text for a log of flagged rows; its files are copied into `flag_dir`."""
        from pathlib import Path

        from limelight.core.flagged import text_of

        return text_of(payload, Path(flag_dir))

    def read_from_flag(self, payload: Any) -> Any:
        """The payload again from what `flag` wrote."""
        from limelight.core.flagged import read

        return read(payload, self.api_info())

    # ---- value from a function -----------------------------------------------------------------

    def attach_load_event(
        self,
        callable: Callable[..., Any],  # the field's name
        every: Any,
        inputs: Component[Any, Any] | Sequence[Component[Any, Any]] | None = None,
    ) -> None:
        """Let a function give the value whenever the page is loaded."""
        self.load_fn, self.every, self.inputs = callable, every, inputs

    def listen_for_load(self) -> Dependency | None:
        """Add the listener for a function as value; called once, when the app is complete."""
        if self.load_fn is None or self._graph is None:
            return None
        from limelight.core.trigger import attach

        graph = self._graph
        given = self.inputs
        inputs: list[Any] = list(given) if isinstance(given, (list, tuple, set)) else [given]
        inputs = [block for block in inputs if block is not None]
        targets: list[tuple[Block | None, str]] = []
        if self.every is not None:
            targets.append((self.every, "tick"))
        targets.append((graph.pages[graph.page_of(self)].root, "load"))
        targets += [(block, "change") for block in inputs]
        options = {
            "inputs": inputs,
            "outputs": self,
            "show_progress": "hidden",
            "trigger_mode": "always_last" if inputs else "once",
        }
        return attach(targets, self.load_fn, options)


class FormComponent(Component[Wire, Value], tag="formcomponent"):
    """A component that stands in a form: neighbours share one frame."""

    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""

    expected_parent: ClassVar[str | None] = "form"

    def setup(self) -> None:
        super().setup()
        if not self.container:
            self.expected_parent = None  # type: ignore[misc]  # per instance: a bare control stands alone


def server(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a method that the browser half may call."""
    fn.__dict__["is_server_function"] = True
    return fn


def is_component(block: object) -> TypeIs[Component[Any, Any]]:
    """Whether it is a component. Unlike `isinstance`, leaves type checkers with one of any kind."""
    return isinstance(block, Component)
