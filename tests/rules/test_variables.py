"""The documentation names environment variables that exist, with the defaults that they have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from limelight.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

_NAME = re.compile(r"\b(?:LIMELIGHT|GRADIO)_([A-Z]\w*)\b")
_ROW = re.compile(r"^\|.*`LIMELIGHT_(\w+)` \| ([^|]+) \|", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_variables_exist(page: Path) -> None:
    named = {name.lower() for name in _NAME.findall(page.read_text("utf-8"))}
    assert named - {"skip_frontend"} <= set(Settings._fields)


def test_the_defaults_in_the_guide_are_those_of_the_settings() -> None:
    rows = _ROW.findall((ROOT / "docs" / "guides" / "production.md").read_text("utf-8"))
    defaults = Settings()._asdict()
    told = {name: float(text) for name, text in rows}
    assert told == {name: defaults[name.lower()] for name in told}
    assert len(told) > 5
