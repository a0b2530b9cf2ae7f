from pathlib import Path

import limelight as gr

ROOT = Path(gr.__file__).parent / "components"


def describe(paths):
    return "\n".join(f"{Path(path).name}: {Path(path).stat().st_size} bytes" for path in paths)


with gr.Blocks() as demo:
    files = gr.FileExplorer(
        "*.py", root_dir=ROOT, ignore_glob="__pycache__", label="Source", max_height=320
    )
    result = gr.Textbox(label="Chosen", lines=3)
    files.change(describe, files, result)

if __name__ == "__main__":
    demo.launch()
