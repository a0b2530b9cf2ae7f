"""HTML on the page: events, props, server functions, blocks inside, markup of strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import (
    ROOT,
    Ear,
    allow,
    assert_fits,
    assert_no_barriers,
    picture,
    ready,
    until,
)
from tests.browser.test_demos import load

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from tests.browser.harness import Serve, Visit

PROBE = """
<p id="seen">nothing</p><script>
const seen = [];
const attempt = (name, what) => { try { what(); seen.push(name); } catch { } };
attempt("parent", () => parent.document.body);
attempt("cookie", () => document.cookie);
attempt("storage", () => localStorage.length);
attempt("top", () => { top.location.href = "about:blank"; });
document.getElementById("seen").textContent = seen.join() || "nothing at all";
</script>
"""


def _frame(page: Page, title: str) -> FrameLocator:
    return page.frame_locator(f'iframe[title="{title}"]')


@pytest.fixture
def guide(page: Page, serve: Serve) -> Page:
    """The guide's example."""
    ready(page, serve(load(ROOT / "docs" / "examples" / "html_cards.py")))
    return page


def test_the_guides_example(guide: Page) -> None:
    star = guide.get_by_role("button", name="5 of 5")
    star.focus()
    guide.keyboard.press("Enter")
    expect(guide.get_by_label("Answer")).to_have_value("5 of 5: thank you.")
    expect(star).to_be_focused()  # drawn anew, and the same element
    expect(star).to_have_attribute("aria-pressed", "true")
    guide.get_by_role("button", name="Bigger").click()
    expect(star).to_have_css("font-size", "40px")
    expect(guide.get_by_label("Answer")).to_have_value("5 of 5: thank you.")
    fruit = guide.get_by_label("Fruit")
    fruit.press_sequentially("ap")
    apricot = guide.get_by_role("button", name="apricot")
    expect(apricot).to_be_visible()
    expect(fruit).to_be_focused()
    expect(fruit).to_have_value("ap")
    apricot.click()
    expect(guide.get_by_label("Choice")).to_have_value("You chose apricot.")
    picture(guide, "html-guide")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_guides_example_has_no_barriers(scheme: Any, visit: Visit, serve: Serve) -> None:
    page = visit(color_scheme=scheme, viewport={"width": 360, "height": 800})
    ready(page, serve(load(ROOT / "docs" / "examples" / "html_cards.py")))
    expect(_frame(page, "Markup, drawn").get_by_text("Anything")).to_be_visible()
    assert_no_barriers(page)
    assert_fits(page)
    picture(page, f"html-guide-{scheme}")


def test_what_a_script_sets_reaches_functions(page: Page, serve: Serve) -> None:
    ear = Ear()

    def hear(card: gr.HTML) -> Any:
        seen: Any = card
        ear.note((seen.value, seen.title, seen.props))
        seen.title = f"{seen.title}!"
        return seen

    with gr.Blocks() as demo:
        card: Any = gr.HTML(
            "v",
            html_template="<h2>${title}</h2><button>${value}</button>",
            js_on_load="""
            element.addEventListener("click", () => {
                props.title = "T"; props.value = "w"; trigger("click");
            });
            """,
            title="S",
        )
        card.click(hear, card, card)
    ready(page, serve(demo))
    page.get_by_role("button", name="v", exact=True).click()
    ear.expect(("w", "T", {"title": "T"}))
    expect(page.get_by_role("heading", name="T!")).to_be_visible()


def test_props_are_text_where_the_template_says_so(page: Page, serve: Serve) -> None:
    bad = "<img src=x onerror=\"document.title='bad'\"><script>document.title = 'bad'</script>"
    with gr.Blocks(title="Good") as demo:
        gr.HTML(html_template="<p>{{text}}</p>", text=bad, elem_id="shown")
        gr.HTML("<script>document.title = 'bad'</script>")
    ready(page, serve(demo))
    expect(page.locator("#shown p")).to_have_text(bad)
    expect(page).to_have_title("Good")


def test_markup_of_strangers_reaches_nothing(page: Page, serve: Serve) -> None:
    allow(page, "Unsafe attempt|sandboxed|Blocked a frame")
    with gr.Blocks(title="Good") as demo:
        text = gr.Textbox(PROBE, label="Markup")
        gr.HTML(lambda markup: markup, inputs=text, sandbox=True, label="Drawn", max_height=300)
    ready(page, serve(demo))
    inside = _frame(page, "Drawn")
    expect(inside.locator("#seen")).to_have_text("nothing at all")
    frame = page.locator("iframe")
    page.get_by_label("Markup").fill("<div style='height: 120px'>Low</div>")
    expect(frame).to_have_css("height", "120px")
    page.get_by_label("Markup").fill("<div style='height: 900px'>High</div>")
    expect(frame).to_have_css("height", "900px")
    until(page.locator(".html-container"), "element => element.clientHeight === 300")
    page.get_by_label("Markup").fill("</body></html></iframe><h1>Out</h1>")
    expect(inside.get_by_role("heading", name="Out")).to_be_visible()
    expect(page.get_by_role("heading", name="Out")).to_have_count(0)
    expect(page).to_have_title("Good")


def test_a_frame_turns_dark_with_the_page(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        gr.HTML("<p>Text</p>", sandbox=True, label="Drawn")
    ready(page, serve(demo))
    text = _frame(page, "Drawn").get_by_text("Text")
    expect(text).to_be_visible()
    for switch in (True, False):
        page.evaluate("on => document.body.classList.toggle('dark', on)", switch)
        color = page.locator("iframe").evaluate("frame => getComputedStyle(frame).color")
        expect(text).to_have_css("color", color)


def test_the_apps_own_code_runs_in_order(page: Page, serve: Serve) -> None:
    order = "(window.order ??= []).push"
    with gr.Blocks() as demo:
        gr.HTML(
            "<p>x</p>",
            head=f"<script>{order}('head of the block')</script>",
            js_on_load=f"{order}('script of the block'); element.dataset.order = order.join();",
        )
    head = f"<script>{order}('first')</script><style>p {{ color: rgb(1, 2, 3) }}</style>"
    head += f"<script>{order}('second')</script><style>p {{ color: rgb(4, 5, 6) }}</style>"
    ready(page, serve(demo, head=head, js=f"() => {{ {order}('app') }}", css="p { top: 0 }"))
    expect(page.locator("[data-order]")).to_have_count(1)
    until(page, "() => order.length === 5")
    ran = page.evaluate("order")
    assert ran[:2] == ["first", "second"]
    assert sorted(ran[2:]) == ["app", "head of the block", "script of the block"]
    assert ran.index("head of the block") < ran.index("script of the block")
    styles = page.evaluate("[...document.head.querySelectorAll('style')].map(s => s.textContent)")
    own = [s.strip() for s in styles if s.strip().startswith("p {")]
    assert own == ["p { top: 0 }", "p { color: rgb(1, 2, 3) }", "p { color: rgb(4, 5, 6) }"]
