import limelight as gr

with gr.Blocks() as demo:
    with gr.Row(equal_height=True):
        gr.Textbox(label="Wide", scale=2)
        gr.Textbox(label="Narrow", scale=1)
        gr.Button("Go", scale=0, min_width=100)
    with gr.Row(variant="panel"):
        gr.Button("One")
        gr.Button("Two")

if __name__ == "__main__":
    demo.launch()
