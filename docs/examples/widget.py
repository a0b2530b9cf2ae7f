from drawdata import ScatterWidget

import limelight as gr


def measure(widget):
    return f"{len(widget.data)} points"


with gr.Blocks() as demo:
    drawing = gr.AnyWidget(ScatterWidget(height=300), label="Draw some points")
    size = gr.Textbox(label="Size")
    drawing.change(measure, drawing, size)
    gr.Button("Empty").click(lambda: {"data": []}, None, drawing)

if __name__ == "__main__":
    demo.launch()
