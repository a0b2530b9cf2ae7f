import limelight as gr

with gr.Blocks() as demo:
    gr.Textbox(label="First name")
    gr.Textbox(label="Last name")
    with gr.Row():
        gr.Textbox(label="Town", scale=2)
        gr.Textbox(label="Country")

if __name__ == "__main__":
    demo.launch()
