"""How calls are doing, as the page shows it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import place_of

if TYPE_CHECKING:
    from tests.browser.harness import Serve, Visit


def test_place_in_the_queue_fits_a_narrow_block(serve: Serve, visit: Visit) -> None:
    gate = threading.Event()
    with gr.Blocks() as demo:
        with gr.Row():
            name = gr.Textbox(label="Name", min_width=120)
            out = gr.Textbox(label="Answer", min_width=120)
        gr.Button("Go").click(
            lambda name: gate.wait(20) and name, name, out, trigger_mode="multiple"
        )
    url = serve(demo)
    page = visit(viewport={"width": 360, "height": 800})
    page.goto(url)
    try:
        for _ in range(2):
            page.get_by_role("button", name="Go", exact=True).click()
        page.get_by_text("queue: 1/1").wait_for()
        card = place_of(page.locator("[data-testid=status-tracker] .card"))
        block = place_of(page.locator(".block", has=page.get_by_label("Answer")).last)
        time = place_of(page.locator(".timer"))
    finally:
        gate.set()
    assert block["x"] <= card["x"]
    assert time["x"] + time["width"] <= card["x"] + card["width"]
    assert card["x"] + card["width"] <= block["x"] + block["width"]


def test_newest_message_is_on_the_screen_however_low_it_is(serve: Serve, visit: Visit) -> None:
    with gr.Blocks() as demo:

        def warn() -> None:
            for number in range(5):
                gr.Warning(f"Number {number}. " + "A text of several lines. " * 5)

        gr.Button("Warn").click(warn)
    page = visit(viewport={"width": 360, "height": 480})
    page.goto(serve(demo))
    page.get_by_role("button", name="Warn").click()
    newest = page.get_by_test_id("toast-body").filter(has_text="Number 4")
    expect(newest).to_be_in_viewport(ratio=1)


def test_validators_message_goes_when_the_value_changes(serve: Serve, visit: Visit) -> None:
    with gr.Blocks() as demo:
        email, age = gr.Textbox(label="Email"), gr.Number(label="Age")
        gr.Button("Send").click(
            lambda email, age: None,
            [email, age],
            None,
            validator=lambda email, age: [
                gr.validate("@" in email, "The address needs an @"),
                gr.validate(age is not None and age >= 18, "You must be 18 or older"),
            ],
        )
    page = visit()
    page.goto(serve(demo))
    page.get_by_label("Email").fill("nobody")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Email").press("@")
    expect(page.get_by_label("Email")).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_have_text("You must be 18 or older")
