"""What lies over the page."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Overlays",
    "overlays",
    "What comes over the page, and goes with Escape.",
)


@GROUP.card(gr.Modal)
def modal():
    with gr.Modal("Rename", size="sm") as modal:
        name = gr.Textbox("Ada", label="New name")
        save = gr.Button("Save", variant="primary")
    rename = gr.Button("Rename…")
    saved = gr.Textbox(label="Saved", interactive=False)

    rename.click(lambda: gr.Modal(open=True), None, modal)
    save.click(
        lambda name: (name, gr.Modal(open=False)),
        name,
        [saved, modal],
    )


@GROUP.card(gr.Popover)
def popover():
    with gr.Row():
        with gr.Popover("Filters", scale=0):
            status = gr.CheckboxGroup(
                ["open", "closed"],
                value=["open"],
                label="Status",
            )
        with gr.Popover("What is this?", variant="help"):
            gr.Markdown("Issues of **all** projects.")
    shown = gr.Textbox(
        "open", label="Shown", interactive=False
    )

    status.change(" and ".join, status, shown)


@GROUP.card(gr.Tooltip)
def tooltip():
    with gr.Row():
        with gr.Tooltip(
            "Asks once more, with the same words."
        ):
            again = gr.Button("Try again", min_width=80)
        with gr.Tooltip(
            "Cannot be undone.", placement="bottom"
        ):
            gr.Button("Delete", variant="stop", min_width=80)
    told = gr.Textbox(label="Heard", interactive=False)

    again.click(lambda: "Once more.", None, told)


@GROUP.card(gr.Sidebar)
def sidebar():
    # The list at the left is one, too.
    with gr.Sidebar(
        "Settings", position="right", open=False, width=300
    ) as side:
        warmth = gr.Slider(0, 1, 0.7, label="Temperature")
        gr.Switch(label="Be brief")
    toggle = gr.Button("Open the settings")
    told = gr.Textbox(
        "0.7", label="Temperature", interactive=False
    )

    toggle.click(lambda: gr.Sidebar(open=True), None, side)
    warmth.change(lambda at: f"{at:g}", warmth, told)
