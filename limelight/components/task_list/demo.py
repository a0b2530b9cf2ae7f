import copy
import time

import limelight as gr

PLAN = [
    {"title": "Read the question"},
    {
        "title": "Look for sources",
        "children": [
            {"title": "In the library", "description": "Books and journals"},
            {"title": "On the web"},
        ],
    },
    {"title": "Write the answer"},
]


def work(tasks):
    for task in tasks:
        task["status"] = "running"
        if "children" in task:
            yield from ([*done] for done in inside(tasks, task["children"]))
        else:
            for step in range(1, 11):
                task["progress"] = step / 10
                yield tasks
                time.sleep(0.05)
        task.update(status="done", duration=0.5)
    yield tasks


def inside(tasks, children):
    for _ in work(children):
        yield tasks


with gr.Blocks() as demo:
    plan = gr.TaskList(PLAN, label="The agent's plan")
    gr.Button("Go", variant="primary").click(
        lambda: work(copy.deepcopy(PLAN)), None, plan, show_progress="hidden"
    )
    gr.TaskList(
        ["Bread", {"title": "Milk", "status": "done"}, "Apples"], label="To buy", interactive=True
    )

if __name__ == "__main__":
    demo.launch()
