"""Dropdown: one or several choices of a list that opens on demand."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import choices as choice
from limelight.core import events
from limelight.core.component import FormComponent
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.block import Block

__all__ = ["DefaultValue", "Dropdown"]

_TYPES = ("value", "index")
_SCALARS = (str, int, float, bool)


class DefaultValue:
    """Stands for a value that the author did not give; `None` is a value of its own here."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "DefaultValue(...)"


class Dropdown(FormComponent[Any, Any], tag="dropdown"):
    """A list of choices that opens on demand; the reader picks one or several, or types to find."""

    choices: Sequence[str | int | float | tuple[str, str | int | float]] | None = prop(
        default=None, kw_only=False
    )
    """What can be picked: values, or pairs of shown text and value."""
    value: (
        str | int | float | Sequence[str | int | float] | Callable[..., Any] | DefaultValue | None
    ) = DefaultValue()
    """What is picked first, a list with `multiselect`.

    Not given: the first choice, or none with `multiselect`. None picks nothing.
    """
    type: Literal["value", "index"] = "value"
    """What the function gets: the choice's `"value"`, or its `"index"` in the list."""
    multiselect: bool | None = None
    """Whether several choices can be picked."""
    allow_custom_value: bool = False
    """Whether the reader can enter what is not among the choices."""
    max_choices: int | None = None
    """Most choices that can be picked, with `multiselect`; None is no limit."""
    num_choices_shown: int | None = 100
    """Most choices in the open list; typing finds the others. None shows all of them."""
    filterable: bool = True
    """Whether typing narrows the list down."""
    buttons: list[Block] | None = None
    """Button blocks drawn in its corner."""

    change = events.change
    input = events.input
    select = events.select
    focus = events.focus
    blur = events.blur
    key_up = events.key_up

    def setup(self) -> None:
        self.choices = choice.normalise(self.choices)
        if self.type not in _TYPES:
            raise PropError(
                f"Dropdown() was given type={self.type!r}; expected 'value' or 'index'."
            )
        if self.buttons is None:
            self.buttons = []
        if isinstance(self.value, DefaultValue):
            first = self.choices[0][1] if self.choices else None
            self.value = [] if self.multiselect else first
        if self.max_choices is not None and not self.multiselect and "multiselect" in self._given:
            warnings.warn(
                "Dropdown(max_choices=...) has no effect without multiselect=True.", stacklevel=2
            )
        if self.allow_custom_value and not self.filterable:
            warnings.warn(
                "Dropdown(filterable=False) has no effect with allow_custom_value=True, which "
                "needs typing.",
                stacklevel=2,
            )
            self.filterable = True
        super().setup()

    @property
    def _pairs(self) -> list[tuple[str, Any]]:
        """The choices as `setup` has normalised them."""
        return self.choices  # type: ignore[return-value]  # see `setup`

    # ---- conversion ------------------------------------------------------------------------

    def preprocess(self, payload: Any) -> Any:
        """What is picked: a value, or a list with `multiselect`; positions with `type="index"`.

        None stays None. A custom value has no position: its index is None.

        Raises:
            PayloadError: it is not among the choices, and custom values are not allowed; or there
                are too many.
        """
        if payload is None:
            return None
        if not self.multiselect:
            if isinstance(payload, (list, dict)):
                raise PayloadError(f"{self!r} got {payload!r}; expected one choice.")
            return self._picked([payload])[0]
        chosen: list[Any] = [*payload] if isinstance(payload, list) else [payload]
        if self.max_choices is not None and len(chosen) > self.max_choices:
            raise PayloadError(
                f"{self!r} got {len(chosen)} choices; expected at most {self.max_choices}."
            )
        return self._picked(chosen)

    def _picked(self, chosen: list[Any]) -> list[Any]:
        if self.allow_custom_value:
            for value in chosen:
                if not isinstance(value, _SCALARS):
                    raise PayloadError(f"{self!r} got {value!r}; expected a text or a number.")
            if self.type == "value":
                return chosen
            return [choice.index_of(self._pairs, value) for value in chosen]
        positions = choice.check_all(self._pairs, chosen, owner=self)
        return list(positions) if self.type == "index" else chosen

    def postprocess(self, value: Any) -> Any:
        """The value to pick; with `multiselect` a list, also of a single one. None picks nothing.

        A value that is not among the choices is shown, with a warning, unless custom values are
        allowed.
        """
        if value is None:
            return None
        if self.multiselect:
            picked: list[Any] = [*value] if isinstance(value, (list, tuple, set)) else [value]
            self._warn_unless_known(picked)
            return picked
        self._warn_unless_known([value])
        return value

    def _warn_unless_known(self, picked: list[Any]) -> None:
        if self.allow_custom_value:
            return
        for value in picked:
            if choice.index_of(self._pairs, value) is None:
                warnings.warn(
                    f"{self!r} was given the value {value!r}, which is not among its choices. Add "
                    "it to choices, or set allow_custom_value=True.",
                    stacklevel=3,
                )

    # ---- description -----------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        one = {"type": "string", "enum": choice.values(self._pairs)}
        return {"type": "array", "items": one} if self.multiselect else one

    def example_payload(self) -> Any:
        first = self._pairs[0][1] if self._pairs else None
        if self.multiselect:
            return [] if first is None else [first]
        return first

    def example_value(self) -> Any:
        return self.example_payload()
