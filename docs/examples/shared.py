import limelight as gr


def shout(text):
    return text.upper()


with gr.Blocks() as demo:
    text = gr.Textbox(label="Text")
    shouted = gr.Textbox(label="Shouted")
    text.submit(shout, text, shouted)
    gr.DeepLinkButton()

if __name__ == "__main__":
    demo.launch()
