import time

import limelight as gr


def write(words):
    text = ""
    for number in range(int(words)):
        text += f"word {number} "
        yield text
        time.sleep(0.05)


with gr.Blocks() as demo:
    words = gr.Slider(1, 200, value=40, step=1, label="Words")
    text = gr.Textbox(label="Text", lines=6)
    start = gr.Button("Write", variant="primary")
    stop = gr.Button("Stop", variant="stop")

    writing = start.click(write, words, text)
    stop.click(None, cancels=writing)

if __name__ == "__main__":
    demo.launch()
