"""What stands around every page: the list of pages, the field that finds a component, the mode."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gallery_parts.cards import Card, Group

MOST_FOUND = 8


def frame(groups: Sequence[Group], current: str) -> None:
    """Draw the frame of the page at this path."""
    with gr.Sidebar("Pages", width=248, elem_classes="g-pages"):
        gr.HTML(_pages(groups, current), js_on_load=None, apply_default_css=False)
    with gr.Row(elem_classes="g-bar"):
        Finder([card for group in groups for card in group.cards])
        ModeSwitch()


def _pages(groups: Sequence[Group], current: str) -> str:
    """The list of pages, with the components of the present one."""
    parts = [f'<a class="brand" href="./">{LOGO}<span>Limelight</span></a>']
    parts += ['<nav aria-label="Groups"><ul>', _entry("Overview", "./", is_current=not current)]
    for group in groups:
        is_current = group.path == current
        parts.append(_entry(group.title, group.path, len(group.cards), is_current=is_current))
        if is_current:
            inner = "".join(_entry(card.name, f"#{card.anchor}") for card in group.cards)
            parts.append(f"<li><ul>{inner}</ul></li>")
    parts += [_entry("Documentation", "docs", is_current=current == "docs"), "</ul></nav>"]
    return "".join(parts)


def _entry(name: str, href: str, count: int = 0, *, is_current: bool = False) -> str:
    here = ' aria-current="page"' if is_current else ""
    number = f"<small>{count}</small>" if count else ""
    return f'<li><a href="{href}"{here}><span>{escape(name)}</span>{number}</a></li>'


class Finder(gr.HTML):
    """A field that finds a component on any page; `/` goes to it."""

    def __init__(self, cards: Sequence[Card], **props: Any) -> None:
        def find(words: str) -> list[dict[str, str]]:
            """Components by their name, then by what is said about them."""
            wanted = str(words)[:100].lower().split()
            scored = [(_score(card, wanted), card) for card in cards] if wanted else []
            best = sorted((-score, place) for place, (score, _) in enumerate(scored) if score)
            return [
                {
                    "name": cards[place].name,
                    "group": cards[place].group.title,
                    "href": cards[place].href,
                }
                for _, place in best[:MOST_FOUND]
            ]

        super().__init__(
            label="Find a component",
            html_template=_FINDER,
            js_on_load=_FIND,
            server_functions=[find],
            apply_default_css=False,
            elem_classes="g-finder",
            found=[],
            at=0,
            words="",
            **props,
        )


def _score(card: Card, words: list[str]) -> int:
    """How well a card fits all of the words; 0 is not at all."""
    name, said = (card.name.lower(), f"{card.summary} {card.group.title}".lower())
    scores = [
        4 if name.startswith(word) else 3 if word in name else 1 if word in said else 0
        for word in words
    ]
    return sum(scores) if all(scores) else 0


class ModeSwitch(gr.HTML):
    """Light or dark, remembered as the page's own settings remember it."""

    def __init__(self, **props: Any) -> None:
        super().__init__(
            label="Light or dark",
            html_template=_MODE,
            js_on_load=_TOGGLE,
            apply_default_css=False,
            elem_classes="g-mode",
            **props,
        )


_FINDER = """
<svg viewBox="0 0 16 16" aria-hidden="true">
  <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm4-1 3 3"/>
</svg>
<input type="text" role="combobox" aria-label="Find a component" placeholder="Find a component"
  autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-controls="found"
  aria-expanded="${words !== ''}" ${found.length ? `aria-activedescendant="found-${at}"` : ""}>
<kbd aria-hidden="true">/</kbd>
<div class="panel" ${words === "" ? "hidden" : ""}>
  <ul id="found" role="listbox" aria-label="Components found" ${found.length ? "" : "hidden"}>
    ${found.map((one, index) => `
      <li id="found-${index}" role="option" aria-selected="${index === at}" data-href="${one.href}">
        <span>${one.name}</span> <small>${one.group}</small>
      </li>`).join("")}
  </ul>
  <p role="status">${words !== "" && !found.length ? "Nothing is called that." : ""}</p>
</div>
"""

_FIND = """
const field = element.querySelector("input");
const close = () => { props.words = ""; props.found = []; };
const open = (option) => {
  if (!option) return;
  field.value = "";
  close();
  location.href = option.dataset.href;
};
const chosen = () => element.querySelector("[aria-selected=true]");

field.addEventListener("input", async () => {
  const words = field.value.trim();
  const found = words ? await server.find(words) : [];
  if (field.value.trim() !== words) return;  // typed on meanwhile
  props.at = 0;
  props.found = found;
  props.words = words;
});
field.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const count = props.found.length;
  if (step && count) props.at = (props.at + step + count) % count;
  else if (event.key === "Enter") open(chosen());
  else if (event.key === "Escape") { field.value = ""; close(); }
  else return;
  event.preventDefault();
});
field.addEventListener("blur", close);
element.addEventListener("pointerdown", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) { event.preventDefault(); open(option); }
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable=true]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  field.focus();
});
"""

_MODE = """
<button type="button" aria-label="Light or dark" title="Light or dark">
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12Z" class="half"/>
  </svg>
</button>
"""

_TOGGLE = """
element.querySelector("button").addEventListener("click", () => {
  const isDark = document.body.classList.toggle("dark");
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  localStorage.setItem("limelight:theme", isDark ? "dark" : "light");
});
"""

LOGO = """
<svg viewBox="0 0 24 24" aria-hidden="true" class="logo"><circle cx="12" cy="12" r="4.2"/>
<path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2"/></svg>
"""
