"""Steps: how far something with named steps has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_object, plain
from limelight.core.props import check_among, closest, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Steps"]

_STATUSES = ("wait", "process", "finish", "error")
_MEMBERS = ("title", "description", "status")


class Steps(Component["int | None", "int | None"], tag="steps"):
    """Named steps in order: those that are done, the one at hand, and those to come.

    It only shows how far one is. Blocks that are taken step by step stand in a `Walkthrough`.
    """

    steps: Sequence[str | Mapping[str, Any]] | None = prop(default=None, kw_only=False)
    """The steps: titles, or dictionaries with `title` and, if you like, `description` and `status`
    (`"wait"`, `"process"`, `"finish"` or `"error"`; else it follows from `value`)."""
    value: int | Callable[..., int] | None = prop(default=0)
    """Place of the step at hand, from 0 on; the number of steps when all are done."""
    orientation: Literal["horizontal", "vertical"] = "horizontal"
    """Side by side, or one below the other; where there is no room for the former, the latter."""
    status: Literal["wait", "process", "finish", "error"] = "process"
    """How the step at hand is doing."""
    clickable: bool = False
    """Whether the reader can choose a step."""
    min_width: int | None = 240
    """Pixels it needs; in a Row it wraps to the next line when there is less."""

    change = events.change
    input = events.input
    select = events.select

    def setup(self) -> None:
        self.steps = [self._step(step) for step in self.steps or ()]
        super().setup()

    def check(self) -> None:
        check_among(self, orientation=("horizontal", "vertical"), status=_STATUSES)
        super().check()

    def _step(self, given: Any) -> dict[str, Any]:
        if isinstance(given, str):
            return {"title": given}
        if not is_object(given) or not isinstance(given.get("title"), str):
            raise PropError(
                f"Steps() was given the step {given!r}; expected a title, or a dictionary with "
                "'title' and perhaps 'description' and 'status'."
            )
        for name in given.keys() - set(_MEMBERS):
            raise PropError(
                f"Steps() was given the step {given!r}, where {name!r} means nothing."
                f"{closest(str(name), _MEMBERS)}"
            )
        if given.get("status") not in (None, *_STATUSES):
            raise PropError(
                f"Steps() was given the step {given!r}; expected its status to be {_one_of()}."
            )
        step: dict[str, Any] = {k: v for k, v in given.items() if v is not None}
        return step

    def preprocess(self, payload: Any) -> int | None:
        """Place of the step at hand, from 0 on; None for none.

        Raises:
            PayloadError: there is no such step.
        """
        most = len(self.steps or ())
        if payload is None:
            return None
        if not _is_place(payload) or payload > most:
            raise PayloadError(
                f"{self!r} got {payload!r}; expected the place of a step, from 0 to {most!r}."
            )
        return payload  # type: ignore[no-any-return]  # just checked

    def postprocess(self, value: Any) -> int | None:
        """Place of the step at hand; the number of steps, or more, when all are done.

        Raises:
            ValueRejected: it is no place.
        """
        if value is None:
            return None
        number: int = plain(value)
        if not _is_place(number):
            raise ValueRejected(
                f"{self!r} cannot show {value!r}; expected the place of a step, from 0 on, or "
                "None. To change the steps, return gr.Steps(steps=...)."
            )
        return number

    def api_info(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": len(self.steps or ())}

    def example_payload(self) -> int:
        return 0

    def example_value(self) -> int:
        return 0


def _one_of() -> str:
    return ", ".join(map(repr, _STATUSES[:-1])) + f" or {_STATUSES[-1]!r}"


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
