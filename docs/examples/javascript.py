import limelight as gr

with gr.Blocks() as demo:
    width = gr.Number(label="Width of the window")
    text = gr.Textbox(label="Text")
    measure = gr.Button("Measure")
    shout = gr.Button("Shout")

    # Without a function the result of the JavaScript goes to the outputs; nothing is sent.
    measure.click(None, None, width, js="() => window.innerWidth")
    # With one, its result replaces the inputs.
    shout.click(lambda t: t + "!", text, text, js="(text) => text.toUpperCase()", api_name="shout")

if __name__ == "__main__":
    demo.launch()
