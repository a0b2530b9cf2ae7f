"""What lies over the page."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Overlays",
    "overlays",
    "What comes over the page, and goes with Escape.",
)


@GROUP.card(gr.Sidebar)
def sidebar():
    # The list at the left is one, too.
    with gr.Sidebar(
        "Settings", position="right", open=False, width=300
    ) as side:
        warmth = gr.Slider(0, 1, 0.7, label="Temperature")
        gr.Dropdown(["small", "large"], label="Model")
    toggle = gr.Button("Open the settings")
    told = gr.Textbox(label="Temperature", interactive=False)

    toggle.click(lambda: gr.Sidebar(open=True), None, side)
    warmth.change(lambda at: f"{at:g}", warmth, told)
