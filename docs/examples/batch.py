import limelight as gr


def measure(texts):
    # A model would take the whole list in one pass.
    return [f"{len(text)} characters, {len(texts)} texts together" for text in texts]


with gr.Blocks() as demo:
    text = gr.Textbox(label="Text")
    length = gr.Textbox(label="Length")
    gr.Button("Measure").click(measure, text, length, batch=True, max_batch_size=8, max_wait=0.2)

if __name__ == "__main__":
    demo.launch()
