"""Where things stand."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Layout",
    "layout",
    "Rows that wrap where it is narrow, tabs that draw when they are opened, frames, steps.",
)


@GROUP.card(gr.Row)
def row():
    with gr.Row(equal_height=True):
        word = gr.Textbox(
            "la", label="Word", scale=2, min_width=120
        )
        times = gr.Number(3, label="Times", min_width=80)
    with gr.Row(variant="panel"):
        again = gr.Button("Again", min_width=80)
        back = gr.Button("Backwards", min_width=80)

    again.click(lambda w, n: w * int(n), [word, times], word)
    back.click(lambda w: w[::-1], word, word)


@GROUP.card(gr.Column)
def column():
    with gr.Row():
        with gr.Column(scale=1, min_width=120):
            question = gr.Textbox("Rain?", label="Question")
            ask = gr.Button("Ask", variant="primary")
        with gr.Column(scale=2, min_width=160):
            answer = gr.Textbox(
                "Rain? Indeed!", label="Answer", lines=4
            )

    ask.click(
        lambda text: f"{text} Indeed!", question, answer
    )


@GROUP.card(gr.Group)
def group():
    with gr.Group():
        name = gr.Textbox("Ada", label="Name")
        with gr.Row():
            gr.Textbox(
                "Mill Lane", label="Street", min_width=100
            )
            town = gr.Textbox(
                "Ada's town", label="Town", min_width=100
            )
        send = gr.Button("Send")

    send.click(lambda name: f"{name}'s town", name, town)


@GROUP.card(gr.Form)
def form():
    # Fields that follow each other share a frame by themselves.
    first = gr.Textbox("Ada", label="First name")
    last = gr.Textbox("Lovelace", label="Last name")
    gr.Markdown("A new frame begins after something else.")
    full = gr.Textbox(
        "Ada Lovelace", label="Full name", interactive=False
    )

    gr.on(
        [first.change, last.change],
        lambda first, last: f"{first} {last}",
        [first, last],
        full,
    )


@GROUP.card(gr.Tabs)
def tabs():
    with gr.Tabs() as tabs:
        with gr.Tab("Write", id="write"):
            text = gr.Textbox(label="Letter", lines=2)
            read = gr.Button("Read it")
        with gr.Tab("Read", id="read"):
            shown = gr.Markdown("*Nothing is written.*")
        with gr.Tab("Later", interactive=False):
            gr.Textbox(label="Nothing yet")

    @read.click(inputs=text, outputs=[tabs, shown])
    def turn(letter):
        return gr.Tabs(selected="read"), f"> {letter}"


@GROUP.card(gr.Accordion)
def accordion():
    with gr.Accordion("Details", open=False) as details:
        gr.Textbox(label="Inside")
        gr.Slider(label="Amount")
    state = gr.Textbox(
        "closed", label="Details are", interactive=False
    )

    details.expand(lambda: "open", None, state)
    details.collapse(lambda: "closed", None, state)


@GROUP.card(gr.Walkthrough)
def walkthrough():
    with gr.Walkthrough(selected=0) as tour:
        with gr.Step("You", id=0):
            name = gr.Textbox(label="Name")
            on = gr.Button("Next", variant="primary")
        with gr.Step("Fruit", id=1):
            fruit = gr.Radio(
                ["apples", "pears"], label="Fruit"
            )
            end = gr.Button("Next", variant="primary")
        with gr.Step("Done", id=2) as last:
            said = gr.Textbox(
                label="Summary", interactive=False
            )

    on.click(lambda: gr.Walkthrough(selected=1), None, tour)
    end.click(lambda: gr.Walkthrough(selected=2), None, tour)
    last.select(
        lambda name, fruit: f"{name} likes {fruit}.",
        [name, fruit],
        said,
    )


@GROUP.card(gr.Draggable)
def draggable():
    with gr.Draggable():
        gr.Textbox("Wash the dishes", label="First")
        gr.Textbox("Water the plants", label="Second")
        gr.Textbox("Call Ada", label="Third")


@GROUP.card(gr.Navbar)
def navbar():
    bar = gr.Navbar(
        [("Text", "text"), ("Choices", "choices")],
        main_page_name="Start",
        visible=False,
    )
    shown = gr.Switch(label="A bar at the top of this page")

    shown.input(lambda on: gr.Navbar(visible=on), shown, bar)


@GROUP.card(
    gr.Interface,
    summary="A function with its inputs and outputs, laid out for you.",
)
def interface():
    def split(bill, people, is_good):
        tip = 1.15 if is_good else 1
        return round(bill * tip / people, 2)

    gr.Interface(
        split,
        [
            gr.Number(48, label="Bill"),
            gr.Slider(1, 12, 3, step=1, label="People"),
            gr.Switch(True, label="The service was good"),
        ],
        gr.Number(18.4, label="Each pays"),
        flagging_mode="never",
    )
