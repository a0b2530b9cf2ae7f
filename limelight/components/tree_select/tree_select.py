"""TreeSelect: one or several choices of a tree that opens on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.asking import Offered, Source, then
from limelight.core.branches import Tree, nodes_of
from limelight.core.component import FormComponent
from limelight.core.narrow import is_array, is_listing
from limelight.core.props import prop
from limelight.core.request import Request
from limelight.errors import LimelightError, PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from limelight.core.block import Block

__all__ = ["TreeSelect"]

_SCALARS = (str, int, float, bool)
_DEEPEST = 50
_MOST_ASKED = 100
"""Paths of one payload that are looked up."""
_MOST_CHILDREN = 10_000


class TreeSelect(FormComponent[Any, Any], tag="treeselect"):
    """Choices inside choices, in a tree that opens on demand; typing finds them."""

    choices: Mapping[str, Any] | Sequence[Any] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """What can be chosen: `{"Fruit": ["Apple", "Pear"], "Nuts": ["Almond"]}`, nested as deep as
    you like, or a list of values, `(text, value)` pairs and nodes
    `{"label": …, "value": …, "children": […]}`. No value may stand twice.

    A function reads a branch when it is opened: `children(path)` gets the values from the top down
    to the branch, `[]` for the top, and returns such a list, in which `"children": True` marks what
    can be opened. It may be asynchronous, and take a `Request`. A choice is then named by its path,
    a list of values.
    """
    value: Any = prop(default=None, kw_only=False)
    """What is chosen first, a list with `multiselect`. None chooses nothing."""
    multiselect: bool = False
    """Whether several can be chosen."""
    cascade: bool = True
    """Whether with `multiselect` a branch stands for all leaves below it: choosing it chooses them,
    and functions get leaves only. Without it a branch is a choice like any other, as it is where
    branches are read when they are opened.
    """
    leaves_only: bool = False
    """Whether branches only lead to choices, and cannot be chosen themselves."""
    filterable: bool = True
    """Whether typing narrows the tree down."""
    max_choices: int | None = None
    """Most choices, with `multiselect`; None is no limit."""
    expanded: bool | int | list[Any] = False
    """Which branches are open at first: none, all, so many levels, or those with these values. The
    way to what is chosen is open always."""
    placeholder: str | None = None
    """Shown while nothing is chosen."""
    buttons: list[Block] | None = None
    """Button blocks drawn in its corner."""

    change = events.change
    input = events.input
    select = events.select
    focus = events.focus
    blur = events.blur

    may_ask = True
    _source: Source | None = None
    _offered: Offered | None = None

    def setup(self) -> None:
        if callable(self.choices):
            self._source = Source(self.choices, "TreeSelect()")
            self.is_per_session = True  # type: ignore[misc]  # of this instance: it has a memory
            self._tree = Tree([])
            if "cascade" in self._given and self.cascade:
                raise PropError(
                    "TreeSelect() was given cascade=True and a function as choices; expected "
                    "cascade=False, as the leaves of a branch are not known before it is opened."
                )
            self.cascade = False
        else:
            self.choices = nodes_of(self.choices)
            self._tree = Tree(self.choices)
        if self.max_choices is not None and self.max_choices < 1:
            raise PropError(
                f"TreeSelect() was given max_choices={self.max_choices!r}; expected 1 or more, or "
                "None for no limit."
            )
        self.buttons = list(self.buttons or [])
        super().setup()
        if self.value is None and self.multiselect:
            self.value = []

    @property
    def _cascades(self) -> bool:
        return self.cascade and self.multiselect

    # ---- branches that are asked for -------------------------------------------------------

    def open_session(self) -> Offered:
        """What one session was offered."""
        return Offered()

    def enter_session(self, own: Offered) -> None:
        """Remember for a session what it is offered."""
        own.serve(self.choices)
        self._offered = own

    def given_attributes(self) -> dict[str, Any]:
        given = super().given_attributes()
        if "choices" in given:
            given.update(_source=self._source, _tree=self._tree, cascade=self.cascade)
        return given

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        if self._source is not None:
            props["choices"] = True  # to be asked for
        return props

    def offered_functions(self) -> dict[str, Callable[..., Any]]:
        """With branches that are read when they are opened: `children`, for the page."""
        own = {} if self._source is None else {"children": self._children}
        return {**super().offered_functions(), **own}

    def _children(self, path: Any, request: Request) -> Any:
        if not _is_path(path):
            raise PayloadError(
                f"{self!r} was asked for what is in {path!r:.80}; expected a list of values, the "
                "path to a branch."
            )
        # Nothing is read in a branch that was not offered.
        return then(
            self._walk([*path], request, 0),
            lambda _: self._read([*path], request) if not path or self._is_branch(path) else [],
        )

    def _read(self, path: list[Any], request: Request) -> Any:
        """The nodes in a branch; to be awaited if the function is asynchronous."""
        assert self._source is not None  # noqa: S101  # callers know
        self._offered = memory = self._offered or Offered()

        def keep(result: Any) -> list[dict[str, Any]]:
            try:
                nodes = nodes_of(result)[:_MOST_CHILDREN]
            except LimelightError as problem:
                raise ValueRejected(
                    f"The choices function of {self!r} returned {result!r:.80} for {path!r}: "
                    f"{problem}"
                ) from problem
            told = [{**n, "children": True} if "children" in n else n for n in nodes]
            for node in told:
                memory.note("children" in node, (*path, node["value"]))
            return told

        return then(self._source.ask([*path], request, _MOST_CHILDREN), keep)

    def _walk(self, path: list[Any], request: Request, at: int) -> Any:
        """Whether a path was offered, or each step of it is found in the one before."""
        if not path[at:] or self._is_branch(path) is not None:
            return True
        here, step = path[:at], (*path[: at + 1],)

        def go_on(_: Any) -> Any:
            is_branch = self._is_branch(step)
            if is_branch is None or (not is_branch and path[at + 1 :]):
                return False  # nothing is asked for what is in a leaf
            return self._walk(path, request, at + 1)

        is_known = self._is_branch(step) is not None
        return go_on(None) if is_known else then(self._read(here, request), go_on)

    def _is_branch(self, path: Any) -> bool | None:
        """Whether a path leads to a branch; None if it was not offered to this session."""
        return None if self._offered is None else self._offered.text(tuple(path))

    def ask(self, payload: Any) -> Callable[..., Any] | None:
        """Walk along paths that were not offered to this session."""
        if self._source is None or not is_array(payload):
            return None
        paths: list[Any] = payload if self.multiselect else [payload]
        unknown = [p for p in paths if _is_path(p) and self._is_branch(p) is None]
        if not unknown or len(unknown) > _MOST_ASKED:
            return None

        def walk(request: Request) -> Any:
            def go_on(_: Any) -> Any:
                return then(self._walk(unknown.pop(), request, 0), go_on) if unknown else None

            return go_on(None)

        return walk

    # ---- conversion ------------------------------------------------------------------------

    def preprocess(self, payload: Any) -> Any:
        """The value that is chosen, or a list with `multiselect`; paths if choices is a function.

        With `cascade` a branch becomes the leaves below it: `["Fruit"]` becomes
        `["Apple", "Pear"]`. None stays None.

        Raises:
            PayloadError: it is not among the choices, is a branch where only leaves can be chosen,
                or there are too many.
        """
        if payload is None:
            return None
        if not self.multiselect:
            self._check(payload)
            return payload
        if not is_array(payload):
            raise PayloadError(f"{self!r} got {payload!r:.80}; expected a list of choices.")
        for value in payload:
            self._check(value)
        chosen = self._tree.leaves(payload) if self._cascades else payload
        if self.max_choices is not None and len(chosen) > self.max_choices:
            raise PayloadError(
                f"{self!r} got {len(chosen)} choices; expected at most {self.max_choices}."
            )
        return chosen

    def _check(self, value: Any) -> None:
        if self._source is not None:
            is_branch = self._is_branch(value) if _is_path(value) else None
        else:
            node = self._tree.find(value)
            is_branch = None if node is None else "children" in node
        if is_branch is None:
            raise PayloadError(
                f"{self!r} got {value!r:.80}, which is not among the choices. Send one of them."
            )
        if is_branch and self.leaves_only and not self._cascades:
            raise PayloadError(
                f"{self!r} got the branch {value!r:.80}; expected a choice without others inside."
            )

    def postprocess(self, value: Any) -> Any:
        """The value to choose, or a list with `multiselect`; None chooses nothing.

        With `cascade` a branch stands for the leaves below it.

        Raises:
            ValueRejected: it is not among the choices.
        """
        if value is None:
            return None
        is_several = is_listing(value)
        if self._source is not None:
            is_several = is_several and not _is_path(value)
        values: list[Any] = [*value] if is_several else [value]
        if not self.multiselect and is_several:
            raise ValueRejected(f"{self!r} was given {value!r:.80}; expected one choice, or None.")
        for one in values:
            is_known = self._tree.find(one) is not None if self._source is None else _is_path(one)
            if not is_known:
                raise ValueRejected(
                    f"{self!r} was given {one!r:.80}; expected one of its choices"
                    + (", as a path: a list of values." if self._source is not None else ".")
                )
        if not self.multiselect:
            return [*value] if self._source is not None else value
        return self._tree.leaves(values) if self._cascades else values

    # ---- description -----------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        scalar = {"anyOf": [{"type": "string"}, {"type": "number"}]}
        one: dict[str, Any] = {"type": "array", "items": scalar}
        if self._source is None:
            values = self._tree.values(leaves_only=self.leaves_only and not self._cascades)
            one = {"type": "string", "enum": values}
        return {"type": "array", "items": one} if self.multiselect else one

    def example_payload(self) -> Any:
        values = self._tree.values(leaves_only=True)
        if self.multiselect:
            return values[:1]
        return values[0] if values else None

    def example_value(self) -> Any:
        return self.example_payload()


def _is_path(path: object) -> bool:
    """Whether it could name a choice among those that are asked for: a list of values."""
    return (
        is_listing(path)
        and len(path) <= _DEEPEST
        and all(isinstance(step, _SCALARS) for step in path)
    )
