"""Choices that are too many for a page, and choices that have choices inside."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import Ear, allow, assert_no_barriers, eventually, picture, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

PEOPLE = [f"person {number:07}" for number in range(1_000_000)]
ear = Ear()


def find(query: str, limit: int, request: gr.Request) -> list[str]:
    """Those of a million whose names begin with the query."""
    assert request.session_hash
    if query == "fail":
        raise RuntimeError("on purpose")
    at = bisect.bisect_left(PEOPLE, query)
    return [name for name in PEOPLE[at : at + limit] if name.startswith(query)]


async def find_fruit(query: str) -> list[tuple[str, int]]:
    """Fruit by its name."""
    return [(n, i) for i, n in enumerate(("Apple", "Pear", "Plum")) if query.lower() in n.lower()]


@pytest.fixture(scope="module")
def searching(serve: Serve) -> str:
    """An app whose choices are searched for."""
    with gr.Blocks() as demo:
        person = gr.Dropdown(find, label="Person", value=("The first", PEOPLE[0]))
        fruit = gr.Dropdown(find_fruit, label="Fruit", multiselect=True, value=[("Plum", 2)])
        button = gr.Button("Set")
        for block in (person, fruit):
            block.input(ear.note, block, trigger_mode="multiple")
        button.click(lambda: ("person 0999999", [("A pear", 1)]), None, [person, fruit])
    return serve(demo)


def test_a_million_choices_are_searched_by_typing(
    visit: Visit, searching: str, scheme: str
) -> None:
    page = ready(visit(color_scheme=scheme), searching)
    person = page.get_by_role("combobox", name="Person")
    expect(person).to_have_value("The first")
    person.click()
    options = page.get_by_role("option")
    expect(options).to_have_count(100)
    expect(page.get_by_text("The first 100 are shown.")).to_be_visible()
    person.press_sequentially("person 012345")
    expect(options).to_have_count(10)
    expect(options.first).to_have_text("person 0123450")
    picture(page, f"dropdown-search-{scheme}", full=False)
    assert_no_barriers(page)
    person.press("ArrowDown")
    person.press("Enter")
    ear.expect("person 0123451")
    expect(person).to_have_value("person 0123451")
    person.press_sequentially("nobody")
    expect(page.get_by_text("No choice matches")).to_be_visible()
    person.press("Escape")
    expect(person).to_have_value("person 0123451")


def test_texts_are_known_whoever_chose(page: Page, searching: str) -> None:
    page = ready(page, searching)
    fruit = page.get_by_role("combobox", name="Fruit")
    expect(page.get_by_role("button", name="Remove Plum")).to_be_visible()
    fruit.click()
    fruit.press_sequentially("ap")
    expect(page.get_by_role("option")).to_have_text(["Apple"])
    fruit.press("Enter")
    ear.expect([2, 0])
    fruit.press("Escape")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_role("button", name="Remove A pear")).to_be_visible()
    expect(page.get_by_role("combobox", name="Person")).to_have_value("person 0999999")
    fruit.press_sequentially("plum")
    expect(page.get_by_role("option")).to_have_text(["Plum"])
    fruit.press("Enter")
    ear.expect([1, 2])


def test_a_failed_search_can_be_tried_again(page: Page, searching: str) -> None:
    allow(page, "500")
    page = ready(page, searching)
    person = page.get_by_role("combobox", name="Person")
    person.click()
    person.press_sequentially("fail")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    picture(page, "dropdown-search-failed", full=False)
    assert_no_barriers(page)
    with page.expect_request("**/component_server/") as asked:
        page.get_by_role("button", name="Try again").click()
    body: Any = asked.value.post_data_json
    assert body["data"] == "fail"
    person.fill("person 0000001")
    expect(page.get_by_role("option")).to_have_text(["person 0000001"])


WORLD: dict[str, Any] = {
    "": [{"label": "Europe", "value": "eu", "children": True}, "Sea"],
    "eu": [("Malta", "mt"), {"label": "France", "value": "fr", "children": True}],
    "eu/fr": ["Paris", "Lyon"],
}


async def places(path: list[str]) -> Any:
    """What is in a place."""
    return WORLD["/".join(path)]


@pytest.fixture(scope="module")
def branching(serve: Serve) -> str:
    """An app with trees: a large one, and one that is read when it is opened."""
    many = {f"Branch {b}": [f"leaf {b}-{n}" for n in range(100)] for b in range(100)}
    with gr.Blocks() as demo:
        tree = gr.TreeSelect(many, multiselect=True, expanded=True, label="Many")
        place = gr.TreeSelect(places, ["eu", "mt"], leaves_only=True, label="Place")
        gr.TreeSelect(many, ["Branch 3"], multiselect=True, label="Fixed", interactive=False)
        button = gr.Button("Fill")
        for block in (tree, place):
            block.input(ear.note, block, trigger_mode="multiple")
        button.click(lambda: ["Branch 7", "leaf 8-1"], None, tree)
    return serve(demo)


def test_a_tree_of_ten_thousand_is_quick(visit: Visit, branching: str, scheme: str) -> None:
    page = ready(visit(color_scheme=scheme), branching)
    many = page.get_by_role("combobox", name="Many")
    expect(page.get_by_text("Branch 3")).to_be_visible()
    many.click()
    expect(page.get_by_role("treeitem", name="Branch 0", exact=True)).to_be_visible()
    eventually(page, lambda: page.get_by_role("treeitem").count() < 60)
    many.press("End")
    expect(page.get_by_role("treeitem", name="leaf 99-99", exact=True)).to_be_visible()
    many.press("Space")
    ear.expect(["leaf 99-99"])
    many.press_sequentially("leaf 42-4")
    expect(page.get_by_role("treeitem")).to_have_count(12)  # the branch, 42-4, and 42-40 to 42-49
    picture(page, f"tree-select-many-{scheme}", full=False)
    assert_no_barriers(page)
    many.press("Enter")
    ear.expect(["leaf 99-99", "leaf 42-4"])
    many.press("Escape")
    page.get_by_role("button", name="Fill").click()
    expect(page.get_by_role("button", name="Remove Branch 7")).to_be_visible()
    page.get_by_role("button", name="Remove Branch 7").click()
    ear.expect(["leaf 8-1"])


def test_branches_are_read_when_they_are_opened(page: Page, branching: str) -> None:
    page = ready(page, branching)
    place = page.get_by_role("combobox", name="Place")
    expect(place).to_have_value("Malta")
    place.click()
    expect(page.get_by_role("treeitem", name="France")).to_be_visible()
    place.press("ArrowDown")
    place.press("ArrowRight")
    expect(page.get_by_role("treeitem", name="Lyon")).to_be_visible()
    picture(page, "tree-select-lazy", full=False)
    assert_no_barriers(page)
    page.get_by_role("treeitem", name="Lyon").click()
    ear.expect(["eu", "fr", "Lyon"])
    expect(place).to_have_value("Lyon")
