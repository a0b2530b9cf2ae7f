"""Files and pictures."""

from __future__ import annotations

from gallery_parts.cards import SAMPLES, Group

import limelight as gr

GROUP = Group(
    "Files & pictures",
    "files",
    "Drop, paste, choose or take them. A function gets a path; the reader never sees one.",
)


@GROUP.card(gr.Image)
def image():
    picture = gr.Image(
        SAMPLES / "harbour.jpg",
        type="filepath",
        label="Harbour",
        alt_text="A harbour",
        height=260,
    )
    place = gr.Textbox(
        label="Click a place", interactive=False
    )

    @picture.select(outputs=place)
    def where(event: gr.SelectData):
        across, down = event.index
        return f"{across} pixels across, {down} down"


@GROUP.card(gr.File)
def file():
    from pathlib import Path

    notes = gr.Files(
        label="Notes",
        file_types=["text", ".pdf"],
        allow_reordering=True,
        height=160,
    )
    report = gr.File(
        SAMPLES / "letter.jpg",
        label="To take home",
        height=90,
    )

    @notes.upload(inputs=notes, outputs=report)
    def latest(paths):
        return Path(paths[-1])


@GROUP.card(gr.UploadButton)
def upload_button():
    from pathlib import Path

    with gr.Row():
        notes = gr.UploadButton(
            "Upload notes",
            file_count="multiple",
            variant="primary",
        )
        gr.UploadButton("A picture", file_types=["image"])
    sizes = gr.JSON(label="Sizes in bytes")

    @notes.upload(inputs=notes, outputs=sizes)
    def weigh(paths):
        files = map(Path, paths)
        return {
            file.name: file.stat().st_size for file in files
        }


@GROUP.card(gr.DownloadButton)
def download_button():
    import tempfile
    from pathlib import Path

    letter = gr.Textbox("Dear Ada,", label="Letter", lines=3)
    with gr.Row():
        done = gr.Button("Done", variant="primary")
        download = gr.DownloadButton(
            "Nothing yet", interactive=False
        )

    @done.click(inputs=letter, outputs=download)
    def write(text):
        path = Path(tempfile.mkdtemp()) / "letter.txt"
        path.write_text(text, "utf-8")
        return gr.DownloadButton(
            "Download", value=path, interactive=True
        )


@GROUP.card(gr.FileExplorer)
def file_explorer():
    from pathlib import Path

    source = gr.FileExplorer(
        "*.py",
        root_dir=Path(gr.__file__).parent,
        ignore_glob="**/__pycache__",
        label="Limelight's own source",
        max_height=240,
    )
    sizes = gr.Textbox(label="Chosen", interactive=False)

    @source.change(inputs=source, outputs=sizes)
    def measure(paths):
        lines = sum(
            len(Path(p).read_text().splitlines())
            for p in paths
        )
        return f"{len(paths)} files, {lines} lines"
