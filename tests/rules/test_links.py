"""Links and anchors in the documentation lead somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^(`{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_ATTRIBUTE = re.compile(r"(?:src|srcset|href)=\"([^\"\s]+)\"")
_HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)


def slug(heading: str) -> str:
    """The anchor that a heading gets on the sites that show Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).replace(" ", "-")


@cache
def anchors(page: Path) -> frozenset[str]:
    """What links to a page can point at; equal headings are numbered."""
    found: list[str] = []
    for heading in _HEADING.findall(_FENCE.sub("", page.read_text("utf-8"))):
        name = slug(heading)
        seen = sum(1 for other in found if re.fullmatch(re.escape(name) + r"(-\d+)?", other))
        found.append(f"{name}-{seen}" if seen else name)
    return frozenset(found)


def targets(page: Path) -> list[str]:
    """The relative links of a page, as written."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    found = _LINK.findall(_CODE.sub("", prose)) + _ATTRIBUTE.findall(prose)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken: list[str] = []
    for link in targets(page):
        path, _, anchor = link.partition("#")
        place = (page.parent / path).resolve() if path else page
        is_there = place.exists() and place.is_relative_to(ROOT)
        if not is_there or (anchor and anchor not in anchors(place)):
            broken.append(link)
    assert broken == []


def test_anchors_are_made_as_the_sites_make_them() -> None:
    assert slug("`Blocks.launch`") == "blockslaunch"
    assert slug("What works, and what does not yet") == "what-works-and-what-does-not-yet"
