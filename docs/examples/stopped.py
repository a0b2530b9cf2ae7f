import time

import limelight as gr


def measure(seconds):
    try:
        for tenth in range(int(seconds * 10)):
            yield f"{tenth / 10:.1f} s"
            time.sleep(0.1)
    finally:
        print("The stopwatch is put away.")


def sleep(seconds, request: gr.Request):
    for _ in range(int(seconds * 10)):
        if request.is_cancelled:
            print("The alarm is switched off.")
            return None
        time.sleep(0.1)
    return "Good morning."


with gr.Blocks() as demo:
    seconds = gr.Slider(1, 60, value=30, step=1, label="Seconds")
    text = gr.Textbox(label="Text")
    measuring = gr.Button("Measure").click(measure, seconds, text)
    sleeping = gr.Button("Sleep").click(sleep, seconds, text)
    gr.Button("Stop", variant="stop").click(None, cancels=[measuring, sleeping])

if __name__ == "__main__":
    demo.launch()
