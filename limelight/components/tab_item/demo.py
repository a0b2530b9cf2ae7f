import limelight as gr


def opened(data: gr.SelectData):
    return f"{data.value}, number {data.index + 1}"


with gr.Blocks() as demo:
    with gr.Tab("First") as first:
        gr.Textbox(label="One")
    with gr.Tab("Second") as second:
        gr.Textbox(label="Two")
    result = gr.Textbox(label="Shown")
    first.select(opened, None, result)
    second.select(opened, None, result)

if __name__ == "__main__":
    demo.launch()
