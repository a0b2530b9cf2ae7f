import limelight as gr

with gr.Blocks() as demo:
    with gr.Draggable():
        gr.Textbox("Wash the dishes", label="First")
        gr.Textbox("Water the plants", label="Second")
        with gr.Group():
            gr.Textbox("Call Ada", label="Third")
            gr.Slider(label="Minutes")
    with gr.Draggable(orientation="row"):
        gr.Button("Left")
        gr.Button("Middle")
        gr.Button("Right")

if __name__ == "__main__":
    demo.launch()
