import time

import limelight as gr

STEPS = [
    {"title": "Load", "description": "Read the file"},
    {"title": "Clean", "description": "Drop what is empty"},
    {"title": "Train", "description": "A few rounds"},
    "Report",
]


def run():
    for place in range(len(STEPS) + 1):
        yield place
        time.sleep(0.5)


with gr.Blocks() as demo:
    steps = gr.Steps(STEPS, value=1, label="Training")
    gr.Steps(
        ["Order", {"title": "Pay", "description": "The card was declined"}, "Receive"],
        value=1,
        status="error",
        orientation="vertical",
        label="Your order",
    )
    gr.Button("Run", variant="primary").click(run, None, steps, show_progress="hidden")

if __name__ == "__main__":
    demo.launch()
