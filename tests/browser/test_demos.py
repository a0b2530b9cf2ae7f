"""Every component's demo opens, draws all of its blocks and says nothing on the console."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import expect

from tests.browser.harness import ROOT, assert_fits, picture, ready

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from limelight.app.blocks import Blocks
    from tests.browser.harness import Serve

DEMOS = sorted((ROOT / "limelight" / "components").glob("*/demo.py"))


def load(path: Path) -> Blocks:
    """The app that a script makes."""
    spec = importlib.util.spec_from_file_location(f"demo_of_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Blocks", module.demo)


@pytest.mark.parametrize("path", DEMOS, ids=[path.parent.name for path in DEMOS])
def test_a_demo_opens_without_a_word_on_the_console(path: Path, page: Page, serve: Serve) -> None:
    ready(page, serve(load(path)))
    expect(page.get_by_role("note")).to_have_count(0)  # no block that could not be drawn
    expect(page.get_by_role("contentinfo")).to_be_visible()
    assert_fits(page)
    picture(page, f"demo-{path.parent.name}")
