"""What is pressed."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Actions",
    "actions",
    "Buttons that call a function, and ready-made ones that need none.",
)


@GROUP.card(gr.Button)
def button():
    import time

    with gr.Row():
        save = gr.Button(
            "Save", variant="primary", min_width=80
        )
        gr.Button("Later", min_width=80)
        stop = gr.Button(
            "Delete", variant="stop", min_width=80
        )
    with gr.Row():
        gr.Button("Small", size="sm", min_width=80)
        gr.Button(
            "Not now",
            size="sm",
            min_width=80,
            interactive=False,
        )
        gr.Button(
            "A link", size="sm", min_width=80, link="docs"
        )
    told = gr.Textbox(label="Done", interactive=False)

    def work():
        time.sleep(0.7)
        return "Saved."

    save.click(work, None, told)
    stop.click(lambda: "Deleted.", None, told)


@GROUP.card(gr.ClearButton)
def clear_button():
    name = gr.Textbox("Ada", label="Name", interactive=True)
    years = gr.Slider(
        0, 99, 36, label="Years", interactive=True
    )
    done = gr.Textbox(label="Form", interactive=False)

    clear = gr.ClearButton([name, years], value="Start over")
    clear.click(lambda: "It is empty again.", None, done)


@GROUP.card(gr.DeepLinkButton)
def deep_link_button():
    gr.Textbox(
        "All that is on the page",
        label="Kept by the link",
        interactive=True,
    )

    gr.DeepLinkButton("Share the page as it is now")


@GROUP.card(gr.DuplicateButton)
def duplicate_button():
    gr.DuplicateButton()


@GROUP.card(gr.LoginButton)
def login_button():
    gr.LoginButton()
