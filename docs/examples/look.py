import limelight as gr

theme = gr.themes.Soft(primary_hue="emerald").set(block_radius="4px")

with gr.Blocks(title="Look") as demo:
    gr.Textbox(label="Text", elem_classes="wide")
    gr.Button("Send", variant="primary", elem_id="send")

if __name__ == "__main__":
    demo.launch(theme=theme, css="#send { letter-spacing: 0.1em; }")
