import limelight as gr

with gr.Blocks() as demo:
    with gr.Sidebar("Settings"):
        gr.Slider(label="Temperature")
        gr.Dropdown(["small", "large"], label="Model", interactive=True)
    gr.Textbox(label="Question", lines=4)
    gr.Button("Ask", variant="primary")

if __name__ == "__main__":
    demo.launch()
