from pathlib import Path

import limelight as gr


def answer(message, history):
    from PIL import Image, ImageOps

    pictures = [path for path in message["files"] if Path(path).suffix != ".txt"]
    if not pictures:
        return "Send me a picture, and I turn its colours round."
    said = []
    for path in pictures:
        picture = ImageOps.invert(Image.open(path).convert("RGB"))
        width, height = picture.size
        said.append(gr.Image(picture, label=Path(path).name))
        said.append(f"{width} × {height} pixels.")
    return said


demo = gr.ChatInterface(
    answer,
    multimodal=True,
    textbox=gr.MultimodalTextbox(file_types=["image"], file_count="multiple"),
    api_name="chat",
)

if __name__ == "__main__":
    demo.launch()
