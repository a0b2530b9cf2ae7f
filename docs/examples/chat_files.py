from pathlib import Path

import limelight as gr


def answer(message, history):
    files = [Path(path) for path in message["files"]]
    if not files:
        return "Send me a file, and I say how long it is."
    return "\n".join(f"- `{file.name}`: {file.stat().st_size} bytes" for file in files)


demo = gr.ChatInterface(
    answer,
    multimodal=True,
    textbox=gr.MultimodalTextbox(file_count="multiple", placeholder="Write, or drop files"),
    api_name="chat",
)

if __name__ == "__main__":
    demo.launch()
