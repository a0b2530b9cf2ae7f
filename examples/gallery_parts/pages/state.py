"""What is remembered."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "State",
    "state",
    "What is remembered: on the server for a session, in the browser for the next visit.",
)


@GROUP.card(gr.State)
def state():
    words = gr.State([])
    word = gr.Textbox(label="A word", submit_btn=True)
    heard = gr.Textbox(
        label="Heard so far", interactive=False
    )

    @word.submit(
        inputs=[word, words], outputs=[word, words, heard]
    )
    def remember(word, words):
        words = [*words, word]
        return "", words, ", ".join(words)


@GROUP.card(gr.BrowserState)
def browser_state():
    kept = gr.BrowserState(
        {"name": ""},
        storage_key="visitor",
        secret="of the gallery",
    )
    name = gr.Textbox(label="Your name", submit_btn=True)
    shown = gr.JSON(label="The browser keeps, encrypted")

    name.submit(lambda text: {"name": text}, name, kept)
    kept.change(lambda kept: kept, kept, shown)
