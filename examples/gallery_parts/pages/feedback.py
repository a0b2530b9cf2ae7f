"""How readers hear what happens."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Feedback",
    "feedback",
    "Toasts, progress, and answers before a function runs.",
)


@GROUP.card(
    gr.Info,
    "Toasts",
    "What a running function tells the reader, without ending.",
)
def toasts():
    with gr.Row():
        info = gr.Button("Info", min_width=80)
        success = gr.Button("Success", min_width=80)
    with gr.Row():
        warning = gr.Button("Warning", min_width=80)
        error = gr.Button(
            "Error", min_width=80, variant="stop"
        )

    info.click(lambda: gr.Info("For your **information**."))
    success.click(lambda: gr.Success("It is saved."))
    warning.click(lambda: gr.Warning("Mind the gap."))

    @error.click
    def fail():
        raise gr.Error(
            "The cat is on the keyboard.", title="No"
        )


@GROUP.card(gr.Progress)
def progress():
    import time

    start = gr.Button("Cook", variant="primary")
    soup = gr.Textbox(
        label="Soup", lines=3, interactive=False
    )

    @start.click(outputs=soup)
    def cook(progress=gr.Progress()):
        for _ in progress.tqdm(range(20), desc="Stirring"):
            time.sleep(0.1)
        return "It is ready."


@GROUP.card(
    gr.Blocks,
    "Streaming",
    "What a function yields is shown at once; pressing the other button ends it.",
)
def streaming():
    import time

    text = gr.Textbox(
        label="A tale", lines=3, interactive=False
    )
    with gr.Row():
        tell = gr.Button("Tell it", variant="primary")
        stop = gr.Button("Stop", variant="stop")

    def write():
        words = (
            "Once upon a time there was a queue, fair to all."
        )
        for end in range(len(words) + 1):
            yield words[:end]
            time.sleep(0.04)

    telling = tell.click(write, None, text)
    stop.click(None, cancels=telling)


@GROUP.card(gr.validate, "Validation")
def validation():
    age = gr.Number(7, label="Age")
    enter = gr.Button("Enter")
    told = gr.Textbox(label="Door", interactive=False)

    enter.click(
        lambda age: f"Welcome, you are {age:g}.",
        age,
        told,
        validator=lambda age: gr.validate(
            age >= 18, "Only for grown-ups."
        ),
    )


@GROUP.card(gr.Steps)
def steps():
    order = gr.Steps(
        [
            "Order",
            "Pay",
            {
                "title": "Receive",
                "description": "In two days",
            },
        ],
        value=1,
        label="Your order",
        clickable=True,
    )
    pay = gr.Button("Pay")

    pay.click(lambda: 2, None, order, show_progress="hidden")


@GROUP.card(gr.TaskList)
def task_list():
    import time

    names = ["Read the question", "Look it up", "Answer"]
    plan = gr.TaskList(names, label="Plan")
    go = gr.Button("Go")

    @go.click(outputs=plan, show_progress="hidden")
    def work():
        tasks = [{"title": name} for name in names]
        for task in tasks:
            task["status"] = "running"
            for step in range(1, 6):
                task["progress"] = step / 5
                yield tasks
                time.sleep(0.1)
            task.update(status="done", duration=0.5)
        yield tasks


@GROUP.card(gr.Terminal)
def terminal():
    import time

    log = gr.Terminal(
        "Waiting for \x1b[32mcommands\x1b[0m\n",
        label="Shell",
        height=180,
        prompt="$ ",
    )

    @log.submit(inputs=log, outputs=log)
    def run(text, event: gr.EventData):
        text += f"\x1b[1m{event.command}\x1b[0m "
        for done in range(0, 101, 10):
            bar = "█" * (done // 5)
            yield f"{text}\n\x1b[36m{bar:<20}\x1b[0m {done}%\n"
            time.sleep(0.05)


@GROUP.card(gr.Skeleton)
def skeleton():
    import time

    wait = gr.Skeleton("card", lines=2)
    text = gr.Markdown(visible=False)
    load = gr.Button("Load")

    @load.click(outputs=[wait, text], show_progress="hidden")
    def read():
        yield (
            gr.Skeleton(visible=True),
            gr.Markdown(visible=False),
        )
        time.sleep(1)
        done = gr.Markdown("Here it **is**.", visible=True)
        yield gr.Skeleton(visible=False), done
