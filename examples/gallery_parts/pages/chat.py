"""Conversations."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Chat",
    "chat",
    "Conversations with a model: text that streams in, files, and the steps of agents.",
)


@GROUP.card(gr.Chatbot)
def chatbot():
    import time

    chat = gr.Chatbot(
        [{"role": "assistant", "content": "Say something."}],
        label="Echo",
        height=260,
    )
    box = gr.Textbox(
        label="Message", show_label=False, submit_btn=True
    )

    @box.submit(inputs=[box, chat], outputs=[box, chat])
    def answer(text, talk):
        talk = [*talk, {"role": "user", "content": text}]
        said = ""
        for word in f"You said: **{text}**".split():
            said += f"{word} "
            reply = {"role": "assistant", "content": said}
            yield "", [*talk, reply]
            time.sleep(0.1)
