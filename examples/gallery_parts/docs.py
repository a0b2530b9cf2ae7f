"""The documentation of the repository, as a page of the app: `docs?page=guides/html`."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import limelight as gr

FOLDER = Path(__file__).parents[2] / "docs"
PAGES = {
    path.relative_to(FOLDER).with_suffix("").as_posix(): path
    for path in sorted(FOLDER.rglob("*.md"))
}
"""Nothing else is ever read, whatever an address asks for."""
START = "reference/README"


def draw(page: gr.Blocks) -> None:
    """Draw the page; which text it shows stands in its address."""
    text = gr.Markdown(elem_classes="g-article", header_links=True)
    page.load(read, None, text, show_progress="hidden", api_visibility="private")


def read(request: gr.Request) -> str:
    """The text that the address asks for."""
    name = str(request.query_params.get("page", START))
    if name not in PAGES:
        return f"# Not found\n\nThere is no page of that name. [All pages](docs?page={START})"
    text = PAGES[name].read_text("utf-8")
    return re.sub(
        r"\]\((?!\w+:|#)([^)\s#]*)(#[^)\s]*)?\)",
        lambda found: f"]({_target(name, found[1])}{found[2] or ''})",
        text,
    )


def link_to(about: Any) -> str:
    """Where the reference of a class or function is; empty if nowhere."""
    names = [about, *getattr(about, "__mro__", ())]
    for one in names:
        name = f"reference/components/{getattr(one, '__name__', '').lower()}"
        if name in PAGES:
            return f"docs?page={name}"
    where = "component" if inspect.isclass(about) and about is gr.Component else "calls"
    return f"docs?page=reference/{where}"


def _target(name: str, link: str) -> str:
    """A link of one page to another, as an address of the app."""
    there = normpath(join(dirname(name), link)).removesuffix(".md")
    if there in PAGES:
        return f"docs?page={there}"
    return f"docs?page={START}"
