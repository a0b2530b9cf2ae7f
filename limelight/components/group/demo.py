import limelight as gr

with gr.Blocks() as demo, gr.Group():
    gr.Textbox(label="Name")
    with gr.Row():
        gr.Textbox(label="Street")
        gr.Textbox(label="Town")
    gr.Button("Send")

if __name__ == "__main__":
    demo.launch()
