import tempfile
from pathlib import Path

import limelight as gr


def write(text):
    path = Path(tempfile.mkdtemp()) / "letter.txt"
    path.write_text(text)
    return gr.DownloadButton("Download the letter", value=path, interactive=True)


with gr.Blocks() as demo:
    letter = gr.Textbox("Dear Ada,", label="Letter", lines=3)
    with gr.Row():
        done = gr.Button("Done", variant="primary")
        download = gr.DownloadButton("Nothing to download yet", interactive=False)
    done.click(write, letter, download)

if __name__ == "__main__":
    demo.launch()
