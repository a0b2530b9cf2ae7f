import limelight as gr

with gr.Blocks() as demo:
    with gr.Accordion("Details", open=False) as details:
        gr.Textbox(label="Inside")
    with gr.Accordion("More"):
        gr.Slider(label="Amount")
    state = gr.Textbox(label="Details are")
    details.expand(lambda: "open", None, state)
    details.collapse(lambda: "closed", None, state)

if __name__ == "__main__":
    demo.launch()
