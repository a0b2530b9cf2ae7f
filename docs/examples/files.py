import tempfile
from pathlib import Path

import limelight as gr


def count_lines(files):
    return {Path(file).name: len(Path(file).read_text().splitlines()) for file in files or []}


def join(files):
    folder = Path(tempfile.mkdtemp())
    joined = folder / "joined.txt"
    joined.write_text("".join(Path(file).read_text() for file in files or []))
    return str(joined)


with gr.Blocks() as demo:
    files = gr.Files(label="Text files", file_types=[".txt", ".md"])
    lines = gr.JSON(label="Lines")
    joined = gr.File(label="Joined")
    files.change(count_lines, files, lines)
    gr.Button("Join").click(join, files, joined)

if __name__ == "__main__":
    demo.launch(max_file_size="5mb")
