"""Button blocks in a component's `buttons=`: part of the app, drawn by the component."""

from __future__ import annotations

from typing import Any

import limelight as gr


def test_a_button_drawn_by_another_component_is_part_of_the_app() -> None:
    with gr.Blocks() as demo:
        unplaced: dict[str, Any] = {"render": False}
        shout = gr.Button("Shout", **unplaced)
        text = gr.Textbox(buttons=["copy", shout])
        shout.click(str.upper, text, text)
    assert text.wire_props()["buttons"] == ["copy", shout.block_id]
    config = demo.get_config_file()
    assert shout.block_id in [block["id"] for block in config["components"]]
    assert shout.parent is None
