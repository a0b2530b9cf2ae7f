"""How calls are doing, as the page shows it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import limelight as gr

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
        card = page.locator("[data-testid=status-tracker] .card").bounding_box()
        block = page.locator(".block", has=page.get_by_label("Answer")).last.bounding_box()
        time = page.locator(".timer").bounding_box()
    finally:
        gate.set()
    assert card is not None
    assert block is not None
    assert time is not None
    assert block["x"] <= card["x"]
    assert time["x"] + time["width"] <= card["x"] + card["width"]
    assert card["x"] + card["width"] <= block["x"] + block["width"]
