import time

import limelight as gr


def answer(message, history, manner, most_words):
    began_s = time.monotonic()
    yield {
        "role": "assistant",
        "content": f"Looking up {message!r}.",
        "metadata": {"title": "Thinking", "status": "pending"},
    }
    words = f"You asked {manner} about: {message}".split()[: int(most_words)]
    yield [
        {
            "role": "assistant",
            "content": f"Found {len(words)} words.",
            "metadata": {"title": "Thought", "status": "done"},
        },
        {
            "role": "assistant",
            "content": " ".join(words),
            "metadata": {
                "usage": {
                    "model": "echo",
                    "output_tokens": len(words),
                    "seconds": time.monotonic() - began_s,
                },
                "followups": ["And why?", "Say it shorter"],
            },
        },
    ]


demo = gr.ChatInterface(
    answer,
    additional_inputs=[
        gr.Radio(["kindly", "briefly"], value="kindly", label="Manner"),
        gr.Slider(1, 50, 20, step=1, label="Most words"),
    ],
    api_name="chat",
)

if __name__ == "__main__":
    demo.launch()
