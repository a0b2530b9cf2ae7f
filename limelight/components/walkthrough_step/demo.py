import limelight as gr


def opened(data: gr.SelectData):
    return f"{data.value}, number {data.index + 1}"


with gr.Blocks() as demo:
    with gr.Step("First", id=1) as first:
        forth = gr.Button("On to the second")
    with gr.Step("Second", id=2) as second:
        gr.Textbox(label="Text")
    result = gr.Textbox(label="Shown")
    forth.click(lambda: gr.Walkthrough(selected=2), None, first.parent)
    first.select(opened, None, result)
    second.select(opened, None, result)

if __name__ == "__main__":
    demo.launch()
