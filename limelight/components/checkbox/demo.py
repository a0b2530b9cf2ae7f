import limelight as gr


def answer(agrees):
    return "Thank you." if agrees else "Read them again?"


with gr.Blocks() as demo:
    agrees = gr.Checkbox(label="I have read the terms", info="All forty pages.")
    result = gr.Textbox(label="Answer")
    agrees.input(answer, agrees, result)

if __name__ == "__main__":
    demo.launch()
