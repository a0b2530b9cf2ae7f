import limelight as gr

with gr.Blocks() as demo:
    with gr.Tabs(selected="write") as tabs:
        with gr.Tab("Read", id="read"):
            gr.Textbox(label="Book")
        with gr.Tab("Write", id="write"):
            gr.Textbox(label="Letter", lines=3)
        with gr.Tab("Later", interactive=False):
            gr.Textbox(label="Nothing yet")
        with gr.Tab("About", alignment="right"):
            gr.Textbox(label="Author")
    with gr.Tabs():
        for number in range(1, 21):
            with gr.Tab(f"Chapter {number}"):
                gr.Textbox(label=f"Text {number}")
    gr.Button("Read").click(lambda: gr.Tabs(selected="read"), None, tabs)

if __name__ == "__main__":
    demo.launch()
