import limelight as gr


def chosen(data: gr.SelectData):
    return f"{data.value}, number {data.index + 1}"


with gr.Blocks() as demo:
    label = gr.Label({"cat": 0.712, "dog": 0.284, "fox": 0.004}, label="Animal")
    gr.Label("positive", label="Mood", color="#16a34a33")
    result = gr.Textbox(label="Chosen")
    label.select(chosen, None, result)

if __name__ == "__main__":
    demo.launch()
