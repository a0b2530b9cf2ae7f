import time

import limelight as gr


def answer(message, history):
    number = sum(said["role"] == "user" for said in history) + 1
    text = ""
    for word in f"Question {number} was: {message}".split():
        text += word + " "
        yield text
        time.sleep(0.05)


demo = gr.ChatInterface(
    answer,
    title="Echo",
    examples=["Hello!", "What can you do?"],
    editable=True,
    api_name="chat",
)

if __name__ == "__main__":
    demo.launch()
