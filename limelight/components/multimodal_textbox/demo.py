import time
from pathlib import Path

import limelight as gr


def answer(message):
    names = ", ".join(Path(file).name for file in message["files"]) or "no files"
    yield gr.MultimodalTextbox(value=None, submit_btn=False, stop_btn=True), ""
    said = ""
    for word in f"You wrote {message['text']!r}, with {names}.".split():
        said += word + " "
        time.sleep(0.1)
        yield gr.skip(), said
    yield ready(), said


def ready():
    return gr.MultimodalTextbox(submit_btn=True, stop_btn=False)


with gr.Blocks() as demo:
    reply = gr.Textbox(label="Reply", lines=3)
    message = gr.MultimodalTextbox(
        label="Message",
        placeholder="Ask about your files",
        sources=["upload", "microphone"],
        file_count="multiple",
    )
    run = message.submit(answer, message, [message, reply], show_progress_on=reply)
    message.stop(ready, None, message, cancels=run)

if __name__ == "__main__":
    demo.launch()
