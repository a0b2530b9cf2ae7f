from datetime import datetime

import limelight as gr


def now():
    return datetime.now().strftime("%H:%M:%S")


with gr.Blocks() as demo:
    # Asked for again every two seconds, and when the page is loaded.
    gr.Textbox(now, every=2, label="Time")

    # The same by hand, with a switch.
    stopwatch = gr.Textbox(label="Stopwatch")
    timer = gr.Timer(0.5, active=False)
    timer.tick(now, None, stopwatch)
    is_on = gr.Checkbox(label="Run")
    is_on.input(lambda on: gr.Timer(active=on), is_on, timer, api_name="switch")

if __name__ == "__main__":
    demo.launch()
