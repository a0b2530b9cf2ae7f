"""`Container`: a block that holds blocks, used with `with`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from limelight.core import context
from limelight.core.block import Block
from limelight.errors import LayoutError

if TYPE_CHECKING:
    from contextvars import Token

__all__ = ["Container"]


class Container(Block, tag="container"):
    """A block that holds blocks. Blocks made inside its `with` are placed in it."""

    makes_parents: ClassVar[bool] = True
    """Whether it wraps children that expect another parent, such as tabs into `Tabs`."""
    show_progress: ClassVar[bool] = False

    def setup(self) -> None:
        super().setup()
        self.children: list[Block] = []
        self._tokens: list[Token[Container | None]] = []

    def add(self, child: Block) -> None:
        """Put a block at the end."""
        self.children.append(child)
        child.parent = self
        if self._graph is not None:
            self._graph.adopt(child)

    def insert_after(self, neighbour: Block, block: Block) -> None:
        """Put a block behind one that is here."""
        self.children.insert(self.children.index(neighbour) + 1, block)
        block.parent = self
        if self._graph is not None:
            self._graph.adopt(block)

    def remove(self, block: Block) -> None:
        """Take a block out; its id and listeners stay."""
        self.children.remove(block)
        block.parent = None

    def blocks(self) -> list[Block]:
        return [self, *(inner for child in self.children for inner in child.blocks())]

    def __enter__(self) -> Self:
        self._tokens.append(context.open_container.set(self))
        return self

    def __exit__(self, exc_type: type[BaseException] | None = None, *args: Any) -> None:
        context.open_container.reset(self._tokens.pop())
        if exc_type is None:
            self.fill_expected_parents()

    def fill_expected_parents(self) -> None:
        """Wrap neighbours that expect the same parent into one.

        Blocks that draw nothing do not part them.
        """
        if not self.makes_parents:
            return
        children: list[Block] = []
        wrapper: Container | None = None
        for child in self.children:
            wanted = child.expected_parent
            if wanted is None or wanted == self.tag:
                children.append(child)
                if not child.is_invisible:
                    wrapper = None
                continue
            if wrapper is None or wrapper.tag != wanted:
                wrapper = _make(wanted)
                wrapper.parent = self
                children.append(wrapper)
                if self._graph is not None:
                    self._graph.adopt(wrapper)
            wrapper.children.append(child)
            child.parent = wrapper
        self.children = children


def _make(tag: str) -> Container:
    """An empty container of the built-in kind that draws `tag`."""
    from limelight.core.lookup import class_of_tag

    made = cast("Any", class_of_tag(tag))(render=False)
    if not isinstance(made, Container):
        raise LayoutError(f"{tag!r} does not hold blocks.")
    return made
