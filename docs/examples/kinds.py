"""The four kinds of Interface, by what they are given."""

import random

import limelight as gr

notes = []


def shout(text):
    return text.upper()


def tidy(text):
    return " ".join(text.split())


def remember(note):
    notes.append(note)


def roll():
    return random.randint(1, 6)


text = gr.Textbox(label="Text", lines=4)

demo = gr.TabbedInterface(
    [
        gr.Interface(shout, "text", "text"),
        gr.Interface(remember, "text", None),
        gr.Interface(roll, None, "number"),
        gr.Interface(tidy, text, text),
    ],
    ["Inputs and outputs", "Inputs only", "Outputs only", "One for both"],
)

if __name__ == "__main__":
    demo.launch()
