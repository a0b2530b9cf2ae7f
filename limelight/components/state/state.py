"""State: a value that the server keeps for each session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["State"]


class State(Component[None, Any], tag="state"):
    """A Python value that the server keeps for each session.

    Draws nothing and never leaves the server.
    """

    value: Any = prop(default=None, kw_only=False)
    """What each session starts with; it is deep-copied."""
    is_rendered: bool = prop(default=True, wire=False, alias="render", kw_only=False)
    """Whether it is placed where it is made; if False, `.render()` places it later."""
    time_to_live: float | None = None
    """Seconds that a value is kept after it was written last, whether or not it is read; then the
    first value is back. None keeps it as long as its session.
    """
    delete_callback: Callable[[Any], None] | None = prop(default=None, wire=False)
    """Called with the value, in a thread, when it is deleted: its time is over, or its session was
    closed an hour ago or had to make room.
    """

    if TYPE_CHECKING:  # they cannot move an inherited field to the second place

        def __init__(
            self,
            value: Any = None,
            render: bool = True,
            *,
            time_to_live: float | None = None,
            delete_callback: Callable[[Any], None] | None = None,
            key: int | str | tuple[int | str, ...] | None = None,
            preserved_by_key: list[str] | str | None = "value",
        ) -> None: ...

    change = events.change

    is_invisible = True
    is_stateful = True

    def setup(self) -> None:
        super().setup()
        import copy

        try:
            self.value = copy.deepcopy(self.value)
        except Exception as problem:
            raise PropError(
                f"State() was given {type(self.value).__name__}, which cannot be copied for each "
                f"session ({problem}). Give it a value that copy.deepcopy() takes, or None."
            ) from problem

    @property
    def skip_api(self) -> bool:
        return True

    def wire_props(self) -> dict[str, Any]:
        names = ("time_to_live", "name", "_selectable")
        return {name: value for name, value in super().wire_props().items() if name in names}

    def postprocess(self, value: Any) -> Any:
        """The value itself; the runtime keeps it and sends null."""
        return value
