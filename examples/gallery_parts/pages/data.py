"""Results to look at."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Data views",
    "data",
    "Results to look at: classes and their scores, trees, rows to choose from.",
)


@GROUP.card(gr.Label)
def label():
    animal = gr.Label(
        {"cat": 0.71, "dog": 0.28, "fox": 0.01},
        label="Animal",
    )
    chosen = gr.Textbox(
        label="Click a class", interactive=False
    )

    @animal.select(outputs=chosen)
    def pick(event: gr.SelectData):
        return f"{event.value}, number {event.index + 1}"


@GROUP.card(gr.JSON)
def json():
    things = gr.Slider(1, 1000, 3, step=1, label="Things")
    tree = gr.JSON(
        {"name": "Soup", "steps": ["chop", {"boil": 35}]},
        label="Tree",
        show_indices=True,
        max_height=240,
    )

    things.change(
        lambda n: {
            "total": n,
            "squares": [i * i for i in range(n)],
        },
        things,
        tree,
        show_progress="hidden",
    )


@GROUP.card(gr.Metric)
def metric():
    import random

    with gr.Row():
        gr.Metric(
            48_250,
            label="Revenue",
            prefix="€",
            delta=0.124,
            delta_format="percent",
            trend=[31, 34, 33, 38, 42, 45, 48],
        )
        speed = gr.Metric(
            188,
            label="Latency",
            suffix="ms",
            delta=-13,
            delta_color="inverse",
            trend=[212, 219, 204, 201, 188],
        )
    again = gr.Button("Measure again")

    @again.click(outputs=speed, show_progress="hidden")
    def measure():
        trend = [random.randint(150, 220) for _ in range(9)]
        return {
            "value": trend[-1],
            "delta": trend[-1] - trend[-2],
            "trend": trend,
        }


@GROUP.card(gr.Pagination)
def pagination():
    towns = [f"Town {number}" for number in range(1, 96)]
    shown = gr.Textbox(", ".join(towns[:5]), label="Towns")
    pages = gr.Pagination(
        len(towns),
        page_size=5,
        page_sizes=[5, 10],
        type="slice",
    )

    pages.input(
        lambda part: ", ".join(towns[part]),
        pages,
        shown,
        show_progress="hidden",
    )


@GROUP.card(gr.Dataset)
def dataset():
    people = gr.Dataset(
        components=["textbox", "number"],
        headers=["Name", "Years"],
        samples=[["Ada", 36], ["Grace", 85], ["Emmy", 53]],
        label="People",
    )
    answer = gr.Textbox(label="Chosen", interactive=False)

    @people.click(inputs=people, outputs=answer)
    def greet(row):
        name, years = row
        return f"{name} lived {years} years."


@GROUP.card(gr.Examples)
def examples():
    word = gr.Textbox("la", label="Word")
    times = gr.Number(3, label="Times")
    song = gr.Textbox(
        "la la la", label="Song", interactive=False
    )

    gr.Examples(
        [["la", 3], ["tick tock", 2], ["hip", 4]],
        [word, times],
        song,
        fn=lambda word, times: " ".join([word] * int(times)),
        run_on_click=True,
        label="Songs",
    )


@GROUP.card(gr.ParamViewer)
def param_viewer():
    gr.ParamViewer(
        {
            "prompt": {
                "type": "str",
                "description": "What the picture shows.",
            },
            "size": {
                "type": 'Literal["square", "wide"]',
                "description": "Its shape, by **name**.",
                "default": '"square"',
            },
            "steps": {
                "type": "int",
                "description": "Over 50 nothing changes.",
                "default": "20",
            },
        },
        header="draw()",
    )


@GROUP.card(gr.JSONEditor)
def json_editor():
    settings = gr.JSONEditor(
        {"model": "small", "layers": 12, "rates": [0.1, 0.2]},
        schema={
            "properties": {
                "model": {"enum": ["small", "large"]},
                "layers": {"type": "integer", "maximum": 48},
            }
        },
        label="Settings",
    )
    gr.Textbox(
        str,
        inputs=settings,
        label="Python gets",
        interactive=False,
    )
