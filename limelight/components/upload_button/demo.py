from pathlib import Path

import limelight as gr


def weigh(files):
    return {Path(file).name: Path(file).stat().st_size for file in files or []}


with gr.Blocks() as demo:
    with gr.Row():
        notes = gr.UploadButton("Upload notes", file_count="multiple", variant="primary")
        gr.UploadButton("Upload a picture", file_types=["image"])
        gr.UploadButton("Not now", interactive=False)
    with gr.Row():
        gr.UploadButton("Small", size="sm")
        gr.UploadButton("A folder", size="md", file_count="directory")
    weights = gr.JSON(label="Sizes")
    notes.upload(weigh, notes, weights)

if __name__ == "__main__":
    demo.launch()
