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
        label="Message",
        show_label=False,
        placeholder="Anything",
        submit_btn=True,
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


@GROUP.card(
    gr.ChatInterface,
    summary="A chat with a function. `examples/chat.py` is one with a language model.",
)
def chat_interface():
    import re
    import time

    rules = {
        r"\bI feel (.+)": "Why do you feel {}?",
        r"\bI (?:want|need) (.+)": "What if you got {}?",
        r"\bmy (\w+)": "Tell me more about your {}.",
        r"\?": "What do you think yourself?",
        r"": "I see. Go on.",
    }

    def listen(message, history):
        """Answer letter by letter, as ELIZA did in 1966."""
        for rule, reply in rules.items():
            if found := re.search(rule, message, re.I):
                said = reply.format(*found.groups())
                break
        for end in range(1, len(said) + 1):
            yield said[:end]
            time.sleep(0.02)

    gr.ChatInterface(
        listen,
        chatbot=gr.Chatbot(label="ELIZA", height=430),
        examples=["I feel tired", "I need a holiday"],
        autofocus=False,
    )
