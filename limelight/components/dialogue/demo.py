import limelight as gr

with gr.Blocks() as demo:
    play = gr.Dialogue(
        [
            {"speaker": "Ada", "text": "Did the engine print the numbers?"},
            {"speaker": "Charles", "text": "(sighs) Not yet."},
        ],
        speakers=["Ada", "Charles"],
        tags=["(laughs)", "(sighs)", "(whispers)"],
        label="Scene",
        buttons=["copy"],
        submit_btn="Read it",
    )
    text = gr.Textbox(label="What a function gets", lines=3)
    play.submit(lambda text: text, play, text)
    gr.Dialogue("[Ada] It will.\n[Charles] Tomorrow.", label="The end", interactive=False)

if __name__ == "__main__":
    demo.launch()
