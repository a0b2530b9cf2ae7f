import limelight as gr

with gr.Blocks() as demo, gr.Row():
    with gr.Column(scale=1):
        gr.Textbox(label="Question")
        gr.Button("Ask", variant="primary")
    with gr.Column(scale=2):
        gr.Textbox(label="Answer", lines=6)

if __name__ == "__main__":
    demo.launch()
