"""Numbers."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Numbers",
    "numbers",
    "Type them, slide them, count them in stars. Bounds are checked on the page and on the server.",
)


@GROUP.card(gr.Number)
def number():
    side = gr.Number(
        3,
        label="Side",
        info="Up to 100.",
        minimum=0,
        maximum=100,
    )
    area = gr.Number(9, label="Area", interactive=False)

    side.change(lambda side: (side or 0) ** 2, side, area)


@GROUP.card(gr.Slider)
def slider():
    strength = gr.Slider(
        0, 10, value=4, step=0.5, label="Strength"
    )
    told = gr.Textbox(
        "4 of 10", label="Released at", interactive=False
    )

    strength.release(
        lambda at: f"{at:g} of 10", strength, told
    )


@GROUP.card(gr.RangeSlider)
def range_slider():
    price = gr.RangeSlider(
        0,
        500,
        value=(80, 240),
        step=5,
        min_distance=20,
        label="Price",
        info="Per night, in euros.",
    )
    told = gr.Textbox(
        "From 80 to 240 euros",
        label="Searching",
        interactive=False,
    )

    @price.release(inputs=price, outputs=told)
    def search(span):
        low, high = span
        return f"From {low:g} to {high:g} euros"


@GROUP.card(gr.Rating)
def rating():
    taste = gr.Rating(
        label="How was the soup?",
        info="Half stars are fine.",
        allow_half=True,
    )
    average = gr.Rating(
        4.5, label="What all say", interactive=False
    )

    @taste.input(inputs=taste, outputs=average)
    def mean(stars):
        return (
            gr.skip() if stars is None else (stars + 4.5) / 2
        )
