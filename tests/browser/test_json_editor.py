"""JSONEditor: a value edited as a tree and as text, and what Python gets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import Ear, assert_fits, assert_no_barriers, eventually, picture, ready

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Serve, Visit

PHONE = {"width": 360, "height": 740}
VALUE = {
    "model": "small",
    "layers": 99,
    "seed": 2**70,
    "limit": math.inf,
    "rates": [0.1, 1.0],
    "schedule": {"warmup": True, "note": None},
}
SCHEMA = {
    "properties": {
        "model": {"enum": ["small", "large"]},
        "layers": {"type": "integer", "maximum": 48},
    },
}
heard = Ear()


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """The app."""
    with gr.Blocks() as demo:
        editor = gr.JSONEditor(VALUE, schema=SCHEMA, label="Settings")
        gr.Button("Reset").click(lambda: VALUE | {"layers": 12}, None, editor)
        with gr.Tabs():
            with gr.Tab("Shown"):
                gr.JSONEditor(VALUE, label="Static", interactive=False)
            with gr.Tab("Many"):
                many = gr.JSONEditor([{"at": n} for n in range(5000)], label="Many items")
        editor.input(heard.note, editor, None, trigger_mode="multiple")
        many.input(lambda items: heard.note(len(items)), many, None)
    return serve(demo)


def _row(page: Page, text: str) -> Locator:
    return page.get_by_role("tree", name="Settings").get_by_role("treeitem", name=text, exact=True)


def _changed(**parts: Any) -> dict[str, Any]:
    return {**VALUE, "layers": 12, **parts}


def test_a_tree_is_edited_by_mouse_and_keyboard(page: Page, url: str) -> None:
    ready(page, url)
    expect(page.get_by_text("At most 48")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("At most 48")).to_have_count(0)
    page.get_by_role("tree", name="Settings").get_by_text("0.1").click()
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    heard.expect(_changed(rates=[0.25, 1.0]))
    page.keyboard.press("Control+z")
    heard.expect(_changed())
    page.keyboard.press("End")
    page.keyboard.press("F2")
    page.keyboard.type("remark")
    page.keyboard.press("Enter")
    heard.expect(_changed(schedule={"warmup": True, "remark": None}))
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitemradio", name="List").click()
    heard.expect(_changed(schedule={"warmup": True, "remark": []}))
    page.keyboard.press("Insert")
    page.keyboard.type("so")
    page.keyboard.press("Enter")
    heard.expect(_changed(schedule={"warmup": True, "remark": ["so"]}))
    page.keyboard.press("Delete")
    heard.expect(_changed(schedule={"warmup": True, "remark": []}))
    page.keyboard.press("Alt+ArrowUp")
    heard.expect(_changed(schedule={"remark": [], "warmup": True}))
    page.get_by_role("tree", name="Settings").get_by_text('"small"').click()
    page.get_by_role("combobox").select_option('"large"')
    heard.expect(_changed(model="large", schedule={"remark": [], "warmup": True}))


def test_text_is_edited_and_mistakes_are_placed(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("button", name="Edit as text").first.click()
    area = page.get_by_role("textbox", name="Settings")
    expect(area).to_have_value(_as_text())
    area.fill('{"a": 1,\n  "b" 2}')
    page.get_by_role("button", name="Line 2, column 7: expected a colon").click()
    expect(area).to_be_focused()
    area.fill('{"a": 123456789012345678901234567890, "b": NaN}')
    told: list[Any] = []

    def is_told() -> bool:
        told.extend(heard.forget())
        return bool(told) and told[-1].get("a") == 123456789012345678901234567890

    eventually(page, is_told)
    assert math.isnan(told[-1]["b"])
    page.get_by_role("button", name="Edit as a tree").click()
    expect(_row(page, "a: 123456789012345678901234567890")).to_be_visible()


def _as_text() -> str:
    """The value as text."""
    return str(gr.JSONEditor().postprocess(VALUE))


def test_five_thousand_items_stay_fast(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("tab", name="Many").click()
    tree = page.get_by_role("tree", name="Many items")
    tree.get_by_role("treeitem").nth(1).focus()
    page.keyboard.press("/")
    page.get_by_role("search").get_by_role("textbox").fill("4999")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("1 of 1")
    expect(tree.get_by_text("4999", exact=True).last).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    heard.expect(5000)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_it_has_no_barriers(
    visit: Visit, url: str, scheme: str, size: dict[str, int] | None, direction: str
) -> None:
    page = ready(visit(color_scheme=scheme, **({"viewport": size} if size else {})), url)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    tree = page.get_by_role("tree", name="Settings")
    expect(page.get_by_text("At most 48")).to_be_visible()
    tree.get_by_role("treeitem").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name='Value of "layers"')).to_be_focused()
    assert_no_barriers(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+F10")
    expect(page.get_by_role("menu")).to_be_visible()
    picture(page, f"json-editor-{scheme}-{'360' if size else '1280'}-{direction}", full=False)
    assert_no_barriers(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit as text").first.click()
    page.get_by_role("textbox", name="Settings").fill("{")
    picture(page, f"json-editor-text-{scheme}-{'360' if size else '1280'}-{direction}", full=False)
    assert_no_barriers(page)
    assert_fits(page)
