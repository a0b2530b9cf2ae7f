import limelight as gr

with gr.Blocks() as demo, gr.Row():
    with gr.Tooltip("Asks the model once more, with the same words."):
        gr.Button("Try again")
    with gr.Tooltip("Nobody but you sees it.", placement="bottom"):
        gr.Textbox(label="Note")

if __name__ == "__main__":
    demo.launch()
