import limelight as gr


def invert(text):
    return text[::-1]


with gr.Blocks(title="Layout") as demo:
    gr.Markdown("# Backwards")
    with gr.Row():
        with gr.Column(scale=2):
            text = gr.Textbox(label="Text", lines=3)
            with gr.Accordion("Options", open=False):
                upper = gr.Checkbox(label="In capitals")
        with gr.Column(scale=1), gr.Tab("Result"):
            result = gr.Textbox(label="Backwards", interactive=False)
    go = gr.Button("Turn around", variant="primary")
    go.click(lambda t, u: invert(t.upper() if u else t), [text, upper], result, api_name="turn")

if __name__ == "__main__":
    demo.launch()
