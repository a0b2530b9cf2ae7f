import limelight as gr

with gr.Blocks() as demo:
    with gr.Modal("Settings", size="sm") as modal:
        name = gr.Textbox(label="Name", value="Ada")
        size = gr.Slider(label="Size", value=40)
        save = gr.Button("Save", variant="primary")
    opener = gr.Button("Settings…")
    saved = gr.Textbox(label="Saved")
    opener.click(lambda: gr.Modal(open=True), None, modal)
    save.click(
        lambda name, size: (f"{name}, {size}", gr.Modal(open=False)), [name, size], [saved, modal]
    )

if __name__ == "__main__":
    demo.launch()
