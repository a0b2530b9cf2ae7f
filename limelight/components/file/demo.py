from pathlib import Path

import limelight as gr


def weigh(files):
    return {Path(file).name: Path(file).stat().st_size for file in files or []}


with gr.Blocks() as demo:
    files = gr.Files(label="Notes", file_types=["text", ".pdf"], allow_reordering=True)
    weights = gr.JSON(label="Sizes")
    same = gr.File(label="The same files")
    files.change(weigh, files, weights)
    files.change(lambda files: files, files, same)

if __name__ == "__main__":
    demo.launch()
