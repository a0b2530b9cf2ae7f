import limelight as gr


def load(number):
    if number < 0:
        raise gr.Error("Choose a number from 0.", title="Not found")
    return f"Record {number:g}"


with gr.Blocks() as demo:
    number = gr.Number(0, label="Number")
    record = gr.Textbox(label="Record")
    log = gr.Textbox(label="What happened")
    button = gr.Button("Load")

    loaded = button.click(load, number, record)
    loaded.success(lambda text: f"{text} is loaded.", record, log)
    loaded.failure(lambda: "It was not loaded.", None, log)

if __name__ == "__main__":
    demo.launch()
