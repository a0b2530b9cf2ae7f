"""`Block`: anything on the page. Knows its props and its place; has no value."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from limelight.core import context
from limelight.core.events import CATALOGUE, Event, Trigger
from limelight.core.props import Constructor, HasProps, Prop, SignatureOf, bind, collect, prop
from limelight.errors import DuplicateBlockError, LayoutError, PropError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.container import Container
    from limelight.core.graph import Graph

__all__ = ["Block"]


class Block(HasProps):
    """Anything on the page: a container or a component.

    A subclass declares its props as annotated attributes with a docstring under each; they become
    the constructor.
    """

    tag: ClassVar[str] = ""
    """Name of the browser half."""
    events: ClassVar[dict[str, Event]] = {}
    """What listeners can be attached to, by name."""
    expected_parent: ClassVar[str | None] = None
    """Tag of the container that this block must stand in; one is made when it does not."""
    takes_more: ClassVar[str | None] = None
    """Name of the `**` parameter for keyword arguments that are not props; `_absorb` takes them."""
    is_invisible: ClassVar[bool] = False
    """Whether the block draws nothing (a state, a timer)."""
    is_per_session: ClassVar[bool] = False
    """Whether each session has an object of its own behind it: `open_session` makes it."""
    prop_table: ClassVar[dict[str, Prop]] = {}
    """All props, by what the constructor calls them."""
    _derived: ClassVar[tuple[str, ...]] = ()
    _binds_props: ClassVar[bool] = True
    __signature__ = SignatureOf()

    visible: bool | Literal["hidden"] = True
    """Whether it is on the page; `"hidden"` keeps it there without showing it."""
    elem_id: str | None = None
    """`id` of its outer element, for CSS and scripts."""
    elem_classes: list[str] | str | None = None
    """Classes of its outer element, for CSS and scripts."""
    is_rendered: bool = prop(default=True, wire=False, alias="render")
    """Whether it is placed where it is made; if False, `.render()` places it later."""
    key: int | str | tuple[int | str, ...] | None = prop(default=None, wire=False)
    """In a render function: blocks with equal keys are the same block across runs."""
    preserved_by_key: list[str] | str | None = None
    """Names of props that a keyed block keeps across runs."""

    def __init_subclass__(cls, tag: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if tag is not None:
            cls.tag = tag
        elif not cls.__dict__.get("tag") and not cls.tag:
            cls.tag = cls.__name__.lower()
        cls.prop_table = collect(cls)
        events = dict(cls.events)
        for name in cls.__dict__.get("EVENTS", ()):
            event = CATALOGUE.get(str(name)) or Event(
                str(name), f"Fired by the component as {name!r}."
            )
            if event not in cls.__dict__:
                setattr(cls, str(name), event)
            events[str(name)] = event
        found_derived = list(cls._derived)
        for name, member in list(cls.__dict__.items()):
            if isinstance(member, Event):
                events[str(member)] = member
            elif getattr(member, "is_derived", False) and name not in found_derived:
                found_derived.append(name)
        cls.events = events
        cls.EVENTS = list(events)  # what the ecosystem reads
        cls._derived = tuple(found_derived)

    def _construct(self, *args: Any, **kwargs: Any) -> None:
        cls = type(self)
        given = bind(cls, cls.prop_table, args, self._absorb(kwargs))
        self._given: frozenset[str] = frozenset(given)
        self._id: int | None = None
        self._graph: Graph | None = None
        self.parent: Container | None = None
        for name, p in cls.prop_table.items():
            setattr(self, p.attribute, given[name] if name in given else p.make_default())
        self.setup()
        if self.is_rendered:
            self.render()
        self.placed()

    if not TYPE_CHECKING:  # type checkers make it from the annotations
        __init__ = Constructor(_construct)

    def _absorb(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Hook: take keyword arguments that are not props and old spellings."""
        return kwargs

    def setup(self) -> None:
        """Check and normalise the props; runs once, before the block is placed."""
        if isinstance(self.elem_classes, str):
            self.elem_classes = [self.elem_classes]
        elif self.elem_classes is None:
            self.elem_classes = []
        if isinstance(self.preserved_by_key, str):
            self.preserved_by_key = [self.preserved_by_key]
        elif self.preserved_by_key is None:
            self.preserved_by_key = []
        if self.visible not in (True, False, "hidden"):
            raise PropError(
                f"{type(self).__name__}() was given visible={self.visible!r}; expected True, False "
                "or 'hidden'."
            )

    def placed(self) -> None:
        """Hook: the constructor is done; make blocks that stand behind this one."""

    def open_session(self) -> Any:
        """Hook: what one session has of it, made when it is needed first; `close()` is called on it
        at the session's end."""

    def enter_session(self, own: Any) -> None:
        """Hook: this copy of the block works for the session that has `own`."""

    def tell_page(self, tell: Callable[[], None]) -> None:
        """Hook: `tell` lets the page of this session ask what is new; any thread may call it."""

    def check(self) -> None:
        """Check that the props fit together; runs when it joins an app, never for an update."""

    # ---- place -----------------------------------------------------------------------------

    @property
    def block_id(self) -> int:
        """Number in its app.

        Raises:
            LayoutError: it is not part of an app yet.
        """
        if self._id is None:
            raise LayoutError(
                f"{self!r} is not part of an app. Make it inside `with gr.Blocks():`, or call its "
                ".render() there."
            )
        return self._id

    def join(self, graph: Graph, number: int) -> None:
        """Become part of an app. Only its `Graph` calls it."""
        self.check()
        self._graph, self._id = graph, number

    def leave(self) -> None:
        """Stop being part of an app. Only `Graph` calls it."""
        self._graph = None

    @property
    def graph(self) -> Graph | None:
        """The app that it is part of; None before it is placed."""
        return self._graph

    @property
    def skip_api(self) -> bool:
        """Whether API clients do not see it."""
        return True

    @property
    def is_placed(self) -> bool:
        """Whether it stands somewhere on a page."""
        return self.parent is not None

    def render(self) -> Self:
        """Place the block into the container that is open now.

        Raises:
            DuplicateBlockError: it is on a page already.
        """
        container = context.open_container.get()
        if container is None:
            return self
        if self.parent is not None:
            raise DuplicateBlockError(
                f"{self!r} is on the page already. Make a second one, or call .unrender() first."
            )
        container.add(self)
        self.is_rendered = True
        return self

    def unrender(self) -> Self:
        """Take the block off the page; its listeners stay."""
        if self.parent is not None:
            self.parent.remove(self)
        self.is_rendered = False
        return self

    def blocks(self) -> list[Block]:
        """The block and all blocks inside, outer first."""
        return [self]

    # ---- description -----------------------------------------------------------------------

    @classmethod
    def get_block_name(cls) -> str:
        """The tag of the browser half."""
        return cls.tag

    def get_block_class(self) -> str:
        """`name` among the wire props."""
        return type(self).__name__.lower()

    def wire_props(self) -> dict[str, Any]:
        """The props that the browser gets, by name; members that are None stay away."""
        props: dict[str, Any] = {}
        for name, p in type(self).prop_table.items():
            if p.wire:
                value = getattr(self, p.attribute)
                if value is not None:
                    props[name] = value
        for name in type(self)._derived:
            value = getattr(self, name)()
            if value is not None:
                props[name] = value
        props["name"] = self.get_block_class()
        return props

    def get_config(self, cls: type[Block] | None = None) -> dict[str, Any]:
        """The props that the browser gets.

        `cls` is accepted for custom components and has no effect.
        """
        _ = cls
        return self.wire_props()

    def as_given(self, props: dict[str, Any]) -> Block:
        """A block of this kind that was given these props, for an update.

        A constructor of the author's own gives others, too, which the update does not mean, unless
        it makes them of arguments that are no props. What it does not take goes around it.
        """
        kind: Any = type(self)
        given = {**props, "render": False}
        made: Block
        try:
            made = kind(**given)
        except TypeError:
            made = kind.__new__(kind)
            made._construct(**given)
        if made._given <= given.keys():
            return made
        more: str | None = kind.takes_more
        own: dict[str, Any] = getattr(made, more) if more else {}
        if props.keys() <= made._given | own.keys():
            made._given &= props.keys()
            if "value" in props:
                made.__dict__["value"] = props["value"]
            if more:
                setattr(made, more, {name: own[name] for name in own if name in props})
        return made

    def given_props(self) -> dict[str, Any]:
        """The wire props that the constructor was given: what this instance means as an update."""
        props, wire = type(self).prop_table, self.wire_props()
        return {
            name: wire[name] if name in wire else getattr(self, props[name].attribute)
            for name in self._given
            if name in props and (props[name].wire or name in wire)
        }

    def given_attributes(self) -> dict[str, Any]:
        """The attributes that hold the props that the constructor was given, without the value."""
        props = type(self).prop_table
        attributes = [props[n].attribute for n in self._given if n in props and n != "value"]
        return {name: getattr(self, name) for name in attributes}

    def as_update(self, **changed: Any) -> Block:
        """The block with some props changed, for a listener to return: sets what browsers get."""
        made = copy.copy(self)
        made.__dict__.update(changed)
        made._given = frozenset(self.wire_props()) | frozenset(changed)
        return made

    def has_event(self, event: str) -> bool:
        """Whether listeners can be attached to this event."""
        return event in type(self).events

    def trigger(self, name: str) -> Trigger:
        """The event bound to this block.

        Raises:
            PropError: the block has no such event.
        """
        event = type(self).events.get(name)
        if event is None:
            raise PropError(
                f"{type(self).__name__} has no event {name!r}; it has "
                f"{', '.join(type(self).events) or 'none'}."
            )
        return Trigger(self, event)

    def __repr__(self) -> str:
        label = getattr(self, "label", None)
        place = f" #{self._id}" if getattr(self, "_id", None) is not None else ""
        return f"<{type(self).__name__}{place}{f' {label!r}' if label else ''}>"

    if TYPE_CHECKING:
        EVENTS: ClassVar[list[str]]


Block.prop_table = collect(Block)
