"""What outlives a visit: values in the browser, and links to what a page shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import ready, until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit


def visitor_demo() -> gr.Blocks:
    with gr.Blocks() as demo:
        kept = gr.BrowserState({"name": "nobody"}, storage_key="visitor", secret="s")
        name = gr.Textbox(label="Name")
        loaded = gr.Textbox(label="Loaded")
        changed = gr.Textbox(label="Changed")
        name.submit(lambda text: {"name": text}, name, kept)
        kept.change(lambda value: value["name"], kept, changed)
        demo.load(lambda value: value["name"], kept, loaded)
    return demo


def test_a_value_is_there_again_on_the_next_visit(serve: Serve, visit: Visit) -> None:
    url = serve(visitor_demo())
    page = ready(visit(), url)
    loaded, changed = page.get_by_label("Loaded"), page.get_by_label("Changed")
    expect(loaded).to_have_value("nobody")
    expect(changed).to_have_value("nobody")
    other = ready(page.context.new_page(), url)
    page.get_by_label("Name").fill("Ada")
    page.keyboard.press("Enter")
    expect(changed).to_have_value("Ada")
    expect(other.get_by_label("Changed")).to_have_value("Ada")  # in another tab, too
    until(page, "() => localStorage.visitor.startsWith('g1.')")
    assert "Ada" not in page.evaluate("localStorage.visitor")
    ready(page, url)
    expect(loaded).to_have_value("Ada")
    page.evaluate("localStorage.visitor = 'g1.rubbish'")
    ready(page, url)
    expect(loaded).to_have_value("nobody")


def test_without_storage_the_page_works(serve: Serve, visit: Visit) -> None:
    page = visit()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    ready(page, serve(visitor_demo()))
    page.get_by_label("Name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Changed")).to_have_value("Ada")


def shared_demo() -> gr.Blocks:
    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        greeting = gr.Textbox(label="Greeting")
        given, made = gr.File(label="Given"), gr.File(label="Made")
        name.submit(lambda text: f"Hello {text}", name, greeting)
        given.upload(lambda file: file, given, made)
        gr.DeepLinkButton()
    with demo.route("Second", "second"):
        gr.Markdown("# Second")
        gr.DeepLinkButton()
    return demo


def _link(page: Page) -> str:
    page.get_by_role("button", name="Share via Link").click()
    expect(page.get_by_role("button", name="Link Copied!")).to_be_visible()
    link: str = page.evaluate("navigator.clipboard.readText()")
    expect(page.get_by_role("button", name="Share via Link")).to_be_visible()
    return link


def test_a_link_shows_what_its_maker_saw(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    url = serve(shared_demo())
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ready(page, url)
    page.get_by_label("Name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Greeting")).to_have_value("Hello Ada")
    (tmp_path / "notes.txt").write_text("of Ada")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "notes.txt")
    expect(page.get_by_text(re.compile("notes")).nth(1)).to_be_visible()
    link = _link(page)
    assert re.fullmatch(rf"{re.escape(url)}\?deep_link=[\w-]{{11}}", link)
    stranger = ready(visit(), link)
    expect(stranger.get_by_label("Greeting")).to_have_value("Hello Ada")
    expect(stranger.get_by_label("Name")).to_have_value("Ada")
    address: Any = stranger.locator("a[href*='file=']").first.get_attribute("href")
    assert stranger.request.get(stranger.evaluate("a => new URL(a, location).href", address)).ok
    ready(stranger, f"{url}?deep_link=aaaaaaaaaaa")
    expect(stranger.get_by_label("Greeting")).to_have_value("")
    expect(stranger.get_by_test_id("toast-body")).to_be_visible()
    ready(page, f"{url}second")
    assert _link(page).startswith(f"{url}second")


def test_without_a_clipboard_the_link_is_shown_to_copy(serve: Serve, visit: Visit) -> None:
    page = visit()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    url = serve(shared_demo())
    ready(page, url)
    shown: list[str] = []

    def answer(dialog: Any) -> None:
        shown.append(dialog.default_value)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("button", name="Share via Link").click()
    expect(page.get_by_role("button", name="Link Copied!")).to_be_visible()
    assert shown[0].startswith(url)
