"""`Graph`: all blocks, listeners and pages of one app.

Gives out ids and answers questions about itself.

Runs nothing and serves nothing; `app` fills it, `runtime` and `server` read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core.block import Block
from limelight.core.component import Component, is_component
from limelight.core.props import closest
from limelight.errors import InvalidApiName, ListenerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from limelight.core.container import Container
    from limelight.core.listener import Listener
    from limelight.core.rehearsal import Preparation

__all__ = ["Graph", "Page"]


class Page:
    """One page of an app."""

    def __init__(
        self, path: str, name: str, root: Container, *, show_in_navbar: bool = True
    ) -> None:
        self.path = path
        """Its place below the app's address; empty for the main page."""
        self.name = name
        self.root = root
        """What holds the blocks of this page."""
        self.show_in_navbar = show_in_navbar


class Graph:
    """All blocks, listeners and pages of one app."""

    def __init__(self, root: Container) -> None:
        self.root = root
        self.blocks: dict[int, Block] = {}
        """By id."""
        self.listeners: dict[int, Listener] = {}
        """By id, in the order of attaching."""
        self.pages: dict[str, Page] = {"": Page("", "Home", root)}
        """By path; the main page first."""
        self.settings = AppSettings()
        self.preparations: list[Preparation] = []
        """What runs functions before anybody calls them."""
        self._loaded: set[Block] = set()
        """Blocks whose function as value is attached to the page's load already."""
        self._next_block = 0
        self._next_listener = 0
        self._number(root)

    # ---- filling ---------------------------------------------------------------------------------

    def _number(self, block: Block) -> None:
        block.join(self, self._next_block)
        self._next_block += 1
        self.blocks[block.block_id] = block

    def adopt(self, block: Block) -> None:
        """Make a block and all blocks inside part of this app."""
        for inner in block.blocks():
            if inner.graph is self and inner.block_id in self.blocks:
                continue
            self._number(inner)
            for button in getattr(inner, "buttons", None) or ():
                if isinstance(button, Block) and button.graph is None:
                    self.adopt(button)  # drawn by `inner`, so it stands nowhere else

    def add_listener(self, listener: Listener) -> Listener:
        """Make a listener part of this app and give it an id and an endpoint name of its own."""
        listener.id = self._next_listener
        self._next_listener += 1
        listener.graph = self
        taken = {other.api_name for other in self.listeners.values()}
        name, number = listener.api_name, 0
        while listener.api_name in taken:
            number += 1
            listener.api_name = f"{name}_{number}"
        self.listeners[listener.id] = listener
        return listener

    def absorb(self, other: Graph, into: Container) -> None:
        """Take over another app's blocks and listeners; its blocks go into `into`."""
        for child in list(other.root.children):
            other.root.remove(child)
            for inner in child.blocks():
                inner.leave()
            into.add(child)
        for block in other.blocks.values():
            if block is not other.root and block.graph is not self:
                self.adopt(block)
        for listener in other.listeners.values():
            listener.targets = [
                (self.root if block is other.root else block, event)
                for block, event in listener.targets
            ]
            self.add_listener(listener)
        self._loaded |= other._loaded
        self.preparations += other.preparations
        other.blocks, other.listeners, other.preparations = {}, {}, []

    def complete(self, *, is_part: bool = False) -> None:
        """Add what follows from the whole: listeners of functions as values, unplaced blocks.

        Args:
            is_part: Whether another app takes it in, where its listeners may find other blocks.
        """
        from limelight.core.context import open_graph

        token = open_graph.set(self)
        try:
            for listener in list(self.listeners.values()):
                self._check_placed(listener, is_part=is_part)
            for block in list(self.blocks.values()):
                if is_component(block) and block not in self._loaded:
                    self._loaded.add(block)
                    block.listen_for_load()
            for listener in self.listeners.values():
                self._check_placed(listener, is_part=is_part)
                for target, event in listener.targets:
                    if event == "select" and isinstance(target, Component):
                        target.__dict__["_selectable"] = True
        finally:
            open_graph.reset(token)

    def _check_placed(self, listener: Listener, *, is_part: bool) -> None:
        targets = [block for block, _ in listener.targets if block is not None]
        for block in [*listener.inputs, *listener.outputs, *targets]:
            if block.graph is None and block.is_invisible:
                self.adopt(block)
            if block.graph is not self and not is_part:
                raise ListenerError(
                    f"{listener.describe()} uses {block!r}, which is not on a page of this app. "
                    "Place it with .render(), or make it inside `with gr.Blocks():`."
                )

    # ---- questions -------------------------------------------------------------------------------

    def block(self, block_id: int) -> Block | None:
        """The block with this id."""
        return self.blocks.get(block_id)

    def listener(self, listener_id: int) -> Listener | None:
        """The listener with this id (`fn_index`)."""
        return self.listeners.get(listener_id)

    def listener_named(self, api_name: str) -> Listener:
        """The listener of an endpoint, with or without leading slash.

        Raises:
            InvalidApiName: there is none, or it is private.
        """
        name = api_name.removeprefix("/")
        for listener in self.listeners.values():
            if listener.api_name == name and listener.api_visibility != "private":
                return listener
        names = [x.api_name for x in self.listeners.values() if x.api_visibility == "public"]
        raise InvalidApiName(f"No endpoint is called {name!r}.{closest(name, names)}")

    def page_of(self, block: Block) -> str:
        """Path of the page that a block stands on."""
        top: Block = block
        while top.parent is not None:
            top = top.parent
        for path, page in self.pages.items():
            if page.root is top:
                return path
        return ""

    def placed(self, page: str) -> Iterator[Block]:
        """The blocks of a page, outer first, without its root."""
        root = self.pages[page].root
        yield from root.blocks()[1:]

    def needs_heartbeat(self) -> bool:
        """Whether the server must know when a page is closed.

        So it is if the app holds state or caches per session, streams, or listens for `unload`.
        """
        from limelight.core.caching import keeps_per_session

        if any(isinstance(b, Component) and b.is_stateful for b in self.blocks.values()):
            return True
        if any(keeps_per_session(x) for x in self.listeners.values()):
            return True
        return any(
            event in ("unload", "stream") for x in self.listeners.values() for _, event in x.targets
        )


class AppSettings:
    """What an app's author set for the whole app. Plain data."""

    def __init__(self) -> None:
        self.mode = "blocks"
        self.title: Any = "Gradio"
        self.has_title = False
        """Whether the author chose the title."""
        self.theme: Any = None
        self.css: str | None = None
        self.js: str | bool | None = None
        self.head: str | None = None
        self.fill_height = False
        self.fill_width = False
        self.analytics_enabled = False
        self.i18n: Any = None
        self.default_concurrency_limit: int | Literal["not_set"] | None = "not_set"
        """Calls of one function at a time, if its listener does not say; as the environment says
        if it is not set.
        """
        self.max_size: int | None = None
        self.api_open = True
        self.status_update_rate: float | Literal["auto"] = "auto"
        self.fairness: Literal["session", "fifo"] | None = None
        """Who is next when several wait; as the environment says if None."""
        self.delete_cache: tuple[int, int] | None = None
        self.footer_links: list[Any] | None = None
        self.show_error = False
        self.pwa = False
