import limelight as gr

with gr.Blocks() as demo:
    with gr.Row():
        with gr.Popover("Filters", scale=0):
            gr.CheckboxGroup(["open", "closed", "draft"], value=["open"], label="Status")
            gr.Slider(0, 5, value=3, step=1, label="Priority")
        with gr.Popover("What is this?", variant="help"):
            gr.Markdown("Issues of **all** projects that you can see.")
    gr.Textbox(label="Search")

if __name__ == "__main__":
    demo.launch()
