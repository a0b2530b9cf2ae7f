"""Dropdown: one or several choices of a list that opens on demand."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import choices as choice
from limelight.core import events
from limelight.core.asking import Offered, Source, pairs_of, then
from limelight.core.component import FormComponent
from limelight.core.narrow import is_array, is_listing
from limelight.core.props import check_among, prop
from limelight.core.request import Request
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.asking import Found
    from limelight.core.block import Block

__all__ = ["DefaultValue", "Dropdown"]

_TYPES = ("value", "index")
_SCALARS = (str, int, float, bool)
_SHOWN = 100
"""Choices that a search brings unless the author says otherwise."""
_MOST_ASKED = 100
"""Values of one payload that are looked up: each is a call of the author's function."""
_LONGEST_QUERY = 1000


class DefaultValue:
    """Stands for a value that the author did not give; `None` is a value of its own here."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "DefaultValue(...)"


class Dropdown(FormComponent[Any, Any], tag="dropdown"):
    """A list of choices that opens on demand; the reader picks one or several, or types to find."""

    choices: (
        Sequence[str | int | float | tuple[str, str | int | float]] | Callable[..., Any] | None
    ) = prop(default=None, kw_only=False)
    """What can be picked: values, or pairs of shown text and value.

    A function searches on the server as the reader types, however many choices there are:
    `find(query)` returns the choices that match, the best ones first; `""` asks for those to begin
    with. It may be asynchronous, and take `limit`, the number of choices that are looked at, and a
    `Request`. A value that comes back is one that it offered to this session; any other one it is
    asked for, with the value as the query, so let it find choices by their values, too. Whether a
    reader may use a value is for your functions to check, as with any input.
    """
    value: (
        str
        | int
        | float
        | Sequence[str | int | float | tuple[str, str | int | float]]
        | Callable[..., Any]
        | DefaultValue
        | None
    ) = DefaultValue()
    """What is picked first, a list with `multiselect`.

    Not given: the first choice, or none with `multiselect`. None picks nothing. With a function as
    `choices` a pair `(text, value)` says how the value is shown; else the function is asked.
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
    """Most choices in the open list; typing finds the others. None shows all of them, or 100 of a
    search.
    """
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

    may_ask = True
    _offered: Offered | None = None
    _source: Source | None = None

    def setup(self) -> None:
        self._given_pairs: list[tuple[str, Any]] = []
        if callable(self.choices):
            self._setup_search(self.choices)
        else:
            self.choices = choice.normalise(self.choices)
        check_among(self, type=_TYPES)
        if self.buttons is None:
            self.buttons = []
        if isinstance(self.value, DefaultValue):
            first = self._pairs[0][1] if self._pairs else None
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
        """The choices as `setup` has normalised them; none if they are searched for."""
        return [] if callable(self.choices) else self.choices  # type: ignore[return-value]  # see `setup`

    # ---- choices that are searched for -----------------------------------------------------

    def _setup_search(self, find: Callable[..., Any]) -> None:
        self.is_per_session = True  # type: ignore[misc]  # of this instance: it has a memory
        self._source = Source(find, "Dropdown()")
        for name, needed in (("type", "value"), ("filterable", True)):
            if getattr(self, name) != needed:
                raise PropError(
                    f"Dropdown() was given {name}={getattr(self, name)!r} and a function as "
                    f"choices; expected {name}={needed!r}, as the choices are found by typing and "
                    "have no places in a list."
                )
        self.value = self._without_texts(self.value)

    def _without_texts(self, value: Any) -> Any:
        """The value, or list of values, for one that may be given as pairs of text and value."""
        if self.multiselect and is_listing(value):
            return [self._without_text(item) for item in value]
        return self._without_text(value)

    def _without_text(self, item: Any) -> Any:
        if not isinstance(item, tuple):
            return item
        ((text, value),) = choice.normalise([item])
        if self._offered is None:
            self._given_pairs.append((text, value))
        else:
            self._offered.note(text, value)
        return value

    def open_session(self) -> Offered:
        """What one session was offered."""
        return Offered()

    def enter_session(self, own: Offered) -> None:
        """Remember for a session what it is offered."""
        own.serve(self.choices)
        self._offered = own

    @property
    def _limit(self) -> int:
        return _SHOWN if self.num_choices_shown is None else self.num_choices_shown

    def _memory(self) -> Offered:
        if self._offered is None:
            self._offered = Offered()
        return self._offered

    def _text_of(self, value: Any) -> str | None:
        """How a value was offered; None if it was not."""
        if not isinstance(value, _SCALARS):
            return None
        place = choice.index_of(self._given_pairs, value)
        if place is not None:
            return self._given_pairs[place][0]
        return None if self._offered is None else self._offered.text(value)

    def _find(self, query: str, request: Request | None) -> Any:
        """The `Found` choices; to be awaited if the function is asynchronous."""
        assert self._source is not None  # noqa: S101  # callers know
        memory, limit = self._memory(), self._limit

        def keep(result: Any) -> Found:
            found = pairs_of(result, limit, self)
            for text, value in found.pairs:
                memory.note(str(text), value)
            return found

        return then(self._source.ask(query, request, limit + 1), keep)

    def _look_up(self, values: list[Any], request: Request | None) -> Any:
        """Ask for values that were not offered, one after the other."""
        left = [value for value in values if self._text_of(value) is None]

        def go_on(_: Any) -> Any:
            return then(self._find(str(left.pop(0)), request), go_on) if left else None

        return go_on(None)

    def _search(self, query: Any, request: Request) -> Any:
        if not isinstance(query, str) or len(query) > _LONGEST_QUERY:
            raise PayloadError(
                f"{self!r} was asked to search for {query!r:.80}; expected a text of at most "
                f"{_LONGEST_QUERY} characters."
            )
        return then(self._find(query, request), lambda found: found._asdict())

    def _labels(self, values: Any, request: Request) -> Any:
        is_fit = is_array(values) and all(isinstance(value, _SCALARS) for value in values)
        if not is_fit or len(values) > _MOST_ASKED:
            raise PayloadError(
                f"{self!r} was asked for the texts of {values!r:.80}; expected a list of at most "
                f"{_MOST_ASKED} values."
            )

        def known(_: Any) -> list[tuple[str, Any]]:
            texts = [(self._text_of(value), value) for value in values]
            return [(text, value) for text, value in texts if text is not None]

        return then(self._look_up(values, request), known)

    def offered_functions(self) -> dict[str, Callable[..., Any]]:
        """With choices that are searched for: `search` and `labels`, for the page."""
        own = {} if self._source is None else {"search": self._search, "labels": self._labels}
        return {**super().offered_functions(), **own}

    def ask(self, payload: Any) -> Callable[..., Any] | None:
        """Look up what was not offered to this session."""
        if self._source is None or self.allow_custom_value:
            return None
        values: list[Any] = payload if is_array(payload) else [payload]
        unknown = [v for v in values if isinstance(v, _SCALARS) and self._text_of(v) is None]
        if not unknown or len(unknown) > min(self.max_choices or _MOST_ASKED, _MOST_ASKED):
            return None

        def look_up(request: Request) -> Any:
            return self._look_up(unknown, request)

        return look_up

    # ---- description for updates -----------------------------------------------------------

    def given_attributes(self) -> dict[str, Any]:
        given = super().given_attributes()
        if "choices" in given:
            given["_source"] = self._source
        return given

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        if self._source is not None:
            props["choices"] = {"search": self._given_pairs}  # a list would be all there are
        return props

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
        if self._source is not None:
            for value in chosen:
                if self._text_of(value) is None:
                    raise PayloadError(
                        f"{self!r} got {value!r:.80}, which its choices function did not offer. "
                        "Send a value that it finds."
                    )
            return chosen
        positions = choice.check_all(self._pairs, chosen, owner=self)
        return list(positions) if self.type == "index" else chosen

    def postprocess(self, value: Any) -> Any:
        """The value to pick; with `multiselect` a list, also of a single one. None picks nothing.

        A value that is not among the choices is shown, with a warning, unless custom values are
        allowed.
        """
        if value is None:
            return None
        if self._source is not None:
            value = self._without_texts(value)
            if self.multiselect and not is_listing(value):
                return [*value] if isinstance(value, set) else [value]
            return value
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
        one: dict[str, Any] = {"type": "string", "enum": choice.values(self._pairs)}
        if self._source is not None:
            one = {"anyOf": [{"type": "string"}, {"type": "number"}]}
        return {"type": "array", "items": one} if self.multiselect else one

    def example_payload(self) -> Any:
        first = self._pairs[0][1] if self._pairs else None
        if self.multiselect:
            return [] if first is None else [first]
        return first

    def example_value(self) -> Any:
        return self.example_payload()
