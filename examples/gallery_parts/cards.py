"""Cards, the groups they stand in, and how both are drawn."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gallery_parts.docs import link_to

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[1] / "samples"
"""Pictures that come with the examples."""


@dataclass(frozen=True)
class Card:
    """One component: what draws it, and what is said about it."""

    name: str
    summary: str
    draw: Callable[[], Any]
    group: Group
    about: Any
    """What the card is about: a class, mostly."""

    @property
    def anchor(self) -> str:
        """Its place on the page of its group."""
        return self.name.lower().replace(" ", "-")

    @property
    def href(self) -> str:
        """Where it is, seen from any page."""
        return f"{self.group.path}#{self.anchor}"

    @property
    def code(self) -> str:
        """The body of the function that draws it, as it is read from its file."""
        lines = inspect.getsource(self.draw).splitlines()
        start = next(n for n, line in enumerate(lines) if line.startswith("def ")) + 1
        return textwrap.dedent("\n".join(lines[start:])).strip()

    def show(self) -> None:
        """Draw the component, with its code beside it."""
        with gr.Column(scale=0, elem_classes="g-card", elem_id=self.anchor):
            gr.HTML(self._head(), js_on_load=None)
            with gr.Row(elem_classes="g-sides"):
                with gr.Column(scale=5, elem_classes="g-stage", min_width=300):
                    try:
                        self.draw()
                    except ImportError as problem:
                        gr.Markdown(f"This one needs the package `{problem.name}`.")
                gr.Markdown(f"```python\n{self.code}\n```", elem_classes="g-code", min_width=300)

    def _head(self) -> str:
        link = link_to(self.about)
        reference = f'<a class="more" href="{link}">Reference</a>' if link else ""
        return (
            f'<div class="g-head"><h2><a href="#{self.anchor}">{escape(self.name)}</a></h2>'
            f"<p>{in_code(self.summary)}</p>{reference}</div>"
        )


@dataclass
class Group:
    """Components of a kind: one page."""

    title: str
    path: str
    lead: str
    cards: list[Card] = field(default_factory=list)

    def card(
        self, about: Any, name: str = "", summary: str = ""
    ) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
        """Put what a function draws on this page.

        Args:
            about: The class or function that is shown.
            name: Its title; the name of what is shown if empty.
            summary: A sentence; the first one of the docstring if empty.
        """
        said = summary or first_sentence(inspect.getdoc(about) or "")

        def put(draw: Callable[[], Any]) -> Callable[[], Any]:
            self.cards.append(Card(name or about.__name__, said, draw, self, about))
            return draw

        return put

    def draw(self) -> None:
        """Draw what is on the page."""
        gr.HTML(
            f'<div class="g-lead"><h1>{escape(self.title)}</h1><p>{escape(self.lead)}</p></div>',
            js_on_load=None,
        )
        for card in self.cards:
            card.show()


def first_sentence(doc: str) -> str:
    """Up to the first full stop that ends one."""
    found = re.match(r".+?\.(?=\s|$)", " ".join(doc.partition("\n\n")[0].split()))
    return found[0] if found else doc


def in_code(text: str) -> str:
    """Markup of a text in which `names` are between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
