"""`Component[Wire, Value]`: a block with a value.

`Wire` is what crosses to the browser as JSON, `Value` what the user's function sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, cast

from limelight.core.block import Block
from limelight.core.props import prop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from typing_extensions import TypeIs, TypeVar

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
        return self.__dict__.get("value")

    # ---- conversion --------------------------------------------------------------------------

    def preprocess(self, payload: Wire) -> Value:
        """What the user's function gets for a payload of the page.

        Files in the payload are `FileData` objects whose `path` can be read.
        """
        return payload  # type: ignore[return-value]  # equal unless a subclass says otherwise

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
        return props

    def offered_functions(self) -> dict[str, Callable[..., Any]]:
        """Functions that the browser half may call, by name: methods marked with `@server`."""
        found: dict[str, Callable[..., Any]] = {}
        for cls in type(self).__mro__:
            for name, member in cls.__dict__.items():
                if getattr(member, "is_server_function", False):
                    found.setdefault(name, getattr(self, name))
        return found

    def api_info(self) -> dict[str, Any]:
        """JSON schema of the payload."""
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
        targets.append((graph.root, "load"))
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
