from __future__ import annotations

from pathlib import Path

import pytest

from limelight import catalog
from limelight.codegen.docstrings import attribute_docs, read
from limelight.core.lookup import class_of_tag
from limelight.settings import Settings

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def headings() -> str:
    """What the reference has pages and sections for."""
    pages = sorted(REFERENCE.rglob("*.md"))
    lines = [line for page in pages for line in page.read_text("utf-8").splitlines()]
    return "\n".join(line for line in lines if line.startswith(("#", "By name", "Other names")))


def test_every_public_name_is_in_the_reference(headings: str) -> None:
    words = set(headings.replace("`", " ").replace(".", " ").replace(",", " ").split())
    assert sorted(set(catalog.NAMES) - words) == []


@pytest.mark.parametrize("tag", sorted(catalog.TAGS))
def test_every_prop_says_what_it_means(tag: str) -> None:
    cls = class_of_tag(tag)
    docs = attribute_docs(cls)
    assert [name for name, p in cls.prop_table.items() if not docs.get(p.attribute)] == []
    assert read(cls).text


def test_every_setting_says_what_it_means() -> None:
    assert [name for name in Settings._fields if name not in attribute_docs(Settings)] == []


def test_sections_of_a_docstring_are_told_apart() -> None:
    def measure(length: float, *more: float) -> float:
        """The length.

        Only a paragraph.

        Args:
            length: In metres; a text that is
                longer than a line.
            more: Others: all of them.

        Returns:
            It.

        Raises:
            ValueError: it is negative.
        """
        return length + sum(more)

    doc = read(measure)
    assert doc.text == "The length.\n\nOnly a paragraph."
    assert doc.args == {
        "length": "In metres; a text that is longer than a line.",
        "more": "Others: all of them.",
    }
    assert doc.returns == "It."
    assert doc.raises == {"ValueError": "it is negative."}
