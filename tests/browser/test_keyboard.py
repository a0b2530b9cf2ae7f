"""Every component can be used with a keyboard alone, and its listener gets the value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app_with_all import SAMPLES, build
from tests.browser.harness import arrived, ready, until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.harness import Serve

MOST_STEPS = 300
# Where the focus is, seen from what is sought.
WHERE = """sought => {
  if (!sought.isConnected) return "gone";
  if (sought === document.activeElement) return "here";
  return document.activeElement.matches(".cm-content") ? "in code" : "elsewhere";
}"""


@pytest.fixture(scope="module")
def url(serve: Serve) -> str:
    """An app with all components."""
    return serve(build())


class Reader:
    """Somebody with a keyboard and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard = page.get_by_label("Heard", exact=True)

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus, and check that one can see that it has."""
        sought = target.element_handle()  # looking by role at each step would take far longer
        for _ in range(MOST_STEPS):
            assert sought is not None
            at = sought.evaluate(WHERE)
            if at == "here":
                break
            if at == "gone":
                sought = target.element_handle()
                continue
            if at == "in code":
                self.page.keyboard.press("Escape")  # or Tab would indent
            self.page.keyboard.press("Tab")
        expect(target).to_be_focused()
        until(target, "element => element.matches(':focus-visible')")

    def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        """Type a text, key by key."""
        self.page.keyboard.type(text)

    def hears(self, text: str) -> None:
        """Wait for what a listener got."""
        expect(self.heard).to_have_value(text)


@pytest.fixture
def reader(page: Page, url: str) -> Reader:
    """At the top of the page, with nothing focused."""
    # From the start, as Chromium is told only then that dialogs are to be handed over.
    page.on("filechooser", lambda _: None)
    reader = Reader(ready(page, url))
    reader.hears("First: ")  # the first tab tells that it is shown
    arrived(page)
    return reader


def test_texts_are_typed_and_submitted(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("textbox", name="Name", exact=True))
    reader.types("Grace")
    reader.press("Enter")
    reader.hears("Name: 'Grace'")
    reader.types(" H")
    reader.press("Tab")
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    reader.press("Space")
    reader.hears("Name: 'Grace H'")
    reader.reach(page.get_by_role("textbox", name="Story"))
    reader.types("Once")
    reader.press("Enter")
    reader.types("upon")
    reader.press("Shift+Enter")
    reader.hears("Story: 'Once\\nupon'")
    reader.reach(page.get_by_label("Password"))
    reader.types("secret")
    reader.press("Enter")
    reader.hears("Password: 'secret'")
    reader.reach(page.get_by_role("textbox", name="Area"))
    reader.press("Control+End")
    reader.types(".")
    reader.press("Shift+Enter")
    reader.hears("Area: 'Several\\nlines.'")


def test_numbers_are_typed_and_moved(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("spinbutton", name="Number", exact=True))
    reader.press("ArrowUp", "ArrowUp", "Enter")
    reader.hears("Number: 5")
    reader.reach(page.get_by_label("number input for Slider"))
    reader.press("ArrowUp", "Tab")  # leaving the field settles it
    reader.hears("Slider: 5")
    reader.reach(page.get_by_label("range slider for Slider"))
    reader.press("ArrowRight")
    reader.hears("Slider: 6")
    reader.press("ArrowRight")
    reader.hears("Slider: 7")
    reader.press("End")
    reader.hears("Slider: 10")
    reader.press("Shift+Tab")
    expect(page.get_by_test_id("reset-button").first).to_be_focused()
    reader.press("Enter")
    reader.hears("Slider: 4")


def test_both_ends_of_a_span_are_moved(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_label("number input for the lower end of Span"))
    reader.press("Control+a")
    reader.types("3")
    reader.press("Tab")
    reader.hears("Span: (3, 6)")
    reader.reach(page.get_by_role("slider", name="lower end of Span", exact=True))
    reader.press("ArrowRight")
    reader.hears("Span: (4, 6)")
    reader.press("End")  # as far as the other lets it
    reader.hears("Span: (5, 6)")
    reader.press("Tab")
    expect(page.get_by_role("slider", name="upper end of Span", exact=True)).to_be_focused()
    reader.press("PageUp")
    reader.hears("Span: (5, 10)")


def test_stars_are_picked_and_taken_away(reader: Reader) -> None:
    page = reader.page
    stars = page.get_by_role("radiogroup", name="Stars")
    reader.reach(stars.get_by_role("radio", name="3 stars"))
    reader.press("ArrowRight")
    reader.hears("Stars: 4")
    reader.press("ArrowLeft")
    reader.hears("Stars: 3")
    reader.press("Delete")
    reader.hears("Stars: None")
    expect(stars.get_by_role("radio", checked=True)).to_have_count(0)
    reader.press("Space")
    reader.hears("Stars: 3")


def test_boxes_are_ticked(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("checkbox", name="Checkbox"))
    reader.press("Space")
    reader.hears("Checkbox: True")
    reader.reach(page.get_by_role("checkbox", name="Select/Deselect All"))
    reader.press("Space")
    reader.hears("Group: ['red', 'green', 'blue']")
    reader.reach(page.get_by_role("checkbox", name="green"))
    reader.press("Space")
    reader.hears("Group: ['red', 'blue']")
    reader.reach(page.get_by_role("radio", name="tea"))
    reader.press("ArrowDown")
    reader.hears("Radio: 'coffee'")
    reader.press("ArrowUp")
    reader.hears("Radio: 'tea'")


def test_segments_are_picked(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("switch", name="Switch", exact=True))
    reader.press("Space")
    reader.hears("Switch: True")
    reader.press("Enter")
    reader.hears("Switch: False")
    reader.reach(page.get_by_role("radio", name="day"))
    reader.press("ArrowRight")
    reader.hears("Segments: 'week'")
    reader.press("ArrowLeft")
    reader.hears("Segments: 'day'")
    reader.press("Tab", "Tab")
    expect(page.get_by_role("checkbox", name="Tue")).to_be_focused()
    reader.press("Space")
    reader.hears("Pills: ['Mon', 'Tue']")


def test_figures_are_pressed_turned_and_ticked(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("button", name="Revenue"))
    reader.press("Enter")
    reader.hears("Revenue: 48250")
    reader.reach(page.get_by_role("button", name="Load done"))
    reader.press("Space")
    reader.hears("Training: 0")
    towns = page.get_by_role("navigation", name="Towns")
    reader.reach(towns.get_by_role("button", name="Page 2"))
    reader.press("Enter")
    reader.hears("Towns: 2")
    reader.reach(towns.get_by_role("button", name="Next page"))
    reader.press("Enter")
    reader.hears("Towns: 3")
    reader.reach(page.get_by_role("combobox", name="Entries on a page"))
    reader.press("ArrowDown")
    reader.hears("Towns: 2")
    reader.reach(page.get_by_role("checkbox", name="Bread"))
    reader.press("Space")
    reader.hears("To buy: ['Fruit']")
    fold = page.get_by_role("button", name="Tasks inside Fruit")
    reader.reach(fold)
    reader.press("Enter")
    expect(page.get_by_role("checkbox", name="Apples")).to_have_count(0)
    expect(fold).to_be_focused()


def test_choices_are_picked(reader: Reader) -> None:
    page = reader.page
    single = page.get_by_role("combobox", name="Single")
    reader.reach(single)
    reader.press("ArrowDown", "ArrowDown", "Enter")
    reader.hears("Single: 'banana'")
    expect(page.get_by_role("option", name="banana")).to_have_count(0)
    reader.press("ArrowDown")
    expect(single).to_have_attribute("aria-expanded", "true")
    reader.press("Escape")
    expect(single).to_have_attribute("aria-expanded", "false")
    expect(single).to_be_focused()
    reader.press("Control+a")
    reader.types("che")
    reader.press("Enter")
    reader.hears("Single: 'cherry'")
    reader.reach(page.get_by_role("combobox", name="Multiple"))
    reader.types("owl")
    reader.press("Enter", "Escape")
    reader.hears("Multiple: ['dog', 'owl']")
    reader.press("Backspace")
    reader.hears("Multiple: ['dog']")
    reader.reach(page.get_by_role("combobox", name="Custom"))
    reader.press("Control+a")
    reader.types("yew")
    reader.press("Enter")
    reader.hears("Custom: 'yew'")
    reader.reach(page.get_by_role("combobox", name="Searched"))
    reader.types("word")
    expect(page.get_by_role("option", name="word 1")).to_be_visible()
    reader.press("ArrowDown", "Enter")
    reader.hears("Searched: 'word 1'")


def test_a_tree_of_choices_is_walked(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("combobox", name="Basket"))
    reader.press("ArrowDown")
    expect(page.get_by_role("treeitem", name="Plum")).to_have_attribute("aria-selected", "true")
    reader.press("End", "ArrowRight", "ArrowRight", " ")
    reader.hears("Basket: ['Plum', 'Walnut']")
    reader.press("Home", " ")
    reader.hears("Basket: ['Walnut', 'Cherry', 'Plum']")
    reader.types("cash")
    reader.press("Enter", "Escape")
    reader.hears("Basket: ['Walnut', 'Cherry', 'Plum', 'Cashew']")
    reader.press("Backspace")  # of the two branches that these are, the last
    reader.hears("Basket: ['Walnut', 'Cashew']")


def test_colours_are_moved_and_typed(reader: Reader) -> None:
    page = reader.page
    button = page.get_by_role("button", name="Colour", exact=True)
    reader.reach(button)
    reader.press("Enter")
    area = page.get_by_role("slider", name="Saturation and brightness")
    expect(area).to_be_focused()
    reader.press("PageDown")
    reader.hears("Colour: '#e66e00'")
    reader.press("Tab")
    expect(page.get_by_role("slider", name="Hue")).to_be_focused()
    reader.press("Home")
    reader.hears("Colour: '#e60000'")
    reader.press("Tab")
    expect(page.get_by_role("slider", name="Opacity")).to_be_focused()
    reader.press("Home")
    reader.hears("Colour: '#e6000000'")
    typed = page.get_by_role("textbox", name="Colour as text")
    reader.reach(typed)
    reader.types("hsl(120, 100%, 25%)")
    reader.press("Enter")
    reader.hears("Colour: '#008000'")
    reader.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
    reader.press("Space")
    expect(area).to_be_focused()
    reader.press("Shift+Tab", "Shift+Tab")  # whoever leaves closes it
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_days_are_typed_and_picked(reader: Reader) -> None:
    page = reader.page
    when = page.get_by_role("textbox", name="When")
    reader.reach(when)
    reader.press("Control+a")
    reader.types("2024-2-30")
    reader.press("Enter")
    expect(when).to_have_attribute("aria-invalid", "true")
    reader.press("Control+a")
    reader.types("2024-2-29 7:05")
    reader.press("Enter")
    reader.hears("When: '2024-02-29 07:05:00'")
    reader.press("Tab")
    expect(page.get_by_role("button", name="Open the calendar").first).to_be_focused()
    reader.press("Enter")
    expect(page.get_by_role("gridcell", name="February 29, 2024")).to_be_focused()
    reader.press("ArrowRight", "Enter")
    reader.hears("When: '2024-03-01 07:05:00'")
    reader.press("Escape")
    expect(when).to_be_focused()
    day = page.get_by_role("textbox", name="Day", exact=True)
    reader.reach(day)
    reader.press("Alt+ArrowDown", "PageDown", "Home", "Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(day).to_be_focused()
    expect(reader.heard).to_have_value(re.compile(r"Day: '2024-03-2[45]'"))


def test_ranges_are_typed_and_picked(reader: Reader) -> None:
    page = reader.page
    stay = page.get_by_role("group", name="Stay")
    start, end = stay.get_by_role("textbox", name="From"), stay.get_by_role("textbox", name="To")
    reader.reach(end)
    reader.press("Control+a")
    reader.types("2024-2-20")
    reader.press("Enter")
    expect(page.get_by_text("The start is later than the end.")).to_be_visible()
    reader.press("Shift+Tab", "Control+a")
    reader.types("2024-2-19")
    reader.press("Enter")
    reader.hears("Stay: ('2024-02-19', '2024-02-20')")
    reader.press("Alt+ArrowDown")
    expect(page.get_by_role("gridcell", name="February 19, 2024")).to_be_focused()
    reader.press("PageDown", "Enter", "ArrowUp", "ArrowLeft", "Enter")
    reader.hears("Stay: ('2024-03-11', '2024-03-19')")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(start).to_be_focused()


def test_times_are_typed_turned_and_picked(reader: Reader) -> None:
    page = reader.page
    alarm = page.get_by_role("combobox", name="Alarm")
    reader.reach(alarm)
    reader.press("Control+a")
    reader.types("7.45 pm")
    reader.press("Enter")
    reader.hears("Alarm: '19:45'")
    expect(alarm).to_have_value("7:45 PM")
    reader.press("Home", "ArrowUp")
    reader.hears("Alarm: '20:45'")
    reader.press("ArrowRight", "ArrowRight", "ArrowDown")
    reader.hears("Alarm: '20:40'")
    reader.press("Alt+ArrowDown", "ArrowDown", "Enter")
    reader.hears("Alarm: '21:00'")
    reader.press("Alt+ArrowDown", "Escape")
    expect(page.get_by_role("listbox", name="Times")).to_have_count(0)
    expect(alarm).to_be_focused()


def test_the_tree_of_files_is_walked(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("tree", name="Explorer"))
    reader.types("samp")
    reader.press("ArrowRight")
    expect(page.get_by_role("treeitem", name="harbour.jpg", exact=True)).to_be_visible()
    reader.press("ArrowRight", "Space")
    reader.hears("Explorer: ['harbour.jpg']")
    reader.press("ArrowDown", "Enter")
    reader.hears("Explorer: ['harbour.jpg', 'letter.jpg']")
    reader.press("ArrowUp", "Space")
    reader.hears("Explorer: ['letter.jpg']")
    reader.press("ArrowLeft", "ArrowLeft")
    expect(page.get_by_role("treeitem", name="samples")).to_have_attribute("aria-expanded", "false")


def test_buttons_are_pressed(reader: Reader) -> None:
    page = reader.page
    for name, key in (("Primary", "Enter"), ("Secondary", "Space"), ("Stop it", "Enter")):
        reader.reach(page.get_by_role("button", name=name, exact=True))
        reader.press(key)
        reader.hears(f"{name}: ")
    reader.reach(page.get_by_role("button", name="Clear it"))
    reader.press("Enter")
    reader.hears("")
    reader.reach(page.get_by_role("button", name="Toasts"))
    reader.press("Enter")
    toasts = page.get_by_test_id("toast-body")
    expect(toasts).to_have_count(4)
    reader.press("Escape", "Escape", "Escape", "Escape")
    expect(toasts).to_have_count(0)


def test_files_are_sent_and_given_by_buttons(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("button", name="Send up"))
    with page.expect_file_chooser() as chosen:
        reader.press("Enter")
    chosen.value.set_files(SAMPLES / "letter.jpg")
    reader.hears("Up: letter.jpg")
    reader.reach(page.get_by_role("button", name="Bring down"))
    with page.expect_download() as download:
        reader.press("Space")
    assert download.value.suggested_filename == "letter.jpg"
    reader.hears("Down: letter.jpg")


def test_a_dialogue_is_written(reader: Reader) -> None:
    page = reader.page
    scene = page.get_by_role("group", name="Scene")
    reader.reach(scene.get_by_label("Text", exact=True).nth(1))
    reader.press("End", "Enter")
    reader.types("Oh :si")
    expect(page.get_by_role("option", name="(sighs)")).to_be_visible()
    reader.press("Enter", "Control+Enter")
    reader.hears("Scene: '[Ada] Hello\\n[Charles] Good day\\n[Ada] Oh (sighs) '")
    reader.reach(scene.get_by_role("button", name="Remove current line").nth(2))
    reader.press("Enter")
    expect(scene.get_by_label("Text", exact=True)).to_have_count(2)


def test_files_are_chosen_removed_and_ordered(reader: Reader) -> None:
    page = reader.page
    letter = SAMPLES / "letter.jpg"
    reader.reach(
        page.get_by_role("group", name="Empty picture").get_by_role(
            "button", name=re.compile("Click to upload")
        )
    )
    with page.expect_file_chooser() as chosen:
        reader.press("Enter")
    chosen.value.set_files(letter)
    expect(reader.heard).to_have_value(re.compile(r"Picture: \(\d+, \d+, 3\)"))
    reader.reach(
        page.get_by_role("group", name="Picture", exact=True)
        .locator("xpath=..")
        .get_by_role("button", name="Remove Image")
    )
    reader.press("Enter")
    reader.hears("Picture: None")
    file = (
        page.get_by_test_id("block-label")
        .filter(has_text=re.compile("^File$"))
        .locator("xpath=../..")
    )
    reader.reach(file.get_by_role("button", name=re.compile("Click to upload")))
    with page.expect_file_chooser() as chosen:
        reader.press("Space")
    chosen.value.set_files(letter)
    reader.hears("File: letter.jpg")
    files = page.get_by_role("table", name="Files")
    reader.reach(files.get_by_role("button", name="Move letter.jpg"))
    reader.press("ArrowDown")
    expect(files.locator("tr").nth(0)).to_contain_text("page.png")
    reader.reach(files.get_by_role("button", name="Remove this file").nth(0))
    reader.press("Enter")
    expect(files.locator("tr")).to_have_count(1)


def test_programs_are_edited_and_left(reader: Reader) -> None:
    page = reader.page
    program = page.get_by_role("textbox", name="Program")
    reader.reach(program)
    reader.press("Control+End")
    reader.types("\nif a:\nprint(a)")
    expect(program).to_have_text("a = 1if a:    print(a)")
    reader.press("Home", "Tab")
    expect(program).to_have_text("a = 1if a:        print(a)")
    expect(page.get_by_text("Press Escape, then Tab, to leave.")).to_be_visible()
    reader.press("Escape", "Tab")
    expect(program).not_to_be_focused()
    reader.hears("Program: 'a = 1\\nif a:\\n        print(a)'")
    reader.reach(page.get_by_role("textbox", name="Settings of it"))
    reader.press("Tab")
    expect(page.get_by_role("textbox", name="Settings of it")).not_to_be_focused()


def test_a_terminal_is_searched_and_given_commands(reader: Reader) -> None:
    page = reader.page
    log = page.get_by_role("log", name="Training log")
    reader.reach(log)
    reader.press("/")
    query = page.get_by_role("search").get_by_role("textbox")
    expect(query).to_be_focused()
    reader.types("step 6")
    found = page.get_by_role("search").get_by_role("status")
    expect(found).to_have_text("2 of 2")
    reader.press("Enter")
    expect(found).to_have_text("1 of 2")
    expect(log.get_by_text("step 6", exact=True)).to_be_in_viewport()
    reader.press("Escape")
    expect(log).to_be_focused()
    command = page.get_by_role("textbox", name="Command for Shell")
    reader.reach(command)
    reader.types("ls")
    reader.press("Enter")
    reader.hears("Shell: ls")
    reader.types("pwd")
    reader.press("Enter")
    reader.hears("Shell: pwd")
    reader.press("ArrowUp", "ArrowUp")
    expect(command).to_have_value("ls")
    reader.press("Control+l")
    expect(page.get_by_role("log", name="Shell")).to_have_text("")


def test_a_json_tree_is_walked_and_edited(reader: Reader) -> None:
    page = reader.page
    tree = page.get_by_role("tree", name="Options", exact=True)
    items = tree.get_by_role("treeitem")
    reader.reach(items.first)
    reader.press("ArrowDown", "ArrowDown", "ArrowLeft")
    expect(items.nth(2)).to_have_attribute("aria-expanded", "false")
    reader.press("ArrowRight", "ArrowRight")
    expect(items.nth(3)).to_be_focused()
    reader.press("ArrowLeft")
    expect(items.nth(2)).to_be_focused()
    reader.press("End", "Enter")
    expect(page.get_by_role("textbox", name='Value of "seed"')).to_be_focused()
    reader.types("8")
    reader.press("Enter")
    reader.hears("Options: {'model': 'small', 'layers': [2, 99], 'deep': {'seed': 8}}")
    expect(items.last).to_be_focused()
    reader.press("Home", "ArrowDown", "Delete")
    reader.hears("Options: {'layers': [2, 99], 'deep': {'seed': 8}}")
    reader.press("Control+z")
    reader.hears("Options: {'model': 'small', 'layers': [2, 99], 'deep': {'seed': 8}}")
    reader.press("Shift+F10")
    expect(page.get_by_role("menu")).to_be_visible()
    reader.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    settled = page.get_by_role("tree", name="Settled options").get_by_role("treeitem")
    reader.reach(settled.first)
    reader.press("End", "Enter")
    expect(page.get_by_role("textbox", name="Value of")).to_have_count(0)


def test_texts_are_labelled(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("listbox", name="Spans"))
    reader.press("Home", "ArrowRight", "ArrowRight", "Enter")
    reader.hears("Spans: 2 ['London', 'place']")
    labels = page.get_by_role("listbox", name="Labels")
    reader.reach(labels)
    reader.press("Home", "Shift+ArrowRight", "Enter")
    expect(page.get_by_role("textbox", name="Label", exact=True)).to_be_focused()
    reader.types("person")
    reader.press("Enter")
    reader.hears("Labels: ['Marie Curie', 'Warsaw']")
    expect(labels).to_be_focused()
    reader.press("End", "ArrowLeft", "Delete")
    reader.hears("Labels: ['Marie Curie']")


def test_parameters_are_opened(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("button", name="size", exact=True))
    reader.press("Enter")
    expect(page.get_by_text("In pixels.")).to_be_visible()
    reader.press("Space")
    expect(page.get_by_text("In pixels.")).to_be_hidden()


def test_messages_are_written_and_their_files_taken_away(reader: Reader) -> None:
    page = reader.page
    message = page.get_by_role("textbox", name="Message", exact=True)
    reader.reach(page.get_by_test_id("upload-button").first)
    with page.expect_file_chooser() as chosen:
        reader.press("Enter")
    chosen.value.set_files(SAMPLES / "letter.jpg")
    expect(message).to_be_focused()
    remove = page.get_by_role("button", name="Remove file letter.jpg")
    expect(remove).to_be_visible()
    reader.press("Shift+Tab", "Shift+Tab")
    expect(remove).to_be_focused()
    reader.press("Enter")
    expect(remove).to_have_count(0)
    expect(message).to_be_focused()
    reader.types("Hello")
    reader.press("Enter")
    reader.hears("Message: {'text': 'Hello', 'files': []}")


def test_halves_of_the_authors_own_are_used(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("button", name="Clicked 0 times"))
    reader.press("Enter", "Space")
    expect(page.get_by_role("button", name="Clicked 4 times")).to_be_focused()
    reader.hears("Clicker: {'count': 4, 'step': 2}")
    reader.reach(page.get_by_role("button", name="Liked 3 times"))
    reader.press("Enter")
    reader.hears("Likes: 4")
    pytest.importorskip("anywidget")
    reader.reach(page.get_by_role("slider", name="Turn it"))
    reader.press("ArrowRight")
    reader.hears("Knob: 5")


def test_containers_are_opened(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("tab", name="First"))
    reader.press("ArrowRight")
    reader.hears("Second: ")
    reader.press("ArrowRight")  # the third cannot be selected
    reader.hears("First: ")
    details = page.get_by_role("button", name="Details")
    reader.reach(details)
    reader.press("Enter")
    reader.hears("Details open: ")
    expect(details).to_have_attribute("aria-expanded", "true")
    reader.press("Tab")
    expect(page.get_by_label("In the details")).to_be_focused()
    reader.press("Shift+Tab", "Space")
    reader.hears("Details closed: ")


def test_steps_are_taken_and_blocks_are_moved(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_role("button", name="After Begin"))
    reader.press("Enter")
    expect(page.get_by_label("In step 2")).to_be_visible()
    reader.reach(page.get_by_role("tab", name="Go on"))
    reader.press("ArrowLeft")
    expect(page.get_by_label("In step 1")).to_be_visible()
    expect(page.get_by_role("tab", name="Begin")).to_be_focused()
    reader.reach(page.get_by_role("button", name="Move Movable"))
    reader.press("ArrowDown")
    expect(page.get_by_text("Movable is now 2 of 2.")).to_be_attached()
    expect(page.get_by_test_id("drag-handle").nth(1)).to_be_focused()


def test_examples_and_classes_are_chosen(reader: Reader) -> None:
    page = reader.page
    reader.reach(page.get_by_test_id("label").get_by_role("button", name=re.compile("dog")))
    reader.press("Enter")
    reader.hears("Animal: dog")
    reader.reach(page.get_by_role("row", name="la 3"))
    reader.press("ArrowDown", "Enter")
    expect(page.get_by_label("Word", exact=True)).to_have_value("tick tock")
    expect(page.get_by_role("spinbutton", name="Times")).to_have_value("2")
    reader.reach(page.get_by_role("button", name="green", exact=True))
    reader.press("Space")
    expect(page.get_by_label("Word", exact=True)).to_have_value("green")


def test_the_sidebar_opens_and_closes(reader: Reader) -> None:
    page = reader.page
    toggle = page.get_by_role("button", name="Toggle Sidebar")
    reader.reach(toggle)
    reader.press("Enter")
    expect(page.get_by_label("In the sidebar")).to_be_visible()
    reader.press("Enter")
    expect(page.get_by_label("In the sidebar")).to_be_hidden()


def test_dialogs_keep_the_focus_and_give_it_back(reader: Reader) -> None:
    page = reader.page
    for button, title in (("Use via API", "API documentation"), ("Settings", "Settings")):
        opener = page.get_by_role("button", name=re.compile(button))
        reader.reach(opener)
        reader.press("Enter")
        dialog = page.get_by_role("dialog", name=title)
        expect(dialog).to_be_visible()
        for _ in range(8):
            reader.press("Tab")
            until(
                page,
                "() => document.activeElement === document.body"
                " || document.activeElement.closest('dialog') !== null",
            )
        reader.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()


def test_what_lies_over_the_page_is_opened_and_left(reader: Reader) -> None:
    page = reader.page
    ask = page.get_by_role("button", name="Ask me")
    ask.focus()
    reader.press("Enter")
    expect(page.get_by_label("Answer", exact=True)).to_be_focused()
    reader.types("No")
    reader.press("Tab", "Enter")
    reader.hears("Answer: 'No'")
    expect(ask).to_be_focused()
    preferences = page.get_by_role("button", name="Preferences")
    reader.reach(preferences)
    reader.press("Space")
    expect(page.get_by_label("Preferred", exact=True)).to_be_focused()
    reader.press("Escape")
    reader.hears("Preferences closed: ")
    expect(preferences).to_be_focused()
    reader.reach(page.get_by_role("button", name="What is preferred?"))
    reader.press("Enter")
    expect(page.get_by_role("dialog", name="What is preferred?")).to_be_focused()
    reader.reach(page.get_by_role("button", name="Mystery"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("It says a secret.")).to_be_visible()
    reader.press("Enter")
    reader.hears("Mystery: ")


def test_a_conversation_is_read_rated_and_edited(reader: Reader) -> None:
    page = reader.page
    page.get_by_role("log", name="chatbot conversation").focus()
    reader.reach(page.get_by_role("button", name="Edit", exact=True))
    reader.press("Enter")
    expect(page.get_by_label("Edited Message")).to_be_focused()
    reader.press("Escape")
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    reader.press("Enter")
    expect(page.get_by_label("Edited Message")).to_be_focused()
    reader.types(" Say it")
    reader.press("Enter")
    reader.hears("Talk: When are tides? Say it")
    reader.reach(page.get_by_role("button", name="Look it up"))
    reader.press("Enter")
    step = page.get_by_role("group", name="Input", exact=True)
    expect(step).to_contain_text("tides")
    reader.reach(page.get_by_role("button", name="Continue"))
    reader.press("Enter")
    reader.hears("Talk: {'action': 'continue', 'index': 2}")
    reader.reach(page.get_by_role("button", name="Previous version"))
    reader.press("Enter")
    reader.hears("Talk: {'action': 'branch', 'index': 2, 'by': -1}")
    reader.reach(page.get_by_role("button", name="Like", exact=True))
    reader.press("Enter")
    reader.hears("Talk: True")
    reader.reach(page.get_by_role("button", name="Feedback"))
    reader.press("Enter", "ArrowDown", "Escape")
    expect(page.get_by_role("button", name="Feedback")).to_be_focused()
    reader.reach(page.get_by_role("button", name="And where are none?"))
    reader.press("Space")
    reader.hears("Talk: And where are none?")
    reader.reach(page.get_by_role("button", name="Send now"))
    reader.press("Enter")
    reader.hears("Talk: {'action': 'steer', 'id': 'q'}")


def test_panes_beside_a_conversation_open_and_give_the_focus_back(reader: Reader) -> None:
    page = reader.page
    page.get_by_role("log", name="chatbot conversation").focus()
    artifact = page.get_by_role("button", name="Tides Document")
    reader.reach(artifact)
    reader.press("Enter")
    pane = page.get_by_role("region", name="Tides")
    expect(pane).to_be_focused()
    reader.reach(pane.get_by_role("button", name="Previous version"))
    reader.press("Enter")
    expect(pane.get_by_text("One a day.")).to_be_visible()
    reader.press("Escape")
    expect(artifact).to_be_focused()
    reader.reach(page.get_by_role("button", name="Sources (1)"))
    reader.press("Enter")
    expect(page.get_by_role("region", name="Sources (1)")).to_be_focused()
    reader.press("Tab", "Escape")
    expect(page.get_by_role("button", name="Sources (1)")).to_be_focused()


def test_a_list_of_chats_is_walked_and_its_menus_used(reader: Reader) -> None:
    page = reader.page
    page.get_by_role("navigation", name="Talks").get_by_role("searchbox").focus()
    reader.press("Tab")
    expect(page.locator("[data-thread=Tides]")).to_be_focused()
    reader.press("End")
    expect(page.locator("[data-thread=Light]")).to_be_focused()
    reader.press("Enter")
    reader.hears("Talks: 'Light'")
    reader.press("Tab", "Enter", "ArrowUp", "ArrowUp")
    expect(page.get_by_role("menuitem", name="Archive", exact=True)).to_be_focused()
    reader.press("Escape")
    expect(page.get_by_role("button", name="Actions for Light")).to_be_focused()
    reader.press("Shift+Tab", "Delete")
    expect(page.get_by_role("dialog", name="Delete")).to_be_visible()
    reader.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
