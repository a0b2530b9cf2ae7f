import limelight as gr


def shout(text):
    return text.upper()


with gr.Blocks() as demo:
    text = gr.Textbox(
        label="Text",
        info="Enter shouts it.",
        placeholder="Say something",
        max_length=200,
        submit_btn=True,
        buttons=["copy"],
    )
    password = gr.Textbox(label="Password", type="password")
    story = gr.TextArea(label="Story", lines=3)
    result = gr.Textbox(label="Shouted", buttons=["copy"])
    text.submit(shout, text, result)

if __name__ == "__main__":
    demo.launch()
